"""Wagtail's own ways of publishing a form: its button, workflow, many at once, on a day that was set."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from forms.builder.models import FormPage, FormVersion
from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from tests.factories.builder import confirm_publishing, current, editor_post, form_of, form_page, question
from tests.integration.forms.builder.versions.drafts import FORM, NEXT, drafted, in_state, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def edit(browser: Client, page: FormPage, schema: FormSchema, **more: str) -> Any:
    return browser.post(f"/admin/pages/{page.pk}/edit/", editor_post(schema, **{"action-publish": "1"}, **more))


def test_the_editors_button_leads_to_the_preview_and_the_draft_is_kept(browser: Client, page: FormPage) -> None:
    answer = edit(browser, page, NEXT)
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/form-pages/{page.pk}/publish/"
    assert page.versions.count() == 1
    assert FormPage.objects.get(pk=page.pk).get_latest_revision_as_object().schema_now == NEXT
    text = browser.get(answer["Location"]).content.decode()
    assert "责任人" in text
    assert confirm_publishing(browser, page, note="加一项").status_code == 302
    assert current(page).note == "加一项"


def test_changed_words_alone_are_published_at_once(browser: Client, page: FormPage) -> None:
    what, *rest = FORM.fields
    answer = edit(browser, page, replace(FORM, fields=(replace(what, label="存在问题"), *rest)), note="措辞")
    assert answer["Location"] == f"/admin/form-pages/{page.pk}/versions/"
    assert (current(page).number, current(page).note) == (2, "措辞")


def test_publishing_without_a_change_is_wagtails_own(browser: Client, page: FormPage) -> None:
    assert edit(browser, page, FORM).status_code == 302
    assert page.versions.count() == 1


def refused_draft(page: FormPage) -> FormPage:
    """A draft with a type that stored answers forbid."""
    in_state(page, ReportState.ACCEPTED)
    return drafted(page, replace(FORM, fields=(question("number", "what", "问题"), *FORM.fields[1:])))


def test_approving_in_a_workflow_is_refused_in_words(browser: Client, page: FormPage, editor: User) -> None:
    page = refused_draft(page)
    task = GroupApprovalTask.objects.create(name="审核")
    task.groups.set(editor.groups.all())
    workflow = Workflow.objects.create(name="审核")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(page, editor)
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{state.current_task_state.pk}/"
    answer = browser.post(address, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/admin/form-pages/{page.pk}/publish/"
    assert "version-obstacles" in text
    assert page.versions.count() == 1
    state.refresh_from_db()
    assert state.status == "in_progress"
    inside = browser.post(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert inside.json()["redirect"] == f"/admin/form-pages/{page.pk}/publish/"


def test_publishing_many_pages_at_once_is_refused_in_words(browser: Client, page: FormPage) -> None:
    page = refused_draft(page)
    answer = browser.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", {"next": "/admin/"})
    assert answer["Location"] == f"/admin/form-pages/{page.pk}/publish/"
    assert page.versions.count() == 1


def scheduled(page: FormPage, at: datetime.datetime) -> None:
    """Put the latest revision on the schedule, as publishing with a date in the future does."""
    revision = page.get_latest_revision()
    assert revision is not None
    revision.approved_go_live_at = at
    revision.save()


def test_a_refused_scheduled_publishing_is_taken_off_the_schedule_and_the_others_go_on(page: FormPage) -> None:
    refused = refused_draft(page)
    other = drafted(form_page(FORM, slug="other"), NEXT)
    past = timezone.now() - datetime.timedelta(minutes=5)
    scheduled(refused, past - datetime.timedelta(minutes=5))
    scheduled(other, past)
    call_command("publish_scheduled", verbosity=0)
    assert refused.versions.count() == 1
    assert other.versions.count() == 2
    assert refused.scheduled_revision is None
    assert AuditEvent.objects.filter(summary="form.schedule_refused").count() == 1


def test_a_form_scheduled_for_later_has_its_version_on_that_day(browser: Client, page: FormPage, editor: User) -> None:
    later = timezone.now() + datetime.timedelta(days=3)
    page = drafted(page, go_live_at=later)
    done = published(page, editor)
    assert done.version is None
    assert done.goes_live_at is not None
    assert page.versions.count() == 1
    assert FormVersion.objects.count() == 1


def test_a_choice_that_answers_use_is_retired_instead_of_removed(page: FormPage, editor: User) -> None:
    in_state(page, ReportState.ACCEPTED)
    level = question("choice", "level", "等级", options={"choices": [{"code": "c2", "label": "重大"}]})
    published(drafted(page, form_of(FORM.fields[0], level, title="检查表")), editor)
    field = current(page).form_schema.field("level")
    assert field is not None
    assert field.options["choices"] == [
        {"code": "c2", "label": "重大"},
        {"code": "c1", "label": "一般", "retired": True},
    ]
    assert FormPage.objects.get(pk=page.pk).schema_now == current(page).form_schema
