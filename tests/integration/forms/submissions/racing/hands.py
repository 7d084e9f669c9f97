"""Hands: signed-in browsers that all do something at once."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.contrib.messages import get_messages
from django.db import connections
from django.test import Client

from forms.submissions.models import Submission
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from tests.integration.forms.submissions.soundness import faults_of

HANDS = 50


def browser(user: User) -> Client:
    """A signed-in browser."""
    client = Client()
    client.force_login(user)
    return client


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each came to; all begin together."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait(timeout=120)
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as hands:
        return list(hands.map(run, calls))


def said(response: Any) -> str:
    """Status, and how the next page begins."""
    return " ".join([str(response.status_code), *(one.level_tag for one in get_messages(response.wsgi_request))])


def outcome(number: int) -> dict[str, Any]:
    """What is there of the report in the end."""
    report = Submission.objects.select_related("expected").filter(pk=number).first()
    if report is None:
        return {"state": None}
    audited = AuditEvent.objects.filter(target_type="submissions.submission", target_id=str(number))
    return {
        "state": report.state,
        "answers": report.answers,
        "revision": report.revision,
        "waived": report.expected.is_waived,
        "versions": [one.answers for one in report.versions.order_by("number")],
        "events": Counter(report.events.order_by().values_list("step", flat=True)),
        "logged": Counter(audited.values_list("action", flat=True)),
        "faults": faults_of(number),
    }
