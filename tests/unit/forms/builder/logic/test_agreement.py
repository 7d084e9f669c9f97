"""Whatever an editor builds means the same in Python and in JavaScript."""

import json
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms.builder.logic.expressions import evaluate
from tests.services.node import run_script
from tests.unit.forms.builder.logic.expressions import data, rules
from tests.unit.forms.builder.logic.test_vectors import VECTORS, as_json


def on_the_server(rule: Any, known: Any) -> str:
    """The value as JSON."""
    return as_json({"result": evaluate(rule, known)})


@settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(st.lists(st.tuples(rules, data), min_size=20, max_size=60))
def test_random_expressions_have_the_same_value_in_both_runtimes(pairs: list[tuple[Any, Any]]) -> None:
    """Sixty at a time, since starting Node.js takes longer than evaluating; each that differs is named."""
    vectors = [{"rule": rule, "data": known} for rule, known in pairs]
    in_the_browser = run_script(VECTORS / "run.js", {"values": vectors})["values"]
    differing = [
        f"{json.dumps(vector, ensure_ascii=False)}\n  server: {expected}\n  browser: {found}"
        for vector, found in zip(vectors, in_the_browser, strict=True)
        if (expected := on_the_server(vector["rule"], vector["data"])) != as_json(found)
    ]
    assert not differing, "\n".join(differing)
