"""Browsers of people with a role."""

from django.test import Client

from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.units import person


def browser(user: User | None = None, *, enforce_csrf_checks: bool = False) -> Client:
    """A browser, signed in where a person is given; errors of the server are answers, as they are outside."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=enforce_csrf_checks)
    if user is not None:
        client.force_login(user)
    return client


def browser_of(role: Role) -> Client:
    """A browser of somebody new with the role."""
    return browser(person(role))
