"""I was looking for …: asked on the empty page, answered by an editor, told to whoever asked."""

from typing import Any
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser, Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.notifications.models import Notification
from portal.units.enums import Role
from portal.units.services import GROUP_PREFIX, apply_roles
from search.learning.wishes.enums import Outcome, WishState
from search.learning.wishes.errors import AlreadyAnsweredError, ShutPageError
from search.learning.wishes.models import Wish, WishAsker
from search.learning.wishes.services import MOST_OPEN, Answer, answer, ask
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.queue import run_queued
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db

ASK, MINE, DESK = "/search/wishes/ask/", "/search/wishes/", "/admin/wishes/"
NO = Answer(Outcome.DECLINE, words="本市没有这个标准。")


def _soup(client: Client, address: str, **parameters: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address, parameters).content, "html.parser")


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff() -> User:
    """A member of staff with an address for mails."""
    return person(Role.STAFF, email="staff@example.org")


@pytest.fixture
def editor() -> User:
    """An editor of the library."""
    return person(Role.EDITOR)


def test_the_empty_page_offers_to_say_what_was_looked_for_with_the_words_filled_in(staff: User) -> None:
    settle()
    page = _soup(_as(staff), "/search/", q="跨省护送 标准")
    form = page.select_one("form.wish-form")
    assert form is not None
    assert form["action"] == ASK
    assert form.select_one("[name=text]")["value"] == "跨省护送 标准"  # type: ignore[index]
    assert not _soup(Client(), "/search/", q="跨省护送 标准").select("form.wish-form")


def test_below_results_it_is_a_link(staff: User) -> None:
    PolicyPageFactory(title="救助管理办法")
    settle()
    page = _soup(_as(staff), "/search/", q="救助管理")
    assert not page.select("form.wish-form")
    link = page.select_one(f"a[href^='{ASK}']")
    assert link is not None
    assert _soup(_as(staff), str(link["href"])).select_one("[name=text]")["value"] == "救助管理"  # type: ignore[index]


def test_asking_is_kept_and_shown_to_the_asker_alone(staff: User) -> None:
    response = _as(staff).post(ASK, {"text": "跨省护送 标准", "need": "差旅费怎么报"}, follow=True)
    assert "跨省护送 标准" in response.content.decode()
    assert "差旅费怎么报" in response.content.decode()
    assert "待答复" in response.content.decode()
    assert "跨省护送" not in _as(person(Role.STAFF)).get(MINE).content.decode()


def test_asking_twice_joins_and_others_join_as_well(staff: User) -> None:
    for text, need in (("跨省护送 标准", "第一次"), ("　跨省护送　标准 ", ""), ("跨省护送 标准", "第二次")):
        ask(user=staff, text=text, need=need)
    ask(user=person(Role.STAFF), text="跨省护送 标准")
    wish = Wish.objects.with_people().get()
    assert wish.people == 2
    assert WishAsker.objects.get(user=staff).need == "第二次"


def test_whoever_looks_for_somebody_else_is_not_shown_whom_others_look_for(staff: User) -> None:
    other = person(Role.STAFF)
    ask(user=staff, text="身份证 460200199003070038 的档案")
    ask(user=other, text="身份证 110101199003070011 的档案")
    assert Wish.objects.count() == 2
    assert "460200199003070038" not in _as(other).get(MINE).content.decode()


def test_what_is_too_long_or_empty_is_said_beside_the_field_and_nothing_typed_is_lost(staff: User) -> None:
    response = _as(staff).post(ASK, {"text": "护送", "need": "长" * 501})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one("[name=need]").get_text(strip=True) == "长" * 501  # type: ignore[union-attr]
    assert page.select_one("[name=need]")["aria-invalid"] == "true"  # type: ignore[index]
    for typed in ("", " 　 ", "\x00"):
        assert _as(staff).post(ASK, {"text": typed}).status_code == 422
    assert not Wish.objects.exists()


def test_a_person_may_not_flood_the_editors(staff: User) -> None:
    for number in range(MOST_OPEN):
        ask(user=staff, text=f"第{number}种文件")
    response = _as(staff).post(ASK, {"text": "再来一种", "need": "急"})
    assert response.status_code == 422
    assert "再来一种" in response.content.decode()
    assert Wish.objects.count() == MOST_OPEN


def test_askers_see_their_own_and_editors_and_administrators_all(staff: User, editor: User) -> None:
    other = person(Role.COORDINATOR)
    own, theirs = ask(user=staff, text="护送标准"), ask(user=other, text="冬季物资")
    both = ask(user=staff, text="交接单")
    ask(user=other, text="交接单", need="别人的需要")
    assert set(Wish.objects.visible_to(staff)) == {own, both}
    assert set(Wish.objects.visible_to(other)) == {theirs, both}
    assert {part.user for part in WishAsker.objects.visible_to(staff)} == {staff}
    for user in (editor, person(Role.ADMINISTRATOR)):
        assert set(Wish.objects.visible_to(user)) == {own, theirs, both}
        assert WishAsker.objects.visible_to(user).count() == 4
    for stranger in (person(Role.AUDITOR), person(Role.LEADER), AnonymousUser()):
        assert not Wish.objects.visible_to(stranger).exists()
        assert not WishAsker.objects.visible_to(stranger).exists()


