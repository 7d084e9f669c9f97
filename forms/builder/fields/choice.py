"""One of several, some of several. What is stored are codes; labels may change."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.choice_lists.blocks import ChoicesBlock, ParentBlock
from forms.builder.choice_lists.lines import MAX_CHOICES, Line, lines_of, repeated_label
from forms.builder.fields.base import CellValue, FieldType, LogicType, form_field_settings
from forms.builder.fields.choice_inputs import (
    MAX_MENU,
    MAX_RADIOS,
    CodeField,
    CodesField,
    OptionCheckboxes,
    OptionRadios,
    SuggestingInput,
    filtered,
    menu,
    searched,
)
from forms.builder.fields.offers import Offer
from forms.builder.fields.setting_blocks import MAX_LABEL, RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.rules import clean_line
from forms.builder.schema import KEY, FieldSchema


def choices_of(schema: FieldSchema) -> list[tuple[str, str]]:
    """Codes and labels, retired ones too."""
    return [(choice["code"], choice["label"]) for choice in schema.options.get("choices", [])]


def label_of(schema: FieldSchema, code: str) -> str:
    """The label behind a code; what a draft kept as typed is shown as typed."""
    unknown = gettext("(no longer in the list)") if KEY.fullmatch(code) else code
    return dict(choices_of(schema)).get(code, unknown)


def offered(schema: FieldSchema, chosen: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Codes and labels that may be chosen: all but the retired ones, of which only those chosen before remain."""
    found = []
    for choice in schema.options.get("choices", []):
        code, label = choice["code"], choice["label"]
        if not choice.get("retired"):
            found.append((code, label))
        elif code in chosen:
            found.append((code, gettext("%(choice)s (no longer offered)") % {"choice": label}))
    return found


