"""The calendar's place in the admin."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.accounts.models import User
from portal.calendars import views
from portal.calendars.permissions import may_see_calendar

URLS = [
    path("", views.year_page, name="this_year"),
    path("<int:year>/", views.year_page, name="year"),
    path("<int:year>/arrange/", views.day_arrange, name="arrange"),
    path("days/<int:pk>/release/", views.day_release, name="release"),
    path("notice/", views.notice_enter, name="notice"),
]


class CalendarMenuItem(MenuItem):
    """An entry for those who may see the calendar."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom the page answers."""
        return isinstance(request.user, User) and may_see_calendar(request.user)


@hooks.register("register_admin_urls")
def calendar_urls() -> list[URLResolver]:
    """Addresses of the calendar."""
    return [path("working-days/", include((URLS, "calendars")))]


@hooks.register("register_settings_menu_item")
def calendar_menu() -> MenuItem:
    """Under the settings: it is looked at once a year."""
    return CalendarMenuItem(
        _("Working days"), reverse_lazy("calendars:this_year"), name="working-days", icon_name="calendar-alt", order=600
    )
