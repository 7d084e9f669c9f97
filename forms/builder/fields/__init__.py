"""Field types by name. A new one is a class in a file of its own and a line here."""

from forms.builder.fields.base import FieldType
from forms.builder.fields.calculated import CalculatedType
from forms.builder.fields.choice import ChoiceType, MultipleChoiceType
from forms.builder.fields.date import DateType
from forms.builder.fields.date_time import DateTimeType
from forms.builder.fields.display_only import NoteType, PageBreakType, SectionType
from forms.builder.fields.email import EmailType
from forms.builder.fields.file import FileType
from forms.builder.fields.id_number import IdNumberType
from forms.builder.fields.integer import IntegerType
from forms.builder.fields.matrix import MatrixType
from forms.builder.fields.money import MoneyType
from forms.builder.fields.number import NumberType
from forms.builder.fields.percentage import PercentageType
from forms.builder.fields.person import PersonType
from forms.builder.fields.phone import PhoneType
from forms.builder.fields.photo import PhotoType
from forms.builder.fields.place import PlaceType
from forms.builder.fields.rating import RatingType
from forms.builder.fields.region import RegionType
from forms.builder.fields.rich_note import RichNoteType
from forms.builder.fields.setting_blocks import FieldBlock
from forms.builder.fields.signature import SignatureType
from forms.builder.fields.sources import Sources
from forms.builder.fields.system import SystemType
from forms.builder.fields.table import TableType
from forms.builder.fields.task import TaskType
from forms.builder.fields.text import LongTextType, TextType
from forms.builder.fields.time_of_day import TimeType
from forms.builder.fields.unit import UnitType
from forms.builder.fields.web_address import UrlType
from forms.builder.fields.year_month import YearMonthType
from forms.builder.fields.yes_no import YesNoType
from forms.builder.schema import FieldSchema, SchemaError

SIMPLE_TYPES: tuple[FieldType, ...] = (
    # Text and numbers
    TextType(),
    LongTextType(),
    IntegerType(),
    NumberType(),
    MoneyType(),
    PercentageType(),
    UrlType(),
    CalculatedType(),
    # Dates and times
    DateType(),
    TimeType(),
    DateTimeType(),
    YearMonthType(),
    # Choices
    ChoiceType(),
    MultipleChoiceType(),
    YesNoType(),
    RatingType(),
    MatrixType(),
    # People and units
    UnitType(),
    TaskType(),
    PersonType(),
    IdNumberType(),
    PhoneType(),
    EmailType(),
    SystemType(),
    # Files and photos
    RegionType(),
    FileType(),
    PhotoType(),
    SignatureType(),
    PlaceType(),
    # Arrangement
    SectionType(),
    PageBreakType(),
    NoteType(),
    RichNoteType(),
)
COLUMN_TYPES: dict[str, FieldType] = {one.name: one for one in SIMPLE_TYPES if one.in_table}
TABLE_TYPES: dict[str, FieldType] = {**COLUMN_TYPES, SectionType.name: SectionType()}
"""What may stand among columns: a section is a heading over those that follow."""
FIELD_TYPES: dict[str, FieldType] = {
    **{one.name: one for one in SIMPLE_TYPES},
    TableType.name: TableType(TABLE_TYPES),
}


def type_of(schema: FieldSchema) -> FieldType:
    """The type of a question; SchemaError for a name that this portal does not know."""
    try:
        return FIELD_TYPES[schema.type]
    except KeyError:
        raise SchemaError(f"{schema.key}: unknown field type {schema.type!r}") from None


__all__ = ["COLUMN_TYPES", "FIELD_TYPES", "TABLE_TYPES", "FieldBlock", "FieldType", "Sources", "type_of"]
