"""The list of regions is looked at before the portal starts."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from forms.builder import checks
from forms.builder.regions import all_regions

WHOLE = all_regions().names


def faults(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[tuple[str | None, str]]:
    """Ids and messages about forms when the list lies there."""
    monkeypatch.setattr(checks, "PATH", path)
    return [(one.id, one.msg) for one in run_checks() if str(one.id).startswith("forms.")]


def test_the_list_as_it_is_made_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, checks.PATH) == []


def test_without_the_list_the_portal_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    [(code, message)] = faults(monkeypatch, tmp_path / "regions.json")
    assert code == "forms.E001"
    assert "regions.json" in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "JSON"),
        (json.dumps(WHOLE)[:5000], "JSON"),
        ("[]", "name"),
        (json.dumps({**WHOLE, "46020": "三亚市"}), "name"),
        (json.dumps({**WHOLE, "460200": ""}), "name"),
        (json.dumps({code: name for code, name in WHOLE.items() if not code.startswith("46")}), "33"),
    ],
    ids=["empty", "cut off", "a list", "a number too short", "no name", "a province less"],
)
def test_a_broken_list_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: Any, said: str) -> None:
    path = tmp_path / "regions.json"
    path.write_text(content, encoding="utf-8")
    [(code, message)] = faults(monkeypatch, path)
    assert code == "forms.E001"
    assert said in message
