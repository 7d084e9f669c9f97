"""Two open wishes and one that is answered, for the demonstration."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from home.policies.models import PolicyPage
from portal.accounts.models import User
from search.learning.wishes.enums import Outcome
from search.learning.wishes.models import Wish
from search.learning.wishes.services import Answer, answer, ask

OPEN = (
    ("跨省护送 费用标准", "reporter", "护送人员差旅费和被护送人员伙食费按什么标准报销。", 12),
    ("跨省护送 费用标准", "reporter-civil", "", 6),
    ("跨省护送 交接单", "reporter-police", "要能直接打印的空白表。", 3),
)
ANSWERED = ("救助管理办法 原文", "staff", "要最新的全文。", 20)


@transaction.atomic
def load_wishes(people: Mapping[str, User]) -> None:
    """What some people were looking for; nothing where anybody was."""
    if Wish.objects.exists():
        return
    now = timezone.now()
    for text, name, need, days in (*OPEN, ANSWERED):
        wish = ask(user=people[name], text=text, need=need, now=now - datetime.timedelta(days=days))
    page = PolicyPage.objects.live().filter(title__contains="救助管理").order_by("pk").first()
    given = Answer(Outcome.PAGE, page=page, words="全文已在政策法规中，正文左侧有目录。")
    answer(user=people["editor"], wish=wish, given=given, now=now - datetime.timedelta(days=18))
