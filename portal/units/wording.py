"""Words for who is what."""

from django.utils.translation import gettext as _

from portal.units.enums import Role


def role_in_words(role: Role, absent: object = None) -> str:
    """The role; of a stand-in also for whom."""
    if not absent:
        return str(role.label)
    return _("%(role)s, standing in for %(person)s") % {"role": role.label, "person": absent}
