"""Predicates about forms that leave the portal and come back."""

from typing import TYPE_CHECKING

from forms.builder.models import FormIndexPage, FormPage
from forms.builder.permissions import may_list_versions

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_export(user: "User | AnonymousUser") -> bool:
    """Whether the person may take forms out: whoever may look through their versions."""
    return may_list_versions(user)


def may_export_draft(user: "User | AnonymousUser", page: FormPage) -> bool:
    """Whether the person may take out what is not published yet: whoever may edit the form."""
    return may_export(user) and page.permissions_for_user(user).can_edit()


def folders_open_to(user: "User | AnonymousUser") -> list[FormIndexPage]:
    """The folders in which the person may make forms."""
    if not may_list_versions(user):
        return []
    folders = FormIndexPage.objects.order_by("path")
    return [folder for folder in folders if folder.permissions_for_user(user).can_add_subpage()]


def may_import(user: "User | AnonymousUser") -> bool:
    """Whether the person may make a form out of a file: whoever may make one by hand."""
    return bool(folders_open_to(user))
