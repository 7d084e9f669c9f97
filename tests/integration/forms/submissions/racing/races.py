"""The races. Each gives what its hands were told, and what was there in the end."""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client
from django.urls import reverse

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.submissions.drafts.parts import bases_of
from forms.submissions.models import Submission, SubmissionVersion
from portal.notifications.models import Notification
from portal.units.enums import Role
from tests.factories.builder import question
from tests.factories.collection import ANSWERS, SCHEMA
from tests.factories.submissions import Sides, asked_for, report_in, sides
from tests.factories.units import person
from tests.integration.forms.submissions.racing.hands import HANDS, at_once, browser, outcome, said

ONE = FormSchema("一问", fields=(question("text", "q", "问题"),))
MANY = FormSchema("长表", fields=tuple(question("text", f"q{n}", f"问题{n}") for n in range(HANDS)))
ENOUGH, MOST_TURNS = 3, 40
"""Versions after which everybody stops, and how often somebody tries at most."""


def reporters(found: Sides, number: int = HANDS) -> list[Client]:
    """So many people who report for the unit."""
    with transaction.atomic():
        return [browser(person(Role.REPORTER, found.expected.unit)) for _ in range(number)]


def reviewers(found: Sides, number: int = HANDS) -> list[Client]:
    """So many people who collect."""
    owner = found.expected.period.requirement.owner
    with transaction.atomic():
        return [browser(person(Role.COORDINATOR, owner)) for _ in range(number)]


def where(name: str, found: Sides) -> str:
    """An address of the report."""
    return reverse(f"submissions:{name}", args=[found.expected.pk])


def sending(found: Sides, key: UUID, revision: int = 0, **typed: Any) -> dict[str, Any]:
    """What the fill-in page posts that was opened before anybody had begun."""
    tables = {"problems.-TOTAL_FORMS": "0", "problems.-INITIAL_FORMS": "0"}
    carried = {".base": json.dumps(bases_of(SCHEMA, {})), ".form": SCHEMA.digest()}
    return {"action": "submit", "revision": revision, "key": key, **tables, **carried, **ANSWERS, **typed}


def the_same_sending() -> dict[str, Any]:
    """One page, sent fifty times."""
    found = sides()
    client, data = browser(found.reporter), sending(found, uuid4())
    told = at_once([lambda: said(client.post(where("fill", found), data))] * HANDS)
    return {"told": Counter(told), **outcome(found.expected.pk)}


def different_sendings() -> dict[str, Any]:
    """Fifty people send the same report, each with another number."""
    found = sides()

    def post(client: Client, number: int) -> tuple[str, bool]:
        response = client.post(where("fill", found), sending(found, uuid4(), people=number))
        return said(response), f'value="{number}"' in response.content.decode()

    told = at_once([partial(post, one, number) for number, one in enumerate(reporters(found), start=1000)])
    refused = [kept for words, kept in told if words.startswith("409")]
    return {"told": Counter(words for words, _kept in told), "kept": sum(refused), **outcome(found.expected.pk)}


def reviewing() -> dict[str, Any]:
    """Fifty people accept, return or waive the same report."""
    found = report_in(ReportState.SUBMITTED)
    steps: list[tuple[str, dict[str, Any]]] = [
        (where("accept", found), {"version": 1}),
        (where("return", found), {"version": 1, "mark.people": "请核对。"}),
        (reverse("collection:waive", args=[found.expected.pk]), {"waive_reason": "已撤并。"}),
    ]
    told = at_once(
        [partial(_post, one, *what) for one, what in zip(reviewers(found), itertools.cycle(steps), strict=False)]
    )
    decided = Counter(words for number, words in enumerate(told) if number % len(steps) < 2)
    return {"told": decided, "notices": _told(found), **outcome(found.expected.pk)}


