"""Browsers of people with a role."""

from django.test import Client

from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.units import person


def browser(user: User | None = None, **options: bool) -> Client:
    """A browser, signed in where a person is given; errors of the server are answers, as they are outside."""
    client = Client(raise_request_exception=False, **options)
    if user is not None:
        client.force_login(user)
    return client


def browser_of(role: Role) -> Client:
    """A browser of somebody new with the role."""
    return browser(person(role))
