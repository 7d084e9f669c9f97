"""Lists are called what they are: statements of a matrix are no choices."""

import json

from django.utils.translation import override

from forms.builder.fields import FIELD_TYPES


def heading(name: str) -> str:
    """What the grid writes over the lines of a matrix's list."""
    widget = FIELD_TYPES["matrix"].block().child_blocks[name].field.widget
    with override("zh-hans"):
        words = json.loads(widget.build_attrs({})["data-choices-grid-words-value"])
    return str(words["label"])


def test_the_statements_of_a_matrix_stand_under_their_own_heading() -> None:
    assert (heading("statements"), heading("choices")) == ("陈述", "选项")
