"""Nobody finds, sees counted or is offered anything that is not theirs to see; everything that is, they find."""

import random

import pytest

from tests.integration.search.asking import settle
from tests.integration.search.trimming import PEOPLE, THINGS, check, library, may_see, populate

pytestmark = pytest.mark.django_db


def test_what_people_find_see_counted_and_are_offered_is_what_they_may_see() -> None:
    askers = populate(seed=2026)
    settle()
    assert len(askers) > PEOPLE
    seen = [may_see(asker) for asker in askers]
    assert len({one.objects for one in seen}) >= 10, "the people differ in what they may see"
    assert len(frozenset().union(*(one.objects for one in seen))) > THINGS * 2 // 3
    here, chance = library(), random.Random(2026)
    for asker, expected in zip(askers, seen, strict=True):
        check(asker, expected, here, chance)
