"""An administrative region: province, city, county."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.assets import DeferredScript
from forms.builder.fields.base import CellValue, FieldType, LogicType, form_field_settings
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.regions import ADDRESS, LEVELS, AmbiguousError, Region, all_regions, plain
from forms.builder.rules import clean_line
from forms.builder.schema import FieldSchema

USUAL_LEVEL = "county"


class RegionInput(forms.TextInput):
    """The full name, to type; form-region.js draws a menu for each level over it and posts the number."""

    template_name = "builder/widgets/region.html"

    class Media:
        js = [DeferredScript(path) for path in ("js/region-list.js", "js/form-region.js")]

    def __init__(self, *, depth: int, root: str, code_of: Callable[[str], str]) -> None:
        super().__init__({"class": "form-control", "autocomplete": "off"})
        self.depth, self.root, self.code_of = depth, root, code_of

    def format_value(self, value: Any) -> str | None:
        """The full name; what is no region stays as typed."""
        text = str(value) if value not in (None, "") else ""
        region = all_regions().get(text)
        return (region.full_name if region else text) or None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the script needs."""
        context = super().get_context(name, value, attrs)
        words = {
            "province": gettext("Province"),
            "city": gettext("City"),
            "county": gettext("County or district"),
            "choose": gettext("Please choose"),
            **fault_words(self.root, self.depth),
        }
        shown = context["widget"]["value"]
        context["widget"]["attrs"] |= {
            "data-code": self.code_of(shown) if shown else "",
            "data-regions": static(ADDRESS),
            "data-depth": str(self.depth),
            "data-root": self.root,
            "data-words": json.dumps(words, ensure_ascii=False),
        }
        context["example"] = {1: "海南省", 2: "海南省三亚市"}.get(self.depth, "海南省三亚市吉阳区")
        return context


def fault_words(root: str, depth: int) -> dict[str, str]:
    """Why a name is no answer, by the faults of static/js/region-list.js."""
    nowhere = gettext("No such province, city or county is known. Please write the full name.")
    deeper = {2: gettext("Please name the city as well."), 3: gettext("Please name the county as well.")}
    return {
        "shallow": deeper.get(depth, nowhere),
        "several": gettext("Several places are called so: %(names)s. Please write the full name."),
        "none": gettext("This is no place in %(root)s. Please write the full name.") if root else nowhere,
    }


