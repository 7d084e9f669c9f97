"""What is drawn once looks as if it had been drawn anew; what people type is never kept."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils import translation
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from portal.ops.inputs import MOST, NotPlainError, RememberingRenderer, plain

LABELS = st.text(max_size=12)
WIDGETS = st.sampled_from(
    [forms.TextInput, forms.Textarea, forms.NumberInput, forms.CheckboxInput, forms.Select, forms.RadioSelect]
)


def drawn(renderer: Any, widget: forms.Widget, value: object = None, **attrs: object) -> str:
    return str(widget.render("question", value, attrs=dict(attrs), renderer=renderer))


@given(
    kind=WIDGETS,
    labels=st.lists(LABELS, max_size=4),
    attrs=st.dictionaries(st.sampled_from(["id", "class", "rows", "required"]), LABELS | st.booleans() | st.integers()),
    value=st.none() | st.just("") | st.integers(0, 3).map(str),
)
def test_every_input_looks_as_django_draws_it(
    kind: type[forms.Widget], labels: list[str], attrs: dict[str, object], value: str | None
) -> None:
    widget = kind()
    if isinstance(widget, forms.Select | forms.RadioSelect):
        widget.choices = list(enumerate(labels))
    renderer = RememberingRenderer()
    usual = drawn(TemplatesSetting(), widget, value, **attrs)
    assert drawn(renderer, widget, value, **attrs) == usual
    assert drawn(renderer, widget, value, **attrs) == usual


@pytest.mark.parametrize(("one", "other"), [(1, True), ("<b>", mark_safe("<b>")), ("1", 1), (0, False)])
def test_what_is_equal_but_drawn_differently_is_told_apart(one: object, other: object) -> None:
    renderer = RememberingRenderer()
    for value in (one, other):
        attrs = {"data-x": value}
        assert drawn(renderer, forms.TextInput(), **attrs) == drawn(TemplatesSetting(), forms.TextInput(), **attrs)


def test_what_somebody_typed_is_not_kept() -> None:
    renderer = RememberingRenderer()
    assert "张三" in drawn(renderer, forms.TextInput(), "张三")
    assert renderer.drawings.known == {}


def test_languages_do_not_mix() -> None:
    renderer = RememberingRenderer()
    widget = forms.NullBooleanSelect()
    with translation.override("zh-hans"):
        chinese = drawn(renderer, widget)
    with translation.override("en"):
        assert drawn(renderer, widget) != chinese


def test_no_more_is_kept_than_fits() -> None:
    renderer = RememberingRenderer()
    for number in range(MOST + 1):
        drawn(renderer, forms.TextInput(), id=f"i{number}")
    assert len(renderer.drawings.known) == 1


def test_rows_and_files_have_no_key() -> None:
    with pytest.raises(NotPlainError):
        plain({"choices": [object()]})
