"""Start-up checks of what is learnt from searches."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def questions_are_kept_for_some_days(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """With no days, every question would be dropped within the hour, and the reports with it."""
    if settings.PORTAL_SEARCH_LOG_DAYS >= 1:
        return []
    return [
        Error(
            "PORTAL_SEARCH_LOG_DAYS is less than 1.",
            hint="Set it to how many days questions are kept, for example 180.",
            id="learning.E001",
        )
    ]
