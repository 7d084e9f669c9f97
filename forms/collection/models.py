"""Requirements (报送要求), reporting periods (报送期) and expected reports (应报)."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms.builder.models import FormPage, FormVersion
from forms.collection.enums import PeriodStatus, RequirementState
from forms.collection.querysets import ExpectedReportQuerySet, PeriodQuerySet, RequirementQuerySet
from forms.collection.rules import Window, date_problems
from portal.programmes.models import Programme, Task
from portal.units.models import Unit


class Requirement(models.Model):
    """Which units owe which form to whom, on which dates."""

    title = models.CharField(_("title"), max_length=200)
    instructions = models.TextField(_("instructions for the units"), blank=True)
    form = models.ForeignKey(FormPage, on_delete=models.PROTECT, related_name="requirements", verbose_name=_("form"))
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requirements",
        verbose_name=_("programme"),
    )
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements", verbose_name=_("task")
    )
    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="collected_requirements", verbose_name=_("collecting unit")
    )
    units = models.ManyToManyField(Unit, blank=True, related_name="requirements", verbose_name=_("reporting units"))
    subtrees = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name=_("all units below"), help_text=_("Units that join later too.")
    )
    task_roles = models.JSONField(_("units of the task"), default=list, blank=True)
    """Of which roles on the task (`portal.programmes.enums.UnitRole`) the units report, whoever they are on the day."""
    schedule = models.JSONField(_("schedule"), null=True, blank=True)
    """`scheduling.rules.Schedule` as JSON; null where the periods are entered one by one."""
    allows_nil = models.BooleanField(
        _("nil reports"),
        default=False,
        help_text=_("A unit without anything to report says so instead of filling the form in."),
    )
    needs_sign_off = models.BooleanField(
        _("signed off inside the unit"),
        default=False,
        help_text=_("A unit reviewer looks at each report before it leaves the unit."),
    )
    state = models.CharField(_("state"), max_length=20, choices=RequirementState, default=RequirementState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting requirement")
        verbose_name_plural = _("reporting requirements")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ReportingPeriod(models.Model):
    """One occurrence of a requirement. Its form version is pinned when it opens: a later version asks no one twice."""

    requirement = models.ForeignKey(
        Requirement, on_delete=models.CASCADE, related_name="periods", verbose_name=_("reporting requirement")
    )
    name = models.CharField(_("name of the period"), max_length=80)
    opens_at = models.DateTimeField(_("opens at"))
    due_at = models.DateTimeField(_("due at"), db_index=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    late_after = models.DateTimeField(_("counts as in time until"), null=True, blank=True, editable=False)
    first_day = models.DateField(_("first day"), null=True, blank=True, editable=False)
    last_day = models.DateField(_("last day"), null=True, blank=True, editable=False)
    """The stretch of time that the report is about; set where a schedule made the period."""
    is_estimate = models.BooleanField(pgettext_lazy("schedule", "estimate"), default=False, editable=False)
    """Whether a date rests on a year whose holidays are not known yet; it is reckoned again once they are."""
    version = models.ForeignKey(
        FormVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="periods",
        verbose_name=_("form version"),
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "name"], name="period_name_once"),
            models.UniqueConstraint(fields=["requirement", "first_day", "last_day"], name="period_span_once"),
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("opens_at")), name="period_due_after_opening"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_at__gte=models.F("due_at")),
                name="period_closes_after_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse dates that contradict one another."""
        super().clean()
        if self.opens_at and self.due_at:
            problems = date_problems(opens_at=self.opens_at, due_at=self.due_at, closes_at=self.closes_at)
            if problems:
                raise ValidationError(problems)

    @property
    def window(self) -> Window:
        """When reports of this period are taken."""
        return Window(self.opens_at, self.due_at, self.closes_at, self.late_after)

    @property
    def is_scheduled(self) -> bool:
        """Whether a schedule made it."""
        return self.first_day is not None

    def status(self, now: datetime.datetime) -> PeriodStatus:
        """Where the period stands at an instant."""
        return self.window.status(now)


class ExpectedReport(models.Model):
    """A report that a unit owes for a period. It exists before anybody submits anything."""

    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.CASCADE, related_name="expected", verbose_name=_("reporting period")
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="expected_reports",
        verbose_name=_("reporting unit"),
        db_index=False,  # the index below begins with it
    )
    due_override = models.DateTimeField(_("due at, for this unit alone"), null=True, blank=True)
    due_reason = models.CharField(_("reason for another date"), max_length=300, blank=True)
    due_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("date set by"),
    )
    open_until = models.DateTimeField(_("taken until, by exception"), null=True, blank=True, editable=False)
    """After closing: until when this unit's report is taken all the same. It stays late."""
    waived_at = models.DateTimeField(_("waived at"), null=True, blank=True, editable=False)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("waived by"),
    )
    waive_reason = models.CharField(_("reason for waiving"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ExpectedReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected report")
        verbose_name_plural = _("expected reports")
        ordering = ["period__due_at", "unit__path", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="expected_once")]
        # What units owe is asked for by the thousand; in the order of periods a database finds the last one at once.
        indexes = [models.Index(fields=["unit", "period"], name="expected_of_unit")]

    def __str__(self) -> str:
        return f"{self.period.requirement} · {self.period} · {self.unit}"

    @property
    def is_waived(self) -> bool:
        """Whether the unit has been freed from it: it is owed no more and counts in no rate."""
        return self.waived_at is not None

    @property
    def window(self) -> Window:
        """When this report is taken from this unit."""
        return self.period.window.extended_to(self.due_override).open_until(self.open_until)
