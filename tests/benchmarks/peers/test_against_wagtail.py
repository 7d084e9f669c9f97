"""The portal beside stock Wagtail with its own forms: the same form of fifteen questions, in turns, on one PostgreSQL.

``PORTAL_PEERS`` names the folder with ``peer_wagtail.sh``, ``PORTAL_PEER_WORK`` the folder that it has prepared (its
environment, its project and its database). Both are served by gunicorn with two workers; the peer keeps its database
connections as the portal does. What counts is the ratio of the two, the median of the rounds.
"""

import os
import random
from collections.abc import Callable
from statistics import median

import pytest

from tests.benchmarks.peers.client import Browser, Load, load
from tests.benchmarks.peers.pages import portal_sender, wagtail_sender
from tests.benchmarks.peers.servers import WORK, Portal, Server, Wagtail

Act = Callable[[], bool]
CLIENTS = 8
ROUNDS = int(os.environ.get("PORTAL_BENCH_ROUNDS", "3"))
POSTS = int(os.environ.get("PORTAL_BENCH_POSTS", "100"))
"""Of each client, in each round."""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def both(database_port: int, tmp_path_factory: pytest.TempPathFactory) -> tuple[Wagtail, Portal]:
    """Both, ready to be started."""
    portal = Portal(tmp_path_factory.mktemp("portal"), database_port)
    portal.prepare()
    portal.seed(POSTS * (ROUNDS + 1) + 20, 0)
    wagtail = Wagtail(WORK, database_port)
    wagtail.seed(0)
    return wagtail, portal


def measure(both: tuple[Wagtail, Portal], people: Callable[[Server], list[Act]], each: int) -> list[tuple[Load, Load]]:
    """In turns; the first round warms both up."""
    rounds = []
    with both[0], both[1]:
        acting = [people(server) for server in both]
        for number in range(ROUNDS + 1):
            pair = tuple(load(acts, each if number else 10) for acts in acting)
            rounds.append((pair[0], pair[1]))
    for pair in rounds[1:]:
        print(f"\nwagtail {pair[0]}\nportal  {pair[1]}")
    return rounds[1:]


def ratio(rounds: list[tuple[Load, Load]]) -> float:
    """How many times as many a second the portal does."""
    found = median(portal.rate / wagtail.rate for wagtail, portal in rounds)
    print(f"\n{found:.2f} times as many a second")
    return found


def test_reports_are_taken_as_fast_as_stock_wagtail_takes_submissions(both: tuple[Wagtail, Portal]) -> None:
    def people(server: Server) -> list[Act]:
        if isinstance(server, Portal):
            reporters = enumerate(server.made["reporters"])
            return [portal_sender(server.port, who, random.Random(number)) for number, who in reporters]
        return [wagtail_sender(server.port, random.Random(number)) for number in range(CLIENTS)]

    rounds = measure(both, people, POSTS)
    assert all(one.failed == 0 for pair in rounds for one in pair)
    assert ratio(rounds) >= 1.0


def test_the_form_is_shown_as_fast_as_stock_wagtail_shows_it(both: tuple[Wagtail, Portal]) -> None:
    def reader(server: Server, number: int) -> Act:
        browser, address = Browser(server.port), "/inspection/"
        if isinstance(server, Portal):
            who = server.made["reporters"][number]
            browser.cookies["sessionid"], address = who["session"], f"/reports/{who['reports'][-1]}/fill/"
        return lambda: browser.get(address).status == 200

    def people(server: Server) -> list[Act]:
        return [reader(server, number) for number in range(CLIENTS)]

    rounds = measure(both, people, POSTS)
    assert all(one.failed == 0 for pair in rounds for one in pair)
    assert ratio(rounds) >= 1.0
