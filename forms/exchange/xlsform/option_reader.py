"""Settings of a question's type: choices, filters, looks, numbers of rows, what is filled in beforehand."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from forms.builder.fields import FIELD_TYPES
from forms.builder.schema import FieldSchema
from forms.exchange.xlsform.choice_lists import Choice, code_of, filters_of, or_other
from forms.exchange.xlsform.foreign_types import scale_of
from forms.exchange.xlsform.names import key_of_name
from forms.exchange.xlsform.planned import Planned, title
from forms.exchange.xlsform.row_reader import RowReader

MOST_DECIMALS = 6
USUAL_MARKS = 5
MENUS = frozenset({"minimal", "autocomplete", "search", "minimal-autocomplete"})


class OptionReader(RowReader):
    """Reads settings."""

    def read(self, planned: Planned, base: FieldSchema) -> dict[str, Any]:
        """The settings of the question's type."""
        found = dict(base.options)
        steps: tuple[Callable[[Planned, dict[str, Any]], None], ...] = (
            self.choices,
            self.statements,
            self.filter,
            self.look,
            self.rows,
            self.default,
            self.result,
        )
        for step in steps:
            step(planned, found)
        return found

    def choices(self, planned: Planned, options: dict[str, Any]) -> None:
        """The list of choices. Retired ones are not written, and stay."""
        if planned.type == "multiple_choice" and planned.cell.base == "acknowledge" and planned.base is None:
            options["choices"] = [{"code": "OK", "label": _("Acknowledged")}]
            return
        if planned.type not in ("choice", "multiple_choice", "matrix"):
            return
        name = planned.cell.list_name
        written = planned.entry.get("written", {}).get("choices", "")
        if planned.base is not None and (not name or self.lists.mark(name) == written):
            return
        known = {line["code"]: line for line in options.get("choices", []) if isinstance(line, dict) and "code" in line}
        lines = [{**known.get(line["code"], {}), **line} for line in self.lists.choices(name)]
        if planned.base is not None:
            self.keep_belonging(name, lines)
        there = {line["code"] for line in lines}
        retired = [line for line in known.values() if line.get("retired") and line["code"] not in there]
        options["choices"] = or_other(lines) if planned.cell.with_other else [*lines, *retired]
        if not lines:
            sentence = _("“%(name)s”: the list “%(list)s” is not in the sheet choices.")
            self.leave_out(planned, sentence % {"name": title(planned.line), "list": name}, "type")

    def keep_belonging(self, name: str, lines: list[Choice]) -> None:
        """The column `within` as it now stands."""
        belonging = self.lists.within(name, "within", {})
        for line in lines:
            line.pop("within", None)
            line.pop("retired", None)
            if belonging.get(line["code"]):
                line["within"] = belonging[line["code"]]

    def statements(self, planned: Planned, options: dict[str, Any]) -> None:
        """The statements of a matrix."""
        lines = planned.statements
        if planned.type != "matrix":
            return
        if planned.has_written_statements:
            return
        options["statements"] = [
            {"code": key_of_name(line.get("name").removeprefix(f"{planned.name}.")), "label": title(line)}
            for line in lines
        ]

    def filter(self, planned: Planned, options: dict[str, Any]) -> None:
        """Choices that belong to another answer."""
        if planned.type not in ("choice", "multiple_choice") or not planned.changed("choice_filter"):
            return
        options.pop("filter_by", None)
        text = planned.line.get("choice_filter")
        if not text:
            return
        name = planned.cell.list_name
        filters = filters_of(text)
        one = self.lists.decisive(name, filters) if filters else None
        parent = self.scope.by_name(one.parent) if one else None
        if one is None or parent is None or parent.table not in ("", planned.table):
            sentence = _("“%(name)s”: the filter “%(filter)s” was left out; all choices are offered.")
            self.leave_out(planned, sentence % {"name": title(planned.line), "filter": text}, "choice_filter")
            return
        options["filter_by"] = parent.key
        belonging = self.lists.within(name, one.column, parent.codes)
        options["choices"] = [
            {**line, "within": belonging[line["code"]]} if belonging.get(line["code"]) else line
            for line in options.get("choices", [])
        ]

    def look(self, planned: Planned, options: dict[str, Any]) -> None:
        """Appearance and parameters, as far as we have them."""
        if planned.base is None:
            looks = set(planned.line.get("appearance").casefold().split())
            if planned.type == "choice" and looks & MENUS:
                options["menu"] = True
            if planned.type == "number":
                options["decimals"] = MOST_DECIMALS
            if planned.type == "file" and planned.cell.base == "image":
                options["accept"] = "pictures"
            if planned.cell.base == "range":
                self.range(planned, options)
        elif planned.changed("appearance", "parameters"):
            self.findings.warn(
                _("the look of a question is set in the portal; this cell was left as it was."), planned.line.number
            )

    def range(self, planned: Planned, options: dict[str, Any]) -> None:
        """A scale: marks from 1 are a rating, whatever else a number with bounds."""
        start, end, _step = scale_of(planned.line.get("parameters"))
        if planned.type == "rating":
            options.update({} if end == USUAL_MARKS else {"most": end})
        else:
            options.update({name: value for name, value in (("minimum", start), ("maximum", end)) if value is not None})

    def rows(self, planned: Planned, options: dict[str, Any]) -> None:
        """How many rows a table has."""
        if planned.type != "table" or not planned.changed("repeat_count"):
            return
        text = planned.line.get("repeat_count")
        if text.isascii() and text.isdigit():
            options.update(min_rows=int(text), max_rows=int(text))
            return
        for name in ("min_rows", "max_rows"):
            options.pop(name, None)
        count = self.expression(planned, text, "repeat_count") if text else None
        if count is not None:
            check = {"===": [{"count": [{"var": f"answers.{planned.key}"}]}, count]}
            message = _("“%(name)s” does not have as many rows as it should.") % {"name": title(planned.line)}
            self.rules.add(planned.key, check, message)

    def default(self, planned: Planned, options: dict[str, Any]) -> None:
        """What stands there beforehand."""
        text = planned.line.get("default")
        if not planned.changed("default"):
            return
        options.pop("prefill", None)
        if not text:
            return
        prefill = self.prefill(planned, text, options)
        if prefill is None or prefill["from"] not in FIELD_TYPES[planned.type].prefills:
            sentence = _("“%(name)s”: “%(default)s” is not filled in beforehand.")
            self.leave_out(planned, sentence % {"name": title(planned.line), "default": text}, "default")
        else:
            options["prefill"] = prefill

    def prefill(self, planned: Planned, text: str, options: dict[str, Any]) -> dict[str, Any] | None:
        """A constant as an editor would type it, or the last report's answer; None for what is calculated."""
        if text.replace(" ", "") == f"${{last-saved#{planned.name}}}":
            return {"from": "last"}
        if "${" in text or text.endswith(")"):
            return None
        labels = {line["code"]: line["label"] for line in options.get("choices", [])}
        if planned.type == "yes_no":
            labels = {"yes": _("Yes"), "no": _("No"), "na": _("Not applicable")}
        if planned.type in ("choice", "yes_no"):
            text = labels.get(code_of(text), "")
        elif planned.type == "multiple_choice":
            text = "、".join(labels.get(code_of(name), "") for name in text.split())
        return {"from": "constant", "value": text} if text else None

    def result(self, planned: Planned, options: dict[str, Any]) -> None:
        """What comes out of a calculation."""
        if planned.type == "calculated" and planned.base is None:
            mine = self.scope.by_key(planned.key, planned.table)
            kind = str(mine.kind) if mine else ""
            options["result"] = kind if kind in ("text", "date") else "number"
