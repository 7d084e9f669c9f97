"""Numbers of identity cards."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields import groups
from forms.builder.fields.normalised import NormalisedType
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.rules.identity import parse_id_number
from forms.builder.schema import FieldSchema

SENSITIVE = {"sensitive": True}


class IdNumberType(NormalisedType):
    """GB 11643, checked by its check digit and date of birth. Always sensitive: it never reaches the search index."""

    name = "id_number"
    column_width = 11.5
    label = _("ID card number")
    icon = "key"
    group = groups.PEOPLE_AND_UNITS
    description = _("18 characters with check digit. Always treated as personal data.")
    rare = ()
    seconds = 30
    attrs = {"inputmode": "text", "spellcheck": "false"}

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """Whether it is sensitive is no question."""
        shared = super().shared_blocks()
        del shared["sensitive"]
        return shared

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Said in the schema too, for whoever reads it elsewhere."""
        return dict(SENSITIVE)

    def is_sensitive(self, schema: FieldSchema) -> bool:
        """Whatever an import says."""
        return True

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """The last possible date of birth."""
        return {**super().reading(schema), "today": timezone.localdate().isoformat()}

    def read(self, schema: FieldSchema, text: str) -> str | None:
        """18 characters."""
        return parse_id_number(text)
