"""Units (责任单位) and memberships (任职)."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager

from portal.units.enums import ImportKind, Role, UnitKind
from portal.units.querysets import MembershipQuerySet, UnitQuerySet
from portal.units.wording import role_in_words


class Validity(models.Model):
    """From–to, both inclusive; an empty end is open."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a validity that ends before it begins."""
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The end lies before the beginning.")})

    def exists_on(self, day: datetime.date) -> bool:
        """Whether the day lies within the validity, as `querysets.valid_on` asks the database."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )


TreeManager = models.Manager.from_queryset(UnitQuerySet)


class UnitManager(MP_NodeManager, TreeManager):
    """treebeard's manager with the methods of `UnitQuerySet`; reads the tree in its order."""

    def get_queryset(self) -> UnitQuerySet:
        """Our queryset: treebeard's manager would return its own, without `visible_to`."""
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node, Validity):
    """A node of the organisation tree."""

    name = models.CharField(_("full name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind, default=UnitKind.BUREAU)

    objects = UnitManager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        """Store an empty code as null, so that many units may have none."""
        super().clean()
        self.code = self.code or None


class UnitAlias(models.Model):
    """Another name under which plans and staff know a unit: 市卫健委 for 市卫生健康委员会."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("unit"))
    name = models.CharField(_("also called"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Membership(Validity):
    """A person's role in a unit, from–to. One person may serve several units."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    stands_in_for = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="stand_ins",
        verbose_name=_("stands in for"),
    )
    """Of somebody who holds the role while another is absent: the membership of the one who is."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["unit__path", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "valid_from"],
                condition=models.Q(stands_in_for__isnull=True),
                name="membership_once",
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=models.Q(valid_from__isnull=True, stands_in_for__isnull=True),
                name="membership_without_start_once",
            ),
            models.UniqueConstraint(fields=["user", "stands_in_for", "valid_from"], name="stand_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.unit} · {self.get_role_display()}"

    @property
    def role_in_words(self) -> str:
        """The role; of a stand-in also for whom."""
        return role_in_words(Role(self.role), self.stands_in_for and self.stands_in_for.user)


class TableImport(models.Model):
    """An uploaded table between its check and the person's word: the cells as read, so that nothing is sent twice.

    The row goes when the table has been imported or given up, or after a day; people's data are not kept for longer.
    """

    kind = models.CharField(_("kind of table"), max_length=20, choices=ImportKind)
    file_name = models.CharField(_("file name"), max_length=255)
    cells = models.JSONField(_("cells"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded table")
        verbose_name_plural = _("uploaded tables")
        ordering = ["-uploaded_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
