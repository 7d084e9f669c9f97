"""What each role may do in the Wagtail admin, as a table; rooms above pages have their own rules.

The groups named ``role:…`` follow the memberships (`portal.units.services.apply_roles`). What is missing is added at
every migration; what an administrator added by hand stays.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.units.enums import ADMIN_INTERFACE, Role
from portal.units.services import GROUP_PREFIX

PAGES: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change", "publish"),
    Role.COORDINATOR: ("add", "change", "publish", "lock", "unlock"),
    Role.ADMINISTRATOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
"""On the home page and all below it. Wagtail has no permission to look at drafts only, so auditors have none."""

LIBRARY = tuple(
    f"{app}.{action}_{model}"
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
)
"""On images and documents, for every role that may write pages. Wagtail asks for the permissions of its stock models,
whatever models the project has."""

GENERAL: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("policies.add_policytopic", "policies.change_policytopic"),
    Role.COORDINATOR: ("policies.add_policytopic", "policies.change_policytopic", "policies.delete_policytopic"),
    Role.ADMINISTRATOR: (
        "policies.add_policytopic",
        "policies.change_policytopic",
        "policies.delete_policytopic",
        "wagtailcore.add_workflow",
        "wagtailcore.change_workflow",
        "wagtailcore.delete_workflow",
        "wagtailcore.add_task",
        "wagtailcore.change_task",
        "wagtailcore.delete_task",
        "wagtailcore.add_collection",
        "wagtailcore.change_collection",
        "wagtailcore.delete_collection",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
}
ENTER = "wagtailadmin.access_admin"


def role_groups() -> dict[Role, Group]:
    """The group of each role, made where it is missing."""
    known = {group.name: group for group in Group.objects.filter(name__startswith=GROUP_PREFIX)}
    names = {role: GROUP_PREFIX + role.value for role in Role}
    return {role: known.get(name) or Group.objects.get_or_create(name=name)[0] for role, name in names.items()}


def permissions_named(names: set[str]) -> dict[str, Permission]:
    """Permissions by `app_label.codename`."""
    wanted = Q()
    for name in names:
        label, codename = name.split(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}": permission for permission in found}


def grant_general(groups: dict[Role, Group]) -> None:
    """Entry into the admin, and the permissions that hang on no page."""
    named = permissions_named({ENTER, *(name for names in GENERAL.values() for name in names)})
    for role, group in groups.items():
        names = (*([ENTER] if role in ADMIN_INTERFACE else []), *GENERAL.get(role, ()))
        group.permissions.add(*(named[name] for name in names))


def grant_pages(groups: dict[Role, Group], home: Page) -> None:
    """The permissions on pages."""
    kind = ContentType.objects.get_for_model(Page)
    codes = {action: f"{action}_page" for actions in PAGES.values() for action in actions}
    known = Permission.objects.filter(content_type=kind, codename__in=codes.values())
    by_code = {permission.codename: permission for permission in known}
    for role, actions in PAGES.items():
        for action in actions:
            GroupPagePermission.objects.get_or_create(group=groups[role], page=home, permission=by_code[codes[action]])


def grant_library(groups: dict[Role, Group], collection: Collection) -> None:
    """The permissions on images and documents."""
    named = permissions_named(set(LIBRARY))
    for role in PAGES:
        for name in LIBRARY:
            GroupCollectionPermission.objects.get_or_create(
                group=groups[role], collection=collection, permission=named[name]
            )


def grant_all(home: Page, collection: Collection) -> None:
    """Everything above."""
    groups = role_groups()
    grant_general(groups)
    grant_pages(groups, home)
    grant_library(groups, collection)