def test_the_desk_lists_the_most_wanted_first_with_similar_ones(staff: User, editor: User) -> None:
    ask(user=staff, text="冬季物资")
    for user in (staff, person(Role.STAFF)):
        ask(user=user, text="跨省护送 费用")
    ask(user=staff, text="跨省护送 交接单")
    rows = _soup(_as(editor), DESK).select("table.listing tbody tr")
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]
    assert cells[0][:2] == ["跨省护送 费用", "2 人想找"]
    assert cells[0][3] == "跨省护送 交接单"
    assert {row[0]: row[3] for row in cells}["冬季物资"] == "—"


def test_the_desk_asks_no_more_questions_for_more_wishes(staff: User, editor: User) -> None:
    client = _as(editor)
    ask(user=staff, text="护送费用")
    client.get(DESK)
    with CaptureQueriesContext(connection) as few:
        client.get(DESK)
    for number in range(20):
        ask(user=staff, text=f"护送费用{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(DESK)
    assert len(many) == len(few)
    mine = _as(staff)
    with CaptureQueriesContext(connection) as before:
        mine.get(MINE)
    for wish in Wish.objects.all()[:9]:
        answer(user=editor, wish=wish, given=Answer(Outcome.PAGE, page=PolicyPageFactory()))
    with CaptureQueriesContext(connection) as after:
        mine.get(MINE)
    assert len(after) <= len(before) + 2  # the pages, and what the bell counts


def test_an_answer_with_a_page_is_told_to_everybody_by_inbox_and_mail(staff: User, editor: User) -> None:
    page, other = PolicyPageFactory(title="护送费用标准"), person(Role.REPORTER)
    gone = person(Role.STAFF)
    for user in (staff, other, gone):
        wish = ask(user=user, text="护送费用")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    response = _as(editor).post(f"{DESK}{wish.pk}/", {"outcome": "page", "page": page.pk, "words": "见第三条"})
    assert response.status_code == 302
    wish.refresh_from_db()
    assert (wish.state, wish.page_id, wish.answered_by) == (WishState.ANSWERED, page.pk, editor)
    told = Notification.objects.get(recipient=staff)
    assert told.title == "您要找的有了：护送费用"
    assert told.text == "护送费用标准\n见第三条"
    assert set(Notification.objects.values_list("recipient", flat=True)) == {staff.pk, other.pk}
    run_queued()
    assert [message.to for message in mail.outbox] == [["staff@example.org"]]
    opened = _as(staff).get(f"/inbox/{told.pk}/", follow=True)
    shown = BeautifulSoup(opened.content, "html.parser").select_one(f"#wish-{wish.pk}")
    assert shown is not None
    assert shown.select_one(".wish-answer a")["href"] == page.url  # type: ignore[index]
    assert "见第三条" in shown.get_text()
    assert AuditEvent.objects.filter(summary="wish.answered", user=editor).exists()


def test_an_answer_that_cannot_be_told_is_not_kept(staff: User, editor: User) -> None:
    wish = ask(user=staff, text="护送费用")
    with (
        patch("search.learning.wishes.services.tell", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        answer(user=editor, wish=wish, given=NO)
    wish.refresh_from_db()
    assert wish.is_open


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "outcome"),
        ({"outcome": "nonsense", "words": "x"}, "outcome"),
        ({"outcome": "page"}, "page"),
        ({"outcome": "page", "page": "999999"}, "page"),
        ({"outcome": "page", "page": "abc"}, "page"),
        ({"outcome": "page", "page": "9" * 40}, "page"),
        ({"outcome": "link", "words": "见"}, "link"),
        ({"outcome": "link", "link": "javascript:alert(1)", "words": "见"}, "link"),
        ({"outcome": "link", "link": "//evil.example/", "words": "见"}, "link"),
        ({"outcome": "link", "link": "https://example.org/a"}, "words"),
        ({"outcome": "decline"}, "words"),
        ({"outcome": "decline", "words": "长" * 1001}, "words"),
    ],
)
def test_an_answer_that_lacks_something_says_so_beside_the_field(
    staff: User, editor: User, sent: dict[str, str], field: str
) -> None:
    wish = ask(user=staff, text="护送费用")
    response = _as(editor).post(f"{DESK}{wish.pk}/", sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    for value in sent.values():
        if field != "page":
            assert value in response.content.decode() or value == "nonsense"
    wish.refresh_from_db()
    assert wish.is_open
    assert not Notification.objects.exists()


@pytest.mark.parametrize("link", ["https://www.mca.gov.cn/a?b=1", "http://intranet/x", "/policies/"])
def test_an_address_and_words_are_an_answer(staff: User, editor: User, link: str) -> None:
    wish = ask(user=staff, text="护送费用")
    _as(editor).post(f"{DESK}{wish.pk}/", {"outcome": "link", "link": link, "words": "部里的网页"})
    shown = _soup(_as(staff), MINE).select_one(".wish-answer")
    assert shown is not None
    assert shown.select_one("a")["href"] == link  # type: ignore[index]
    assert "部里的网页" in shown.get_text()


def test_a_declined_wish_gives_its_reason(staff: User, editor: User) -> None:
    wish = ask(user=staff, text="护送费用")
    _as(editor).post(f"{DESK}{wish.pk}/", {"outcome": "decline", "words": "本市没有这个标准。"})
    text = _as(staff).get(MINE).content.decode()
    assert "无法提供" in text
    assert "本市没有这个标准。" in text
    assert Notification.objects.get().title == "您要找的暂时无法提供：护送费用"


def _shut_to_all_but(role: Role, page: PolicyPage) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name=GROUP_PREFIX + role.value))


