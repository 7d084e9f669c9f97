"""The tuning of the search in the Wagtail admin: lists of the draft, and putting it live."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from search.judging.viewsets import JudgementListViewSet, JudgementViewSet
from search.tuning import admin_views
from search.tuning.models import Boost, Promotion, StopPhrase, SynonymGroup
from search.tuning.permissions import AdministratorPolicy, may_tune_search
from search.tuning.viewsets import KeptViewSet


class SynonymViewSet(KeptViewSet):
    """Synonyms."""

    model = SynonymGroup
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "list-ul"
    fields: ClassVar[list[str]] = ["words", "is_one_way"]
    search_fields: ClassVar[list[str]] = ["words"]


class PromotionViewSet(KeptViewSet):
    """Promoted results."""

    model = Promotion
    name = "search_promotions"
    url_prefix = "search/promotions"
    icon = "pick"
    fields: ClassVar[list[str]] = ["question", "match", "first", "second", "third", "begins_on", "ends_on"]
    search_fields: ClassVar[list[str]] = ["question"]
    shown: ClassVar[list[Any]] = ["__str__", "match", "begins_on", "ends_on"]


class StopPhraseViewSet(KeptViewSet):
    """Stop phrases."""

    model = StopPhrase
    name = "search_stop_phrases"
    url_prefix = "search/stop-phrases"
    icon = "cross"
    fields: ClassVar[list[str]] = ["phrase"]
    search_fields: ClassVar[list[str]] = ["phrase"]


class BoostViewSet(KeptViewSet):
    """Weights."""

    model = Boost
    name = "search_weights"
    url_prefix = "search/weights"
    icon = "order"
    fields: ClassVar[list[str]] = ["what", "years", "factor"]
    shown: ClassVar[list[Any]] = ["__str__", "factor"]


class AdministratorMenuItem(MenuItem):
    """An entry for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom the page answers."""
        return may_tune_search(request.user)


class TuningGroup(ModelViewSetGroup):
    """The menu of the search."""

    menu_label = pgettext_lazy("menu", "Search")
    menu_icon = "search"
    menu_order = 260
    items = (
        SynonymViewSet,
        PromotionViewSet,
        StopPhraseViewSet,
        BoostViewSet,
        JudgementListViewSet,
        JudgementViewSet,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """The lists, what puts them live, and last how the search is doing."""
        draft, state = reverse_lazy("search_tuning:draft"), reverse_lazy("search_state:state")
        return [
            *super().get_submenu_items(),
            AdministratorMenuItem(_("Put live"), draft, name="search-tuning", icon_name="upload", order=900),
            AdministratorMenuItem(
                _("State of the search"), state, name="search-state", icon_name="info-circle", order=910
            ),
        ]


for _viewset in TuningGroup.items:
    register_permission_policy(_viewset.model, AdministratorPolicy(_viewset.model), exact_class=True)


@hooks.register("register_admin_viewset")
def register_viewsets() -> TuningGroup:
    """The lists."""
    return TuningGroup()


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Putting live."""
    routes = [path("", admin_views.draft_page, name="draft"), path("confirm/", admin_views.confirm, name="confirm")]
    return [path("search/tuning/", include((routes, "search_tuning")))]
