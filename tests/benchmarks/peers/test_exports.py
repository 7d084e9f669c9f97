"""A file of a hundred thousand reports: from asking until it has arrived, beside stock Wagtail's download, in turns.

The portal's worker writes it; the browser asks how far it is as its page does, and then fetches it.
"""

import os
import re
import time
from statistics import median

import pytest

from tests.benchmarks.peers.client import Answer, Browser
from tests.benchmarks.peers.pages import hidden_fields
from tests.benchmarks.peers.servers import MANY, Portal, Wagtail, Worker, forget_most, memory

pytestmark = pytest.mark.slow
ROUNDS = int(os.environ.get("PORTAL_BENCH_ROUNDS", "3"))
ASKED_EVERY = 0.5
"""Seconds between two looks at how far it is, as in templates/exports/table.html."""
MOST_SECONDS, MOST_MEMORY = 2, 60
LONGEST = 600


def fetched(browser: Browser, requirement: int, kind: str) -> tuple[float, list[Answer]]:
    """Seconds from the click until the file is here, and every answer on the way; the last one is the file."""
    page = browser.get(f"/exports/new/{requirement}/")
    fields = {**hidden_fields(page.text), "format": kind, "content": "accepted", "values": "labels"}
    begun = time.perf_counter()
    answers = [page, browser.post(f"/exports/new/{requirement}/", fields)]
    assert answers[-1].status == 302, answers[-1].text[:2000]
    row = re.compile(rf'id="get-{fields["key"]}" href="([^"]+)"')
    while time.perf_counter() - begun < LONGEST:
        answers.append(browser.ask("GET", "/exports/", headers={"HX-Request": "true"}))
        if found := row.search(answers[-1].text):
            answers.append(browser.get(found[1]))
            return time.perf_counter() - begun, answers
        time.sleep(ASKED_EVERY)
    pytest.fail(f"No file after {LONGEST} seconds: {answers[-1].text[:2000]}")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_all_takes_half_the_time_and_little_memory(full: tuple[Wagtail, Portal], kind: str) -> None:
    wagtail, portal = full
    ratios, more, slowest = [], [], []
    with wagtail, portal, Worker(portal) as worker:
        theirs = Browser(wagtail.port)
        wagtail.sign_in(theirs)
        theirs.get(wagtail.listing)
        ours = Browser(portal.port, {"sessionid": portal.made["coordinator"]})
        fetched(ours, portal.made["open"], kind)  # nothing in it: the worker has begun and knows its way
        for _ in range(ROUNDS):
            forget_most(wagtail.workers())
            theirs_idle = wagtail.memory()["now"]
            their = theirs.get(f"{wagtail.listing}?export={kind}")
            assert their.status == 200
            forget_most([worker.number])
            idle = memory([worker.number])["now"]
            seconds, answers = fetched(ours, portal.made["requirement"], kind)
            assert {one.status for one in answers} <= {200, 302}
            if kind == "csv":
                assert answers[-1].text.count("\n") == MANY + 1
            ratios.append(seconds / their.seconds)
            more.append(memory([worker.number])["most"] - idle)
            slowest.append(max(one.seconds for one in answers))
            print(
                f"\n{kind}: wagtail {their.seconds:.1f} s, +{wagtail.memory()['most'] - theirs_idle:.0f} MiB; "
                f"portal {seconds:.1f} s, +{more[-1]:.0f} MiB over {idle:.0f}, longest request {slowest[-1]:.2f} s"
            )
    assert median(ratios) <= 0.5
    assert max(more) <= MOST_MEMORY
    assert max(slowest) <= MOST_SECONDS
