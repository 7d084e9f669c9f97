"""What follows from signing in, whichever page it was done on."""

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from portal.accounts import second_factor
from portal.accounts.middleware import SEEN
from portal.accounts.models import User


@receiver(user_logged_in, dispatch_uid="accounts.was_seen")
def was_seen(sender: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    """Whoever signs in has been seen."""
    if request is not None:
        request.session[SEEN] = int(time.time())


@receiver(user_logged_in, dispatch_uid="accounts.code_is_due")
def code_is_due(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Remember that a code is still due.

    Here and not in the sign-in view: a page of a library that signs people in as well must not lead past the question.
    """
    if request is not None and isinstance(user, User) and second_factor.is_switched_on(user):
        request.session[second_factor.SESSION_KEY] = True
