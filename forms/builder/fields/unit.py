"""A unit of the organisation."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import Answers, is_table
from forms.builder.choice_lists.blocks import UnitRootBlock, is_unit
from forms.builder.fields.directory import Entry, path_of_unit, units_now
from forms.builder.fields.record import RecordType
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.schema import FieldSchema, FormSchema
from portal.units.enums import UnitKind


class UnitType(RecordType):
    """A unit that exists today."""

    name = noun = "unit"
    prefills = ("last", "unit")
    label = _("Unit")
    icon = "group"
    description = _("One of the units of the organisation.")
    rare = ("kind", "below", "root", "sensitive")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which units."""
        own = [("own", _("Units below the reporting unit"))]
        return {
            "kind": blocks.ChoiceBlock(choices=UnitKind.choices, required=False, label=_("Only units of this kind")),
            "below": blocks.ChoiceBlock(choices=own, required=False, label=_("Only these units")),
            "root": UnitRootBlock(label=_("Only units below"), help_text=_("At every level below it.")),
        }

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """The unit must exist, by its name, and have some below it."""
        root = raw.get("root")
        if not is_unit(root):
            return {}
        units = units_now()
        path = next((unit.path for unit in units if unit.name == root["name"]), "")
        if not path:
            message = gettext("“%(name)s” is not among the portal's units. Please choose again.")
            return {"root": message % {"name": root["name"]}}
        if not any(is_below(unit, path) for unit in units):
            return {"root": gettext("“%(name)s” has no units below it.") % {"name": root["name"]}}
        return {}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """What is set; the unit only if it is one."""
        return {name: value for name, value in super().options(raw).items() if name != "root" or is_unit(value)}

    def entries(self, schema: FieldSchema, sources: Sources) -> Iterable[Entry]:
        """Units of the wanted kind at the wanted place; the form itself, which no unit fills in, offers all places."""
        kind, root = schema.options.get("kind"), root_path(schema, sources)
        found = [unit for unit in sources.units if not kind or unit.kind == kind]
        if root is not None:
            found = [unit for unit in found if is_below(unit, root)]
        if schema.options.get("below") != "own" or sources.unit_id is None:
            return found
        own = next((unit.path for unit in sources.units if unit.code == str(sources.unit_id)), None)
        return [unit for unit in found if own and is_below(unit, own)]

    def misplaced(self, schema: FieldSchema, answer: Any, sources: Sources) -> str:
        """What is wrong with a unit that was chosen when more were offered, or has been moved since; empty if nothing.

        One that has ceased to exist lies nowhere any more: it stays what it was.
        """
        root = root_path(schema, sources)
        if root is None or not self.is_record(answer):
            return ""
        unit = next((one for one in sources.units if one.code == self.code(answer)), None)
        if unit is None or is_below(unit, root):
            return ""
        words = {"unit": unit.name, "root": schema.options["root"]["name"]}
        return gettext("“%(unit)s” does not lie below “%(root)s”. Please choose again.") % words


def is_below(unit: Entry, path: str) -> bool:
    """Whether the unit lies below the one with this path; nothing lies below an unknown one."""
    return bool(path) and unit.path != path and unit.path.startswith(path)


def root_path(schema: FieldSchema, sources: Sources) -> str | None:
    """Path of the unit below which the answer must lie; None for any, empty for one that is not known."""
    root = schema.options.get("root")
    if not is_unit(root):
        return None
    named = next((unit.path for unit in sources.units if unit.name == root["name"]), "")
    return named or path_of_unit(root["unit"])


def unit_faults(schema: FormSchema, answers: Answers, sources: Sources) -> Iterator[tuple[str, str]]:
    """Units outside of the one to which their question is limited: where they stand, and what is wrong."""
    kind = UnitType()
    for path, one, answer in limited_answers(schema, answers):
        if fault := kind.misplaced(one, answer, sources):
            yield path, fault


def limited_answers(schema: FormSchema, answers: Answers) -> Iterator[tuple[str, FieldSchema, Any]]:
    """Each answer to a question that is limited to the units below one."""
    for one in schema:
        if is_limited(one):
            yield one.key, one, answers.get(one.key)
        limited = [column for column in one.columns if is_limited(column)]
        rows: Any = answers.get(one.key) if limited else None
        for number, row in enumerate(rows if is_table(rows) else []):
            yield from ((f"{one.key}.{number}.{column.key}", column, row.get(column.key)) for column in limited)


def is_limited(schema: FieldSchema) -> bool:
    """Whether it asks for a unit below one unit."""
    return schema.type == UnitType.name and is_unit(schema.options.get("root"))
