"""What changes in exports of a form. Columns are known by key; their headings are labels. Pure."""

from dataclasses import dataclass

from forms.builder.fields import type_of
from forms.builder.schema import FieldSchema
from forms.builder.versions.comparing import Aspect, Comparison, Line
from forms.builder.versions.wording import title_of


@dataclass(frozen=True)
class Columns:
    """What changes in exports. Columns are known by key; their headings are labels."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]


def columns_of(comparison: Comparison) -> Columns:
    """What changes in exports of the form."""
    added, gone, renamed = [], [], []
    for _path, line, table in comparison.everywhere():
        if not type_of(line.now).takes_answer or line.now.columns:
            continue
        if line.new is None:
            gone.append(heading(line.old, table))
        elif line.old is None:
            added.append(heading(line.new, table))
        elif any(line.of(Aspect.LABEL)):
            renamed.append((heading(line.old, table), heading(line.new, table)))
    for line in comparison.questions:
        if line.new is None or line.old is None:
            target = gone if line.new is None else added
            asked = [column for column in line.now.columns if type_of(column).takes_answer]
            target.extend(f"{title_of(line.now)} · {title_of(column)}" for column in asked)
    return Columns(tuple(added), tuple(gone), tuple(renamed))


def heading(one: FieldSchema, table: Line | None) -> str:
    """A question's heading in exports; of a table's column behind the table's."""
    return f"{title_of(table.now)} · {title_of(one)}" if table else title_of(one)
