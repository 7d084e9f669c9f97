"""The plan import in the admin: upload, the proposal beside the text, correction, conflict, confirmation."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.programmes.enums import ProposalState
from portal.programmes.models import PlanProposal, Programme
from portal.programmes.plan_import import PlanProposal as Proposed
from portal.programmes.services import save_proposal
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.programmes import PLAN, PlanProposalFactory, proposed_plan, proposed_task, proposed_unit
from tests.factories.units import UnitFactory, person
from tests.integration.programmes.screens import address, soup, untouched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR, name="林晓")


@pytest.fixture
def browser(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


# --- the proposal beside the text -------------------------------------------------------------------------


def test_every_item_marks_its_own_words(browser: Client) -> None:
    plan = PlanProposalFactory()
    page = soup(browser.get(address("detail", plan)))

    def words(key: str) -> str:
        return "".join(piece.get_text() for piece in page.select(f'[data-keys~="{key}"]'))

    assert words("tasks-0-units-0") == "市教育局"
    assert words("tasks-0-deadlines-0") == "2026年3月20日前"
    assert words("citations-0") == "湘教发〔2025〕9号"
    assert words("title") == "临湖市校园周边环境整治专项行动方案"
    assert words("tasks-2").startswith("3. 开展安全教育")
    for key in ("tasks-0-units-0", "phases-1", "reporting-0"):
        assert page.select_one(f"#row-{key}") is not None
        assert page.select_one(f"#text-{key}") is not None
        assert page.select_one(f'a[href="#row-{key}"]') is not None
        assert page.select_one(f'a[href="#text-{key}"]') is not None


def test_each_item_says_its_rule_and_how_sure_it_is(browser: Client) -> None:
    plan = PlanProposalFactory()
    row = soup(browser.get(address("detail", plan))).select_one("#row-tasks-0-units-0 .plan-origin")
    assert row is not None
    said = " ".join(row.get_text().split())
    assert "“市教育局”" in said
    assert "Words after a label such as 责任单位：" in said
    assert re.search(r"\d+% sure", said)


def test_only_doubtful_items_are_flagged(browser: Client) -> None:
    sure, unsure = proposed_unit("市教育局"), proposed_unit("市公安局", confidence=0.6)
    plan = PlanProposalFactory(proposal=proposed_plan(proposed_task("任务", sure, unsure)).to_dict())
    page = soup(browser.get(address("detail", plan)))
    assert [row["id"] for row in page.select(".plan-row:has(.plan-flag)")] == ["row-tasks-0-units-1"]
    assert "open" in page.select_one("#row-tasks-0").attrs  # type: ignore[union-attr]
    assert "1 item to be checked" in page.get_text()


def test_markup_in_a_plan_stays_text(browser: Client) -> None:
    evil = PLAN.replace("完成对校园", "<script>alert(1)</script><img src=x onerror=alert(2)>完成对校园")
    plan = PlanProposalFactory(text=evil, file_name="<b>plan</b>.txt")
    response = browser.get(address("detail", plan))
    page = soup(response)
    assert page.select_one("[data-text]").get_text() == evil  # type: ignore[union-attr]
    assert not page.select("[data-text] script, [data-text] img")
    assert "alert(1)" not in "".join(script.get_text() for script in page.select("script"))
    assert "<b>plan</b>" not in response.content.decode()


def test_our_part_of_the_screens_has_no_inline_script_or_style(browser: Client) -> None:
    plan = PlanProposalFactory()
    for name in ("detail", "confirm", "list", "upload"):
        ours = soup(browser.get(address(name, plan if name in ("detail", "confirm") else None))).select_one(
            ".plan-screen"
        )
        assert ours is not None
        assert not ours.select("script, style, [style]")
        assert not [tag for tag in ours.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


def test_the_page_costs_the_same_queries_however_long_the_plan_is(browser: Client) -> None:
    def asked(tasks: int) -> int:
        many = [proposed_task(f"任务{n}", proposed_unit("市教育局")) for n in range(tasks)]
        plan = PlanProposalFactory(proposal=proposed_plan(*many).to_dict())
        browser.get(address("detail", plan))
        with CaptureQueriesContext(connection) as captured:
            browser.get(address("detail", plan))
        return len(captured)

    assert asked(1) == asked(12)


# --- correction -------------------------------------------------------------------------


def test_a_correction_is_saved_and_the_rest_stays_as_it_was(browser: Client, coordinator: User) -> None:
    plan = PlanProposalFactory()
    sent = untouched(plan, **{"tasks-0-title": "排查摊点", "tasks-1-units-0-role": "lead"})
    assert browser.post(address("detail", plan), sent).status_code == 302
    saved = PlanProposal.objects.get()
    before, after = Proposed.from_dict(plan.proposal), Proposed.from_dict(saved.proposal)
    assert (saved.revision, saved.changed_by) == (1, coordinator)
    assert (after.tasks[0].title, after.tasks[1].units[0].role) == ("排查摊点", "lead")
    assert after.tasks[2] == before.tasks[2]
    assert after.phases == before.phases


def test_errors_stand_beside_the_fields_and_nothing_typed_is_lost(browser: Client) -> None:
    plan = PlanProposalFactory()
    response = browser.post(
        address("detail", plan), untouched(plan, **{"tasks-0-title": "", "tasks-2-title": "改过的标题"})
    )
    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("#id_tasks-0-title_error") is not None
    assert page.select_one('.plan-notice--error a[href="#id_tasks-0-title"]') is not None
    assert page.select_one("#id_tasks-2-title")["value"] == "改过的标题"  # type: ignore[index]
    assert PlanProposal.objects.get().revision == 0


def test_of_two_coordinators_the_second_keeps_what_was_typed_and_sees_both_versions(browser: Client) -> None:
    plan = PlanProposalFactory()
    sent = untouched(plan, **{"tasks-0-title": "我的标题"})
    other = person(Role.COORDINATOR, name="周协")
    theirs = proposed_plan(proposed_task("他的标题")).to_dict()
    save_proposal(pk=plan.pk, revision=0, data=theirs, user=other)

    response = browser.post(address("detail", plan), sent)
    page = soup(response)
    assert response.status_code == 409
    assert "周协 saved this plan" in page.get_text()
    assert page.select_one("#id_tasks-0-title")["value"] == "我的标题"  # type: ignore[index]
    columns = [column.get_text() for column in page.select(".plan-differences > div")]
    assert "他的标题" in columns[0]
    assert "我的标题" in columns[1]
    assert PlanProposal.objects.get().proposal == theirs

    sent["revision"] = page.select_one('.plan-form [name="revision"]')["value"]  # type: ignore[index, assignment]
    assert browser.post(address("detail", plan), sent).status_code == 302
    assert Proposed.from_dict(PlanProposal.objects.get().proposal).tasks[0].title == "我的标题"


def test_rows_that_both_coordinators_added_are_not_lost(browser: Client) -> None:
    plan = PlanProposalFactory()
    added = {"tasks-3-title": "新增任务", "tasks-3-units-0-name": "市教育局"}
    sent = untouched(plan, **added)
    browser.post(address("detail", plan), sent)
    assert browser.post(address("detail", plan), sent).status_code == 409
    sent["revision"] = "1"
    assert browser.post(address("detail", plan), sent).status_code == 302
    titles = [task.title for task in Proposed.from_dict(PlanProposal.objects.get().proposal).tasks]
    assert titles.count("新增任务") == 1


def test_a_plan_confirmed_meanwhile_takes_no_correction_and_says_so(browser: Client) -> None:
    plan = PlanProposalFactory(state=ProposalState.CONFIRMED)
    response = browser.post(address("detail", plan), untouched(plan, **{"tasks-0-title": "太晚"}))
    assert response.status_code == 409
    assert "no longer open for correction" in response.content.decode()
    assert "太晚" in response.content.decode()


@pytest.mark.parametrize("revision", ["", "x", "-1", "99999999999999999999"])
def test_a_revision_that_is_none_counts_as_outdated(browser: Client, revision: str) -> None:
    plan = PlanProposalFactory()
    assert browser.post(address("detail", plan), untouched(plan, revision=revision)).status_code == 409


def test_a_form_without_its_counters_is_refused_without_a_crash(browser: Client) -> None:
    plan = PlanProposalFactory()
    assert browser.post(address("detail", plan), {"revision": "0"}).status_code == 422


# --- confirmation -------------------------------------------------------------------------


def test_saving_can_lead_on_to_confirmation(browser: Client) -> None:
    plan = PlanProposalFactory()
    response = browser.post(address("detail", plan), untouched(plan, confirm="1"))
    assert response.headers["Location"] == address("confirm", plan)


def test_each_unknown_unit_is_mapped_or_created(browser: Client) -> None:
    plan, known = PlanProposalFactory(), UnitFactory(name="临湖市城市管理和综合执法局")
    page = soup(browser.get(address("confirm", plan)))
    assert [legend.get_text() for legend in page.select(".plan-unknown legend")] == [
        "市教育局",
        "市城市管理局",
        "各区政府",
    ]
    answers = {
        "unit-0": "create",
        "kind-0": "bureau",
        "unit-1": known.pk,
        "kind-1": "bureau",
        "unit-2": "create",
        "kind-2": "other",
    }
    response = browser.post(address("confirm", plan), {"revision": 0, "owner": known.pk, **answers})
    programme = Programme.objects.get()
    assert response.headers["Location"] == reverse("programmes:detail", args=[programme.pk])
    assert programme.owner == known
    assert set(programme.tasks.get(number="2").units.values_list("name", flat=True)) == {known.name, "各区政府"}
    assert Unit.objects.get(name="各区政府").kind == "other"
    assert not Unit.objects.filter(name="市城市管理局").exists()


def test_an_unknown_unit_without_an_answer_is_asked_for_again(browser: Client) -> None:
    plan = PlanProposalFactory()
    response = browser.post(address("confirm", plan), {"revision": 0})
    assert response.status_code == 422
    assert len(soup(response).select(".plan-unknown.has-error")) == 3
    assert not Programme.objects.exists()


def test_all_unknown_units_can_be_created_at_once(browser: Client) -> None:
    plan = PlanProposalFactory()
    kinds = {f"kind-{place}": "bureau" for place in range(3)}
    browser.post(address("confirm", plan), {"revision": 0, "create_rest": "on", **kinds})
    assert Programme.objects.get().tasks.count() == 3
    assert Unit.objects.filter(name__in=["市教育局", "市城市管理局", "各区政府"]).count() == 3


def test_a_version_that_was_not_seen_is_not_confirmed(browser: Client) -> None:
    plan = PlanProposalFactory()
    save_proposal(
        pk=plan.pk, revision=0, data=proposed_plan(proposed_task("别的")).to_dict(), user=person(Role.COORDINATOR)
    )
    response = browser.post(address("confirm", plan), {"revision": 0, "create_rest": "on"})
    assert response.status_code == 409
    assert "Somebody else has saved in the meantime" in response.content.decode()
    assert not Programme.objects.exists()


def test_tasks_without_a_unit_are_pointed_out_before_confirming(browser: Client) -> None:
    plan = PlanProposalFactory(proposal=proposed_plan(proposed_task("无人负责的任务")).to_dict())
    notices = soup(browser.get(address("confirm", plan))).select(".plan-notice--warning")
    assert "无人负责的任务" in "".join(notice.get_text() for notice in notices)


def test_a_plan_put_aside_is_taken_up_again_from_its_page(browser: Client) -> None:
    plan = PlanProposalFactory()
    browser.post(address("discard", plan), {"revision": 0})
    assert PlanProposal.objects.get().state == ProposalState.DISCARDED
    assert soup(browser.get(address("detail", plan))).select_one("fieldset[disabled]") is not None
    browser.post(address("discard", plan), {"revision": 1, "restore": "1"})
    assert PlanProposal.objects.get().state == ProposalState.PROPOSED


def test_the_original_file_comes_back_as_a_download_and_the_log_tells(browser: Client) -> None:
    plan = PlanProposalFactory()
    response = browser.get(address("file", plan))
    assert b"".join(response.streaming_content) == PLAN.encode()  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert AuditEvent.objects.filter(action=AuditAction.DOWNLOAD).count() == 1


# --- who may -------------------------------------------------------------------------

READ = ("list", "detail", "file")
WRITE = ("upload", "confirm")


@pytest.mark.parametrize("role", list(Role))
def test_only_the_roles_named_may_read_and_write(client: Client, role: Role) -> None:
    plan = PlanProposalFactory()
    client.force_login(person(role))
    may_write = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
    may_read = may_write or role == Role.AUDITOR
    for name in (*READ, *WRITE):
        allowed = may_read if name in READ else may_write
        response = client.get(address(name, None if name in ("list", "upload") else plan))
        assert (response.status_code == 200) is allowed, name
    answer = client.post(address("detail", plan), untouched(plan))
    assert (answer.headers.get("Location") == address("detail", plan)) is may_write
    revision = PlanProposal.objects.get().revision
    client.post(address("discard", plan), {"revision": revision})
    assert (PlanProposal.objects.get().state == ProposalState.DISCARDED) is may_write


def test_an_auditor_reads_but_finds_nothing_to_write_with(client: Client) -> None:
    plan = PlanProposalFactory()
    client.force_login(person(Role.AUDITOR))
    page = soup(client.get(address("detail", plan)))
    assert page.select_one("fieldset[disabled]") is not None
    assert not page.select('.plan-form [type="submit"], .plan-delete, .plan-add')


def test_without_signing_in_there_is_only_the_sign_in_page(client: Client) -> None:
    plan = PlanProposalFactory()
    for name in (*READ, *WRITE):
        response = client.get(address(name, None if name in ("list", "upload") else plan))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/")
