"""The site that every fresh database gets."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, Locale, Page, Site, Workflow, WorkflowPage

from home.models import HomePage
from home.services import ensure_site
from home.site_workflow import STOCK_GROUPS, WORKFLOW

pytestmark = pytest.mark.django_db


def snapshot() -> list[object]:
    return [
        *Page.objects.order_by("path").values_list("path", "slug", "title"),
        *Site.objects.values_list("hostname", "root_page"),
        *Workflow.objects.values_list("name"),
        *WorkflowPage.objects.values_list("page", "workflow"),
        *Group.objects.order_by("name").values_list(
            "name", "permissions", "page_permissions", "collection_permissions"
        ),
    ]


def test_a_migrated_database_serves_a_home_page_with_its_sections() -> None:
    page = Client().get("/")
    assert page.status_code == 200
    for address in ("/policies/", "/training/", "/campaigns/"):
        assert address in page.content.decode()
        assert Client().get(address).status_code == 200


def test_wagtails_own_welcome_page_and_groups_are_gone() -> None:
    assert not Page.objects.filter(title__startswith="Welcome to").exists()
    assert not Group.objects.filter(name__in=STOCK_GROUPS).exists()
    assert list(Workflow.objects.values_list("name", flat=True)) == [WORKFLOW]


def test_making_the_site_again_changes_nothing() -> None:
    before = snapshot()
    ensure_site()
    assert snapshot() == before


def test_what_an_editor_renamed_keeps_its_name() -> None:
    home = HomePage.objects.get()
    home.title = "某市专项行动平台"
    home.save()
    ensure_site()
    assert HomePage.objects.get().title == "某市专项行动平台"


def test_a_workflow_chosen_by_the_administrator_stays() -> None:
    other = Workflow.objects.create(name="两级审核")
    WorkflowPage.objects.update(workflow=other)
    ensure_site()
    assert WorkflowPage.objects.get().workflow == other


def test_an_emptied_database_gets_its_site_back() -> None:
    pages = list(Page.objects.values_list("path", "slug", "title"))
    Site.objects.all().delete()
    Page.get_root_nodes().delete()
    Collection.objects.all().delete()
    Workflow.objects.all().delete()
    Group.objects.all().delete()
    Locale.objects.all().delete()
    ensure_site()
    assert list(Page.objects.values_list("path", "slug", "title")) == pages
    assert Group.objects.filter(name="role:editor", page_permissions__permission__codename="publish_page").exists()
    assert Client().get("/policies/").status_code == 200


def test_the_frame_asks_the_database_only_a_few_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = Client()
    with django_assert_max_num_queries(6):
        client.get("/sign-in/")


def test_the_root_has_a_name_that_editors_understand_and_keeps_one_of_their_own() -> None:
    root = Page.objects.get(depth=1)
    Page.objects.filter(pk=root.pk).update(title="Root", draft_title="Root")
    ensure_site()
    root.refresh_from_db()
    assert (root.title, root.draft_title) == ("全部页面", "全部页面")
    Page.objects.filter(pk=root.pk).update(title="资料库")
    ensure_site()
    root.refresh_from_db()
    assert root.title == "资料库"
