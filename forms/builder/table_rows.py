"""The rows of a repeating table: Django's formset, one small form a row.

Names of inputs are paths ("table.row.column"), so that no key of one place can be taken for one of another.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, BaseFormSet
from django.forms.renderers import get_default_renderer
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from forms.builder.answers import Answers
from forms.builder.bound import DraftingForm, Message
from forms.builder.fields import Sources, type_of
from forms.builder.fields.choice_inputs import SuggestingInput
from forms.builder.fields.table import MAX_ROWS, TableType, groups_of, limits
from forms.builder.logic.outcome import FormState
from forms.builder.schema import FieldSchema
from forms.builder.scope import EVERYTHING, Scope

SPARE_ROWS = 2
"""Blank rows offered below those that are filled in; a script, where there is one, leaves only what is needed."""

PAGE_WIDTH = 50
"""Room for columns on a page on which forms are filled in, in rem."""

MOST_ROWS_READ = 2 * MAX_ROWS
"""Rows of a POST that are looked at: more than any table takes, so that too many are told and not dropped."""


class RowForm(DraftingForm):
    """One row. Left blank it is no row, whatever its columns require."""

    use_required_attribute = False
    columns: ClassVar[tuple[FieldSchema, ...]] = ()
    starts: ClassVar[dict[str, str]] = {}
    """Columns that begin a group, with the heading over it."""

    @property
    def is_removed(self) -> bool:
        """Whether the box to remove it is ticked."""
        return bool(self[DELETION_FIELD_NAME].data)

    @property
    def remark(self) -> str:
        """Why the row as a whole is to be mended."""
        return self.remarks.get(self.at.removesuffix("."), "")

    def add_prefix(self, field_name: str) -> str:
        """table.row.column."""
        return f"{self.prefix}.{field_name}"

    def cells(self) -> list[tuple[Any, str | None]]:
        """What is drawn, in the order of the columns; where a group of columns begins with the heading over it."""
        return [(self.drawn(column), self.starts.get(column.key)) for column in self.columns]


class TableRows(BaseFormSet[RowForm]):
    """All rows of one table."""

    absolute_max = MOST_ROWS_READ
    validate_min = validate_max = can_order = False
    can_delete = True
    can_delete_extra = True
    min_num = 0
    edit_only = False
    default_error_messages: ClassVar[dict[str, Any]] = {
        **BaseFormSet.default_error_messages,
        "missing_management_form": _("The table did not arrive as a whole. Please send the form once more."),
    }

    def __init__(
        self,
        schema: FieldSchema,
        form: type[RowForm],
        *,
        data: Any,
        files: Any,
        rows: list[Answers],
        one_more: bool,
        scope: Scope = EVERYTHING,
        stored: Any = None,
        remarks: Mapping[str, str] | None = None,
    ) -> None:
        self.schema = schema
        self.form = form
        self.scope, self.remarks = scope, remarks or {}
        self.stored: list[Answers] = stored_rows(stored)
        is_open = scope.is_everything or schema.key in scope.questions
        self.is_fixed = not is_open and schema.key not in scope.growing
        """Whether single cells are to be mended: the rows are those that were stored, no more and no fewer."""
        self.kept = 0 if is_open else min(scope.growing.get(schema.key, len(self.stored)), len(self.stored))
        """How many rows at the beginning are there for good, with only those of their cells open that are in scope."""
        self.least, self.max_num = limits(schema)
        self.one_more = one_more and not self.is_fixed
        self.extra = max(self.least - len(rows), min(SPARE_ROWS, self.max_num - len(rows)), 0)
        if self.is_fixed:
            self.extra, self.can_delete = 0, False
        self.renderer = get_default_renderer()
        shown = rows if data is None else rows[: self.kept] or None
        super().__init__(data, files, prefix=f"{schema.key}.", initial=shown)

    @property
    def columns(self) -> tuple[FieldSchema, ...]:
        """The columns; without the headings over groups of them."""
        return self.form.columns

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Headings over groups of columns, each with how many it spans."""
        return groups_of(self.schema)

    @property
    def is_wide(self) -> bool:
        """Whether the columns need more room than a page has; then every row is drawn as a card."""
        return sum(type_of(column).column_width for column in self.columns) > PAGE_WIDTH

    @property
    def lists(self) -> list[SuggestingInput]:
        """Suggestions that all rows share."""
        widgets = [field.widget for field in self.form.base_fields.values()]
        return [widget for widget in widgets if isinstance(widget, SuggestingInput)]

    def add_prefix(self, index: Any) -> str:
        """table.row."""
        return f"{self.schema.key}.{index}"

    def total_form_count(self) -> int:
        """As many as were sent, and one more if one was asked for."""
        if self.is_fixed:
            return len(self.stored)
        if self.is_bound:
            return max(super().total_form_count(), self.kept) + (1 if self.one_more else 0)
        return self.initial_form_count() + self.extra

    def initial_form_count(self) -> int:
        """Of what was sent only rows that stay count as known before: another that is now blank is gone."""
        return self.kept if self.is_bound or self.is_fixed else len(self.initial or ())

    @cached_property
    def live_forms(self) -> list[RowForm]:
        """The rows that are rows: stored ones, or those of a POST that are neither removed nor blank."""
        if self.is_fixed or not self.is_bound:
            return self.forms[: self.initial_form_count()]
        added = [form for form in self.forms[self.kept :] if form.has_changed() and not form.is_removed]
        return [*self.forms[: self.kept], *added]

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """A box to remove the row, but not in one that stays."""
        if index is None or index >= self.kept:
            super().add_fields(form, index)

    def _construct_form(self, i: int, **kwargs: Any) -> RowForm:
        """One row; what is not to be mended is shown and not taken."""
        row: RowForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        row.remarks = self.remarks
        if i < self.kept:
            for key, field in row.fields.items():
                if not self.scope.allows(f"{self.schema.key}.{i}.{key}"):
                    field.disabled = True
                    field.widget.attrs["data-locked"] = ""
        return row

    def live_rows(self) -> Iterator[tuple[str, RowForm]]:
        """The same, each with the path of its cells up to their keys: rows are counted without those that are none."""
        for number, row in enumerate(self.live_forms):
            yield f"{self.schema.key}.{number}.", row

    def number_typed(self, number: int) -> int:
        """The number in names of inputs that the row with this number has: blank and removed rows count there."""
        return self.forms.index(self.live_forms[number])

    def judge(self, state: FormState, messages: Mapping[str, tuple[Message, ...]], *, hidden: bool) -> None:
        """Take over what logic says; nothing is wrong in a table that is not asked."""
        for at, row in self.live_rows():
            row.judge(state, messages, at)
        if hidden and self.is_bound:
            self.non_form_errors().clear()

    def refuse_all(self, message: str) -> None:
        """Say what is wrong with the table as a whole."""
        self.non_form_errors().append(message)

    def clean(self) -> None:
        """Refuse too few and too many rows; nothing typed is dropped."""
        kind = type_of(self.schema)
        if isinstance(kind, TableType) and (wrong := kind.count_wrong(self.schema, len(self.live_forms))):
            raise ValidationError(wrong)

    def answers(self) -> list[Answers]:
        """The valid rows."""
        return [self.with_locked(number, form.answers()) for number, form in enumerate(self.live_forms)]

    def draft_answers(self) -> list[Answers]:
        """The rows as far as they can be kept."""
        return [self.with_locked(number, form.draft_answers()) for number, form in enumerate(self.live_forms)]

    def with_locked(self, number: int, cells: Answers) -> Answers:
        """The cells of a row with those that are not to be mended as they are stored."""
        if number >= self.kept:
            return cells
        mended = {
            column.key for column in self.columns if self.scope.allows(f"{self.schema.key}.{number}.{column.key}")
        }
        kept = {key: cell for key, cell in self.stored[number].items() if key not in mended}
        return {**kept, **{key: cell for key, cell in cells.items() if key in mended}}


