"""Every address of the project, from Django's own resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One pattern: how it reads, its full name, and the names of what varies in it."""

    pattern: str
    name: str
    parameters: tuple[str, ...]

    @property
    def is_wagtail(self) -> bool:
        """Whether it belongs to the Wagtail admin."""
        return self.pattern.startswith("admin/")


def plain(pattern: str) -> str:
    """The pattern without anchors of regular expressions."""
    return re.sub(r"[\^$]|\\Z", "", pattern)


def parameters(pattern: str) -> tuple[str, ...]:
    """Names of the varying parts, in order: `<int:pk>` and `(?P<pk>…)`."""
    return tuple(re.findall(r"(?:\?P<|<(?:\w+:)?)(\w+)>", pattern))


def routes() -> list[Route]:
    """All routes in the order in which Django tries them."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield Route(pattern, ":".join((*spaces, entry.name or "")), parameters(pattern))
