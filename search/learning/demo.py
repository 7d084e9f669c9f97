"""Some weeks of invented questions and what was opened after them, for the demonstration."""

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from home.policies.models import PolicyPage
from portal.accounts.models import User
from search.documents import object_id
from search.kinds import POLICY
from search.learning.models import AskedQuestion, Click
from search.learning.rules import key_of

QUESTIONS = Path(__file__).parent / "data" / "demo_questions.json"
WEEKS = 5
ASKERS = 4


@transaction.atomic
def load_searches(people: Mapping[str, User]) -> None:
    """Questions of the last weeks; nothing where there are any."""
    if AskedQuestion.objects.exists():
        return
    opened = [object_id(POLICY, pk) for pk in PolicyPage.objects.live().order_by("pk").values_list("pk", flat=True)[:9]]
    asked = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    for row in asked:
        for place, at in enumerate(_instants(row["a_week"])):
            places = row["opened"][place % 3 : place % 3 + 1]
            question = AskedQuestion.objects.create(
                text=row["text"],
                key=key_of(row["text"]),
                total=row["total"],
                engine="embedded",
                is_signed_in=not row.get("is_public", False),
                asker=f"demo-{place % ASKERS}-{at:%Y%m%d}",
                asked_at=at,
                clicks=len(places),
                positions=sum(places),
            )
            for position in places[: len(opened)]:
                Click.objects.create(
                    question=question, object_id=opened[position - 1], position=position, clicked_at=at
                )


def _instants(a_week: int) -> Iterator[datetime.datetime]:
    """When a question was asked: so often in each week before yesterday, at working hours; often twice on one day."""
    morning = timezone.localtime().replace(hour=9, minute=10, second=0, microsecond=0)
    for week in range(WEEKS):
        for number in range(a_week):
            days = 7 * week + 1 + number // 2 * 2 % 7
            yield morning - datetime.timedelta(days=days) + datetime.timedelta(minutes=37 * number)
