"""What a file says of a form, read and checked; nothing of it is stored yet."""

from dataclasses import dataclass

from forms.builder.schema import FormSchema


class ImportRefusedError(ValueError):
    """The file cannot be taken; the message says what is wrong and where, for the person who sent it."""


@dataclass(frozen=True)
class ImportedForm:
    """A form as a file describes it."""

    schema: FormSchema
    slug: str = ""
    """The name in addresses that the file proposes; empty if it proposes none."""
    unsupported: tuple[str, ...] = ()
    """What could not be taken over, in sentences, each with its place in the file."""
    warnings: tuple[str, ...] = ()
    """What was taken over otherwise than it stands in the file."""
