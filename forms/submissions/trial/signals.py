"""Publishing ends every trial."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from forms.builder.models import FormPage
from forms.submissions.trial.services import wipe_trials


@receiver(page_published, sender=FormPage)
def wipe_when_published(sender: Any, instance: FormPage, **kwargs: Any) -> None:
    """In the transaction in which the form is published."""
    wipe_trials(form_page=instance)
