"""How well plans are read, measured with the project's scorer. Set PORTAL_SHARED to the folder above plan/.

Not part of the normal suite: the plans and their gold ledgers do not belong to the repository.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from portal.programmes.plan_import import propose, read_document

PLANS = [
    pytest.param("sanya-2020.txt", 0.97, id="sanya"),
    pytest.param("examples/fire-safety.txt", 0.90, id="fire-safety"),
    pytest.param("examples/food-safety.docx", 0.90, id="food-safety"),
]


@pytest.fixture
def plans() -> Path:
    """Return the folder of plans."""
    folder = os.environ.get("PORTAL_SHARED")
    if not folder:
        pytest.fail("Set PORTAL_SHARED to the folder that holds plan/ with the plans and score.py.")
    return Path(folder) / "plan"


def _scorer(plans: Path) -> Any:
    spec = importlib.util.spec_from_file_location("plan_scorer", plans / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "wanted"), PLANS)
def test_a_plan_is_read_well_enough_and_fast(plans: Path, name: str, wanted: float) -> None:
    path = plans / name
    scorer = _scorer(plans)
    start = time.perf_counter()
    predicted = propose(read_document(path)).as_json()
    seconds = time.perf_counter() - start
    gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text(encoding="utf-8-sig"))
    counts, accuracy, title_ok = scorer.score_doc(predicted, gold)
    report = scorer.report(counts, accuracy)
    assert report["mean_f1"] >= wanted, report
    assert title_ok
    assert seconds < 2


def test_two_megabytes_are_read_within_half_a_minute(plans: Path) -> None:
    text = (plans / "sanya-2020.txt").read_text(encoding="utf-8")
    large = (text * (700_000 // len(text) + 1)).encode()[: 2 * 1024 * 1024]
    start = time.perf_counter()
    propose(read_document(io.BytesIO(large.decode("utf-8", "ignore").encode()), "large.txt"))
    assert time.perf_counter() - start < 30
