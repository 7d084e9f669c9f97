"""The address of the search page."""

import datetime

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Sort
from search.parameters import CHOSEN, Asked


def _asked(text: str) -> Asked:
    return Asked.from_parameters(QueryDict(text))


def test_an_address_is_read() -> None:
    asked = _asked("q=%E6%95%91%E5%8A%A9&kind=policy&year=2019&year=2020&sort=date&words=all&page=3")
    assert asked == Asked("救助", {"kind": ("policy",), "year": ("2019", "2020")}, Sort.DATE, complete=True, page=3)


def test_what_makes_no_sense_is_left_out() -> None:
    for nonsense in (
        "page=0",
        "page=-1",
        "page=x",
        "page=９",
        "page=99999999999999999999",
        "page=00000199999999999999999999",
        f"page=000001{'9' * 5_000}",
        "sort=up",
        "since=2020-02-30",
        "until=20200101",
        "words=some",
        "kind=",
        "colour=red",
    ):
        assert _asked(nonsense) == Asked()


def test_a_value_taken_away_leads_to_the_first_page() -> None:
    asked = _asked("q=a&year=2019&year=2020&page=3")
    assert asked.without("year", "2019") == Asked("a", {"year": ("2020",)})
    assert asked.without("year", "2019").without("year", "2020") == Asked("a")
    assert asked.unfiltered() == Asked("a")


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)


@given(
    text=texts,
    chosen=st.dictionaries(st.sampled_from(CHOSEN), st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple)),
    sort=st.sampled_from(Sort),
    complete=st.booleans(),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    page=st.integers(1, 500),
)
def test_every_question_has_an_address_that_says_it(
    text: str,
    chosen: dict[str, tuple[str, ...]],
    sort: Sort,
    complete: bool,
    since: datetime.date | None,
    until: datetime.date | None,
    page: int,
) -> None:
    asked = Asked(text.strip(), chosen, sort, complete, since, until, page)
    assert _asked(asked.address().removeprefix("?")) == asked
