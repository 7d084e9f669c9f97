"""Several statements, each answered by one of the same choices (Likert)."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.choice_lists.blocks import ChoicesBlock
from forms.builder.choice_lists.lines import Line, lines_of, repeated_label
from forms.builder.fields import groups
from forms.builder.fields.base import CellValue, FieldType, form_field_settings
from forms.builder.fields.setting_blocks import MAX_LABEL, RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.rules.text import clean_text
from forms.builder.schema import FieldSchema

Pairs = list[tuple[str, str]]
"""Codes and labels."""

LIMITS = {"statements": (1, 30, MAX_LABEL), "choices": (2, 10, 40)}
"""Fewest and most lines, and their greatest length: the choices must fit side by side."""


class MatrixWidget(forms.Widget):
    """A row of radio buttons for each statement; on a phone a card for each.

    Inputs are named "question.statement": no key has a dot, so that none is taken for another.
    """

    template_name = "builder/widgets/matrix.html"
    use_fieldset = True

    def __init__(self, statements: Pairs, choices: Pairs, *, required: bool) -> None:
        super().__init__()
        self.statements, self.choices, self.every = statements, choices, required

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The statements with what is chosen, and which of them are still open where none may be."""
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {}
        own = context["widget"]["attrs"]
        is_refused = "is-invalid" in own.get("class", "")
        at = own.get("id", name)
        rows = [
            {
                "name": f"{name}.{code}",
                "label_id": f"{at}_label{number}",
                "label": label,
                "chosen": given.get(code),
                "is_open": is_refused and self.every and code not in given,
                "options": [
                    {"id": f"{at}_{number * len(self.choices) + place}", "code": choice, "label": word}
                    for place, (choice, word) in enumerate(self.choices)
                ],
            }
            for number, (code, label) in enumerate(self.statements)
        ]
        return {**context, "rows": rows, "choices": self.choices, "every": self.every}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Statement → choice, as far as it was sent."""
        sent = {code: data.get(f"{name}.{code}") for code, _label in self.statements}
        return {code: choice for code, choice in sent.items() if choice}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether no statement was answered."""
        return not self.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """No label: the group has a legend."""
        return ""


class MatrixField(forms.Field):
    """Statement → choice; None for no answer."""

    def __init__(self, statements: Pairs, choices: Pairs, **kwargs: Any) -> None:
        super().__init__(widget=MatrixWidget(statements, choices, required=kwargs.get("required", False)), **kwargs)
        self.statements, self.choices = dict(statements), dict(choices)

    def to_python(self, value: Any) -> dict[str, str] | None:
        """In the order of the statements."""
        if not isinstance(value, dict):
            return None
        return {code: value[code] for code in self.statements if value.get(code)} or None

    def validate(self, value: Any) -> None:
        """Refuse what is not in the list, and open statements where every one must be answered."""
        super().validate(value)
        if not all(isinstance(choice, str) and choice in self.choices for choice in (value or {}).values()):
            raise ValidationError(gettext("Please choose from the list."), code="invalid_choice")
        missing = [label for code, label in self.statements.items() if code not in (value or {})]
        if self.required and missing:
            message = ngettext(
                "%(count)d statement is not answered yet: “%(first)s”.",
                "%(count)d statements are not answered yet; the first is “%(first)s”.",
                len(missing),
            )
            raise ValidationError(message, code="incomplete", params={"count": len(missing), "first": missing[0]})


