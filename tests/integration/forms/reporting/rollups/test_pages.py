"""The pages: who sees them, what stands on them, and that they work without JavaScript."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms.reporting.rollups.models import RollUp
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.rollups import Town, block, sentence
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    made = Town()
    made.accepted("甲区", done="开展街面巡查。救助12人。", people=12, problems="人手不足。")
    made.accepted("乙区", done="召开部署会。", people=3)
    made.owes("丙区")
    return made


@pytest.fixture
def rollup(town: Town) -> RollUp:
    return town.compile()


def as_user(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def text(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 200), (Role.AUDITOR, 200), (Role.ADMINISTRATOR, 200)])
def test_overseers_read_it_and_are_offered_no_changes(rollup: RollUp, role: Role, status: int) -> None:
    response = as_user(person(role)).get(f"/rollups/{rollup.pk}/")
    assert response.status_code == status
    assert "开展街面巡查。" in text(response)
    assert "rollup-form" not in response.content.decode()


def test_a_unit_sees_nothing_of_what_others_wrote(town: Town, rollup: RollUp) -> None:
    for user in (town.sides["甲区"].reporter, person(Role.STAFF, town.requirement.owner), person(Role.SUPERVISOR)):
        assert as_user(user).get(f"/rollups/{rollup.pk}/").status_code == 403
        assert as_user(user).get("/rollups/").status_code == 403


def test_a_coordinator_of_another_unit_does_not_know_of_it(rollup: RollUp) -> None:
    other = as_user(person(Role.COORDINATOR))
    assert other.get(f"/rollups/{rollup.pk}/").status_code == 404
    assert rollup.title not in text(other.get("/rollups/"))
    assert other.get(f"/rollups/new/?period={rollup.period_id}").status_code == 404


def test_nobody_is_sent_to_sign_in(rollup: RollUp) -> None:
    assert as_user(None).get(f"/rollups/{rollup.pk}/")["Location"].startswith("/sign-in/")


def test_before_compiling_one_is_told_what_is_outstanding(town: Town) -> None:
    client = as_user(town.coordinator)
    assert "专项行动小结" in text(client.get("/rollups/new/"))
    page = text(client.get(f"/rollups/new/?period={town.period.pk}"))
    assert "2份（应报3份）" in page
    assert "丙区" in page


def test_compiling_from_the_page_leads_to_the_document(town: Town) -> None:
    client = as_user(town.coordinator)
    page = client.get(f"/rollups/new/?period={town.period.pk}")
    key = page.context["form"]["key"].value()
    sent = {"title": "情况报告", "addressee": "市政府", "signature": "市民政局", "key": str(key)}
    response = client.post(f"/rollups/new/?period={town.period.pk}", sent, follow=True)
    rollup = RollUp.objects.get()
    assert response.redirect_chain == [(f"/rollups/{rollup.pk}/", 302)]
    assert "一、报送情况" in text(response)
    assert (rollup.title, rollup.addressee, rollup.signature) == ("情况报告", "市政府", "市民政局")


def test_without_a_title_the_page_says_so_and_loses_nothing(town: Town) -> None:
    sent = {"title": " ", "addressee": "市政府办公室", "key": "00000000-0000-4000-8000-000000000001"}
    response = as_user(town.coordinator).post(f"/rollups/new/?period={town.period.pk}", sent)
    assert response.status_code == 422
    assert "请填写标题" in text(response)
    assert "市政府办公室" in response.content.decode()


def test_each_paragraph_says_where_it_comes_from(town: Town, rollup: RollUp) -> None:
    page = as_user(town.coordinator).get(f"/rollups/{rollup.pk}/")
    version = town.sides["甲区"].report.versions.get()
    assert f'href="/reports/{version.submission_id}/?version=1"' in page.content.decode()
    assert version.receipt in text(page)
    figure = block(rollup, "救助合计15人次")
    sources = text(as_user(town.coordinator).get(f"/rollups/{rollup.pk}/blocks/{figure.pk}/sources/"))
    assert "2 项填报之和" in sources
    assert "12 人次" in sources


def test_rewording_without_javascript_ends_at_the_paragraph(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    address = f"/rollups/{rollup.pk}/blocks/{one.block_id}/edit/"
    client = as_user(town.coordinator)
    assert "救助12人。" in client.get(address).content.decode()
    response = client.post(address, {"revision": "1", f"text-{one.pk}": "救助十二人。", f"in-{one.pk}": "on"})
    assert response["Location"] == f"/rollups/{rollup.pk}/#block-{one.block_id}"
    page = text(client.get(f"/rollups/{rollup.pk}/"))
    assert "救助十二人。" in page
    assert "已改写，查看原文" in page


def test_a_conflict_shows_both_and_keeps_what_was_typed(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    address = f"/rollups/{rollup.pk}/blocks/{one.block_id}/edit/"
    sent = {"revision": "1", f"in-{one.pk}": "on"}
    as_user(town.second).post(address, sent | {f"text-{one.pk}": "救助十二人。"})
    client = as_user(town.coordinator)
    refused = client.post(address, sent | {f"text-{one.pk}": "救助一打人。"})
    assert refused.status_code == 422
    assert "救助一打人。" in refused.content.decode()
    assert "现在的文字：救助十二人。" in text(refused)
    assert str(town.second) in text(refused)
    again = client.post(address, sent | {"revision": "2", f"text-{one.pk}": "救助一打人。"})
    assert again.status_code == 302
    one.refresh_from_db()
    assert one.text == "救助一打人。"


def test_title_lines_are_changed_and_a_conflict_keeps_what_was_typed(town: Town, rollup: RollUp) -> None:
    address, client = f"/rollups/{rollup.pk}/describe/", as_user(town.coordinator)
    seen = client.get(address).context["seen"]
    sent = {"seen": seen, "addressee": "市政府", "signature": "市民政局"}
    assert as_user(town.second).post(address, sent | {"title": "甲标题"}).status_code == 302
    refused = client.post(address, sent | {"title": "乙标题"})
    assert refused.status_code == 422
    assert "乙标题" in refused.content.decode()
    assert "甲标题" in text(refused)
    again = client.post(address, sent | {"title": "乙标题", "seen": refused.context["seen"]})
    assert again.status_code == 302


def test_with_htmx_only_what_changed_comes_back(town: Town, rollup: RollUp) -> None:
    one, client = block(rollup, "召开部署会"), as_user(town.coordinator)
    htmx = {"HX-Request": "true"}
    row = client.post(f"/rollups/{rollup.pk}/blocks/{one.pk}/", {"do": "out"}, headers=htmx).content.decode()
    assert row.lstrip().startswith(f'<div class="rollup-row is-paragraph is-out" id="block-{one.pk}">')
    section = client.post(f"/rollups/{rollup.pk}/blocks/{one.pk}/", {"do": "up"}, headers=htmx).content.decode()
    assert section.index("召开部署会") < section.index("开展街面巡查")


def test_a_block_of_another_roll_up_is_not_found(town: Town, rollup: RollUp) -> None:
    other = town.compile()
    one = block(other, "召开部署会")
    client = as_user(town.coordinator)
    assert client.post(f"/rollups/{rollup.pk}/blocks/{one.pk}/", {"do": "out"}).status_code == 404


def queries(client: Client, address: str) -> int:
    """How many an address takes, once everything is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_pages_take_as_many_queries_for_many_units_and_many_roll_ups(town: Town, rollup: RollUp) -> None:
    client = as_user(town.coordinator)
    few, listed = queries(client, f"/rollups/{rollup.pk}/"), queries(client, "/rollups/")
    for number in range(8):
        town.accepted(f"第{number}街道", done="巡查。慰问。", people=1, problems="路远。")
    larger = town.compile()
    assert queries(client, f"/rollups/{larger.pk}/") == few
    assert queries(client, "/rollups/") == listed