def sending_and_waiving() -> dict[str, Any]:
    """Half send, half free the unit from the report."""
    found = sides()
    waived = reverse("collection:waive", args=[found.expected.pk])
    half = HANDS // 2
    data = [(where("fill", found), sending(found, uuid4())), (waived, {"waive_reason": "已撤并。"})]
    hands = itertools.chain(*zip(reporters(found, half), reviewers(found, half), strict=True))
    at_once([partial(_post, one, *what) for one, what in zip(hands, itertools.cycle(data), strict=False)])
    found.expected.refresh_from_db()
    return {**outcome(found.expected.pk), "waived": found.expected.is_waived}


def different_questions() -> dict[str, Any]:
    """Fifty people in one draft, each at a question of their own."""
    found = asked_for(MANY)
    blank = bases_of(MANY, {})

    def keep(client: Client, key: str) -> str:
        data = {".base": json.dumps({key: blank[key]}), key: f"{key}的答"}
        return " ".join(client.post(where("autosave", found), data).json()["saved"])

    told = at_once([partial(keep, one, f"q{n}") for n, one in enumerate(reporters(found))])
    return {"told": sorted(told), **outcome(found.expected.pk)}


def the_same_question() -> dict[str, Any]:
    """Fifty people at one question."""
    found = asked_for(ONE)
    blank = bases_of(ONE, {})

    def keep(client: Client, typed: str) -> tuple[str, Any]:
        return typed, client.post(where("autosave", found), {".base": json.dumps(blank), "q": typed}).json()

    told = at_once([partial(keep, one, f"第{n}人的答") for n, one in enumerate(reporters(found))])
    stored = found.report.answers["q"]
    both = [
        stored in answer["conflicts"][0]["html"] and typed in answer["conflicts"][0]["html"]
        for typed, answer in told
        if answer["conflicts"]
    ]
    return {"saved": sum(bool(answer["saved"]) for _typed, answer in told), "both": both, **outcome(found.expected.pk)}


def everything() -> dict[str, Any]:
    """Sending, returning and saving by itself, again and again, by whoever is quickest."""
    found = report_in(ReportState.SUBMITTED)
    number = found.expected.pk

    def going() -> Iterator[int]:
        for turn in range(MOST_TURNS):
            if SubmissionVersion.objects.filter(submission=number).count() >= ENOUGH:
                return
            yield turn

    def send(client: Client, hand: int) -> list[str]:
        told = []
        for _ in going():
            report = Submission.objects.get(pk=number)
            carried = {".base": json.dumps(bases_of(SCHEMA, report.answers))}
            data = sending(found, uuid4(), report.revision, people=hand, **carried)
            told.append(said(client.post(where("fill", found), data)))
        return told

    def send_back(client: Client, hand: int) -> list[str]:
        told = []
        for _ in going():
            newest = SubmissionVersion.objects.filter(submission=number).values_list("number", flat=True).first()
            told.append(said(client.post(where("return", found), {"version": newest or 1, "reason": f"第{hand}人"})))
        return told

    def keep(client: Client, hand: int) -> list[str]:
        told = []
        for turn in going():
            report = Submission.objects.get(pk=number)
            data = {".base": json.dumps(bases_of(SCHEMA, report.answers, ["summary"])), "summary": f"{hand}-{turn}"}
            told.append(said(client.post(where("autosave", found), data)))
        return told

    people = reporters(found, 20)
    calls = [partial(send, one, n) for n, one in enumerate(people[:10])]
    calls += [partial(send_back, one, n) for n, one in enumerate(reviewers(found, 5))]
    calls += [partial(keep, one, n) for n, one in enumerate(people[10:])]
    told = Counter(words for each in at_once(calls) for words in each)
    return {"told": told, "notices": _told(found), "people": len(people) + 1, **outcome(number)}


def _post(client: Client, address: str, data: dict[str, Any]) -> str:
    return said(client.post(address, data))


def _told(found: Sides) -> int:
    """How many notices about the report people have."""
    return Notification.objects.filter(key__startswith=f"report:{found.expected.pk}:").count()


RACES: dict[str, Callable[[], dict[str, Any]]] = {
    "the same sending": the_same_sending,
    "different sendings": different_sendings,
    "reviewing": reviewing,
    "sending and waiving": sending_and_waiving,
    "different questions": different_questions,
    "the same question": the_same_question,
    "everything": everything,
}
