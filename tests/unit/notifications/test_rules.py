"""When to try again, and where a notification may lead."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notifications.rules import PAUSES, is_inside, pause_after


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, len(PAUSES) + 2)]
    assert pauses[-1] is None
    assert list(PAUSES) == sorted(PAUSES)
    assert sum(PAUSES, datetime.timedelta()) > datetime.timedelta(hours=8)  # a night without a mail server is survived


@pytest.mark.parametrize("address", ["/", "/reports/12/", "/reports/12/?version=2#answers"])
def test_a_path_is_inside(address: str) -> None:
    assert is_inside(address)


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example", "reports/", "/a\nb"])
def test_another_host_is_not(address: str) -> None:
    assert not is_inside(address)


@given(st.text())
def test_whatever_is_inside_is_a_path(text: str) -> None:
    assert not is_inside(text) or (text[0] == "/" and text[1:2] not in {"/", "\\"})
