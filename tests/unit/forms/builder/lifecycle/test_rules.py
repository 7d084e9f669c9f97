"""Where a form stands on a day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.lifecycle.rules import SETTABLE, Dates, Stage, stage_on

DAY = datetime.date(2026, 6, 15)
NEXT = DAY + datetime.timedelta(days=1)
BEFORE = DAY - datetime.timedelta(days=1)
ORDER = [Stage.UPCOMING, Stage.OPEN, Stage.CLOSING, Stage.CLOSED]

days = st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("chosen", "dates", "stage"),
    [
        (Stage.OPEN, Dates(), Stage.OPEN),
        (Stage.CLOSING, Dates(), Stage.CLOSING),
        (Stage.CLOSED, Dates(opens_on=BEFORE), Stage.CLOSED),
        (Stage.OPEN, Dates(opens_on=DAY), Stage.OPEN),
        (Stage.OPEN, Dates(opens_on=NEXT), Stage.UPCOMING),
        (Stage.OPEN, Dates(closing_on=DAY), Stage.CLOSING),
        (Stage.OPEN, Dates(closing_on=NEXT), Stage.OPEN),
        (Stage.OPEN, Dates(closing_on=BEFORE, closed_on=DAY), Stage.CLOSED),
        (Stage.CLOSING, Dates(opens_on=NEXT), Stage.CLOSING),
    ],
)
def test_what_was_chosen_and_the_days_together_say_where_a_form_stands(
    chosen: Stage, dates: Dates, stage: Stage
) -> None:
    assert stage_on(DAY, chosen=chosen, dates=dates) == stage


@given(st.sampled_from(SETTABLE), days, days, days)
def test_a_form_never_goes_back_as_days_pass(
    chosen: Stage, opens: datetime.date | None, closing: datetime.date | None, closed: datetime.date | None
) -> None:
    dates = Dates(opens, closing, closed)
    if dates.problems():
        return
    stages = [
        ORDER.index(stage_on(datetime.date(2026, 1, 1) + datetime.timedelta(days=n), chosen=chosen, dates=dates))
        for n in range(0, 366, 7)
    ]
    assert stages == sorted(stages)


def test_days_in_the_wrong_order_are_named_beside_the_later_one() -> None:
    assert set(Dates(opens_on=NEXT, closing_on=DAY).problems()) == {"closing_on"}
    assert set(Dates(opens_on=NEXT, closed_on=DAY).problems()) == {"closed_on"}
    assert Dates(BEFORE, DAY, NEXT).problems() == {}
