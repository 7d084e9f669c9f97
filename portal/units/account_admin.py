"""Wagtail's own account form with what an account has here: a name, a telephone number, a password, open or shut.

No groups and no "superuser" to tick: what a person may do comes from memberships, and from nowhere else.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import EditView, UserViewSet

from portal.accounts.models import User


class AccountCreationForm(UserCreationForm):
    """A new account."""

    first_name = None
    last_name = None
    is_superuser = None
    name = forms.CharField(label=_("person's name"), max_length=60)
    email = forms.EmailField(label=_("e-mail"), required=False)

    class Meta:
        model = User
        fields = ("username", "name", "phone", "email")


class AccountEditForm(UserEditForm):
    """An account that exists; its owner cannot shut it."""

    first_name = None
    last_name = None
    is_superuser = None
    name = forms.CharField(label=_("person's name"), max_length=60)
    email = forms.EmailField(label=_("e-mail"), required=False)

    class Meta:
        model = User
        fields = ("username", "name", "phone", "email", "is_active")

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]


class AccountEditView(EditView):
    """Changing an account; a superuser's account is a superuser's matter, or its password would be anybody's key."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse before anything is shown."""
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class AccountViewSet(UserViewSet):
    """Wagtail's account pages with these forms."""

    edit_view_class = AccountEditView
    template_prefix = "units/accounts/"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """The form for a new or an existing account."""
        return AccountEditForm if for_update else AccountCreationForm
