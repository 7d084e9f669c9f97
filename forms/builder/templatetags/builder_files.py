"""What templates ask about stored files."""

from collections.abc import Mapping

from django import template

from forms.builder import file_types

register = template.Library()


@register.filter
def is_picture(name: str) -> bool:
    """Whether a stored file of this name is a picture."""
    return file_types.is_picture(name)


@register.filter
def words_for(words: Mapping[str, str] | str | None, number: str) -> str:
    """What is said of the file of this number; nothing where the page gives no words."""
    return words.get(number, "") if isinstance(words, Mapping) else ""
