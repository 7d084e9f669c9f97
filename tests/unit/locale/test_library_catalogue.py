"""The Simplified Chinese we add for the libraries: complete, safe to format, and Chinese."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[3]
CATALOGUES = {
    domain: ROOT / "locale" / "libraries" / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po"
    for domain in ("django", "djangojs")
}

WITH_CATALOGUE = (
    "wagtail",
    "wagtail/admin",
    "wagtail/contrib/forms",
    "wagtail/contrib/redirects",
    "wagtail/contrib/search_promotions",
    "wagtail/contrib/settings",
    "wagtail/contrib/table_block",
    "wagtail/contrib/typed_table_block",
    "wagtail/documents",
    "wagtail/embeds",
    "wagtail/images",
    "wagtail/locales",
    "wagtail/search",
    "wagtail/sites",
    "wagtail/snippets",
    "wagtail/users",
    "wagtail_modeladmin",
    "taggit",
    "django/conf",
    "django/contrib/admin",
    "django/contrib/auth",
    "django/contrib/contenttypes",
    "django/contrib/humanize",
    "django/contrib/sessions",
)
"""Libraries that ship an English catalogue: its msgids are what must be Chinese."""

WITHOUT_CATALOGUE = ("axes", "django_otp", "django_tasks", "django_tasks_db", "treebeard", "modelsearch")
"""Libraries that mark strings but ship no English catalogue: their source says what must be Chinese."""

REQUIRED_SHARE = 0.995

PLACEHOLDER = re.compile(r"%(?:\([A-Za-z_]\w*\))?[sdrif]|\{\w*\}|%%")
TAG = re.compile(r"<[^<>]+>")
VERBATIM = re.compile(r"<code>.*?</code>|https?://\S+|path\.max_length")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

PROPER_NAMES = {
    "Wagtail", "JavaScript", "API", "URL", "HTML", "CSV", "XLSX", "PDF", "JSON", "LDAP", "UTC", "IP", "GET", "POST",
    "SHA-256", "v2", "v3",
}  # fmt: skip
"""What a Chinese clerk, too, reads in Latin letters."""

MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}

Key = tuple[str, str]
"""(context, msgid)."""


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid)


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def translated(path: Path) -> set[Key]:
    """Keys of the entries in the file at ``path`` that are used at run time; none if there is no such file."""
    if not path.is_file():
        return set()
    return {
        key(entry)
        for entry in polib.pofile(str(path))
        if not entry.obsolete and not entry.fuzzy and all(translations(entry))
    }


def place(library: str) -> Path:
    """Folder of an installed package, ``/`` between its parts, without importing the library itself."""
    top, *rest = library.split("/")
    spec = importlib.util.find_spec(top)
    assert spec is not None, f"{top} is not installed"
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]).joinpath(*rest)


def catalogue(library: str, locale: str, domain: str) -> Path:
    return place(library) / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"


def marked_strings(library: str) -> Iterator[Key]:
    """Constant strings that the library's Python source hands to gettext."""
    for path in sorted(place(library).rglob("*.py")):
        if "tests" in path.parts or path.name.startswith("test"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in MARKERS:
                continue
            strings = [
                arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if name.startswith("pgettext") and len(strings) == 2:
                yield (strings[0], strings[1])
            elif strings and isinstance(node.args[0], ast.Constant):
                yield ("", strings[0])


def entries() -> list[polib.POEntry]:
    return [entry for path in CATALOGUES.values() for entry in polib.pofile(str(path))]


ENGLISH = {
    domain: {
        key(entry)
        for library in WITH_CATALOGUE
        if (path := catalogue(library, "en", domain)).is_file()
        for entry in polib.pofile(str(path))
    }
    for domain in CATALOGUES
}
"""Per domain, every string the libraries have now."""


def test_every_entry_is_translated_and_none_is_fuzzy_or_obsolete() -> None:
    faulty = [
        e.msgid
        for e in entries()
        if e.fuzzy or e.obsolete or not e.translated() or not all(map(str.strip, translations(e)))
    ]
    assert not faulty


@pytest.mark.parametrize("domain", CATALOGUES)
def test_no_string_is_listed_twice(domain: str) -> None:
    twice = [k for k, count in Counter(map(key, polib.pofile(str(CATALOGUES[domain])))).items() if count > 1]
    assert not twice


def test_plural_strings_have_the_one_form_chinese_has() -> None:
    assert not [e.msgid for e in entries() if e.msgid_plural and list(e.msgstr_plural) != [0]]


def test_placeholders_survive_translation() -> None:
    """The Chinese form stands for every number, so it needs the placeholders of the English plural."""
    faulty = {
        entry.msgid: text
        for entry in entries()
        for text in translations(entry)
        if Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)) != Counter(PLACEHOLDER.findall(text))
    }
    assert not faulty


