"""Fifty hands on one report at the same moment (`racing`): one outcome, and everybody is told what became of theirs."""

from typing import Any

import pytest

from tests.factories.collection import ANSWERS
from tests.integration.forms.submissions.racing.hands import HANDS
from tests.killing import copied_database, run_module

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Race = dict[str, Any]


@pytest.fixture(scope="module")
def races(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Race]:
    """What each race came to."""
    folder = tmp_path_factory.mktemp("races")
    with django_db_blocker.unblock(), copied_database(folder) as database:
        found: dict[str, Race] = run_module(
            "tests.integration.forms.submissions.racing", database=database, folder=folder / "data"
        )
    return found


def ended(words: dict[str, int], status: str) -> int:
    """How many were answered so."""
    return sum(count for said, count in words.items() if said.startswith(status))


def test_no_race_leaves_a_history_that_contradicts_itself(races: dict[str, Race]) -> None:
    assert len(races) == 7
    assert not [(name, fault) for name, race in races.items() for fault in race.get("faults", [])]


def test_one_page_sent_fifty_times_makes_one_version_and_everybody_is_told_that_it_is_sent(
    races: dict[str, Race],
) -> None:
    race = races["the same sending"]
    assert ended(race["told"], "302 success") == HANDS
    assert race["versions"] == [ANSWERS]
    assert race["events"] == {"created": 1, "submitted": 1}
    assert race["logged"] == {"submit": 1}


def test_of_fifty_people_who_send_one_does_and_the_others_keep_what_they_typed(races: dict[str, Race]) -> None:
    race = races["different sendings"]
    assert ended(race["told"], "302 success") == 1
    assert ended(race["told"], "409") == race["kept"] == HANDS - 1
    assert race["versions"] == [race["answers"]]
    assert race["events"] == {"created": 1, "submitted": 1}


def test_of_fifty_people_who_decide_one_does_and_the_others_are_told(races: dict[str, Race]) -> None:
    race = races["reviewing"]
    assert sum(race["events"].get(step, 0) for step in ("accepted", "returned")) == race["notices"] == 1
    assert ended(race["told"], "302 success") == 1
    assert sum(race["told"].values()) == ended(race["told"], "302")
    assert not (race["waived"] and race["state"] == "accepted")


def test_a_report_is_sent_or_waived_never_both(races: dict[str, Race]) -> None:
    race = races["sending and waiving"]
    assert race["waived"] != (race["state"] == "submitted")
    assert len(race.get("versions", [])) == (race["state"] == "submitted")


def test_fifty_people_at_fifty_questions_lose_nothing(races: dict[str, Race]) -> None:
    race = races["different questions"]
    keys = [f"q{number}" for number in range(HANDS)]
    assert race["told"] == sorted(keys)
    assert race["answers"] == {key: f"{key}的答" for key in keys}
    assert race["revision"] == HANDS


def test_of_fifty_people_at_one_question_one_is_kept_and_the_others_see_both_answers(races: dict[str, Race]) -> None:
    race = races["the same question"]
    assert race["saved"] == race["revision"] == 1
    assert race["both"] == [True] * (HANDS - 1)


def test_whoever_is_quickest_at_sending_returning_and_saving_nothing_is_doubled(races: dict[str, Race]) -> None:
    race = races["everything"]
    events = race["events"]
    assert len(race["versions"]) == events["submitted"] == race["logged"]["submit"] >= 2
    assert events["returned"] == race["logged"]["return"] >= 1
    assert race["notices"] == events["returned"] * race["people"]
    assert race["state"] == ("submitted" if events["submitted"] > events["returned"] else "returned")
    assert not ended(race["told"], "5")
