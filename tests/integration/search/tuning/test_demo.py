"""The demonstration's own lists."""

import pytest

from portal.units.enums import Role
from search.tuning.demo import WAITING, load_tuning
from search.tuning.models import LiveTuning, SynonymGroup
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.search.asking import found, settle

pytestmark = pytest.mark.django_db


def test_the_demonstration_finds_by_its_synonyms_and_is_loaded_once() -> None:
    administrator = person(Role.ADMINISTRATOR)
    for _ in range(2):
        load_tuning({"admin": administrator})
    assert LiveTuning.objects.get().number == 1
    assert SynonymGroup.objects.filter(words=WAITING).count() == 1
    PolicyPageFactory(title="站外照料工作规范")
    settle()
    assert found("“托养”") == []
    assert found("托养") == ["站外照料工作规范"]
