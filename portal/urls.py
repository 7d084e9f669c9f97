"""Every address of the portal; Wagtail's pages take what is left."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

handler400 = "portal.ops.views.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.accounts.urls")),
    path("account/", include("portal.units.urls")),
    path("", include("portal.ops.urls")),
    path("", include("home.desk.urls")),
    path("inbox/", include("portal.notifications.urls")),
    path("programmes/", include("portal.programmes.urls")),
    path("media/", include("portal.media.urls")),
    path("forms/", include("forms.builder.urls")),
    path("requirements/", include("forms.collection.urls")),
    path("reports/", include("forms.exchange.workbook.urls")),
    path("reports/bin/", include("forms.submissions.bin.urls")),
    path("reports/", include("forms.submissions.urls")),
    path("account/tokens/", include("portal.tokens.urls")),
    path("api/", include("forms.exchange.api.urls")),
    path("hooks/", include("forms.exchange.hooks.urls")),
    path("exports/", include("forms.exchange.exports.urls")),
    path("receipts/", include("forms.submissions.receipts.urls")),
    path("reporting/", include("forms.reporting.urls")),
    path("rollups/", include("forms.reporting.rollups.urls")),
    path("search/", include("search.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("jsi18n/", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Wagtail's second sign-in page would go past the limit of attempts.
    path("_util/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
    path("", include(wagtail_urls)),
]
