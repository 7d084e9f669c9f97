"""From a draft to what readers see: by an editor, through the workflow, at a planned time."""

import datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.policies.models import PolicyIndexPage, PolicyPage
from portal.units.enums import Role
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def policy_form(**values: object) -> dict[str, object]:
    return nested_form_data(
        {
            "title": "关于加强街面巡访的通知",
            "slug": "xunfang",
            "summary": "",
            "body": streamfield([("heading", {"text": "总体要求", "level": "h2"})]),
            "kind": "notice",
            "validity": "in-force",
            "doc_number": "测民发[2026] 3 号",
            "issuers": inline_formset([{"name": "市民政局", "unit": ""}, {"name": "市公安局", "unit": ""}]),
            "attachments": inline_formset([]),
            "comments": inline_formset([]),
            **values,
        }
    )


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def add_policy(client: Client, **values: object) -> PolicyPage:
    index = PolicyIndexPage.objects.get()
    answer = client.post(f"/admin/pages/add/policies/policypage/{index.pk}/", policy_form(**values))
    assert answer.status_code == 302, answer.context["form"].errors if answer.context else answer.content
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["success"]
    return PolicyPage.objects.get(slug="xunfang")


def test_an_editor_publishes_a_policy_and_everybody_reads_it(client: Client) -> None:
    page = add_policy(signed_in(Role.EDITOR), **{"action-publish": "1"})
    text = client.get(page.get_url()).content.decode()
    assert page.live
    assert "测民发〔2026〕3号" in text
    assert page.issuer_names == ["市民政局", "市公安局"]
    assert "市民政局 市公安局" in text


def test_a_draft_may_be_half_filled_and_is_seen_by_nobody(client: Client) -> None:
    page = add_policy(
        signed_in(Role.EDITOR), doc_number="", validity="unknown", effective_on="2026-05-01", expires_on=""
    )
    assert not page.live
    assert client.get("/policies/xunfang/").status_code == 404
    assert page.title not in client.get("/policies/").content.decode()


def test_dates_that_contradict_each_other_are_refused_with_a_way_to_mend_them() -> None:
    index = PolicyIndexPage.objects.get()
    answer = signed_in(Role.EDITOR).post(
        f"/admin/pages/add/policies/policypage/{index.pk}/",
        policy_form(effective_on="2026-05-01", expires_on="2026-05-01", **{"action-publish": "1"}),
    )
    assert answer.status_code == 200
    assert "expires_on" in answer.context["form"].errors
    assert not PolicyPage.objects.filter(slug="xunfang").exists()


def test_what_is_handed_in_is_published_when_a_coordinator_approves() -> None:
    page = add_policy(signed_in(Role.EDITOR), **{"action-submit": "1"})
    state = WorkflowState.objects.get()
    assert not page.live
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    answer = signed_in(Role.COORDINATOR).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id]),
        {"comment": ""},
    )
    assert answer.status_code in {200, 302}
    page.refresh_from_db()
    state.refresh_from_db()
    assert page.live
    assert state.status == WorkflowState.STATUS_APPROVED


def test_a_coordinator_sends_a_draft_back_and_it_stays_a_draft() -> None:
    page = add_policy(signed_in(Role.EDITOR), **{"action-submit": "1"})
    state = WorkflowState.objects.get()
    signed_in(Role.COORDINATOR).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.current_task_state_id]),
        {"comment": "请补充文号"},
    )
    page.refresh_from_db()
    state.refresh_from_db()
    assert not page.live
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_an_auditor_approves_nothing() -> None:
    page = add_policy(signed_in(Role.EDITOR), **{"action-submit": "1"})
    task = WorkflowState.objects.get().current_task_state_id
    signed_in(Role.AUDITOR).post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task]), {"comment": ""}
    )
    page.refresh_from_db()
    assert not page.live


def test_a_planned_page_appears_at_its_time_and_goes_at_its_end(client: Client) -> None:
    page = PolicyPageFactory(live=False)
    now = timezone.now()
    page.go_live_at = now + datetime.timedelta(hours=1)
    page.expire_at = now + datetime.timedelta(hours=3)
    page.save_revision().publish()
    call_command("publish_scheduled", verbosity=0)
    assert client.get(f"/policies/{page.slug}/").status_code == 404
    with time_machine.travel(now + datetime.timedelta(hours=2), tick=False):
        call_command("publish_scheduled", verbosity=0)
        assert client.get(f"/policies/{page.slug}/").status_code == 200
    with time_machine.travel(now + datetime.timedelta(hours=4), tick=False):
        call_command("publish_scheduled", verbosity=0)
        assert client.get(f"/policies/{page.slug}/").status_code == 404
