"""What askers and editors fill in."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from portal.notifications.rules import is_inside
from search.learning.rules import LONGEST
from search.learning.wishes.enums import Outcome
from search.learning.wishes.models import LONGEST_ANSWER, LONGEST_LINK, LONGEST_NEED
from search.learning.wishes.rules import key_of
from search.learning.wishes.services import Answer


class WishForm(forms.Form):
    """I was looking for …"""

    text = forms.CharField(label=_("I was looking for"), max_length=LONGEST)
    need = forms.CharField(
        label=_("What exactly do you need?"),
        required=False,
        max_length=LONGEST_NEED,
        help_text=_("May be left empty. The editors of the library read it; please leave out personal data."),
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_text(self) -> str:
        """Refuse what has no words."""
        text = str(self.cleaned_data["text"])
        if not key_of(text):
            raise ValidationError(gettext("Please write what you were looking for."))
        return text


class PageChooser(AdminPageChooser):
    """Wagtail's own, which takes a page that is gone for no page instead of failing."""

    def get_instance(self, value: Any) -> Any:
        """The page, or None."""
        try:
            return super().get_instance(value)
        except (Page.DoesNotExist, ValueError, TypeError, OverflowError):
            return None


class AnswerForm(forms.Form):
    """A page, an address, or a reason why not."""

    outcome = forms.ChoiceField(label=_("Your answer"), choices=Outcome, widget=forms.RadioSelect)
    page = forms.ModelChoiceField(
        label=_("Page"), queryset=Page.objects.live().filter(depth__gt=1), required=False, widget=PageChooser
    )
    link = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=LONGEST_LINK,
        help_text=_("Begins with https:// or http://, or with / inside this portal."),
    )
    words = forms.CharField(
        label=_("What you say to those who asked"),
        required=False,
        max_length=LONGEST_ANSWER,
        help_text=_("Required with an address, and as the reason where it cannot be provided."),
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_link(self) -> str:
        """Refuse what no browser should follow."""
        link = str(self.cleaned_data["link"])
        if link and not is_inside(link) and not _is_web(link):
            raise ValidationError(gettext("This is no address of the web or of this portal."))
        return link

    def clean(self) -> dict[str, Any]:
        """Require what the chosen answer needs."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = found.get("outcome")
        if outcome == Outcome.PAGE and not found.get("page") and "page" not in self.errors:
            self.add_error("page", gettext("Please choose a published page."))
        if outcome == Outcome.LINK and not found.get("link") and "link" not in self.errors:
            self.add_error("link", gettext("Please enter the address."))
        if outcome == Outcome.LINK and not found.get("words"):
            self.add_error("words", gettext("Please say what is found under the address."))
        if outcome == Outcome.DECLINE and not found.get("words"):
            self.add_error("words", gettext("Please say why; those who asked will read it."))
        return found

    @property
    def given(self) -> Answer:
        """The answer; only of a form that is valid. What belongs to another kind of answer is left out."""
        outcome = Outcome(self.cleaned_data["outcome"])
        return Answer(
            outcome=outcome,
            page=self.cleaned_data["page"] if outcome == Outcome.PAGE else None,
            link=self.cleaned_data["link"] if outcome == Outcome.LINK else "",
            words=self.cleaned_data["words"],
        )


def _is_web(link: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        # Hosts of an intranet may have a name without a dot, which the validator does not know.
        parts = urlsplit(link) if link.isprintable() and " " not in link and "\\" not in link else None
        return parts is not None and parts.scheme in {"http", "https"} and bool(parts.hostname)
    return True
