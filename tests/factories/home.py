"""Pages, below the section pages that every migrated database has."""

import datetime
import json
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, PageViewRestriction

from home.campaigns.models import CampaignIndexPage, CampaignPage
from home.models import HomePage, StandardPage
from home.policies.enums import DocumentKind
from home.policies.models import PolicyIndexPage, PolicyIssuer, PolicyPage, PolicyTopic
from home.training.models import TrainingIndexPage, TrainingPage
from portal.units.enums import Role
from portal.units.services import GROUP_PREFIX


class PageFactory(DjangoModelFactory):
    """A published page below the page of its section, or below `parent`."""

    class Meta:
        model = StandardPage
        abstract = True

    parent_model: type[Page] = HomePage
    title = factory.Sequence(lambda n: f"测试页面{n:03d}")
    slug = factory.Sequence(lambda n: f"page-{n:03d}")

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        parent_model = kwargs.pop("parent_model", HomePage)
        parent = kwargs.pop("parent", None) or parent_model.objects.get()
        live = kwargs.pop("live", True)
        issuers = kwargs.pop("issuers", [])
        page = model_class(**kwargs, live=False)
        if issuers:
            page.issuers = [PolicyIssuer(name=name, sort_order=order) for order, name in enumerate(issuers)]
        parent.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        return model_class.objects.get(pk=page.pk)


class StandardPageFactory(PageFactory):
    """A free page."""

    class Meta:
        model = StandardPage


class PolicyTopicFactory(DjangoModelFactory):
    """A topic of the first level, or below `parent`."""

    class Meta:
        model = PolicyTopic

    name = factory.Sequence(lambda n: f"测试主题{n:03d}")


class PolicyPageFactory(PageFactory):
    """A policy; `issuers` is a list of names."""

    class Meta:
        model = PolicyPage

    parent_model = PolicyIndexPage
    title = factory.Sequence(lambda n: f"关于测试事项的通知{n:03d}")
    kind = DocumentKind.NOTICE


class TrainingPageFactory(PageFactory):
    """A class that takes place in `days` days."""

    class Meta:
        model = TrainingPage

    class Params:
        days = 7

    parent_model = TrainingIndexPage
    title = factory.Sequence(lambda n: f"测试培训班{n:03d}")
    starts_at = factory.LazyAttribute(lambda made: timezone.now() + datetime.timedelta(days=made.days))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + datetime.timedelta(hours=3))


class CampaignPageFactory(PageFactory):
    """A campaign of a month that begins in `days` days."""

    class Meta:
        model = CampaignPage

    class Params:
        days = 7

    parent_model = CampaignIndexPage
    title = factory.Sequence(lambda n: f"测试活动{n:03d}")
    starts_on = factory.LazyAttribute(lambda made: timezone.localdate() + datetime.timedelta(days=made.days))
    ends_on = factory.LazyAttribute(lambda made: made.starts_on + datetime.timedelta(days=30))


def paragraph(text: str) -> str:
    """A body of one paragraph."""
    return json.dumps([{"type": "paragraph", "value": f"<p>{text}</p>"}])


def restrict(page: Page, *roles: Role, kind: str = PageViewRestriction.GROUPS) -> PageViewRestriction:
    """Close a page and what lies below it to everybody but these roles."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(Group.objects.filter(name__in=[GROUP_PREFIX + role.value for role in roles]))
    return restriction
