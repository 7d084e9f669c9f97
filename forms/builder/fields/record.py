"""What the types have in common whose choices are rows of the portal's own registers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import CellValue, FieldType, LogicType, form_field_settings
from forms.builder.fields.choice_inputs import MAX_MENU, CodeField, SuggestingInput, menu, searched
from forms.builder.fields.directory import Entry
from forms.builder.fields.offers import Offer
from forms.builder.fields.sources import Sources
from forms.builder.rules import clean_line
from forms.builder.schema import FieldSchema

LONGEST = 200


class RecordField(CodeField):
    """A row with its name at the time of the answer, so that old reports read as they were written."""

    def __init__(self, *, noun: str, offer: Offer, **kwargs: Any) -> None:
        super().__init__(offer=offer, **kwargs)
        self.noun = noun

    def clean(self, value: Any) -> dict[str, Any] | None:
        """{noun: 12, "name": "市民政局"}, None for no answer."""
        code = super().clean(value)
        return None if code is None else self.answer(code)

    def answer(self, code: str) -> dict[str, Any]:
        """The answer that a code stands for."""
        return {self.noun: int(code) if code.isdigit() else None, "name": self.offer.labels[code]}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether one is chosen."""
        return (initial or "") != (data or "")


class RecordType(FieldType, ABC):
    """One row of a register; the answer is {noun: number, "name": …}. What was chosen once stays choosable."""

    noun: ClassVar[str]
    column_width = 9
    group = _("Choices")
    logic_type = LogicType.CHOICE
    seconds = 8
    prefills: ClassVar[tuple[str, ...]] = ("last",)

    @abstractmethod
    def entries(self, schema: FieldSchema, sources: Sources) -> Iterable[Entry]:
        """The rows that may be chosen, in order."""

    def offer(self, schema: FieldSchema, sources: Sources) -> Offer:
        """The rows that may be chosen, and behind them those that were."""

        def pairs() -> list[tuple[str, str]]:
            found = {one.code: one.name for one in self.entries(schema, sources)}
            stored = filter(self.is_record, sources.stored(schema.key))
            chosen = {self.code(answer): str(answer["name"]) for answer in stored}
            return list({**found, **chosen}.items())

        return Offer(pairs)

    def is_record(self, answer: Any) -> bool:
        """Whether the answer names a row."""
        return isinstance(answer, dict) and isinstance(answer.get(self.noun), int) and "name" in answer

    def code(self, answer: dict[str, Any]) -> str:
        """The number as code."""
        return str(answer[self.noun])

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A menu; where a table would repeat a long one in every row, an input with suggestions."""
        return self.field_of(schema, self.offer(schema, sources), in_table=in_table)

    def field_of(self, schema: FieldSchema, offer: Offer, *, in_table: bool) -> forms.Field:
        """The field for an offer."""
        is_long = len(offer.labels) > MAX_MENU
        widget: forms.Widget = SuggestingInput(offer) if in_table and is_long else menu()
        if is_long and not in_table:
            searched(widget)
        blank = gettext("Please choose")
        return RecordField(noun=self.noun, offer=offer, blank=blank, widget=widget, **form_field_settings(schema))

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """The number; what a draft kept as typed."""
        return self.code(answer) if self.is_record(answer) else answer if isinstance(answer, str) else None

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """A row that has ceased to exist since stays valid."""
        if not self.is_record(answer):
            super().validate(schema, answer, sources, in_table=in_table)

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """What was typed where names are typed; a number that is not in the list cannot have been."""
        typed = clean_line(raw)[:LONGEST] if isinstance(raw, str) else ""
        return None if typed.isdigit() else typed or None

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """The number as a code."""
        return self.code(answer) if self.is_record(answer) else None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The number."""
        return answer[self.noun] if self.is_record(answer) else self.cell(schema, answer)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The name it had."""
        return str(answer.get("name", "")) if isinstance(answer, dict) else super().in_words(schema, answer)
