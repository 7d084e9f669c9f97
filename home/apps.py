"""The home page and what all pages share."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def is_up_to_date(using: str) -> bool:
    """Whether every migration is applied."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def make_site(using: str = DEFAULT_DB_ALIAS, plan: object = None, **kwargs: Any) -> None:
    """Make the site once the last app was migrated: only then do all permissions exist."""
    if using != DEFAULT_DB_ALIAS:
        return
    if plan and not is_up_to_date(using):
        return  # somebody went back to an older state, whose tables do not fit this code
    from home.services import ensure_site

    ensure_site()


class HomeConfig(AppConfig):
    """The home page and what all pages share."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "home"
    label = "home"
    verbose_name = _("Home page")

    def ready(self) -> None:
        """Make the site after migrations; ask other rooms what waits for a person."""
        from home import reports  # noqa: F401

        last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
        post_migrate.connect(make_site, sender=last, dispatch_uid="home.make_site")
