"""Publishing freezes what a form asks; nothing else does, and nothing unfreezes it."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from forms.builder.models import FormPage, FormVersion, FormVersionImmutableError
from forms.builder.rendering import build_form, display
from forms.builder.services import freeze_version
from forms.builder.streams import stream_of_schema
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.builder import current, every_type, form_of, form_page, publish, question, table_of
from tests.factories.units import person

pytestmark = pytest.mark.django_db

ONE = form_of(question("text", "a", "检查"), title="检查表")
TWO = form_of(question("text", "a", "检查情况"), question("number", "b", "人数"), title="检查表")


def test_publishing_freezes_what_the_form_asks() -> None:
    editor = person(Role.EDITOR)
    page = form_page(ONE, user=editor)
    version = page.current_version
    assert version is not None
    assert (version.number, version.form_schema, version.digest) == (1, ONE, ONE.digest())
    assert version.published_by == editor


def test_publishing_again_without_a_change_makes_no_version() -> None:
    page = publish(form_page(ONE), ONE)
    page.save_revision().publish()
    assert page.versions.count() == 1


def test_a_draft_makes_no_version_and_changes_none() -> None:
    page = form_page(ONE)
    page.form_fields = stream_of_schema(TWO)
    page.save_revision()
    assert current(FormPage.objects.get(pk=page.pk)).form_schema == ONE


def test_a_change_makes_the_next_version_and_leaves_the_last_as_it_was() -> None:
    page = publish(form_page(ONE), TWO)
    assert [version.number for version in page.versions.all()] == [2, 1]
    assert current(page).form_schema == TWO
    assert page.versions.get(number=1).form_schema == ONE


def test_a_changed_title_or_introduction_is_a_change() -> None:
    page = publish(form_page(ONE), replace(ONE, title="排查表"))
    page = publish(page, replace(ONE, title="排查表", intro="请据实填写。"))
    assert page.versions.count() == 3


def test_going_back_to_an_old_shape_is_a_new_version() -> None:
    page = publish(publish(form_page(ONE), TWO), ONE)
    assert [version.form_schema for version in page.versions.order_by("number")] == [ONE, TWO, ONE]


def test_an_old_version_still_asks_and_reads_what_was_removed_since() -> None:
    whole = every_type()
    page = publish(form_page(whole), form_of(question("text", "new"), title=whole.title))
    old = page.versions.get(number=1).form_schema
    answers = {"k-text": "救助管理站", "k-choice": "c2", "rows": [{"c-text": "漏电", "c-choice": "c1"}]}
    assert [row.text for row in display(old, answers) if row.text] == ["救助管理站", "重大"]
    assert "k-text" in build_form(old, answers=answers).fields


def test_the_note_tells_of_the_version_it_was_written_for() -> None:
    page = form_page(ONE)
    page.version_note = "增加人数"
    page = publish(page, TWO)
    assert current(page).note == "增加人数"
    page = publish(page, ONE)
    assert current(page).note == ""


def test_a_version_cannot_be_changed_or_deleted() -> None:
    version = form_page(ONE).current_version
    assert version is not None
    version.note = "改"
    with pytest.raises(FormVersionImmutableError):
        version.save()
    with pytest.raises(FormVersionImmutableError):
        version.delete()
    with pytest.raises(FormVersionImmutableError):
        FormVersion.objects.update(note="改")
    assert FormVersion.objects.get().note == ""


@pytest.mark.parametrize(
    "unfinished",
    [
        form_of(question("text", label="")),
        form_of(table_of()),
        form_of(question("choice", options={"choices": []})),
        form_of(question("choice", options={"choices": [{"code": "a", "label": "甲"}, {"code": "b", "label": "甲"}]})),
        form_of(question("number", options={"minimum": 5, "maximum": 1})),
        form_of(table_of(question("text"), min_rows=9, max_rows=3)),
    ],
)
def test_an_unfinished_form_may_be_a_draft_but_is_not_published(unfinished: object) -> None:
    page = form_page(ONE)
    page.form_fields = stream_of_schema(unfinished)  # type: ignore[arg-type]
    revision = page.save_revision()
    with pytest.raises(ValidationError), transaction.atomic():
        revision.publish()
    page = FormPage.objects.get(pk=page.pk)
    assert current(page).form_schema == ONE
    assert page.schema_now == ONE


def test_whoever_publishes_is_named_and_not_who_wrote() -> None:
    writer, publisher = person(Role.EDITOR), person(Role.COORDINATOR)
    page = form_page(ONE, user=writer)
    page.form_fields = stream_of_schema(TWO)
    page.save_revision(user=writer).publish(user=publisher)
    assert page.versions.get(number=2).published_by == publisher


def test_two_editors_publish_one_after_the_other_and_both_versions_are_kept() -> None:
    page = form_page(ONE)
    first, second = FormPage.objects.get(pk=page.pk), FormPage.objects.get(pk=page.pk)
    publish(first, TWO)
    publish(second, form_of(question("date", "c", "日期"), title="检查表"))
    assert sorted(page.versions.values_list("number", flat=True)) == [1, 2, 3]


def test_freezing_is_written_in_the_audit_log() -> None:
    editor = person(Role.EDITOR)
    form_page(ONE, user=editor)
    event = AuditEvent.objects.get(target_type="portal_forms.formversion")
    assert event.user == editor
    assert event.details == {"version": 1, "questions": 1}


def test_a_copied_form_has_a_first_version_of_its_own() -> None:
    page = form_page(ONE)
    copied = page.copy(update_attrs={"slug": "copy", "title": "副本"})
    assert current(copied).number == 1
    assert [one.key for one in current(copied).form_schema] == ["a"]
    assert page.versions.count() == 1


def test_freezing_twice_gives_the_same_version() -> None:
    page = form_page(ONE)
    assert freeze_version(form_page=page) == page.current_version


def test_long_labels_homophones_and_emoji_are_stored() -> None:
    long = "检查情况" * 50
    schema = form_of(question("text", "a", long), question("text", "b", "检查"), question("text", "c", "监察😀"))
    page = form_page(schema)
    assert [one.label for one in FormVersion.objects.get(form=page).form_schema] == [long, "检查", "监察😀"]
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_form_without_versions_has_no_current_one(client: Client) -> None:
    page = FormPage(title="草稿", slug="draft")
    assert page.schema_now == form_of(title="草稿")
