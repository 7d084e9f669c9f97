"""Units and people in the Wagtail admin: the menu and the import."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from portal.units import views
from portal.units.listings import PeopleGroup

modeladmin_register(PeopleGroup)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Addresses of the import."""
    return [
        path("units/import/<str:kind>/", views.upload, name="units_import"),
        path("units/import/<str:kind>/template/", views.template, name="units_import_template"),
        path("units/import/<str:kind>/<int:pk>/", views.check, name="units_import_check"),
    ]
