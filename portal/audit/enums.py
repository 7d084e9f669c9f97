"""The closed vocabulary of the audit log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditAction(models.TextChoices):
    """What can be told of a person's doing. A new kind of event is added here first."""

    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    LOCKED_OUT = "locked_out", _("Locked out")
    SIGN_OUT = "sign_out", _("Signed out")
    SECOND_FACTOR = "second_factor", _("Second factor changed")
    VIEW_SENSITIVE = "view_sensitive", _("Viewed sensitive data")
    CREATE = "create", _("Created")
    CHANGE = "change", _("Changed")
    DELETE = "delete", _("Deleted")
    PUBLISH = "publish", _("Published")
    SUBMIT = "submit", _("Submitted")
    ACCEPT = "accept", _("Accepted")
    RETURN = "return", _("Returned")
    IMPORT = "import", _("Imported")
    EXPORT = "export", _("Exported")
    DOWNLOAD = "download", _("Downloaded")
    PERMISSION_CHANGE = "permission_change", _("Permission changed")
