"""Forms of signing in and of one's own account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _
from django_otp import match_token

from portal.accounts.models import User


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("The user name or the password is not right. Mind upper and lower case."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")


class CodeForm(forms.Form):
    """Six digits from the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Sign-in code"),
        max_length=20,
        help_text=_("Six digits from the authenticator app; a recovery code works as well, once."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        """Take blanks out; full-width digits count as digits."""
        typed = "".join(str(self.cleaned_data["code"]).split())
        return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed)


class SecondFactorForm(CodeForm):
    """The code asked at sign-in."""

    def clean(self) -> dict[str, Any]:
        """Compare with the person's devices; django-otp slows down repeated guessing."""
        cleaned = super().clean() or {}
        if code := cleaned.get("code"):
            cleaned["device"] = match_token(self.user, code)
            if cleaned["device"] is None:
                self.add_error("code", _("The code is not right or has expired. Please type the one shown now."))
        return cleaned


class PasswordForm(forms.Form):
    """The own password once more, before something that a stranger at an unlocked machine must not do."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Compare with the person's password."""
        typed = str(self.cleaned_data["password"])
        if not self.user.check_password(typed):
            raise forms.ValidationError(_("The password is not right. Mind upper and lower case."))
        return typed


class ProfileForm(forms.ModelForm[User]):
    """What a person may change of the own account."""

    class Meta:
        model = User
        fields = ["phone", "email"]
        labels = {"email": _("E-mail")}
