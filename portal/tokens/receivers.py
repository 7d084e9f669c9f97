"""An account that is shut loses its tokens for good: opening it again later must not bring an old program back."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from portal.accounts.models import User
from portal.tokens.services import revoke_all


@receiver(post_save, sender=User, dispatch_uid="tokens.account_shut")
def account_shut(instance: User, created: bool, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """Take back what the person had, in the transaction in which the account was shut."""
    if not created and not instance.is_active and (update_fields is None or "is_active" in update_fields):
        revoke_all(owner=instance)