class RegionField(forms.CharField):
    """Reads a region's number or name."""

    def __init__(self, *, level: str, root: str, stored: Mapping[str, Any], **kwargs: Any) -> None:
        self.depth = LEVELS.index(level) + 1
        self.root = root
        self.kept_answers = stored
        """Answers given before by name and number: a region that has been renamed or dissolved stays."""
        super().__init__(widget=RegionInput(depth=self.depth, root=root, code_of=self.code_of), **kwargs)
        self.validators = []

    def clean(self, value: Any) -> dict[str, Any] | None:
        """{"region": "460203", "name": "海南省三亚市吉阳区"}, None for no answer."""
        typed = clean_line(str(value)) if value is not None else ""
        self.validate(typed)
        if not typed:
            return None
        if plain(typed) in self.kept_answers:
            return dict(self.kept_answers[plain(typed)])
        region = self.region(typed)
        return {"region": region.code, "name": region.full_name}

    def code_of(self, typed: str) -> str:
        """Number of what was typed; empty for what is no answer."""
        try:
            answer = self.clean(typed)
        except ValidationError:
            return ""
        return str(answer["region"]) if answer else ""

    def region(self, typed: str) -> Region:
        """The region that was typed; ValidationError where it is none, or not deep enough."""
        regions, faults = all_regions(), fault_words(self.root, self.depth)
        try:
            found = regions.find(typed, root=self.root)
        except AmbiguousError as error:
            words = {"names": "、".join(error.names)}
            raise ValidationError(faults["several"], code="ambiguous", params=words) from None
        if found is None:
            root = regions.get(self.root)
            words = {"root": root.full_name} if root else {}
            raise ValidationError(faults["none"], code="no_region", params=words)
        while found.depth > self.depth:  # a district was typed where the city is asked for
            found = regions.by_code[regions.parent(found.code)]
        if found.depth < self.depth and not found.is_leaf:
            raise ValidationError(faults["shallow"], code="not_deep_enough")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether one is named."""
        return (initial or "") != (data or "")


class RegionType(FieldType):
    """A place of the official list; name and number are kept, so that old reports read as they were written."""

    name = "region"
    column_width = 11
    label = _("Administrative region")
    icon = "site"
    group = _("Choices")
    description = _("Province, city and county of the official list (GB/T 2260).")
    logic_type = LogicType.CHOICE
    seconds = 15
    rare = ("level", "root", "sensitive")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """How exact, and where."""
        levels = [("province", _("Province")), ("city", _("City")), ("county", _("County or district"))]
        return {
            "level": blocks.ChoiceBlock(choices=levels, default=USUAL_LEVEL, label=_("Down to which level")),
            "root": blocks.CharBlock(
                required=False,
                max_length=60,
                label=_("Only within"),
                help_text=_("The full name of a province or city. Left blank, the whole country is offered."),
            ),
        }

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """The limit must be a place above the wanted level."""
        typed = raw.get("root") or ""
        root = self.place(typed)
        if typed and root is None:
            return {"root": gettext("No such province or city is known. Please write the full name.")}
        if root is not None and root.depth >= LEVELS.index(raw.get("level") or USUAL_LEVEL) + 1:
            return {"root": gettext("Nothing below this place is asked for.")}
        return {}

    def place(self, typed: str) -> Region | None:
        """The region of a name or number, if it is just one."""
        try:
            return all_regions().find(typed) if typed else None
        except AmbiguousError:
            return None

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """What differs from any county of the country; the limit as a number."""
        found: dict[str, Any] = {}
        if (raw.get("level") or USUAL_LEVEL) != USUAL_LEVEL:
            found["level"] = raw["level"]
        typed = clean_line(raw.get("root") or "")
        if typed:
            root = self.place(typed)
            found["root"] = root.code if root else typed
        return found

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """The limit by its name."""
        found = super().raw_options(schema)
        root = all_regions().get(schema.options.get("root", ""))
        return {**found, "root": root.full_name} if root else found

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A text input, with menus where there are scripts."""
        return self.field_of(schema, *sources.stored(schema.key))

    def field_of(self, schema: FieldSchema, *stored: Any) -> forms.Field:
        """The field, with the answers that stay valid."""
        kept: dict[str, Any] = {}
        for answer in filter(self.is_region, stored):
            region = all_regions().get(answer["region"])
            if region is not None and region.full_name == answer["name"]:
                continue
            kept |= {plain(answer["name"]): answer, plain(answer["region"]): answer}
        level = schema.options.get("level", USUAL_LEVEL)
        return RegionField(level=level, root=self.known_root(schema), stored=kept, **form_field_settings(schema))

    def known_root(self, schema: FieldSchema) -> str:
        """Number of the place in which the answer lies; empty for the whole country."""
        root = str(schema.options.get("root", ""))
        return root if all_regions().get(root) else ""

    def is_region(self, answer: Any) -> bool:
        """Whether the answer names a region."""
        return (
            isinstance(answer, dict) and isinstance(answer.get("region"), str) and isinstance(answer.get("name"), str)
        )

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """The name it had; what a draft kept as typed."""
        return answer["name"] if self.is_region(answer) else answer if isinstance(answer, str) else None

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """A region that has been renamed since stays valid."""
        if not self.is_region(answer):
            super().validate(schema, answer, sources, in_table=in_table)
        elif all_regions().get(answer["region"]) is not None:
            self.built_field(schema, sources, in_table=in_table).clean(answer["region"])

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """The number."""
        return answer["region"] if self.is_region(answer) else None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The number."""
        return answer["region"] if self.is_region(answer) else self.cell(schema, answer)

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """How exact and where, for the browser."""
        depth = LEVELS.index(schema.options.get("level", USUAL_LEVEL)) + 1
        return {"depth": depth, "root": self.known_root(schema)}

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The name it had."""
        return answer["name"] if self.is_region(answer) else super().in_words(schema, answer)
