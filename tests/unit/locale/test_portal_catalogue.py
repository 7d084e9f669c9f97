"""The portal's own catalogue: complete, in step with the source, and with the placeholders of the English."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[3]
DOMAINS = ["django"]
PLACEHOLDER = re.compile(r"%\((\w+)\)0?\d?[sd]|\{(\w*)\}")
SOURCES = ("portal", "home", "forms", "search", "templates", "static/js", "static/css", "static/img", "locale")


def catalogue(domain: str, root: Path = ROOT) -> polib.POFile:
    """The Chinese catalogue of a domain."""
    return polib.pofile(str(root / "locale" / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po"))


def words(entry: polib.POEntry) -> str:
    """The translation; Chinese has one plural form."""
    return str(entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr)


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_has_a_chinese_translation(domain: str) -> None:
    missing = [entry.msgid for entry in catalogue(domain) if not entry.translated() or entry.fuzzy]
    assert missing == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_translations_keep_the_placeholders(domain: str) -> None:
    wrong = []
    for entry in catalogue(domain):
        meant = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        if not set(PLACEHOLDER.findall(words(entry))) <= meant or (
            not entry.msgid_plural and set(PLACEHOLDER.findall(words(entry))) != meant
        ):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_tone_is_a_clerks(domain: str) -> None:
    """No exclamation marks, no words of programmers; 对象 only for those a training or a report is for."""
    wrong = [entry.msgid for entry in catalogue(domain) if re.search("！|!|(?<!培训)(?<!报送)对象|实例", words(entry))]
    assert wrong == []


@pytest.mark.services
def test_collecting_the_messages_anew_changes_nothing(tmp_path: Path) -> None:
    assert shutil.which("xgettext"), "GNU gettext is missing: apt-get install gettext"
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    options = ["-l", "zh_Hans", "--no-location", "--no-wrap", "-v", "0"]
    for domain in DOMAINS:
        command = [sys.executable, "manage.py", "makemessages", "-d", domain, *options]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue(domain) if not entry.obsolete}
        found = {(entry.msgctxt, entry.msgid) for entry in catalogue(domain, tmp_path) if not entry.obsolete}
        assert sorted(map(str, found - known)) == [], "run make messages and translate these"
        assert sorted(map(str, known - found)) == [], "run make messages: these are gone"
