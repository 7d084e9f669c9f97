"""Topics in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.policies.models import PolicyTopic


class PolicyTopicViewSet(SnippetViewSet):
    """List and edit topics."""

    model = PolicyTopic
    icon = "tag"
    menu_label = _("Policy topics")
    add_to_admin_menu = True
    menu_order = 250
    list_display = ["__str__", "position"]
    search_fields = ["name"]
    ordering = ["parent__position", "parent_id", "position"]


register_snippet(PolicyTopicViewSet)
