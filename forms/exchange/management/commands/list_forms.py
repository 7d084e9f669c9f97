"""``manage.py list_forms [--json]``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forms.builder.models import FormPage
from forms.exchange.querysets import asked_now


class Command(BaseCommand):
    help = (
        "List the forms, published or not. “fields” counts what stands in the form, one after the other: questions, "
        "tables (one each, whatever their columns), headings, notes and page breaks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help='print [{"slug", "title", "fields"}]')

    def handle(self, *args: Any, **options: Any) -> None:
        forms = []
        for page in FormPage.objects.order_by("slug", "pk"):
            schema = asked_now(page)
            forms.append({"slug": page.slug, "title": schema.title, "fields": len(schema.fields)})
        if options["json"]:
            self.stdout.write(json.dumps(forms, ensure_ascii=False, indent=2))
            return
        width = max((len(form["slug"]) for form in forms), default=0)
        for form in forms:
            self.stdout.write(f"{form['slug']:<{width}}  {form['fields']:>4}  {form['title']}")
