"""Requests and the worker killed (SIGKILL) before every step, then done once more: nothing is lost, nothing twice.

The processes run on a copy of the test's database (`killing`). Each scenario is killed at as many points as it takes
steps, and once at its end, when only the answer is missing.
"""

from typing import Any

import pytest
from django.db import connection

from tests.factories.collection import ANSWERS
from tests.integration.forms.submissions.killing.requests import DRAFT, REQUESTS
from tests.killing import copied_database, run_module

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

End = dict[str, Any]
FILE = [["巡查.txt", True]]


def end(state: str, *events: str, **other: Any) -> End:
    """What is there in the end: of what is not said there is nothing."""
    blank: End = {"answers": ANSWERS, "nil": "", "versions": [], "logged": {}, "told": {}, "mails": {}, "unsure": 0}
    blank |= {"hooks": [], "found": [0, 0], "examined": 0, "files": [], "uploads": [0, 0]}
    return blank | {"state": state, "events": ["created", *events], **other}


def heard(*events: str) -> list[list[Any]]:
    """Messages of the web hook, each sent and received once."""
    return [[f"report.{event}", "sent", 1] for event in events]


def told(*steps: str, people: tuple[str, ...] = ("reporter",)) -> dict[str, Any]:
    """People of the unit are told, of each step once in the inbox and by one mail."""
    inbox = {f"{name} report_{step}": 1 for name in people for step in steps}
    return {"told": inbox, "mails": {name: len(steps) for name in people}}


ONCE: dict[str, Any] = {"versions": [[1, 0, 0]], "logged": {"submit": 1}, "hooks": heard("submitted"), "examined": 1}
WITH_FILE = {"versions": [[1, 1, 1]], "files": FILE}
ASKED = {"told": {"reviewer report_handed_in": 1}, "mails": {"reviewer": 1}}
ACCEPTED: dict[str, Any] = {
    **ONCE,
    **told("accepted"),
    "logged": {"submit": 1, "accept": 1},
    "hooks": heard("submitted", "accepted"),
    "found": [1, 0],
}
ENDS: dict[str, End] = {
    "send": end("submitted", "submitted", **ONCE | WITH_FILE, revision=1),
    "upload": end("submitted", "submitted", **ONCE | WITH_FILE, revision=1),
    "save": end("draft", revision=1),
    "nothing to report": end(
        "submitted", "submitted", **ONCE | {"examined": 0}, answers=DRAFT, nil="本期无事项。", revision=2
    ),
    "hand in": end("sign_off", "asked", **ASKED, revision=2),
    "sign off": end("submitted", "asked", "submitted", **ONCE, **ASKED, revision=2),
    "send again": end(
        "submitted",
        *("submitted", "returned", "submitted"),
        answers=ANSWERS | {"people": 13},
        versions=[[1, 1, 1], [2, 1, 1]],
        logged={"submit": 2, "return": 1},
        hooks=heard("submitted", "returned", "submitted"),
        examined=2,
        files=FILE,
        **told("returned"),
        revision=3,
    ),
    "withdraw": end(
        "returned",
        *("submitted", "withdrawn"),
        **ONCE | {"logged": {"submit": 1, "change report.withdrawn": 1}, "hooks": heard("submitted", "withdrawn")},
        revision=2,
    ),
    "accept": end(
        "accepted",
        *("submitted", "accepted"),
        **ACCEPTED | told("accepted", people=("reporter", "colleague")) | WITH_FILE | {"found": [1, 1]},
        revision=2,
    ),
    "return": end(
        "returned",
        *("submitted", "returned"),
        **ONCE | told("returned") | {"logged": {"submit": 1, "return": 1}, "hooks": heard("submitted", "returned")},
        revision=2,
    ),
    "reopen": end(
        "returned",
        *("submitted", "accepted", "reopened"),
        **ACCEPTED
        | told("accepted", "reopened")
        | {"hooks": heard("submitted", "accepted", "reopened"), "found": [0, 0]},
        revision=3,
    ),
    "looking through": end("accepted", "submitted", "accepted", **ACCEPTED, revision=2),
    "reading files": end("accepted", "submitted", "accepted", **ACCEPTED | WITH_FILE | {"found": [1, 1]}, revision=2),
    "index": end("accepted", "submitted", "accepted", **ACCEPTED, revision=2),
}
COUNTED = {"save": "200", "upload": "200"}
"""What browsers are answered, where that is not the next page with word of success."""


ALIKE = {"looking through", "reading files", "nothing to report", "withdraw", "reopen"}
"""Left out on PostgreSQL: each does with its database what another scenario does too."""
PLAYED = [name for name in [*ENDS, "mail", "web hook"] if connection.vendor == "sqlite" or name not in ALIKE]


@pytest.fixture(scope="module")
def killed(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every scenario came to."""
    folder = tmp_path_factory.mktemp("killed")
    module = "tests.integration.forms.submissions.killing"
    with django_db_blocker.unblock(), copied_database(folder) as database:
        found: dict[str, Any] = run_module(module, str(folder), *PLAYED, database=database, folder=folder / "data")
    return found


@pytest.mark.parametrize("name", PLAYED)
def test_every_step_was_the_last_of_a_process_and_no_history_was_ever_broken(killed: dict[str, Any], name: str) -> None:
    found = killed[name]
    assert found["killed"] == found["steps"] > 5
    assert found["faults"] == found["unfinished"] == {}
    assert found["loose"] == 0


@pytest.mark.parametrize("name", [name for name in PLAYED if name in ENDS])
def test_whatever_step_was_the_last_in_the_end_everything_is_there_once(killed: dict[str, Any], name: str) -> None:
    found = killed[name]
    assert found["ends"] == [[ENDS[name], found["steps"] + 1]]


@pytest.mark.parametrize("name", [name for name in PLAYED if name in REQUESTS])
def test_whoever_does_it_once_more_is_told_that_it_is_done(killed: dict[str, Any], name: str) -> None:
    assert killed[name]["said"] == {COUNTED.get(name, "302 success"): killed[name]["steps"] + 1}


def test_no_mail_is_sent_twice_and_of_one_that_may_have_been_lost_that_is_said(killed: dict[str, Any]) -> None:
    usual = end("accepted", "submitted", "accepted", **ACCEPTED, revision=2)
    for found, _count in killed["mail"]["ends"]:
        mails = found["mails"]
        assert mails == usual["mails"] or (found["unsure"] == 1 and not mails)
        assert found | {"mails": mails, "unsure": 0} == usual | {"mails": mails}
    assert sum(count for found, count in killed["mail"]["ends"] if found["unsure"]) <= 3  # while it was being sent


def test_a_web_hook_comes_once_more_under_the_same_number_rather_than_not_at_all(killed: dict[str, Any]) -> None:
    usual = end("accepted", "submitted", "accepted", **ACCEPTED, revision=2)
    for found, _count in killed["web hook"]["ends"]:
        (*_first, times), (*_second, again) = found["hooks"]
        assert times == 1
        assert again in (1, 2)
        assert found | {"hooks": usual["hooks"]} == usual
    assert killed["web hook"]["said"] == {"": killed["web hook"]["steps"] + 1}
