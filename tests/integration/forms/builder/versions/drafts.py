"""A form, its next version, and what is done with them."""

from dataclasses import replace
from typing import Any

from forms.builder.models import FormPage
from forms.builder.schema import FormSchema
from forms.builder.versions.services import Published, Seen, publish_form
from forms.collection.enums import ReportState
from portal.accounts.models import User
from tests.factories.builder import form_of, question, table_of
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, report_in

FORM = form_of(
    question("text", "what", "问题", required=True),
    question("choice", "level", "等级"),
    question("file", "photo", "照片"),
    table_of(question("text", "c", "地点"), question("text", "d", "备注")),
    title="检查表",
)
ANSWERS: dict[str, Any] = {"what": "漏电", "level": "c1", "rows": [{"c": "鸿港市场", "d": "夜间"}]}
NEXT = form_of(
    replace(FORM.fields[0], type="long_text"),
    question("multiple_choice", "level", "等级"),
    table_of(question("text", "c", "地点")),
    question("text", "new", "责任人", required=True),
    title="检查表",
)


def drafted(page: FormPage, schema: FormSchema = NEXT, **fields: Any) -> FormPage:
    """The page with a draft that asks the schema."""
    page = FormPage.objects.get(pk=page.pk)
    page.ask(schema)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(clean=False)
    return FormPage.objects.get(pk=page.pk)


def seen(page: FormPage) -> Seen:
    """What somebody sees who opens the page now."""
    page = FormPage.objects.get(pk=page.pk)
    version = page.current_version
    return Seen(page.latest_revision_id or 0, version.number if version else 0)


def published(page: FormPage, editor: User, *, move: bool = True, note: str = "增加责任人") -> Published:
    return publish_form(page=page, user=editor, seen=seen(page), note=note, move=move)


def in_state(page: FormPage, state: ReportState) -> Sides:
    """A report of the form in an open period."""
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=page))
    return report_in(state, ExpectedReportFactory.create(period=period), ANSWERS)
