"""What things are called in lists of judged questions, by names that outlive a new import: slugs, task numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from home.policies.models import PolicyPage
from portal.programmes.enums import ProgrammeState
from search.documents import object_id
from search.kinds import CAMPAIGN, POLICY, TASK, TRAINING
from search.numbers import number_key
from search.sources.registry import source, source_of

PAGES = (POLICY, TRAINING, CAMPAIGN)
NAMED = (*PAGES, TASK)
"""Kinds of things that have a name of their own."""
SEVERAL = 500
"""Names that one query asks for; SQLite takes no more than some thousands."""


@dataclass(frozen=True)
class Named:
    """A thing as it is here now."""

    name: str
    object_id: str
    title: str


def things_called(names: Iterable[str]) -> dict[str, Named]:
    """Of these names those that something here has. Of several with one name (tasks of programmes) it is the first."""
    found: dict[str, Named] = {}
    for kind, words in _by_kind(names).items():
        field = "number" if kind == TASK else "slug"
        for some in _portions(words):
            rows = _rows(kind).filter(**{f"{field}__in": some}).order_by("-pk").values_list(field, "pk", "title")
            for word, pk, title in rows:
                shown = f"{word}. {title}" if kind == TASK else title
                found[f"{kind}:{word}"] = Named(f"{kind}:{word}", object_id(kind, pk), shown)
    return found


def names_of(objects: Iterable[str]) -> dict[str, str]:
    """`object_id` → what the thing is called in lists; what has no name of its own is left out."""
    found: dict[str, str] = {}
    for kind, keys in _by_kind(objects).items():
        field = "number" if kind == TASK else "slug"
        for some in _portions([key for key in keys if key.isdecimal()]):
            for pk, word in _rows(kind).filter(pk__in=some).values_list("pk", field):
                if word:
                    found[object_id(kind, pk)] = f"{kind}:{word}"
    return found


def recognised(texts: Collection[str]) -> dict[str, str]:
    """Of these texts those that point at one thing → its name: an address, a document number, or a name as in lists."""
    found = {text: text for text in things_called(texts)}
    addresses = {text: _path(text) for text in texts if text not in found}
    found |= _pages_at({text: path for text, path in addresses.items() if path})
    rest = {text: number_key(text) for text in texts if text not in found and not addresses.get(text)}
    return found | _numbered({text: key for text, key in rest.items() if key})


def _by_kind(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        kind, _colon, word = name.partition(":")
        if kind in NAMED and word:
            found[kind].append(word)
    return found


def _portions(words: list[str]) -> Iterable[list[str]]:
    return (words[start : start + SEVERAL] for start in range(0, len(words), SEVERAL))


def _rows(kind: str) -> Any:
    """What may be found of a kind."""
    model: Any = source(kind).model
    return model.objects.exclude(programme__state=ProgrammeState.DRAFT) if kind == TASK else model.objects.live()


def _path(text: str) -> str:
    """The path of an address of this portal; empty for what is no address."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    is_address = parts.path.startswith("/") and (parts.scheme in {"http", "https"} or not parts.scheme)
    return parts.path if is_address else ""


def _pages_at(paths: Mapping[str, str]) -> dict[str, str]:
    """Text → name, for addresses of pages and of tasks."""
    if not paths:
        return {}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    top = site.root_page.url_path.rstrip("/") if site else ""
    objects = {text: object_id(TASK, pk) for text, path in paths.items() if (pk := _task_at(path))}
    wanted = {text: f"{top}{path.rstrip('/')}/" for text, path in paths.items() if text not in objects}
    there: dict[str, str] = {}
    for some in _portions(list(dict.fromkeys(wanted.values()))):
        for page in Page.objects.live().filter(url_path__in=some).select_related("content_type"):
            if page.specific_class and (found := source_of(page.specific_class)):
                there[page.url_path] = object_id(found.name, page.pk)
    objects |= {text: there[path] for text, path in wanted.items() if path in there}
    names = names_of(objects.values())
    return {text: names[thing] for text, thing in objects.items() if thing in names}


def _task_at(path: str) -> int | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.view_name == "programmes:task" else None


def _numbered(keys: Mapping[str, str]) -> dict[str, str]:
    """Text → name, for document numbers in whatever brackets; one that two documents bear means the first."""
    if not keys:
        return {}
    wanted, bearers = set(keys.values()), dict[str, str]()
    rows = PolicyPage.objects.live().exclude(doc_number="").order_by("-pk").values_list("doc_number", "slug")
    for number, slug in rows.iterator():
        if (key := number_key(number)) in wanted:
            bearers[key] = f"{POLICY}:{slug}"
    return {text: bearers[key] for text, key in keys.items() if key in bearers}
