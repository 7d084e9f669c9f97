"""A task of the programme."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from forms.builder.fields.directory import Entry
from forms.builder.fields.record import RecordType
from forms.builder.fields.sources import Sources
from forms.builder.schema import FieldSchema


class TaskType(RecordType):
    """A numbered task of the plan."""

    name = noun = "task"
    column_width = 11
    label = _("Task of the programme")
    icon = "list-ul"
    description = _("One of the tasks of the programme that the report belongs to.")

    def entries(self, schema: FieldSchema, sources: Sources) -> Iterable[Entry]:
        """Tasks of the requirement's programme."""
        return sources.tasks
