"""Start-up checks of the form builder: what it needs beside the database."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from forms.builder.regions import PATH, RegionsMissingError, names_in


@register()
def regions_are_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Without the list of regions no form that asks for one could be drawn; better to know before than from a unit."""
    try:
        names_in(PATH)
    except RegionsMissingError as error:
        hint = "Run python3 portal/ops/setup.py: it makes the list of an npm package that the lock file names."
        return [Error(str(error), hint=hint, id="forms.E001")]
    return []
