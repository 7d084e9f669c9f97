"""A form page by page: what lies between two page breaks is filled in, saved and checked together. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms.builder.logic.outcome import FormState
from forms.builder.schema import FieldSchema, FormSchema

PAGE_BREAK = "page_break"
"""Type of the question that begins a page; its label is the page's title."""


@dataclass(frozen=True)
class FormPart:
    """One page of a form."""

    number: int
    """From 1, hidden pages counted."""
    title: str
    fields: tuple[FieldSchema, ...]
    help_text: str = ""
    key: str = ""
    """Of the page break that begins it; empty for the first page of a form that begins with a question."""

    @property
    def keys(self) -> frozenset[str]:
        """Keys of what stands on it."""
        return frozenset(one.key for one in self.fields)

    @property
    def begins_with_its_title(self) -> bool:
        """Whether its first question is the section that gave it its title: then nobody need read it twice."""
        return bool(self.fields) and self.fields[0].type == "section" and self.fields[0].label == self.title

    def is_asked(self, state: FormState) -> bool:
        """Whether anything on it is shown."""
        if self.key in state.hidden:
            return False
        return any(one.key not in state.hidden for one in self.fields)


def parts_of(schema: FormSchema) -> tuple[FormPart, ...]:
    """The pages, in order; one where the form has no page breaks. A break with nothing behind it makes none."""
    groups: list[tuple[FieldSchema | None, list[FieldSchema]]] = [(None, [])]
    for one in schema:
        if one.type == PAGE_BREAK:
            groups.append((one, []))
        else:
            groups[-1][1].append(one)
    filled = [(head, fields) for head, fields in groups if fields] or [(None, [])]
    return tuple(
        FormPart(
            number=number,
            title=(head.label if head else "") or title_of(fields) or _("Page %(number)d") % {"number": number},
            fields=tuple(fields),
            help_text=head.help_text if head else "",
            key=head.key if head else "",
        )
        for number, (head, fields) in enumerate(filled, start=1)
    )


def title_of(fields: list[FieldSchema]) -> str:
    """A page without a title takes that of the section that it begins with."""
    return fields[0].label if fields and fields[0].type == "section" else ""


def part_with(parts: tuple[FormPart, ...], key: str) -> FormPart | None:
    """The page on which a question stands."""
    return next((part for part in parts if key in part.keys), None)
