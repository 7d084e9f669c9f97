"""Field types by name. A new one is a class in a file of its own and a line here."""

from forms.builder.fields.base import FieldBlock, FieldType, Sources
from forms.builder.fields.choice import ChoiceType, MultipleChoiceType
from forms.builder.fields.date import DateType
from forms.builder.fields.display_only import NoteType, SectionType
from forms.builder.fields.file import FileType
from forms.builder.fields.number import NumberType
from forms.builder.fields.person import PersonType
from forms.builder.fields.photo import PhotoType
from forms.builder.fields.place import PlaceType
from forms.builder.fields.signature import SignatureType
from forms.builder.fields.table import TableType
from forms.builder.fields.task import TaskType
from forms.builder.fields.text import LongTextType, TextType
from forms.builder.fields.unit import UnitType
from forms.builder.fields.yes_no import YesNoType
from forms.builder.schema import FieldSchema, SchemaError

SIMPLE_TYPES: tuple[FieldType, ...] = (
    TextType(),
    LongTextType(),
    NumberType(),
    DateType(),
    ChoiceType(),
    MultipleChoiceType(),
    YesNoType(),
    UnitType(),
    TaskType(),
    PersonType(),
    FileType(),
    PhotoType(),
    SignatureType(),
    PlaceType(),
    SectionType(),
    NoteType(),
)
COLUMN_TYPES: dict[str, FieldType] = {one.name: one for one in SIMPLE_TYPES if one.in_table}
FIELD_TYPES: dict[str, FieldType] = {
    **{one.name: one for one in SIMPLE_TYPES},
    # A section among columns is a heading over those that follow.
    TableType.name: TableType({**COLUMN_TYPES, SectionType.name: SectionType()}),
}


def type_of(schema: FieldSchema) -> FieldType:
    """The type of a question; SchemaError for a name that this portal does not know."""
    try:
        return FIELD_TYPES[schema.type]
    except KeyError:
        raise SchemaError(f"{schema.key}: unknown field type {schema.type!r}") from None


__all__ = ["COLUMN_TYPES", "FIELD_TYPES", "FieldBlock", "FieldType", "Sources", "type_of"]
