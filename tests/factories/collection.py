"""Forms that were published, requirements, periods, expected reports."""

import datetime
from collections.abc import Sequence
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page

from forms.builder.models import FormPage, FormVersion
from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.enums import RequirementState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from tests.factories.units import UnitFactory

SCHEMA = FormSchema(
    title="工作进展小结",
    fields=(
        FieldSchema(key="summary", type="long_text", label="本期工作开展情况", required=True),
        FieldSchema(key="people", type="number", label="救助人次"),
        FieldSchema(key="evidence", type="file", label="佐证材料"),
        FieldSchema(
            key="problems",
            type="table",
            label="问题清单",
            columns=(
                FieldSchema(key="what", type="text", label="问题", required=True),
                FieldSchema(key="photo", type="file", label="照片"),
            ),
        ),
    ),
)

ANSWERS: dict[str, Any] = {"summary": "开展街面巡查。", "people": 12}


def published_form(schema: FormSchema = SCHEMA) -> FormPage:
    """A live form page whose first version asks what the schema says."""
    Locale.objects.get_or_create(language_code="zh-hans")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    count = FormPage.objects.count()
    page = root.add_child(instance=FormPage(title=schema.title, slug=f"form-{count}", live=True))
    publish_version(page, schema)
    return FormPage.objects.get(pk=page.pk)


def publish_version(page: FormPage, schema: FormSchema) -> FormVersion:
    """One more version of a form."""
    number = page.versions.count() + 1
    return FormVersion.objects.create(form=page, number=number, schema=schema.to_json(), digest=schema.digest())


class RequirementFactory(DjangoModelFactory):
    """A requirement that is being collected, of a bureau of its own."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"专项行动进展小结{n:03d}")
    form = factory.LazyFunction(published_form)
    owner = factory.SubFactory(UnitFactory)
    state = RequirementState.OPEN

    @factory.post_generation
    def units(self: Requirement, create: bool, extracted: Sequence[object] | None) -> None:
        if extracted:
            self.units.set(extracted)  # type: ignore[arg-type]


class PeriodFactory(DjangoModelFactory):
    """A period that opened ten days ago and is due in ten days, its form version pinned."""

    class Meta:
        model = ReportingPeriod

    requirement = factory.SubFactory(RequirementFactory)
    name = factory.Sequence(lambda n: f"第{n + 1}期")
    opens_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(days=10))
    due_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=10))
    version = factory.LazyAttribute(lambda made: made.requirement.form.current_version)


class ExpectedReportFactory(DjangoModelFactory):
    """What one unit owes."""

    class Meta:
        model = ExpectedReport

    period = factory.SubFactory(PeriodFactory)
    unit = factory.SubFactory(UnitFactory)
