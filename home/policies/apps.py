"""Policies and regulations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """Policies and regulations."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "home.policies"
    label = "policies"
    verbose_name = _("Policies")

    def ready(self) -> None:
        """Tell the plans where cited documents are."""
        from home.policies.citations import policy_links
        from portal.programmes.links import register

        register(policy_links)
