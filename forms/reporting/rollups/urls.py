"""Addresses of roll-ups."""

from django.urls import URLPattern, path, re_path

from forms.reporting.rollups.views import affected, blocks, documents, files, same

app_name = "rollups"
urlpatterns: list[URLPattern] = [
    path("", documents.rollup_list, name="list"),
    path("new/", documents.rollup_new, name="new"),
    path("<int:pk>/", documents.rollup_detail, name="detail"),
    path("<int:pk>/describe/", documents.rollup_describe, name="describe"),
    path("<int:pk>/delete/", documents.rollup_delete, name="delete"),
    path("<int:pk>/finalise/", files.rollup_finalise, name="finalise"),
    re_path(r"^(?P<pk>[0-9]+)/files/(?P<file_kind>docx|pdf)/$", files.rollup_file, name="file"),
    path("<int:pk>/affected/", affected.affected, name="affected"),
    path("<int:pk>/same/", same.same, name="same"),
    path("<int:pk>/sentences/<int:sentence_pk>/apart/", same.apart, name="apart"),
    path("<int:pk>/blocks/<int:block_pk>/", blocks.block_change, name="change"),
    path("<int:pk>/blocks/<int:block_pk>/show/", blocks.block_show, name="show"),
    path("<int:pk>/blocks/<int:block_pk>/edit/", blocks.block_edit, name="edit"),
    path("<int:pk>/blocks/<int:block_pk>/write/", blocks.block_write, name="write"),
    path("<int:pk>/blocks/<int:block_pk>/sources/", blocks.block_sources, name="sources"),
]
