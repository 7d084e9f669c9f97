"""What a cell of the column `type` asks for, in our types; and in words, where we have nothing for it."""

import math
import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forms.builder.fields import FIELD_TYPES, TABLE_TYPES

SELECT = re.compile(
    r"(?P<kind>select[ _]one|select1|select[ _]one[ _]from|select[ _]multiple|select[ _]multiple[ _]from|"
    r"select[ _]all[ _]that[ _]apply[ _]from|select[ _]all[ _]that[ _]apply|rank|"
    r"select[ _]one[ _]external|select[ _](?:one|multiple)[ _]from[ _]file)"
    r"\s+(?P<list>\S+)(?P<other>\s+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
SPELLINGS = {
    "string": "text",
    "int": "integer",
    "gps": "geopoint",
    "location": "geopoint",
    "photo": "image",
    "datetime": "dateTime",
    "date time": "dateTime",
    "trigger": "acknowledge",
}

SIMPLE = {
    "text": ("text",),
    "integer": ("integer", "number"),
    "decimal": ("number",),
    "date": ("date",),
    "time": ("time", "text"),
    "datetime": ("datetime", "text"),
    "note": ("note",),
    "image": ("photo", "file"),
    "file": ("file",),
    "geopoint": ("place",),
    "calculate": ("calculated",),
    "acknowledge": ("multiple_choice",),
}
"""Types of the standard → ours, best first."""

LOOKS = {
    ("text", "multiline"): ("long_text",),
    ("text", "url"): ("url", "text"),
    ("image", "signature"): ("signature",),
    ("date", "month-year"): ("year_month", "date"),
}
"""Types that an appearance makes another of."""

MISSING: dict[str, Promise] = {
    "barcode": _("a bar code"),
    "audio": _("a sound recording"),
    "video": _("a video"),
    "geoshape": _("an area on the map"),
    "geotrace": _("a line on the map"),
    "rank": _("putting choices into an order"),
    "select_one_external": _("choices out of the sheet external_choices"),
    "select_one_from_file": _("choices out of an attached file"),
    "select_multiple_from_file": _("choices out of an attached file"),
    "osm": _("a place of OpenStreetMap"),
    "xml-external": _("an attached table"),
    "csv-external": _("an attached table"),
    "background-audio": _("a sound recording in the background"),
    "background-geopoint": _("a place noted in the background"),
    "start-geopoint": _("a place noted in the background"),
    "audit": _("a protocol of the filling in"),
    "hidden": _("a hidden value"),
    "loop": _("a loop"),
}

MARKS = range(2, 11)
SCALE = (("start", "1"), ("end", "10"), ("step", "1"))

RECORDED = frozenset(
    {"start", "end", "today", "deviceid", "imei", "username", "email", "phonenumber", "subscriberid", "simserial"}
)
"""What a device notes of itself. The portal keeps by itself who sent a report and when."""


@dataclass(frozen=True)
class TypeCell:
    """What a cell asks for."""

    given: str
    base: str
    """The type of the standard, in its usual spelling."""
    list_name: str = ""
    with_other: bool = False

    @property
    def is_recorded(self) -> bool:
        """Whether the device notes it by itself."""
        return self.base in RECORDED

    @property
    def in_words(self) -> str:
        """What we lack."""
        return str(MISSING[self.base]) if self.base in MISSING else ""


def type_cell(given: str) -> TypeCell:
    """The cell, understood."""
    tidy = " ".join(given.split())
    match = SELECT.fullmatch(tidy)
    if match is None:
        name = SPELLINGS.get(tidy.casefold(), tidy)
        first = name.split(" ")[0].casefold()
        return TypeCell(given, "osm" if first == "osm" else name.casefold())
    kind = match["kind"].casefold().replace(" ", "_")
    if kind == "rank" or "external" in kind or "file" in kind:
        return TypeCell(given, kind, match["list"])
    many = "multiple" in kind or "all" in kind
    return TypeCell(given, "select_multiple" if many else "select_one", match["list"], match["other"] is not None)


def our_type(cell: TypeCell, appearance: str, parameters: str = "", *, in_table: bool) -> str:
    """The name of our type; empty if there is none here."""
    known = TABLE_TYPES if in_table else FIELD_TYPES
    if cell.base == "range":
        names = types_of_scale(parameters)
    elif cell.base in ("select_one", "select_multiple"):
        names = ("choice",) if cell.base == "select_one" else ("multiple_choice",)
    else:
        looks = {look.casefold() for look in appearance.split()}
        found = next((names for (base, look), names in LOOKS.items() if base == cell.base and look in looks), None)
        names = found or SIMPLE.get(cell.base, ())
    return next((name for name in names if name in known), "")


def types_of_scale(parameters: str) -> tuple[str, ...]:
    """Marks from 1 to at most 10 are a rating, other steps numbers."""
    start, end, step = scale_of(parameters)
    if start == 1 and step == 1 and isinstance(end, int) and end in MARKS:
        return ("rating", "integer", "number")
    is_whole = all(isinstance(value, int) for value in (start, end, step))
    return ("integer", "number") if is_whole else ("number",)


def scale_of(parameters: str) -> tuple[int | float | None, int | float | None, int | float | None]:
    """Start, end and step of a range, as the standard presumes them where nothing is said."""
    given = dict(part.split("=", 1) for part in re.split(r"[\s,;]+", parameters) if "=" in part)
    start, end, step = (to_number(given.get(name, usual)) for name, usual in SCALE)
    return start, end, step


def to_number(text: str) -> int | float | None:
    """The number that a cell holds; None for none."""
    try:
        value = float(text)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value
