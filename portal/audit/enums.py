"""The closed vocabulary of the audit log."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AuditAction(models.TextChoices):
    """What can be told of a person's doing. A new kind of event is added here first."""

    SIGN_IN = "sign_in", pgettext_lazy("audit", "Signed in")
    SIGN_IN_FAILED = "sign_in_failed", pgettext_lazy("audit", "Sign-in failed")
    LOCKED_OUT = "locked_out", pgettext_lazy("audit", "Locked out")
    SIGN_OUT = "sign_out", pgettext_lazy("audit", "Signed out")
    SECOND_FACTOR = "second_factor", pgettext_lazy("audit", "Second factor changed")
    VIEW_SENSITIVE = "view_sensitive", pgettext_lazy("audit", "Viewed sensitive data")
    CREATE = "create", pgettext_lazy("audit", "Created")
    CHANGE = "change", pgettext_lazy("audit", "Changed")
    DELETE = "delete", pgettext_lazy("audit", "Deleted")
    PUBLISH = "publish", pgettext_lazy("audit", "Published")
    SUBMIT = "submit", pgettext_lazy("audit", "Submitted")
    ACCEPT = "accept", pgettext_lazy("audit", "Accepted")
    RETURN = "return", pgettext_lazy("audit", "Returned")
    IMPORT = "import", pgettext_lazy("audit", "Imported")
    EXPORT = "export", pgettext_lazy("audit", "Exported")
    DOWNLOAD = "download", pgettext_lazy("audit", "Downloaded")
    PERMISSION_CHANGE = "permission_change", pgettext_lazy("audit", "Permission changed")
