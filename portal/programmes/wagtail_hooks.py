"""The admin's menu and addresses of this room."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from portal.programmes import plan_views
from portal.programmes.listings import ProgrammeListing, TaskListing
from portal.programmes.permissions import may_see_plans

PLAN_URLS = [
    path("", plan_views.plan_list, name="list"),
    path("upload/", plan_views.plan_upload, name="upload"),
    path("<int:pk>/", plan_views.plan_detail, name="detail"),
    path("<int:pk>/confirm/", plan_views.plan_confirm, name="confirm"),
    path("<int:pk>/discard/", plan_views.plan_discard, name="discard"),
    path("<int:pk>/file/", plan_views.plan_file, name="file"),
]


class PlansMenuItem(MenuItem):
    """An entry for those who may see uploaded plans."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom the page answers."""
        return may_see_plans(request.user)


programme_listing = ProgrammeListing()
task_listing = TaskListing()


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Plan import, and the listings of programmes and tasks."""
    return [
        path("plans/", include((PLAN_URLS, "programme_plans"))),
        *programme_listing.get_admin_urls_for_registration(),
        *task_listing.get_admin_urls_for_registration(),
    ]


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    """One entry with plan import and the listings below it."""
    plans = PlansMenuItem(
        _("Plan import"), reverse_lazy("programme_plans:list"), name="plan-import", icon_name="upload", order=100
    )
    items = [plans, programme_listing.get_menu_item(order=200), task_listing.get_menu_item(order=300)]
    return SubmenuMenuItem(_("Programmes"), Menu(items=items), name="programmes", icon_name="list-ol", order=250)
