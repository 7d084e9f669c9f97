"""Synonyms and stop phrases for the demonstration: most are live; one, and a weight, wait to be put live."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from portal.accounts.models import User
from search.tuning.aspects import NEWER
from search.tuning.models import Boost, LiveTuning, StopPhrase, SynonymGroup
from search.tuning.reading import draft
from search.tuning.rules import digest
from search.tuning.services import put_live

ADMINISTRATOR = "admin"
SYNONYMS = ("托养\n站外照料", "寻亲\n查找亲人", "低保\n最低生活保障")
WAITING = "接送\n护送"
RECENT, RECENT_FACTOR = 5, Decimal("1.5")
STOP_PHRASES = ("有没有", "怎么办")


@transaction.atomic
def load_tuning(people: Mapping[str, User]) -> None:
    """The lists; nothing where an administrator keeps some already."""
    keeps_some = any(model.objects.exists() for model in (LiveTuning, SynonymGroup, StopPhrase, Boost))
    if keeps_some or ADMINISTRATOR not in people:
        return
    user = people[ADMINISTRATOR]
    for words in SYNONYMS:
        SynonymGroup.objects.create(words=words, changed_by=user)
    for phrase in STOP_PHRASES:
        kept = StopPhrase(phrase=phrase, changed_by=user)
        kept.full_clean(exclude=["key"])
        kept.save()
    put_live(user=user, seen=digest({}, draft()))
    SynonymGroup.objects.create(words=WAITING, changed_by=user)
    Boost.objects.create(what=NEWER, years=RECENT, factor=RECENT_FACTOR, changed_by=user)