class ChoiceType(FieldType):
    """One of several."""

    name = "choice"
    column_width = 7.5
    label = _("Single choice")
    icon = "radio-full"
    group = _("Choices")
    description = _("One answer of a list.")
    logic_type: ClassVar[LogicType | None] = LogicType.CHOICE
    widens_to: ClassVar[tuple[str, ...]] = ("multiple_choice",)
    seconds = 8
    rare: ClassVar[tuple[str, ...]] = ("filter_by", "menu", "sensitive")

    # --- in the builder -----------------------------------------------------------------------------------------

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The choices, each with a code that outlives every wording; and whose answer decides which are offered."""
        return {
            "choices": ChoicesBlock(label=_("Choices")),
            "filter_by": ParentBlock(
                label=_("Offer only what belongs to the answer of"),
                help_text=_("Such as districts of the city chosen above. Say beside each choice where it belongs."),
            ),
            **self.more_options(),
        }

    def more_options(self) -> dict[str, blocks.Block]:
        """How the choices are shown."""
        help_text = _("Saves space where there are many choices.")
        return {"menu": blocks.BooleanBlock(required=False, label=_("As a drop-down list"), help_text=help_text)}

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """At least one choice, no two that read the same."""
        fault = self.list_fault(lines_of(raw.get("choices")))
        return {"choices": fault} if fault else {}

    def list_fault(self, lines: list[Line]) -> str | None:
        """What is wrong with the lines taken together."""
        live = [line for line in lines if not line.get("retired")]
        if not live:
            return gettext("Please give at least one choice.")
        if len(lines) > MAX_CHOICES:
            return gettext("At most %(most)s choices fit.") % {"most": MAX_CHOICES}
        long = next((line["label"] for line in live if len(line["label"]) > MAX_LABEL), None)
        if long is not None:
            message = gettext("“%(label)s” is too long: at most %(most)d characters.")
            return message % {"label": long[:20] + "…", "most": MAX_LABEL}
        twice = repeated_label(lines)
        return None if twice is None else gettext("“%(label)s” stands in the list twice.") % {"label": twice}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Codes apart from labels."""
        shown: dict[str, Any] = {
            name: raw[name] for name in ("filter_by", "menu") if raw.get(name) and name in self.option_blocks()
        }
        return {"choices": lines_of(raw.get("choices")), **shown}

    # --- in the form that units fill in ---------------------------------------------------------------------------

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Radio buttons; a menu in a table, for long lists, or where the editor wishes."""
        offer = self.offer(schema, sources)
        as_menu = in_table or schema.options.get("menu") or len(offer.labels) > MAX_RADIOS
        is_long = len(offer.labels) > MAX_MENU
        shared = form_field_settings(schema)
        if not as_menu:
            return CodeField(offer=offer, widget=self.prepared(schema, OptionRadios()), **shared)
        if in_table and is_long:
            return CodeField(offer=offer, widget=self.prepared(schema, SuggestingInput(offer)), **shared)
        widget = self.prepared(schema, menu())
        if is_long:
            searched(widget)
        return CodeField(offer=offer, blank=gettext("Please choose"), widget=widget, **shared)

    def offer(self, schema: FieldSchema, sources: Sources) -> Offer:
        """What may be chosen in this report."""
        chosen = frozenset(code for answer in sources.stored(schema.key) for code in self.codes(answer))
        pairs = offered(schema, chosen)
        return Offer(lambda: pairs)

    def prepared(self, schema: FieldSchema, widget: forms.Widget) -> forms.Widget:
        """The widget, filtered by another answer where the editor wished it."""
        parent = schema.options.get("filter_by")
        if parent:
            choices = schema.options.get("choices", [])
            filtered(widget, parent, {one["code"]: one["within"] for one in choices if one.get("within")})
        return widget

    def codes(self, answer: Any) -> list[str]:
        """The codes of an answer."""
        return [answer] if isinstance(answer, str) else []

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """A code that has been retired since stays valid."""
        field: Any = self.built_field(schema, sources, in_table=in_table)
        retired = [code for code in self.codes(answer) if code not in field.offer.labels]
        if not retired or not set(retired) <= {code for code, _label in choices_of(schema)}:
            field.clean(self.initial(schema, answer))

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """Only where labels are typed can something else have been typed."""
        is_typed = isinstance(raw, str) and len(schema.options.get("choices", [])) > MAX_MENU
        return (clean_line(raw)[:MAX_LABEL] or None) if is_typed else None

    # --- in expressions, in workbooks, and read again ---------------------------------------------------------------

    def logic_value(self, schema: FieldSchema, answer: Any) -> Any:
        """The code. Where labels are typed, a draft may keep one that looks like a code and is none."""
        choices = schema.options.get("choices", [])
        if not isinstance(answer, str) or not KEY.fullmatch(answer):
            return None
        return answer if len(choices) <= MAX_MENU or any(one["code"] == answer for one in choices) else None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The code."""
        return answer if isinstance(answer, str) else None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The label."""
        return label_of(schema, answer) if isinstance(answer, str) else ""


class MultipleChoiceType(ChoiceType):
    """Some of several."""

    name = "multiple_choice"
    column_width = 10
    label = _("Multiple choice")
    icon = "tasks"
    description = _("Any number of answers of a list.")
    rare = ("filter_by", "sensitive")
    logic_type = LogicType.CHOICES
    widens_to = ()
    seconds = 15

    def more_options(self) -> dict[str, blocks.Block]:
        """Nothing but the choices."""
        return {}

    def widened(self, schema: FieldSchema, answer: Any, *, in_words: str) -> Any:
        """One code becomes a list of one."""
        return [answer] if isinstance(answer, str) else answer

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Boxes to tick; a long list scrolls and can be searched."""
        offer = self.offer(schema, sources)
        widget = OptionCheckboxes()
        if len(offer.labels) > MAX_RADIOS:
            widget.attrs["class"] = "options-long"
            searched(widget)
        return CodesField(offer=offer, widget=self.prepared(schema, widget), **form_field_settings(schema))

    def codes(self, answer: Any) -> list[str]:
        """The codes of an answer; one alone where a single choice has become a multiple one."""
        return [code for code in answer if isinstance(code, str)] if isinstance(answer, list) else super().codes(answer)

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """The codes."""
        return self.codes(answer) or None

    def decode(self, schema: FieldSchema, typed: Any, sources: Sources, *, in_table: bool = False) -> Any:
        """The codes, out of a list or of one text: labels between 、 or codes between spaces."""
        if isinstance(typed, str):
            built: Any = self.built_field(schema, sources, in_table=in_table)
            typed = self.parts(typed, built.offer)
        return super().decode(schema, typed, sources, in_table=in_table)

    def parts(self, typed: str, offer: Offer) -> list[str]:
        """The labels or codes of a cell."""
        if offer.code_of(typed):
            return [typed]
        if all(part in offer.labels for part in typed.split()):
            return typed.split()
        pieces = re.split(r"[、；;\n]", typed)
        found = []
        while pieces:  # a label may hold the mark that separates labels: the longest one that is known is meant
            longest = next((n for n in range(len(pieces), 0, -1) if offer.code_of("、".join(pieces[:n]))), 1)
            found.append("、".join(pieces[:longest]).strip())
            pieces = pieces[longest:]
        return [label for label in found if label]

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """Nothing else can have been typed."""
        return None

    def logic_value(self, schema: FieldSchema, answer: Any) -> Any:
        """The codes."""
        return self.codes(answer) or None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The codes, one space apart, as XLSForm has them."""
        return " ".join(self.codes(answer)) or None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The labels, 甲、乙."""
        return "、".join(label_of(schema, code) for code in self.codes(answer))


__all__ = [
    "MAX_MENU",
    "ChoiceType",
    "CodeField",
    "CodesField",
    "MultipleChoiceType",
    "OptionCheckboxes",
    "OptionRadios",
    "choices_of",
    "label_of",
    "menu",
    "offered",
]
