"""The questions that every field type answers.

A field type is one class; `forms.builder.fields` lists them by name. A new type is a new file and a line in that list:
the builder, the form that units fill in, storing, reading and searching all ask the same questions of it.
"""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields.setting_blocks import (
    FieldBlock,
    RawBlock,
    common_blocks,
    lock_block,
    logic_block,
    prefill_block,
)
from forms.builder.fields.sources import Sources
from forms.builder.rules import clean_line, clean_text
from forms.builder.schema import FieldSchema

CellValue = str | int | float | bool | datetime.date | datetime.time | datetime.datetime | None


class LogicType(StrEnum):
    """What an answer is in expressions. Blank answers are null, whatever their type."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # text, ISO 8601
    TIME = "time"  # text, HH:MM
    DATETIME = "datetime"  # text, YYYY-MM-DDTHH:MM
    MONTH = "month"  # text, YYYY-MM
    BOOLEAN = "boolean"
    CHOICE = "choice"  # text: the code
    CHOICES = "choices"  # list of codes
    ROWS = "rows"  # list of mappings, one a row


class FieldType:
    """One kind of question."""

    name: ClassVar[str]
    """Stands in schemas for ever: never renamed."""
    label: ClassVar[Promise]
    icon: ClassVar[str] = "form"
    group: ClassVar[Promise] = _("Questions")
    description: ClassVar[Promise | str] = ""
    takes_answer: ClassVar[bool] = True
    is_computed: ClassVar[bool] = False
    """Whether the server works the answer out: shown in the form, never read from what a browser sends."""
    is_read: ClassVar[bool] = True
    """Whether it is shown when answers are read."""
    in_table: ClassVar[bool] = True
    """Whether it may be a table's column."""
    prefills: ClassVar[tuple[str, ...]] = ("last", "constant")
    """What a new report's answer may be taken from (json_blocks.PrefillBlock)."""
    has_total: ClassVar[bool] = False
    """Whether a column of this type may be added up below the table."""
    column_width: ClassVar[float] = 8
    """Room that an input of this type needs in a table, in rem."""
    rare: ClassVar[tuple[str, ...]] = ("sensitive",)
    """Further settings behind the cogwheel."""
    logic_type: ClassVar[LogicType | None] = LogicType.TEXT
    """What expressions see of an answer; None where they cannot use it."""
    logic_slots: ClassVar[frozenset[str]] = frozenset({"show", "require", "enable"})
    """Which of schema.LOGIC_SLOTS a question of this type may have."""
    seconds: ClassVar[int] = 15
    """About how long a person takes to answer once, for the estimate of the burden before anything was measured."""
    widens_to: ClassVar[tuple[str, ...]] = ()
    """Types that every answer of this type is valid for: the only change of type once there are data."""

    # --- in the builder -----------------------------------------------------------------------------------------

    def block(self, more: Mapping[str, blocks.Block] | None = None) -> FieldBlock:
        """The block with which an editor asks this kind of question; `more` settings come from where it stands."""
        return self.block_with(more) if more else self.plain_block

    @cached_property
    def plain_block(self) -> FieldBlock:
        """Made once: what is one object here travels to the editor's browser once."""
        return self.block_with({})

    @cached_property
    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        """The settings, made once too."""
        return self.ordered_blocks()

    def block_with(self, more: Mapping[str, blocks.Block]) -> FieldBlock:
        """A block with more settings."""
        return FieldBlock(
            [*self.own_blocks, *more.items()],
            check=self.check_settings,
            asks=self,
            label=self.label,
            icon=self.icon,
            group=self.group,
            description=self.description,
            rare=self.rare,
        )

    def ordered_blocks(self) -> list[tuple[str, blocks.Block]]:
        """The question itself, what is particular to its type, then the rest."""
        shared = self.shared_blocks()
        first = {"label": shared.pop("label")}
        return [*first.items(), *self.option_blocks().items(), *shared.items()]

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """What every question has."""
        prefill = {"prefill": prefill_block(self.prefills)} if self.prefills else {}
        return {**common_blocks(), **prefill, **self.logic_blocks()}

    def logic_blocks(self) -> dict[str, blocks.Block]:
        """When the question is asked, what its value is, and whether it must stay as its template has it."""
        logic = {"logic": logic_block(self.logic_slots)} if self.logic_slots else {}
        return {**logic, "locked": lock_block()}

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What this type adds; each name is an option of the schema."""
        return {}

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """What is wrong with the settings taken together: setting → sentence."""
        return {}

    def check_settings(self, raw: RawBlock) -> Mapping[str, str]:
        """The same, after the answer that a new report begins with, which must be one."""
        wrong = dict(self.check(raw))
        prefill = raw.get("prefill") or {}
        if not wrong and prefill.get("from") == "constant":
            try:
                self.decode(self.schema("key", {**raw, "required": True}), prefill.get("value"), Sources())
            except ValidationError as error:
                wrong["prefill"] = " ".join(error.messages)
        return wrong

    def schema(self, key: str, raw: RawBlock) -> FieldSchema:
        """The question that a block's value describes."""
        return FieldSchema(
            key=key,
            type=self.name,
            label=clean_line(raw.get("label") or ""),
            help_text=clean_text(raw.get("help_text") or ""),
            required=bool(raw.get("required")),
            options={**self.shared_options(raw), **self.options(raw)},
            logic=self.logic(raw),
        )

    def shared_options(self, raw: RawBlock) -> dict[str, Any]:
        """Options that every type has."""
        return {name: raw[name] for name in ("sensitive", "locked", "prefill") if raw.get(name)}

    def logic(self, raw: RawBlock) -> dict[str, Any]:
        """The expressions of the question, by slot."""
        given = raw.get("logic")
        return {slot: rule for slot, rule in given.items() if slot in self.logic_slots} if given else {}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """The options that differ from nothing; a type whose options need work overrides this and `raw_options`."""
        return {name: raw[name] for name in self.option_blocks() if raw.get(name) not in (None, "", False)}

    def raw(self, schema: FieldSchema) -> RawBlock:
        """The block's value that describes the question: the way back."""
        shared = {"label": schema.label, "required": schema.required, "help_text": schema.help_text}
        known = self.shared_blocks()
        raw = {name: value for name, value in shared.items() if name in known}
        if "sensitive" in known:
            raw["sensitive"] = self.is_sensitive(schema)
        if schema.logic:
            raw["logic"] = schema.logic
        for name in ("locked", "prefill"):
            if name in schema.options:
                raw[name] = schema.options[name]
        return {**raw, **self.raw_options(schema)}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """The options as the block keeps them."""
        return {name: schema.options[name] for name in self.option_blocks() if name in schema.options}

    # --- in the form that units fill in ---------------------------------------------------------------------------

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """The Django form field. Its clean() gives the answer as JSON, or None for no answer."""
        raise TypeError(f"{self.name} takes no answer")

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """What the widget shows for a stored answer."""
        return answer

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """What a draft keeps of an answer that is not valid: as typed, if it can be shown again."""
        return clean_text(raw) or None if isinstance(raw, str) else None

    def decode(self, schema: FieldSchema, typed: Any, sources: Sources, *, in_table: bool = False) -> Any:
        """The answer that a text, or a cell of a workbook, stands for; ValidationError where it stands for none."""
        return self.built_field(schema, sources, in_table=in_table).clean(typed)

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """ValidationError if a stored answer is not what this question now asks for."""
        self.built_field(schema, sources, in_table=in_table).clean(self.initial(schema, answer))

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """What the browser must know to read an input as the form field does (static/js/logic-reading.js)."""
        return {}

    def built_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """The form field, built once for all answers that are checked with these sources."""
        known = sources.built.get((id(schema), in_table))
        if known is None:
            known = schema, self.form_field(schema, sources, in_table=in_table)
            sources.built[id(schema), in_table] = known
        return known[1]

    def wider_options(self, schema: FieldSchema) -> dict[str, Any]:
        """Settings with which a wider type takes every answer of this question; what that type has not is dropped."""
        return schema.options

    def widened(self, schema: FieldSchema, answer: Any, *, in_words: str) -> Any:
        """An answer to the question from when it had a narrower type, as an answer of this type.

        `in_words` is how the narrower type reads it.
        """
        return answer

    # --- in expressions and workbooks ------------------------------------------------------------------------------

    def logic_type_of(self, schema: FieldSchema) -> LogicType | None:
        """What expressions see of this question's answers; only some types let the editor decide it."""
        return self.logic_type

    def logic_value(self, schema: FieldSchema, answer: Any) -> Any:
        """The answer as expressions see it (`logic_type`); None for blank and for what a draft kept as typed."""
        return answer if isinstance(answer, str) else None

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The answer as a workbook's cell, in words; numbers and dates stay numbers and dates."""
        return self.in_words(schema, answer) or None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The same with codes instead of labels, for machines."""
        return self.cell(schema, answer)

    # --- read again -----------------------------------------------------------------------------------------------

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The answer as a person reads it; what a draft kept as typed is shown as typed."""
        return "" if answer is None else str(answer)

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """The question with its answer in words."""
        return DisplayRow(schema.label, "text", text=self.in_words(schema, answer))

    def searchable(self, schema: FieldSchema, answer: Any) -> str:
        """The question's label and its answer for the index; empty if there is none or it is sensitive."""
        words = "" if self.is_sensitive(schema) else self.in_words(schema, answer)
        return f"{schema.label}：{words}" if words else ""

    def is_sensitive(self, schema: FieldSchema) -> bool:
        """Whether the answer stays out of the index."""
        return schema.options.get("sensitive") is True


def form_field_settings(schema: FieldSchema) -> dict[str, Any]:
    """What every Django form field takes from the schema."""
    missing = {"required": gettext("Please answer this question.")}
    return {
        "label": schema.label,
        "help_text": schema.help_text,
        "required": schema.required,
        "error_messages": missing,
    }
