"""Addresses of versions in the admin."""

from django.urls import URLPattern, path

from forms.builder.versions import views

admin_urls: list[URLPattern] = [
    path("form-pages/<int:page_id>/versions/", views.version_list, name="form_versions"),
    path("form-pages/<int:page_id>/compare/", views.compare_versions, name="form_compare"),
    path("form-pages/<int:page_id>/publish/", views.publish_page, name="form_publish"),
    path("form-pages/<int:page_id>/widen/", views.widen, name="form_widen"),
    path("form-pages/<int:page_id>/reuse/", views.reuse, name="form_reuse"),
]
