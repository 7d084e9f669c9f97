"""Long lists in pages."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

PER_PAGE = 20


def page_of(rows: "QuerySet[Row]", parameters: Mapping[str, Any], per_page: int = PER_PAGE) -> "ListPage[Row]":
    """The page that `?page=` asks for; the first for nonsense, the last for a number too high."""
    return Paginator(rows, per_page).get_page(parameters.get("page"))
