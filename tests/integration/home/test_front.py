"""The front page and the header."""

import re
from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import reverse

from home import waiting
from home.waiting import Waiting
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory
from tests.factories.home import PolicyPageFactory, StandardPageFactory
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db


def front(user: User | None = None) -> str:
    client = Client()
    client.cookies.load({"django_language": "en"})
    if user:
        client.force_login(user)
    return str(client.get("/").content.decode())


def test_new_policies_stand_on_the_front_page() -> None:
    PolicyPageFactory(title="关于测试的通知", issuers=["甲局", "乙局", "丙局"])
    text = front()
    assert "关于测试的通知" in text
    assert "甲局、乙局 and others" in text


def test_what_waits_is_told_to_people_with_a_role_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def provider(user: User) -> Iterable[Waiting]:
        return [Waiting("reports to fill in", 3, "/reports/", is_urgent=True)]

    monkeypatch.setattr(waiting, "_providers", [provider])
    assert "reports to fill in" in front(person(Role.REPORTER))
    assert "reports to fill in" not in front(User.objects.create(username="without-role"))
    assert "reports to fill in" not in front()


def test_the_menu_under_ones_name_says_where_one_serves() -> None:
    text = front(person(Role.REPORTER, UnitFactory(name="测试市公安局"), name="陈某某"))
    assert "陈某某" in text
    assert "测试市公安局 · Reporter" in text


def test_only_those_who_may_enter_the_admin_are_shown_the_way() -> None:
    admin = reverse("wagtailadmin_home")
    assert f'href="{admin}"' in front(person(Role.EDITOR))
    assert f'href="{admin}"' not in front(person(Role.REPORTER))
    assert f'href="{admin}"' not in front()


def test_a_free_page_appears_in_the_menu_when_its_editor_says_so(client: Client) -> None:
    StandardPageFactory(title="关于平台", slug="about", show_in_menus=True)
    StandardPageFactory(title="使用说明", slug="help")
    text = client.get("/").content.decode()
    assert "关于平台" in text
    assert "使用说明" not in text
    assert client.get("/about/").status_code == 200


def test_the_section_one_is_in_is_marked(client: Client) -> None:
    page = PolicyPageFactory()
    assert '<a href="/policies/" aria-current="true">' in client.get(page.get_url()).content.decode()
    assert '<a href="/policies/" aria-current="page">' in client.get("/policies/").content.decode()


def test_pages_carry_no_inline_script_or_style(client: Client) -> None:
    page = PolicyPageFactory()
    for address in ("/", "/policies/", page.get_url(), "/training/", "/campaigns/", "/nothing-here/"):
        text = client.get(address).content.decode()
        assert " style=" not in text
        assert "<style" not in text
        assert "<script>" not in text
        assert " on" not in [part[:3] for part in text.split("<button")]


def test_the_page_for_a_wrong_address_keeps_the_menu(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "/policies/" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.REPORTER, {"programmes:list", "submissions:todo"}),
        (Role.COORDINATOR, {"programmes:list", "collection:list", "submissions:queue"}),
        (Role.LEADER, {"programmes:list", "collection:list"}),
        (Role.STAFF, {"programmes:list"}),
        (Role.SUPERVISOR, set()),
        (None, set()),
    ],
)
def test_the_header_leads_everybody_to_their_own_work_and_no_link_ends_at_a_shut_door(
    role: Role | None, addresses: set[str]
) -> None:
    client = Client()
    if role:
        client.force_login(person(role))
    header = client.get("/").content.decode().split("</header>")[0]
    for name in ("programmes:list", "collection:list", "submissions:todo", "submissions:queue"):
        address = reverse(name)
        assert (f'<a href="{address}"' in header) == (name in addresses)
        if name in addresses:
            assert client.get(address).status_code == 200


def test_a_report_that_is_due_waits_on_the_front_page() -> None:
    unit = UnitFactory()
    ExpectedReportFactory(unit=unit)
    text = front(person(Role.REPORTER, unit))
    assert "To be filled in" in text
    assert reverse("submissions:todo") in text
    assert "nothing waits for you" in front(person(Role.REPORTER))


@pytest.mark.parametrize("address", ["/", "/policies/", "/training/", "/campaigns/", "/nothing-here/", "/sign-in/"])
def test_the_english_interface_has_no_chinese_but_content_and_the_switch(client: Client, address: str) -> None:
    client.cookies.load({"django_language": "en"})
    text = re.sub(r"<[^>]+>", " ", client.get(address).content.decode()).replace("简体中文", "")
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


@pytest.mark.parametrize("address", ["/", "/policies/", "/training/", "/campaigns/", "/nothing-here/", "/sign-in/"])
def test_the_chinese_interface_has_no_english_but_the_switch(client: Client, address: str) -> None:
    text = re.sub(r"<[^>]+>", " ", client.get(address).content.decode()).replace("English", "")
    assert re.findall(r"[A-Za-z]{2,}", text) == []


def test_a_form_without_its_token_is_refused_in_the_portals_own_words() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies.load({"django_language": "en"})
    answer = client.post("/i18n/setlang/", {"language": "en"})
    assert answer.status_code == 403
    assert "nothing was sent" in answer.content.decode()
