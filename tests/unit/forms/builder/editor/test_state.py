"""Questions that nobody opened come back as they were."""

import json
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from forms.builder.blocks import FormFieldsBlock
from forms.builder.editor.state import value_of_state
from forms.builder.fields import FIELD_TYPES
from forms.builder.streams import schema_of_stream, stream_of_schema
from tests.factories.builder import CHOICES, every_type, form_of, question, table_of

FULL = form_of(
    question("text", "k1", "检查", required=True, help_text="写全称", options={"sensitive": True}),
    question("choice", "k2", "等级", options={**CHOICES}),
    question("yes_no", "k3", "是否发现问题", logic={"show": {"===": [{"var": "answers.k2"}, "c1"]}}),
    table_of(question("choice", "c1", "类别", options={**CHOICES}), question("date", "c2", "期限"), min_rows=1),
)


def sent_unopened(stream: list[dict[str, Any]]) -> MultiValueDict[str, str]:
    """What the editor's browser sends when no question was opened."""
    block = FormFieldsBlock()
    data = {"form_fields-count": str(len(stream))}
    for number, (one, state) in enumerate(zip(stream, block.get_form_state(block.to_python(stream)), strict=True)):
        at = f"form_fields-{number}"
        data |= {f"{at}-type": one["type"], f"{at}-id": one["id"], f"{at}-order": str(number), f"{at}-deleted": ""}
        data[f"{at}-value"] = json.dumps(state["value"], ensure_ascii=False)
    return MultiValueDict({name: [value] for name, value in data.items()})


@pytest.mark.parametrize("form", [every_type(), FULL], ids=["every type", "with settings"])
def test_what_nobody_opened_is_saved_as_it_was(form: Any) -> None:
    sent = sent_unopened(stream_of_schema(form))
    read = FormFieldsBlock().value_from_datadict(sent, MultiValueDict(), "form_fields")
    cleaned = FormFieldsBlock().clean(read)
    assert schema_of_stream(cleaned.get_prep_value(), title=form.title) == form


@pytest.mark.parametrize("state", ["{", "[]", "7", '"text"', ""])
def test_what_is_no_state_is_read_from_the_inputs(state: str) -> None:
    block = FIELD_TYPES["text"].block()
    data = MultiValueDict({"q": [state], "q-label": ["检查"]})
    assert block.value_from_datadict(data, MultiValueDict(), "q")["label"] == "检查"


@pytest.mark.parametrize("state", [None, 7, [], {"columns": 7}, {"columns": [7, {"type": "none"}]}, {"label": None}])
def test_a_forged_state_does_no_harm(state: Any) -> None:
    assert value_of_state(FIELD_TYPES["table"].block(), state)["columns"] is not None
