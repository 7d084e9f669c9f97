"""The site itself: its pages, who may do what, and the way of a draft."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Collection, Locale, Page, Site

from home.campaigns.models import CampaignIndexPage
from home.demo_pages import load_demo_content
from home.models import HomePage
from home.pages import SectionIndexPage
from home.policies.models import PolicyIndexPage
from home.site_permissions import grant_all, role_groups
from home.site_workflow import ensure_workflow, remove_stock_workflow
from home.training.models import TrainingIndexPage

__all__ = ["ensure_site", "load_demo_content"]

ROOT_TITLE, WAGTAILS_ROOT_TITLE = "全部页面", "Root"
"""Editors meet the root where they choose a page."""

INTRODUCTION = "政策查得到，任务看得清，报送不遗漏。"

SECTIONS: tuple[tuple[type[SectionIndexPage], str, str, str], ...] = (
    (PolicyIndexPage, "policies", "政策法规", "流浪乞讨人员救助管理及相关领域的法律、法规、规章和文件。"),
    (TrainingIndexPage, "training", "培训", "培训班通知和学习材料。"),
    (CampaignIndexPage, "campaigns", "宣传活动", "开放日、宣传月和季节性专项救助活动。"),
)
"""Type, slug, title and introduction of the sections: content, hence in Chinese."""


def ensure_root() -> Page:
    """The root of the page tree, which Wagtail's migrations make; emptied test databases lack it."""
    Locale.objects.get_or_create(language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE))
    root: Page | None = Page.objects.filter(depth=1).first()
    if root is None:
        return Page.add_root(instance=Page(title=ROOT_TITLE, slug="root"))
    if root.title == WAGTAILS_ROOT_TITLE:
        root.title = root.draft_title = ROOT_TITLE
        root.save(update_fields=["title", "draft_title"])
    return root


def ensure_collection() -> Collection:
    """The root of the collections."""
    return Collection.objects.filter(depth=1).first() or Collection.add_root(instance=Collection(name="Root"))


def ensure_home(root: Page) -> HomePage:
    """The home page, in the place of Wagtail's welcome page."""
    known = HomePage.objects.first()
    if known is not None:
        return known
    plain = ContentType.objects.get_for_model(Page)
    for page in Page.objects.filter(depth=2, content_type=plain, numchild=0):
        page.delete()
    remove_stock_workflow()
    root = Page.objects.get(pk=root.pk)
    home: HomePage = root.add_child(
        instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home", introduction=INTRODUCTION)
    )
    return home


def ensure_site_row(home: HomePage) -> Site:
    """The site whose root the home page is."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        site = Site.objects.create(
            hostname=address.hostname or "localhost",
            port=port,
            site_name=settings.WAGTAIL_SITE_NAME,
            root_page=home,
            is_default_site=True,
        )
    return site


def ensure_sections(home: HomePage) -> None:
    """One list page of each section."""
    for model, slug, title, introduction in SECTIONS:
        if not model.objects.exists():
            page = model(title=title, slug=slug, introduction=introduction, show_in_menus=True)
            HomePage.objects.get(pk=home.pk).add_child(instance=page)


@transaction.atomic
def ensure_site() -> HomePage:
    """Make what every installation needs and is missing; running it again changes nothing.

    Called after every migration (`HomeConfig`), so that a fresh database is a working site.
    """
    root = ensure_root()
    collection = ensure_collection()
    role_groups()
    home = ensure_home(root)
    ensure_site_row(home)
    ensure_sections(home)
    ensure_workflow(root)
    grant_all(home, collection)
    return home