def test_a_page_that_some_askers_may_not_open_is_refused_with_how_many(editor: User) -> None:
    page = PolicyPageFactory()
    _shut_to_all_but(Role.LEADER, page)
    leader = person(Role.LEADER)
    apply_roles(user=leader)
    for user in (leader, person(Role.STAFF), person(Role.REPORTER)):
        wish = ask(user=user, text="内部通报")
    response = _as(editor).post(f"{DESK}{wish.pk}/", {"outcome": "page", "page": page.pk, "words": "见此"})
    assert response.status_code == 422
    assert "有 2 位提出人无权打开这个页面" in response.content.decode()
    assert "见此" in response.content.decode()
    with pytest.raises(ShutPageError):
        answer(user=editor, wish=wish, given=Answer(Outcome.PAGE, page=page))
    only = ask(user=leader, text="只有领导要")
    assert answer(user=editor, wish=only, given=Answer(Outcome.PAGE, page=page)).state == WishState.ANSWERED


def test_the_second_of_two_editors_is_told_who_was_quicker_and_keeps_what_was_typed(staff: User, editor: User) -> None:
    wish, second = ask(user=staff, text="护送费用"), person(Role.EDITOR)
    answer(user=editor, wish=wish, given=NO)
    response = _as(second).post(f"{DESK}{wish.pk}/", {"outcome": "decline", "words": "我的另一个说法"})
    text = response.content.decode()
    assert response.status_code == 409
    assert editor.name in text
    assert "另一位编辑先答复了" in text
    assert "我的另一个说法" in text
    assert "发出答复" not in text
    wish.refresh_from_db()
    assert wish.answer == NO.words
    assert Notification.objects.count() == 1
    with pytest.raises(AlreadyAnsweredError):
        answer(user=second, wish=wish, given=NO)


def test_who_asks_again_after_the_answer_begins_anew(staff: User, editor: User) -> None:
    first = ask(user=staff, text="护送费用")
    answer(user=editor, wish=first, given=NO)
    second = ask(user=staff, text="护送费用")
    assert second.pk != first.pk
    assert Wish.objects.still_open().get() == second


def test_a_page_taken_away_later_leaves_the_words_and_no_dead_link(staff: User, editor: User) -> None:
    page = PolicyPageFactory(title="护送费用标准")
    wish = ask(user=staff, text="护送费用")
    answer(user=editor, wish=wish, given=Answer(Outcome.PAGE, page=page, words="见第三条"))
    page.unpublish()
    shown = _soup(_as(staff), MINE).select_one(".wish-answer")
    assert shown is not None
    assert not shown.select("a")
    assert "打不开了" in shown.get_text()
    assert "见第三条" in shown.get_text()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.STAFF, Role.REPORTER])
def test_the_desk_is_for_editors_and_administrators_only(staff: User, role: Role) -> None:
    wish = ask(user=staff, text="护送费用")
    client = _as(person(role))
    for address in (DESK, f"{DESK}{wish.pk}/"):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"outcome": "decline", "words": "不给"}).status_code in (302, 403, 405)
    wish.refresh_from_db()
    assert wish.is_open


def test_editors_see_on_their_home_page_how_many_wait(staff: User, editor: User) -> None:
    ask(user=staff, text="护送费用")
    assert _soup(_as(editor), "/my/").select_one(f"a[href='{DESK}']") is not None
    assert _soup(_as(staff), "/my/").select_one(f"a[href='{DESK}']") is None
    link: Any = _soup(_as(staff), "/my/").select_one(f"a[href='{MINE}']")
    assert link.get_text(strip=True) == "我要找的"
