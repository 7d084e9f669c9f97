"""The whole demonstration, in the order in which a city would go about it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.utils import translation

import forms.builder
from forms.builder.models import FormIndexPage
from forms.exchange.services import load_form
from home.demo.figures import load_figures
from home.demo.plan_page import load_plan_page
from home.demo.programme import days_moved, load_programme
from home.demo.reports import ReportsLoader
from home.demo.rollup import load_rollup
from home.demo.templates import load_templates
from home.demo.units import load_people, load_units
from home.demo_pages import load_demo_content
from home.models import HomePage
from home.policies.services import load_policies
from home.services import ensure_site
from portal.accounts.models import User

OWNER = "市民政局"
FORM_FILES = Path(forms.builder.__file__).parent / "data"
FORMS = (
    "contacts",
    "inspection",
    "take_back_plan",
    "monthly_supervision",
    "incident_report",
    "family_seeking",
    "patrol_record",
    "follow_up_visit",
    "training_attendance",
    "progress_summary",
    "open_day_report",
)


Part = Callable[[Mapping[str, User]], None]

_afterwards: list[Part] = []


class NotADemonstrationError(Exception):
    """The settings say that this installation is for real."""


def afterwards(part: Part) -> Part:
    """Load this too, once everything else is there; for rooms that stand above this one. It is given the people."""
    if part not in _afterwards:
        _afterwards.append(part)
    return part


def form_folder(home: HomePage) -> FormIndexPage:
    """Where the demonstration's forms lie; editors add theirs beside them."""
    known = FormIndexPage.objects.child_of(home).first()
    if known is None:
        known = FormIndexPage(title="报送表单", slug="report-forms")
        home.add_child(instance=known)
    return known


def load() -> None:
    """Load what is missing. Every part is a transaction of its own and leaves alone what it finds.

    Raises NotADemonstrationError unless the settings have ``PORTAL_DEMO``: the accounts' password is public.
    """
    if not settings.PORTAL_DEMO:
        raise NotADemonstrationError
    with translation.override(settings.LANGUAGE_CODE):
        home = ensure_site()
        units = load_units()
        people = load_people(units)
        load_policies()
        load_plan_page()
        load_demo_content()
        programme = load_programme(owner=units[OWNER], user=people["coordinator"])
        folder = form_folder(home)
        pages = {name: load_form(FORM_FILES / f"{name}.json", parent=folder, user=people["editor"]) for name in FORMS}
        load_templates(pages, people["editor"])
        coordinator, editor = people["coordinator"], people["editor"]
        moved = days_moved(programme)
        loader = ReportsLoader(programme=programme, moved=moved, units=units, coordinator=coordinator, forms=pages)
        loader.load()
        load_figures(loader=loader, forms=pages, units=units, coordinator=coordinator, editor=editor)
        load_rollup(units=units, coordinator=coordinator, leader=people["leader"])
        for part in _afterwards:
            part(people)
