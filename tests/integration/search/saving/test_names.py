"""No two of a person's saved searches are called alike: alerts name them, and nothing else tells them apart there."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from portal.accounts.models import User
from portal.units.enums import Role
from search.saving.enums import Cadence
from search.saving.errors import NameTakenError
from search.saving.models import LONGEST_NAME, SavedSearch
from search.saving.services import change, set_paused
from tests.factories.units import person
from tests.integration.at_once import at_once
from tests.integration.search.saving.library import MINE, as_, kept

NEW = "/search/saved/new/"
LIKE = ["Hotline 救助", "ＨＯＴＬＩＮＥ　救助", "hotline  救助", "Hotline 救助 "]


def _page(response: object) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")  # type: ignore[attr-defined]


def _said(page: BeautifulSoup) -> str:
    return page.select_one("#div_id_name .invalid-feedback").get_text()  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", LIKE)
def test_a_name_in_use_is_refused_beside_the_field_and_everything_typed_stays(staff: User, typed: str) -> None:
    kept(staff, "q=热线", name=LIKE[0])
    response = as_(staff).post(f"{NEW}?q=救助", {"name": typed, "cadence": "weekly"})
    page = _page(response)
    assert response.status_code == 422
    assert "已有一项收藏名为“Hotline 救助”" in _said(page)
    assert page.select_one("[name=name]")["value"] == typed  # type: ignore[index]
    assert page.select_one("[name=cadence][value=weekly]").has_attr("checked")  # type: ignore[union-attr]
    assert SavedSearch.objects.count() == 1


@pytest.mark.django_db
def test_renaming_to_a_name_in_use_is_refused_and_changes_nothing(staff: User) -> None:
    kept(staff, "q=热线", name="热线")
    search = kept(staff, "q=救助", name="救助")
    given = {"name": "热线", "cadence": "none", "revision": str(search.revision)}
    response = as_(staff).post(f"{MINE}{search.pk}/edit/", given)
    page = _page(response)
    assert response.status_code == 422
    assert "已有一项收藏名为“热线”" in _said(page)
    assert page.select_one("[name=name]")["value"] == "热线"  # type: ignore[index]
    search.refresh_from_db()
    assert (search.name, search.cadence, search.revision) == ("救助", Cadence.DAILY, 1)
    given["name"] = "热线电话"
    assert as_(staff).post(f"{MINE}{search.pk}/edit/", given).status_code == 302


@pytest.mark.django_db
def test_its_own_name_can_be_kept_or_written_otherwise(staff: User) -> None:
    search = kept(staff, name="hotline")
    search = change(search=search, revision=1, name="hotline", cadence=Cadence.NONE)
    search = change(search=search, revision=2, name="Hotline", cadence=Cadence.NONE)
    assert search.name == "Hotline"


@pytest.mark.django_db
def test_a_name_is_free_for_others_and_again_after_its_search_is_deleted_or_renamed(staff: User) -> None:
    search = kept(staff, "q=热线", name="热线")
    kept(person(Role.STAFF), "q=热线", name="热线")
    change(search=search, revision=1, name="旧的", cadence=Cadence.NONE)
    kept(staff, "q=救助", name="热线")
    search.delete()
    kept(staff, "q=托养", name="旧的")


@pytest.mark.django_db
def test_the_suggested_name_is_a_free_one(staff: User) -> None:
    client = as_(staff)
    for address, suggested in (("q=救助", "救助"), ("q=救助&sort=date", "救助 (2)"), ("q=救助&words=all", "救助 (3)")):
        field = _page(client.get(f"{NEW}?{address}")).select_one("[name=name]")
        assert field is not None
        assert field["value"] == suggested
        client.post(f"{NEW}?{address}", {"name": suggested, "cadence": "none"})
    assert SavedSearch.objects.count() == 3


@pytest.mark.django_db
def test_the_database_keeps_names_apart_too(staff: User) -> None:
    search, other = kept(staff, "q=热线", name="热线"), kept(staff, "q=救助", name="救助")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.filter(pk=other.pk).update(name_key=search.name_key)


@pytest.mark.django_db(transaction=True)
def test_of_several_who_take_a_name_at_once_one_gets_it_and_the_others_are_told(staff: User) -> None:
    search = kept(staff, "q=热线", name="热线")
    results = at_once(
        lambda: kept(staff, "q=救助", name="新名"),
        lambda: kept(staff, "q=托养", name="新名"),
        lambda: change(search=search, revision=1, name="新名", cadence=Cadence.DAILY),
        refusal=NameTakenError,
    )
    assert sum(isinstance(result, NameTakenError) for result in results) == 2
    assert SavedSearch.objects.filter(name="新名").count() == 1


@pytest.mark.django_db(transaction=True)
def test_renaming_and_going_on_at_once_wait_for_nobody_who_waits_for_them(staff: User) -> None:
    search, other = kept(staff, "q=热线", name="热线"), kept(staff, "q=救助", name="救助")
    for turn in range(1, 6):
        set_paused(search=search, is_paused=True)
        search.refresh_from_db()
        at_once(
            partial(change, search=other, revision=turn, name=f"第{turn}名", cadence=Cadence.DAILY),
            partial(set_paused, search=search, is_paused=False),
            refusal=NameTakenError,
        )
    other.refresh_from_db()
    assert other.name == "第5名"


@pytest.mark.django_db(transaction=True)
def test_present_doubles_get_a_number_when_the_portal_is_upgraded(staff: User) -> None:
    """On the way back and forth between the two states of the database."""
    long = "长" * LONGEST_NAME
    before = ["热线", "热线 (2)", "救助", "热线", "救 助", "热线", long, long]
    stands = MigrationExecutor(connection)
    latest = [node for node in stands.loader.graph.leaf_nodes() if node[0] == "saving"]
    try:
        old = stands.migrate([("saving", "0001_initial")]).apps.get_model("saving", "SavedSearch")
        others = person(Role.STAFF)
        for number, name in enumerate(before):
            old.objects.create(user_id=staff.pk, name=name, address=f"?q={number}", key=str(number))
        old.objects.create(user_id=others.pk, name="热线", address="?q=1", key="1")
    finally:
        MigrationExecutor(connection).migrate(latest)
    names = list(SavedSearch.objects.filter(user=staff).order_by("pk").values_list("name", flat=True))
    assert names == ["热线", "热线 (2)", "救助", "热线 (3)", "救 助", "热线 (4)", long, f"{long[:-4]} (2)"]
    assert SavedSearch.objects.get(user=others).name == "热线"
    with pytest.raises(NameTakenError):
        kept(staff, "q=热线", name="热线 （２）")
