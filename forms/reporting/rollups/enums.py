"""Closed vocabularies of roll-ups."""

from django.db import models
from django.utils.translation import pgettext_lazy


class RollUpState(models.TextChoices):
    """Whether it may still be changed."""

    DRAFT = "draft", pgettext_lazy("roll-up", "Draft")
    FINAL = "final", pgettext_lazy("roll-up", "Final")


class BlockKind(models.TextChoices):
    """What a block of the document is."""

    HEADING = "heading", pgettext_lazy("roll-up", "Heading")
    PARAGRAPH = "paragraph", pgettext_lazy("roll-up", "Paragraph")
    FIGURE = "figure", pgettext_lazy("roll-up", "Figure")
    TABLE = "table", pgettext_lazy("roll-up", "Table")


class Part(models.TextChoices):
    """Which part of the document a block belongs to."""

    COMPLETENESS = "completeness", pgettext_lazy("roll-up", "Who has reported")
    FIGURES = "figures", pgettext_lazy("roll-up", "Figures")
    TEXT = "text", pgettext_lazy("roll-up", "What the units wrote")
    OWN = "own", pgettext_lazy("roll-up", "The compiler's words")


class Origin(models.TextChoices):
    """Where a sentence comes from."""

    REPORTED = "reported", pgettext_lazy("roll-up sentence", "Taken from a report")
    COMPUTED = "computed", pgettext_lazy("roll-up sentence", "Worked out")
    OWN = "own", pgettext_lazy("roll-up sentence", "Compiler's words")


class Change(models.TextChoices):
    """What was last done to a block; said to whoever changes it at the same time."""

    COMPILED = "compiled", pgettext_lazy("roll-up", "compiled it")
    REWORDED = "reworded", pgettext_lazy("roll-up", "changed its words")
    LEFT_OUT = "left_out", pgettext_lazy("roll-up", "left it out")
    TAKEN_IN = "taken_in", pgettext_lazy("roll-up", "took it in again")
    WRITTEN = "written", pgettext_lazy("roll-up", "wrote it")
    MERGED = "merged", pgettext_lazy("roll-up", "put it together with another sentence")
    PARTED = "parted", pgettext_lazy("roll-up", "parted it from another sentence")
    RENEWED = "renewed", pgettext_lazy("roll-up", "took over what is reported now")


class Standing(models.TextChoices):
    """What has become of a source since the document was compiled."""

    STANDS = "stands", pgettext_lazy("roll-up source", "As compiled")
    SAME = "same", pgettext_lazy("roll-up source", "Says the same in the newer version")
    NEWER = "newer", pgettext_lazy("roll-up source", "Accepted in a newer version")
    RETURNED = "returned", pgettext_lazy("roll-up source", "Returned")
    REOPENED = "reopened", pgettext_lazy("roll-up source", "Reopened")
    WITHDRAWN = "withdrawn", pgettext_lazy("roll-up source", "Withdrawn")
    RESENT = "resent", pgettext_lazy("roll-up source", "Sent again, not accepted yet")
    WAIVED = "waived", pgettext_lazy("roll-up source", "Waived")
    BINNED = "binned", pgettext_lazy("roll-up source", "Deleted")


class FileKind(models.TextChoices):
    """As what the document is taken away."""

    DOCX = "docx", "Word"
    PDF = "pdf", "PDF"


class FileState(models.TextChoices):
    """How far a file is."""

    QUEUED = "queued", pgettext_lazy("file", "Being made")
    READY = "ready", pgettext_lazy("file", "Ready")
    FAILED = "failed", pgettext_lazy("file", "Could not be made")


AFFECTING = frozenset(Standing) - {Standing.STANDS, Standing.SAME}
"""Standings in which what is said in the document is not what holds."""

TOLD = AFFECTING - {Standing.RESENT}
"""Movements of which the compiler is told; a report that is only on its way back is waited for."""
