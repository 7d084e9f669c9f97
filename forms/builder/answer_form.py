"""The form that a unit fills in: built from a schema, it reads answers, keeps drafts and lists its errors."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from forms.builder.answers import REASONS, SAME, Answers, FileRef, with_files
from forms.builder.assets import DeferredScript
from forms.builder.besides import explanations, marks, names_ignored
from forms.builder.bound import DraftingForm, Message
from forms.builder.checking import (
    Fault,
    answers_wrong,
    computed,
    is_asked,
    others_wrong,
    place_of,
    please_explain,
    reason_name,
    taken,
    unexplained,
)
from forms.builder.fields import Sources, type_of
from forms.builder.fields.table import TableType
from forms.builder.layout import layout_of
from forms.builder.logic.outcome import Finding, FormState, LogicContext
from forms.builder.logic.state import state_of
from forms.builder.pages import FormPart
from forms.builder.restricting import Attempt, Restriction, attempts
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.table_rows import TableRows, initial_rows, row_form

ADD_ROW = ".add_row"
"""Name of the button that asks for one more row where there are no scripts; its value is the table's key. The dot keeps
it apart from every key."""


SCRIPTS = (
    "js/choice-offers.js",
    "js/region-list.js",
    "js/form-table.js",
    "js/form-table-cells.js",
    "js/form-table-paste.js",
    "js/form-photo.js",
    "js/form-place.js",
    "js/form-signature.js",
    "vendor/json-logic/logic.js",
    "js/logic-values.js",
    "js/logic-operators.js",
    "js/logic-lines.js",
    "js/logic-reading.js",
    "js/logic-state.js",
    "js/logic-inputs.js",
    "js/logic-messages.js",
    "js/form-logic.js",
)
"""Each needs those before it; all are deferred, so that they run in this order."""


class AnswerForm(DraftingForm):
    """A form built from a schema, or one page of it. Draw it with {% crispy form %} inside a multipart form.

    What is not on the page keeps its stored answer; conditions, calculations and checks see all of them.
    """

    use_required_attribute = False

    class Media:
        css = {"all": ["css/forms.css", "css/form-fields.css", "css/form-media.css"]}
        js = [DeferredScript(path) for path in SCRIPTS]

    def __init__(
        self,
        schema: FormSchema,
        sources: Sources,
        *,
        data: Any = None,
        files: Any = None,
        answers: Answers | None = None,
        context: LogicContext | None = None,
        part: FormPart | None = None,
        checked: bool = False,
        restriction: Restriction | None = None,
    ) -> None:
        self.form_schema, self.sources, self.part, self.checked = schema, sources, part, checked
        self.restriction = restriction or Restriction()
        self.remarks = self.restriction.remarks
        self.context = context or LogicContext(today=timezone.localdate())
        self.stored: Answers = answers or {}
        self.drawn_schemas = part.fields if part else schema.fields
        self.schemas = tuple(  # type: ignore[misc]
            one for one in self.drawn_schemas if is_asked(one) and not self.restriction.locks(one.key)
        )
        initial = {one.key: type_of(one).initial(one, self.stored.get(one.key)) for one in self.schemas}
        super().__init__(data, files, initial=initial)
        self.tables: dict[str, TableRows] = {}
        self.row_wanted: str = str(data.get(ADD_ROW) or "") if data is not None else ""
        """Key of the table for which one more row was asked for, without scripts."""
        for one in self.schemas:
            if isinstance(type_of(one), TableType):
                self.tables[one.key] = TableRows(
                    one,
                    row_form(one, sources),
                    data=data,
                    files=files,
                    rows=initial_rows(one, self.stored.get(one.key)),
                    one_more=self.row_wanted == one.key,
                    scope=self.restriction.scope,
                    stored=self.stored.get(one.key),
                    remarks=self.remarks,
                )
            else:
                self.fields[one.key] = type_of(one).form_field(one, sources)
        if data is None:
            self.judge_all()

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms draws it; the page around it has the form tag, the token and the buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        helper.layout = layout_of(self.drawn_schemas)
        return helper

    def is_valid(self) -> bool:
        """Whether the page may be left as it is; never while one more row is asked for."""
        if not self.is_bound or self.row_wanted:
            return False
        self.judge_all()
        return not self.faults_listed()

    @cached_property
    def media(self) -> forms.Media:
        """What the page, its questions and its tables load; inputs of one class load the same."""
        inputs = {type(one.widget): one.widget.media for one in self.fields.values()}
        own = sum(inputs.values(), forms.Media()) + forms.Media(media=self.Media)
        return sum((table.media for table in self.tables.values()), own)

    def is_multipart(self) -> bool:
        """Always, since a table may hold files."""
        return True

    @property
    def shows_errors(self) -> bool:
        """Whether what is wrong is said: not to somebody who asked for one more row."""
        return self.checked or (self.is_bound and not self.row_wanted)

    # --- what was typed ------------------------------------------------------------------------------------------

    @cached_property
    def typed(self) -> Answers:
        """All answers of the form as a draft keeps them: those of this page as typed, the others as stored."""
        if not self.is_bound:
            return self.stored
        here = super().draft_answers()
        here.update((key, rows) for key, table in self.tables.items() if (rows := table.draft_answers()))
        keys = {one.key for one in self.schemas}
        elsewhere = {key: answer for key, answer in self.stored.items() if key not in keys}
        besides = {
            REASONS: explanations(self.form_schema, self.stored, self.data, self.tables),
            SAME: marks(self.stored, here, self.data, self.schemas),
        }
        return self.in_order({**elsewhere, **here, **{name: value for name, value in besides.items() if value}})

    def uploads(self) -> dict[str, list[UploadedFile]]:
        """New, acceptable files by path: key, or "table.row.column" (row counts from 0 as in `answers`)."""
        found = self.new_files("")
        for table in self.tables.values():
            for at, row in table.live_rows():
                found.update(row.new_files(at))
        return found

    def store(self, stored: Mapping[str, list[FileRef]]) -> None:
        """Put stored files in the place of `uploads` (same paths): in both kinds of answers and in what is drawn."""
        for path, refs in stored.items():
            match path.split("."):
                case [key]:
                    self.store_file(key, refs)
                case [table, row, column]:
                    self.tables[table].live_forms[int(row)].store_file(column, refs)
        self.__dict__.pop("typed", None)

    # --- what follows from it ------------------------------------------------------------------------------------

    def judge_all(self) -> None:
        """Let logic say once what is asked, calculated and not right; files that have just come count as answers."""
        if "state" in self.__dict__:
            return
        pending = {
            path: [{"file": "", "name": one.name, "size": one.size} for one in files]
            for path, files in (self.uploads().items() if self.is_bound else ())
        }
        answers = with_files(self.typed, pending) if pending else self.typed
        state = state_of(self.form_schema, answers, self.context)
        messages = self.messages_of(state, answers)
        self.judge(state, messages)
        for key, table in self.tables.items():
            table.judge(state, messages, hidden=not state.asks(key))
        wrong = list(others_wrong(self.form_schema, answers, self.sources, state)) if self.shows_errors else []
        if self.checked and not self.is_bound:
            wrong += answers_wrong(self.form_schema, answers, self.sources, state)
        for path, message in wrong:
            self.refuse_at(path, message)

    def messages_of(self, state: FormState, answers: Answers) -> dict[str, tuple[Message, ...]]:
        """What checks say, by path; of warnings also the explanation and the name of its input."""
        reasons = answers.get(REASONS) or {}
        missing = {one.reason_key for one in unexplained(answers, state)} if self.shows_errors else set()
        found: dict[str, tuple[Message, ...]] = {}
        for one in state.findings:
            told = Message(one.rule.severity, one.rule.message)
            if one.rule.severity == "warning":
                reason = reasons.get(one.reason_key, "")
                told = replace(told, name=self.reason_input(one), reason=reason, is_missing=one.reason_key in missing)
            found[one.path] = (*found.get(one.path, ()), told)
        return found

    def reason_input(self, finding: Finding) -> str:
        """Name of the input for an explanation: rows have their number on the page."""
        table = self.tables.get(finding.path.partition(".")[0])
        if finding.row is None or table is None:
            return reason_name(finding)
        return f"{REASONS}.{finding.rule.key}.{table.number_typed(finding.row)}"

    def refuse_at(self, path: str, message: str) -> None:
        """Say what is wrong at a path, if it is on this page."""
        match path.split("."):
            case [key] if key in self.fields:
                self.refuse(key, message)
            case [key] if key in self.tables:
                self.tables[key].refuse_all(message)
            case [key, row, column] if key in self.tables:
                self.tables[key].live_forms[int(row)].refuse(column, message)

    def given(self) -> dict[str, str]:
        """What the server answers itself, by key: unit, period, reporter, day of sending."""
        asked = {one.key: one.options.get("source", "unit") for one in self.form_schema if one.type == "system"}
        return {key: self.sources.system[source] for key, source in asked.items() if source in self.sources.system}

    def computed_answer(self, schema: FieldSchema) -> Any:
        """What the server has worked out."""
        return self.given().get(schema.key) or super().computed_answer(schema)

    def totals(self, table: TableRows) -> list[tuple[FieldSchema, str | None]]:
        """Below each column its total as read, None where it has none; an empty list where no column has one."""
        wanted = table.schema.options.get("totals")
        return [(one, self.total(table, one) if one.key in wanted else None) for one in table.columns] if wanted else []

    def total(self, table: TableRows, column: FieldSchema) -> str:
        """The total of a column as read."""
        return type_of(column).in_words(column, self.state.totals.get(f"{table.schema.key}.{column.key}", 0))

    def is_unconfirmed(self, key: str) -> bool:
        """Whether the answer was taken over from the last report and nobody has looked at it yet."""
        return self.typed.get(SAME, {}).get(key) is False

    def is_locked(self, schema: FieldSchema) -> bool:
        """Whether the question is only read now: others are to be mended."""
        return is_asked(schema) and self.restriction.locks(schema.key)

    @cached_property
    def attempts(self) -> list[Attempt]:
        """Answers of the POST that may not be changed now; they have stayed what they were."""
        if not self.is_bound or self.restriction.scope.is_everything:
            return []
        free = AnswerForm(
            self.form_schema,
            self.sources,
            data=self.data,
            files=self.files,
            answers=self.stored,
            context=self.context,
            part=self.part,
        )
        return attempts(self.restriction.scope, [*self.data, *self.files], free)

    # --- what becomes of it --------------------------------------------------------------------------------------

    def answers(self) -> Answers:
        """What is sent; call after is_valid() said yes. New files are missing until `store` has named them."""
        self.judge_all()
        return taken(self.form_schema, self.typed, self.state, self.given())

    def draft_answers(self) -> Answers:
        """What can be kept without requiring anything; what is not valid, or not asked now, is kept as typed."""
        self.judge_all()
        return self.in_order({**self.typed, **computed(self.form_schema, self.typed, self.state, self.given())})

    def in_order(self, answers: Answers) -> Answers:
        """The answers in the order of the questions, then what stands beside them."""
        keys = [*(one.key for one in self.form_schema), REASONS, SAME]
        return {key: answers[key] for key in keys if key in answers}

    @cached_property
    def ignored(self) -> int:
        """How many names of the POST belong to no question of this page."""
        if not self.is_bound:
            return 0
        asked = {one.key for one in self.schemas}
        others = {one.key for one in self.form_schema if one.key not in asked}
        locked = {one.key for one in self.form_schema if self.is_locked(one)}
        names = [name for name in (*self.data, *self.files) if name.partition(".")[0] not in locked]
        return names_ignored(names, self, self.tables, others)

    @property
    def left_out(self) -> int:
        """How many questions have an answer that is not taken, because they are not asked now."""
        answered = [one.key for one in self.form_schema if is_asked(one) and self.typed.get(one.key) not in (None, [])]
        return sum(not self.state.asks(key) for key in answered)

    # --- what is wrong -------------------------------------------------------------------------------------------

    def faults_listed(self) -> list[Fault]:
        """All faults, for the error summary."""
        return list(self.faults())

    def faults(self) -> Iterator[Fault]:
        """Everything on the page that keeps it from being sent, in the order of the questions."""
        for one in self.drawn_schemas:
            if self.is_locked(one):
                yield from self.message_faults([one.key])
            elif one.key in self.tables:
                yield from self.table_faults(one, self.tables[one.key])
            elif one.key in self.fields:
                yield from self.faults_at(self, one, "")
        if self.part is None or not self.part.fields:
            yield from self.message_faults([path for path in self.messages if not self.form_schema.field(head(path))])

    def table_faults(self, schema: FieldSchema, table: TableRows) -> Iterator[Fault]:
        """What is wrong in a table: with its number of rows, and cell by cell."""
        for message in table.non_form_errors():
            yield Fault(f"id_{schema.key}", schema.label, str(message), schema.key)
        yield from self.message_faults({schema.key})
        for at, row in table.live_rows():
            for column in table.columns:
                yield from self.faults_at(row, column, at)

    def faults_at(self, form: DraftingForm, schema: FieldSchema, at: str) -> Iterator[Fault]:
        """What is wrong with one answer, then what checks say of it."""
        path = f"{at}{schema.key}"
        if schema.key in form.errors:
            bound: Any = form[schema.key]
            for message in bound.errors:
                yield Fault(bound.anchor, place_of(self.form_schema, path), str(message), path)
        if path in self.messages:
            yield from self.message_faults([path])

    def message_faults(self, paths: Iterable[str]) -> Iterator[Fault]:
        """What checks say there and keeps the report from being sent."""
        for path in paths:
            for one in self.messages.get(path, ()):
                if one.is_blocking:
                    anchor = f"id_{one.name}" if one.name else f"id_{self.input_path(path)}"
                    message = please_explain(one.text) if one.is_missing else one.text
                    yield Fault(anchor, place_of(self.form_schema, path), message, path)

    def input_path(self, path: str) -> str:
        """The path as inputs are named: rows with their number on the page."""
        match path.split("."):
            case [key, row, column] if key in self.tables:
                return f"{key}.{self.tables[key].number_typed(int(row))}.{column}"
        return path


def head(path: str) -> str:
    """The question that a path begins with."""
    return path.partition(".")[0]
