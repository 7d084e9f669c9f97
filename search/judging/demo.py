"""The judged questions over the demonstration's library, as a list that an administrator can go on with."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from search.evaluation.judged import read_judged
from search.judging.models import Judgement, JudgementList
from search.judging.rules import TOP
from search.wording import wording_key

ADMINISTRATOR = "admin"
HOUSE, NAME = "demo_library", "演示资料库"


@transaction.atomic
def load_judgements(people: Mapping[str, User]) -> None:
    """The list; nothing where an administrator keeps one already."""
    if ADMINISTRATOR not in people or JudgementList.objects.exists():
        return
    user, now = people[ADMINISTRATOR], timezone.now()
    made = JudgementList.objects.create(name=NAME, changed_by=user)
    rows = {
        wording_key(question.text): Judgement(
            belongs_to=made,
            question=question.text,
            key=wording_key(question.text),
            relevant=dict.fromkeys(question.grades, TOP),
            why=question.why,
            changed_by=user,
            changed_at=now,
        )
        for question in read_judged(HOUSE)
    }
    Judgement.objects.bulk_create(rows.values())