def row_form(schema: FieldSchema, sources: Sources) -> type[RowForm]:
    """The form of one row of the table, built once for all of its rows."""
    columns = tuple(column for column in schema.columns if type_of(column).takes_answer)
    asked = tuple(column for column in columns if not type_of(column).is_computed)
    fields: dict[str, forms.Field] = {
        column.key: type_of(column).form_field(column, sources, in_table=True) for column in asked
    }
    for key, field in fields.items():
        if isinstance(field.widget, SuggestingInput):
            field.widget.share(f"list.{schema.key}.{key}")
    made = type(
        "TableRowForm",
        (RowForm,),
        {
            "columns": columns,
            "schemas": asked,
            "starts": starts_of(columns, groups_of(schema)),
        },
    )
    made.base_fields = fields  # type: ignore[attr-defined]
    return made


def starts_of(columns: tuple[FieldSchema, ...], groups: tuple[tuple[str, int], ...]) -> dict[str, str]:
    """The first column of each group, with the group's heading."""
    found, place = {}, 0
    for label, count in groups:
        found[columns[place].key] = label
        place += count
    return found


def stored_rows(answer: Any) -> list[Answers]:
    """The rows of a stored answer."""
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


def initial_rows(schema: FieldSchema, answer: Any) -> list[dict[str, Any]]:
    """What the widgets show for stored rows."""
    return [
        {column.key: type_of(column).initial(column, row.get(column.key)) for column in schema.columns}
        for row in stored_rows(answer)
    ]
