"""Units and people in the Wagtail admin: the menu, the import, and accounts whose roles follow memberships."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from portal.accounts.models import User
from portal.units import views
from portal.units.listings import PeopleGroup
from portal.units.roles import apply_roles

modeladmin_register(PeopleGroup)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Addresses of the import."""
    return [
        path("units/import/<str:kind>/", views.upload, name="units_import"),
        path("units/import/<str:kind>/template/", views.template, name="units_import_template"),
        path("units/import/<str:kind>/<int:pk>/", views.check, name="units_import_check"),
    ]


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def roles_follow_memberships(request: HttpRequest, user: User) -> None:
    """Groups ticked by hand in Wagtail's form do not last: a role comes from a membership, and from nowhere else."""
    apply_roles(user=User.objects.get(pk=user.pk))
