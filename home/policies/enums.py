"""Closed vocabularies of policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    """有效性: what editors state, and what is shown after the dates were looked at."""

    UNKNOWN = "unknown", _("Not verified")
    IN_FORCE = "in-force", _("In force")
    AMENDED = "amended", _("Amended")
    NOT_YET = "not-yet", _("Not yet in force")
    EXPIRED = "expired", _("Expired")
    REPEALED = "repealed", _("Repealed")


class DocumentKind(models.TextChoices):
    """文种, and the levels of law that the list of a civil-affairs office mixes with them."""

    CONSTITUTION = "constitution", _("Constitution")
    LAW = "law", _("Law")
    ADMINISTRATIVE_REGULATION = "administrative-regulation", _("Administrative regulation")
    LOCAL_REGULATION = "local-regulation", _("Local regulation")
    DEPARTMENTAL_RULE = "departmental-rule", _("Departmental rule")
    LOCAL_RULE = "local-rule", _("Local government rule")
    JUDICIAL_INTERPRETATION = "judicial-interpretation", _("Judicial interpretation")
    CASE = "case", _("Case")
    MEASURES = "measures", _("Measures")
    PROVISIONS = "provisions", _("Provisions")
    DETAILED_RULES = "detailed-rules", _("Detailed rules")
    PROCEDURE = "procedure", _("Working procedure")
    SYSTEM = "system", _("Working system")
    OPINION = "opinion", _("Opinion")
    GUIDING_OPINION = "guiding-opinion", _("Guiding opinion")
    IMPLEMENTING_OPINION = "implementing-opinion", _("Implementing opinion")
    NOTICE = "notice", _("Notice")
    PLAN = "plan", _("Plan")
    DECISION = "decision", _("Decision")
    REPLY = "reply", _("Reply")
    LETTER = "letter", _("Letter")
    ANNOUNCEMENT = "announcement", _("Announcement")
    STANDARD = "standard", _("Standard")
    OTHER = "other", _("Other")