class MatrixType(FieldType):
    """A small questionnaire of one kind: {"statement": "choice"}. Required means every statement."""

    name = "matrix"
    prefills = ("last",)
    label = _("Rating matrix")
    icon = "grip"
    group = groups.CHOICES
    description = _("Several statements, each answered by one of the same choices.")
    in_table = False
    logic_type = None
    seconds = 30

    # --- in the builder -----------------------------------------------------------------------------------------

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Statements and choices, each with a code that outlives every wording."""
        statements = ChoicesBlock.of_statements(label=_("Statements"))
        return {"statements": statements, "choices": ChoicesBlock(label=_("Choices"))}

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """As many as can be drawn, and no two that read the same."""
        faults = {name: self.list_fault(lines_of(raw.get(name)), *limits) for name, limits in LIMITS.items()}
        return {name: fault for name, fault in faults.items() if fault}

    def list_fault(self, lines: list[Line], least: int, most: int, longest: int) -> str | None:
        """What is wrong with one of the lists."""
        live = [line for line in lines if not line.get("retired")]
        if not least <= len(live) <= most:
            return gettext("Please give %(least)d to %(most)d lines.") % {"least": least, "most": most}
        long = next((line["label"] for line in live if len(line["label"]) > longest), None)
        if long is not None:
            message = gettext("“%(label)s” is too long: at most %(most)d characters.")
            return message % {"label": long[:20] + "…", "most": longest}
        twice = repeated_label(lines)
        return None if twice is None else gettext("“%(label)s” stands in the list twice.") % {"label": twice}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Codes apart from labels."""
        return {name: lines_of(raw.get(name)) for name in LIMITS}

    # --- in the form ----------------------------------------------------------------------------------------------

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A radio button for each statement and choice."""
        given = {
            choice for answer in sources.stored(schema.key) if isinstance(answer, dict) for choice in answer.values()
        }
        statements, choices = live(schema, "statements"), live(schema, "choices", given)
        return MatrixField(statements, choices, **form_field_settings(schema))

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """A choice that has been retired since stays valid."""
        choices = pairs(schema, "choices")
        MatrixField(live(schema, "statements"), choices, **form_field_settings(schema)).clean(answer)

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """What has been answered so far."""
        statements, choices = dict(pairs(schema, "statements")), dict(pairs(schema, "choices"))
        given = raw if isinstance(raw, dict) else {}
        return {
            code: given[code] for code in statements if isinstance(given.get(code), str) and given[code] in choices
        } or None

    def decode(self, schema: FieldSchema, typed: Any, sources: Sources, *, in_table: bool = False) -> Any:
        """One line a statement: its words, a colon, the choice's words; codes are understood too."""
        return super().decode(schema, self.given_in(schema, str(typed or "")), sources, in_table=in_table)

    def given_in(self, schema: FieldSchema, text: str) -> dict[str, str]:
        """Statement → choice, for each line that can be read; ValidationError for one that cannot."""
        choices = {label: code for code, label in pairs(schema, "choices")}
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, clean_text(text).split("\n"))):
            for code, label in pairs(schema, "statements"):
                answer = next(
                    (line[len(start) :] for start in (f"{label}：", f"{label}:", f"{code}=") if line.startswith(start)),
                    None,
                )
                if answer is not None:
                    found[code] = choices.get(answer.strip(), answer.strip())
                    break
            else:
                message = gettext("“%(line)s” is none of the statements.")
                raise ValidationError(message, code="invalid", params={"line": line[:MAX_LABEL]})
        return found

    # --- read again -----------------------------------------------------------------------------------------------

    def logic_value(self, schema: FieldSchema, answer: Any) -> None:
        """Expressions cannot use it."""
        return

    def answered(self, schema: FieldSchema, answer: Any) -> list[tuple[str, str]]:
        """Statements and choices in words, as far as answered; none for what is no such answer."""
        given = answer if isinstance(answer, dict) else {}
        choices = dict(pairs(schema, "choices"))
        gone = gettext("(no longer in the list)")
        return [
            (label, choices.get(given[code], gone))
            for code, label in pairs(schema, "statements")
            if isinstance(given.get(code), str)
        ]

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """One line a statement."""
        return "\n".join(f"{statement}：{choice}" for statement, choice in self.answered(schema, answer))

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """One line a statement: statement=choice, by their codes."""
        given = answer if isinstance(answer, dict) else {}
        found = [
            f"{code}={given[code]}" for code, _label in pairs(schema, "statements") if isinstance(given.get(code), str)
        ]
        return "\n".join(found) or None


def pairs(schema: FieldSchema, name: str) -> Pairs:
    """Codes and labels of a list of the schema, retired ones too."""
    return [(line["code"], line["label"]) for line in lines_of(schema.options.get(name))]


def live(schema: FieldSchema, name: str, given: Collection[Any] = ()) -> Pairs:
    """The same without the retired ones, unless they were given before."""
    return [
        (line["code"], line["label"])
        for line in lines_of(schema.options.get(name))
        if not line.get("retired") or line["code"] in given
    ]