def test_html_tags_survive_translation_attribute_by_attribute() -> None:
    faulty = {
        entry.msgid: text
        for entry in entries()
        for text in translations(entry)
        if Counter(TAG.findall(entry.msgid_plural or entry.msgid)) != Counter(TAG.findall(text))
    }
    assert not faulty


def test_no_english_is_left_but_proper_names() -> None:
    faulty = {}
    for entry in entries():
        for text in translations(entry):
            bare = PLACEHOLDER.sub("", TAG.sub("", VERBATIM.sub("", text)))
            foreign = [word for word in LATIN_WORD.findall(bare) if word not in PROPER_NAMES]
            only_names = bool(LATIN_WORD.search(bare)) and not foreign
            if foreign or not (CHINESE.search(text) or only_names):
                faulty[entry.msgid] = text
    assert not faulty


def test_the_tone_is_polite_and_calm() -> None:
    """No exclamation marks, 您 for the reader, no half-width punctuation after Chinese, no programmers' words."""
    unwanted = re.compile(r"[!！]|你|对象|实例|[\u4e00-\u9fff][,.:;?](?!\w)")
    faulty = {e.msgid: text for e in entries() for text in translations(e) if unwanted.search(TAG.sub("", text))}
    assert not faulty


@pytest.mark.parametrize("domain", CATALOGUES)
def test_every_string_of_the_libraries_with_a_catalogue_is_chinese(domain: str) -> None:
    ours = translated(CATALOGUES[domain])
    total = 0
    missing: list[str] = []
    for library in WITH_CATALOGUE:
        english = catalogue(library, "en", domain)
        if not english.is_file():
            continue
        known = ours | translated(catalogue(library, "zh_Hans", domain))
        wanted = {key(entry) for entry in polib.pofile(str(english)) if not entry.obsolete}
        total += len(wanted)
        missing += sorted(f"{library}: {msgid}" for context, msgid in wanted - known)
    assert total, "no English catalogue found"
    assert 1 - len(missing) / total >= REQUIRED_SHARE, "\n".join(missing)


@pytest.mark.parametrize("library", WITHOUT_CATALOGUE)
def test_every_string_of_a_library_without_a_catalogue_is_chinese(library: str) -> None:
    known = translated(CATALOGUES["django"])
    for other in ("django/conf", "django/contrib/auth", "wagtail", "wagtail/admin"):
        known |= translated(catalogue(other, "zh_Hans", "django"))
    wanted = set(marked_strings(library))
    assert wanted, f"{library} marks no strings any more"
    assert not wanted - known


def test_no_entry_outlives_its_library_string() -> None:
    """An entry whose library has reworded the English would never be shown."""
    dead = []
    for domain, path in CATALOGUES.items():
        for entry in polib.pofile(str(path)):
            library = entry.comment.split(" – ")[0].replace(".", "/")
            if library in WITH_CATALOGUE and key(entry) not in ENGLISH[domain]:
                dead.append(f"{library}: {entry.msgid}")
    assert not dead


def test_the_compiled_catalogue_answers_singular_plural_and_context_in_chinese(tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    polib.pofile(str(CATALOGUES["django"])).save_as_mofile(str(target))
    with target.open("rb") as stream:
        messages = gettext.GNUTranslations(stream)
    assert messages.gettext("More actions") == "更多操作"
    assert messages.pgettext("Task", "Running") == "执行中"
    moved = ("Moved down 1 place.", "Moved down %(counter)s places.")
    assert [messages.ngettext(*moved, n) % {"counter": n} for n in (1, 5)] == ["下移了 1 位。", "下移了 5 位。"]
