"""The plan (专项行动): phases, actions, tasks, their units and milestones; and uploaded plans on the way to it."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.programmes.enums import DeadlineKind, Precision, ProgrammeState, ProposalState, UnitRole
from portal.programmes.querysets import PartOfProgrammeQuerySet, PlanProposalQuerySet, ProgrammeQuerySet
from portal.units.models import Unit


def private_storage() -> Storage:
    """Storage without addresses."""
    return storages["private"]


class Programme(models.Model):
    """A special action run for a year or so."""

    title = models.CharField(_("title"), max_length=255)
    state = models.CharField(_("state"), max_length=20, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    owner = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("lead unit"),
    )
    citations = models.JSONField(_("cited documents"), default=list, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Phase(models.Model):
    """A stretch of months with a name; an open start is 即日起."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="phases", verbose_name=_("programme")
    )
    title = models.CharField(_("title"), max_length=120)
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PartOfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Action(models.Model):
    """A group of tasks: （一）全面开展照料服务达标行动."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="actions", verbose_name=_("programme")
    )
    title = models.CharField(_("title"), max_length=255)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PartOfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """One numbered task of the plan, with the plan's own words."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("programme")
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="tasks", null=True, blank=True, verbose_name=_("action")
    )
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("words of the plan"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    units = models.ManyToManyField(Unit, through="TaskUnit", related_name="tasks", verbose_name=_("units"))

    objects = PartOfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class TaskUnit(models.Model):
    """A unit's role on a task, and its own measures."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="task_units", verbose_name=_("task"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="task_units", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=20, choices=UnitRole, default=UnitRole.RESPONSIBLE)
    measures = models.TextField(_("measures"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("responsible unit")
        verbose_name_plural = _("responsible units")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "unit", "role"], name="task_unit_once")]

    def __str__(self) -> str:
        return f"{self.unit} ({self.get_role_display()})"


class Milestone(models.Model):
    """A time limit of a task, with the words it came from. Only `due` ones may have a date."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="milestones", verbose_name=_("task"))
    kind = models.CharField(_("kind"), max_length=20, choices=DeadlineKind, default=DeadlineKind.DUE)
    date = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(_("precision"), max_length=20, choices=Precision, blank=True)
    text = models.CharField(_("words of the plan"), max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text or str(self.date or "")


class ReportingDuty(models.Model):
    """A reporting date of the plan itself: by when, and to whom (issue 1 item 4, plan IV.3)."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="reporting_duties", verbose_name=_("programme")
    )
    date = models.DateField(_("date"), null=True, blank=True)
    recipient = models.CharField(_("recipient"), max_length=120, blank=True)
    text = models.CharField(_("words of the plan"), max_length=255, blank=True)

    objects = PartOfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting date")
        verbose_name_plural = _("reporting dates")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.date} → {self.recipient}"


class PlanProposal(models.Model):
    """An uploaded plan with what the rules read out of it, for a person to correct and confirm."""

    file = models.FileField(_("file"), storage=private_storage, upload_to="plans/%Y/%m/", max_length=255)
    file_name = models.CharField(_("file name"), max_length=255)
    text = models.TextField(_("text"))
    proposal = models.JSONField(_("proposal"))
    state = models.CharField(_("state"), max_length=20, choices=ProposalState, default=ProposalState.PROPOSED)
    revision = models.PositiveIntegerField(default=0, editable=False)
    programme = models.OneToOneField(
        Programme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="plan",
        verbose_name=_("programme"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("last changed by"),
    )
    changed_at = models.DateTimeField(_("last changed at"), null=True)

    objects = PlanProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded plan")
        verbose_name_plural = _("uploaded plans")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
