"""The list of a hundred thousand reports beside stock Wagtail's list of as many submissions, in turns."""

import os
from statistics import median

import pytest

from tests.benchmarks.peers.client import Browser
from tests.benchmarks.peers.servers import MANY, Portal, Wagtail

pytestmark = pytest.mark.slow
TIMES = int(os.environ.get("PORTAL_BENCH_TIMES", "15"))
WARM = 4
"""Both workers of each have answered by then."""
LIST = "/reports/review/?state=all"
MOST_SECONDS = 2


def test_the_first_and_the_last_page_take_little_of_the_time(full: tuple[Wagtail, Portal]) -> None:
    wagtail, portal = full
    with wagtail, portal:
        theirs = Browser(wagtail.port)
        wagtail.sign_in(theirs)
        ours = Browser(portal.port, {"sessionid": portal.made["coordinator"]})
        last = -(-MANY // 20)
        pairs = {
            "first": (wagtail.listing, LIST),
            "last": (f"{wagtail.listing}?p={last}", f"{LIST}&end=1"),
            "by its number": (f"{wagtail.listing}?p={last}", f"{LIST}&page={last}"),
        }
        ratios = {}
        for name, (their, our) in pairs.items():
            times = []
            for _ in range(TIMES + WARM):
                answers = theirs.get(their), ours.get(our)
                assert [one.status for one in answers] == [200, 200]
                times.append([one.seconds for one in answers])
            spent = [median(one) for one in zip(*times[WARM:], strict=True)]
            ratios[name] = median(ours / theirs for theirs, ours in times[WARM:])
            print(f"\n{name}: wagtail {spent[0] * 1000:.0f} ms, portal {spent[1] * 1000:.0f} ms, {ratios[name]:.2f}")
            assert spent[1] <= MOST_SECONDS
    assert ratios["first"] <= 0.4
    assert ratios["last"] <= 0.4
