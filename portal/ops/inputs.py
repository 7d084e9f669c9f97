"""How inputs of forms are drawn: what looks the same is drawn once."""

from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.ops.remembered import Remembered

MOST = 2_000
"""Drawings that are kept; a few hundred bytes each."""

Key = tuple[Hashable, ...]


class Drawings(Remembered[Key, str]):
    """What has been drawn, by all that it was drawn from."""

    def __init__(self) -> None:
        super().__init__(MOST)

    def get(self, key: Key, make: Callable[[], str]) -> str:
        """The drawing; while templates are being written every one is made anew."""
        return make() if settings.DEBUG else super().get(key, make)


class NotPlainError(Exception):
    """Something whose drawing may depend on more than on what it is equal to."""


def plain(value: Any) -> Hashable:
    """What an input is drawn from, as a key: the same key, the same drawing.

    Types count, as 1 and True, "<" and a safe "<" are drawn differently. NotPlainError for rows of the database, files
    and everything else that has ways of its own.
    """
    kind = type(value)
    if value is None or kind is str:
        return value
    if kind is dict:
        return (dict, *((name, plain(one)) for name, one in value.items()))
    if kind is list or kind is tuple:
        return (list, *map(plain, value))
    if kind in (bool, int, float, SafeString):
        return (kind, value)
    if isinstance(value, Promise):
        return plain(str(value))
    raise NotPlainError


def is_kept(context: Any) -> bool:
    """Whether the drawing may be kept: an empty input or a choice, never what somebody has typed."""
    widget = context.get("widget") if isinstance(context, dict) else None
    return isinstance(widget, dict) and ("optgroups" in widget or widget.get("value") in (None, "", []))


class RememberingRenderer(TemplatesSetting):
    """Django draws every input with a template, each option of a menu with two more.

    A form of fifteen questions took a third of its page's time so; most of its inputs are the same for everybody.
    """

    def __init__(self) -> None:
        self.drawings = Drawings()

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        """The input drawn, or as it was drawn before."""
        if request is not None or not is_kept(context):
            return super().render(template_name, context, request)
        try:
            key = (template_name, get_language(), plain(context))
        except NotPlainError:
            return super().render(template_name, context, request)
        return self.drawings.get(key, lambda: super(RememberingRenderer, self).render(template_name, context))
