"""The inbox, the bell and the choice of e-mails on the screen."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.notifications.enums import EmailChoice
from portal.notifications.models import Notification
from portal.notifications.services import email_choice, mark_read
from portal.notifications.views import PAGE_SIZE
from tests.factories.notifications import told
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


@pytest.fixture
def user() -> User:
    found: User = UserFactory.create()
    return found


@pytest.fixture
def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, address: str = INBOX) -> str:
    return client.get(address).content.decode()


def test_the_inbox_lists_what_one_was_told_newest_first(browser: Client, user: User) -> None:
    told(user, "先来的")
    told(user, "后来的")
    told(UserFactory.create(), "别人的")
    shown = page(browser)
    assert shown.index("后来的") < shown.index("先来的")
    assert "别人的" not in shown


def test_opening_one_marks_it_read_and_leads_on(browser: Client, user: User) -> None:
    found = told(user, address="/reports/7/")
    assert browser.get(f"{INBOX}{found.pk}/")["Location"] == "/reports/7/"
    found.refresh_from_db()
    first = found.read_at
    assert first is not None
    browser.get(f"{INBOX}{found.pk}/")
    found.refresh_from_db()
    assert found.read_at == first


def test_one_that_leads_nowhere_comes_back_to_the_inbox(browser: Client, user: User) -> None:
    assert browser.get(f"{INBOX}{told(user, address='').pk}/")["Location"] == INBOX


def test_the_filter_shows_what_is_unread_and_marking_keeps_the_filter(browser: Client, user: User) -> None:
    mark_read(notification=told(user, "读过的"))
    unread = told(user, "没读的")
    shown = page(browser, f"{INBOX}?show=unread")
    assert "没读的" in shown
    assert "读过的" not in shown
    answer = browser.post(f"{INBOX}{unread.pk}/read/", {"show": "unread"})
    assert answer["Location"] == f"{INBOX}?show=unread"
    assert "全部已读" in page(browser, answer["Location"])


def test_everything_is_marked_at_once(browser: Client, user: User) -> None:
    for _ in range(3):
        told(user)
    browser.post(f"{INBOX}read/")
    assert not Notification.objects.unread().exists()


def test_somebody_elses_notification_does_not_exist(browser: Client) -> None:
    other = told(UserFactory.create())
    assert browser.get(f"{INBOX}{other.pk}/").status_code == 404
    assert browser.post(f"{INBOX}{other.pk}/read/").status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


def test_reading_is_not_marked_by_looking_at_an_address_that_writes(browser: Client, user: User) -> None:
    found = told(user)
    assert browser.get(f"{INBOX}{found.pk}/read/").status_code == 405
    assert browser.get(f"{INBOX}read/").status_code == 405


def test_the_bell_says_how_many_are_unread(browser: Client, user: User) -> None:
    assert "bell-count" not in page(browser, "/account/")
    for _ in range(3):
        told(user)
    shown = page(browser, "/account/")
    assert '<span class="bell-count" aria-hidden="true">3</span>' in shown
    assert "收件箱，3 条未读" in shown


def test_the_bell_stops_counting_at_a_hundred(browser: Client, user: User) -> None:
    for _ in range(101):
        told(user)
    assert ">99+<" in page(browser, "/account/")


def test_whoever_is_not_signed_in_has_no_bell_and_no_inbox() -> None:
    anonymous = Client()
    assert 'class="bell"' not in page(anonymous, "/sign-in/")
    assert anonymous.get(INBOX)["Location"].startswith("/sign-in/")


def test_a_longer_list_takes_no_more_queries(browser: Client, user: User) -> None:
    told(user)
    browser.get(INBOX)
    with CaptureQueriesContext(connection) as one:
        browser.get(INBOX)
    for _ in range(PAGE_SIZE):
        told(user)
    with CaptureQueriesContext(connection) as many:
        assert "第 1 页，共 2 页" in page(browser)
    assert len(many) == len(one)


def test_the_page_of_ones_account_takes_the_choice_of_e_mails(browser: Client, user: User) -> None:
    assert "每个工作日" in page(browser, "/account/")
    browser.post(f"{INBOX}preferences/", {"email": "digest"})
    assert email_choice(user) == EmailChoice.DIGEST
    browser.post(f"{INBOX}preferences/", {"email": "by pigeon"})
    assert email_choice(user) == EmailChoice.DIGEST
