"""Where Wagtail tells this room something."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from forms.builder.models import FormPage
from forms.builder.services import freeze_version


@receiver(page_published, sender=FormPage)
def freeze_what_was_published(sender: Any, instance: FormPage, revision: Any = None, **kwargs: Any) -> None:
    """Publishing freezes a version. A copied page is published without asking; then who saved it counts.

    Wagtail tells of a first publishing that is put off to a later day as well; the version is made on that day.
    """
    if not instance.live:
        return
    user = getattr(revision, "published_by", None) or getattr(revision, "user", None)
    freeze_version(form_page=instance, user=user)
