"""Importing policies from the project's data file."""

from pathlib import Path

import pytest
from django.test import Client

from home.policies.datafile import PolicyFileError
from home.policies.models import PolicyIssuer, PolicyPage, PolicyTopic
from home.policies.services import DATA_FILE, ImportResult, import_policies, load_policies
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


def some_rows(folder: Path, *numbers: int) -> Path:
    lines = DATA_FILE.read_text(encoding="utf-8").splitlines()
    path = folder / "some.jsonl"
    path.write_text("\n".join(lines[number - 1] for number in numbers), encoding="utf-8")
    return path


def test_loading_the_policies_twice_changes_nothing() -> None:
    assert load_policies() == ImportResult(created=60, present=0)
    before = list(PolicyPage.objects.order_by("pk").values())
    topics = PolicyTopic.objects.count()
    assert load_policies() == ImportResult(created=0, present=60)
    assert list(PolicyPage.objects.order_by("pk").values()) == before
    assert PolicyTopic.objects.count() == topics


def test_what_an_editor_corrected_is_not_overwritten(tmp_path: Path) -> None:
    path = some_rows(tmp_path, 1, 2)
    import_policies(path=path)
    page = PolicyPage.objects.get(import_key="P001")
    page.title = "更正后的标题"
    page.save_revision().publish()
    PolicyPage.objects.get(import_key="P002").delete()
    assert import_policies(path=path) == ImportResult(created=1, present=1)
    assert PolicyPage.objects.get(import_key="P001").title == "更正后的标题"


def test_a_broken_line_imports_nothing(tmp_path: Path) -> None:
    path = some_rows(tmp_path, 1)
    path.write_text(path.read_text(encoding="utf-8") + "\n{}", encoding="utf-8")
    with pytest.raises(PolicyFileError):
        import_policies(path=path)
    assert not PolicyPage.objects.exists()


def test_an_issuing_body_that_is_a_unit_of_the_portal_is_linked_to_it(tmp_path: Path) -> None:
    unit = UnitFactory(name="公安部")
    import_policies(path=some_rows(tmp_path, 1))
    assert PolicyIssuer.objects.get(name="公安部").unit == unit
    assert PolicyIssuer.objects.get(name="民政部").unit is None
    assert PolicyPage.objects.get().issuer_names[:2] == ["民政部", "中央政法委"]


def test_imported_pages_are_read_by_everybody(client: Client, tmp_path: Path) -> None:
    import_policies(path=some_rows(tmp_path, 1, 39))
    assert "民发〔2020〕14号" in client.get("/policies/p001/").content.decode()
    assert "为了对在城市生活无着的流浪" in client.get("/policies/p039/").content.decode()
    assert PolicyPage.objects.get(import_key="P039").has_text
