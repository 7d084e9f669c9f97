"""A menu drawn in one go says what Django's own says."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.utils.safestring import mark_safe

from portal.selects import FlatSelect

CHOICES = [
    ("", "全部"),
    (7, "市民政局"),
    ('"><script>', "<b>甲 & 乙</b>"),
    ("组", [("a", "甲"), ("b", mark_safe("<i>乙</i>"))]),
]


class Heard(HTMLParser):
    """Tags with their attributes, and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[object] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.said.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.said += [data.strip()] if data.strip() else []


class Marked(FlatSelect):
    """Options that say more."""

    def create_option(self, *args: object, **kwargs: object) -> dict[str, object]:
        option: dict[str, object] = super().create_option(*args, **kwargs)  # type: ignore[arg-type]
        return option | {"attrs": {**option["attrs"], "data-unit": "是 & 否"}}  # type: ignore[dict-item]


@pytest.mark.parametrize("value", ["", 7, "7", '"><script>', "b", "nothing of these"])
@pytest.mark.parametrize("flat", [FlatSelect, Marked])
def test_the_menu_is_the_one_that_django_draws(value: object, flat: type[FlatSelect]) -> None:
    class Theirs(flat):  # type: ignore[misc, valid-type]
        render = forms.Select.render

    def drawn(widget: type[forms.Select]) -> list[object]:
        return Heard(widget(attrs={"id": "it"}, choices=CHOICES).render("unit", value)).said

    assert drawn(flat) == drawn(Theirs)
