"""Forms, what browsers post for them, and files of every kind."""

import io
import json
import uuid
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from wagtail import blocks
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from forms.builder.blocks import RuleBlock
from forms.builder.fields import FIELD_TYPES, type_of
from forms.builder.fields.table import MAX_COLUMNS
from forms.builder.json_blocks import JsonBlock
from forms.builder.models import FormIndexPage, FormPage, FormVersion
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.streams import RULE, stream_of_rules, stream_of_schema
from home.models import HomePage
from portal.accounts.models import User
from tests.factories.pictures import picture

CHOICES = {"choices": [{"code": "c1", "label": "一般"}, {"code": "c2", "label": "重大"}]}

PNG = picture("PNG")
PDF = b"%PDF-1.7\n" + b"0" * 64


NEEDED: dict[str, dict[str, Any]] = {
    "choice": CHOICES,
    "multiple_choice": CHOICES,
    "matrix": {**CHOICES, "statements": [{"code": "s1", "label": "接待热情"}, {"code": "s2", "label": "救助及时"}]},
    "id_number": {"sensitive": True},
    "calculated": {"result": "number"},
    "system": {"source": "unit"},
    "rich_note": {"html": "<p>请<b>逐项</b>填写。</p>"},
}
"""Options without which a type makes no sense."""

NEEDED_LOGIC: dict[str, dict[str, Any]] = {"calculated": {"value": {"+": [1, 1]}}}


def question(kind: str, key: str = "q", label: str = "填报项", **fields: Any) -> FieldSchema:
    """One question, with the options that its type needs."""
    options = {**NEEDED.get(kind, {}), **fields.pop("options", {})}
    logic = {**NEEDED_LOGIC.get(kind, {}), **fields.pop("logic", {})}
    return FieldSchema(key=key, type=kind, label=label, options=options, logic=logic, **fields)


def form_of(*questions: FieldSchema, title: str = "测试表单", intro: str = "") -> FormSchema:
    """A form of these questions."""
    return FormSchema(title=title, intro=intro, fields=questions)


def table_of(*columns: FieldSchema, key: str = "rows", label: str = "清单", **options: Any) -> FieldSchema:
    """A table of these columns."""
    return question("table", key, label, columns=columns, required=bool(options.get("min_rows")), options=options)


def every_type() -> FormSchema:
    """A form with one question of each type, and tables with a column of each."""
    simple = [
        question(name, key=f"k-{name}", help_text="说明" if name == "note" else "")
        for name in FIELD_TYPES
        if name != "table"
    ]
    columns = [question(name, key=f"c-{name}") for name, one in FIELD_TYPES.items() if one.in_table]
    tables = [
        table_of(*columns[start : start + MAX_COLUMNS], key="rows" if start == 0 else f"rows-{start}")
        for start in range(0, len(columns), MAX_COLUMNS)
    ]
    return form_of(*simple, *tables)


def big_form() -> FormSchema:
    """Forty questions of ten types and three tables of seven columns, as the largest forms have them."""
    kinds = ("text", "number", "choice", "date", "long_text", "yes_no", "multiple_choice", "unit", "section", "file")
    simple = [question(kinds[n % 10], f"q{n}", f"第{n + 1}项检查内容与情况说明") for n in range(40)]
    columns = [question(kind, f"c{n}", f"列{n + 1}") for n, kind in enumerate(kinds[:6] + kinds[9:])]
    tables = [table_of(*columns, key=f"t{n}", label=f"清单{n + 1}") for n in range(3)]
    return form_of(*simple, *tables, title="大表单")


def big_form_page() -> FormPage:
    """That form as a draft in the running portal's folder of forms."""
    page = FormPage(slug=f"big-{uuid.uuid4().hex[:8]}", live=False)
    page.ask(big_form())
    FormIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


def home_page() -> Page:
    """The home page, below which editors may publish."""
    return HomePage.objects.get()


def form_page(
    schema: FormSchema, *, parent: Page | None = None, slug: str = "test-form", user: User | None = None
) -> FormPage:
    """A form as an editor leaves it after publishing."""
    page = FormPage(slug=slug, live=False, owner=user)
    page.ask(schema)
    (parent or home_page()).add_child(instance=page)
    page.save_revision(user=user).publish(user=user)
    return FormPage.objects.get(pk=page.pk)


def publish(page: FormPage, schema: FormSchema, user: User | None = None) -> FormPage:
    """The form with other questions, published again."""
    page.ask(schema)
    page.save_revision(user=user).publish(user=user)
    return FormPage.objects.get(pk=page.pk)


def confirm_publishing(client: Client, page: FormPage, *, move: bool = True, note: str = "") -> Any:
    """Send the page that shows what publishing the draft would do, as it stands now."""
    page = FormPage.objects.get(pk=page.pk)
    version = page.current_version
    data = {
        "revision": page.latest_revision_id or 0,
        "version": version.number if version else 0,
        "note": note,
        "drafts": "move" if move else "keep",
    }
    return client.post(f"/admin/form-pages/{page.pk}/publish/", data)


def current(page: FormPage) -> FormVersion:
    """The version in force of a form that has been published."""
    version = page.current_version
    assert version is not None
    return version


def posted(**values: Any) -> QueryDict:
    """What a browser posts: names as they are (use ** for those with dots), lists as several values."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, list(value) if isinstance(value, list | tuple) else [value])
    return data


def post_data(schema: FormSchema, answers: dict[str, Any]) -> QueryDict:
    """What a browser posts when these answers were given; stored files are kept."""
    values: dict[str, Any] = {}
    for one in schema:
        if one.type == "table":
            rows = answers.get(one.key) or []
            values |= {f"{one.key}.-TOTAL_FORMS": str(len(rows)), f"{one.key}.-INITIAL_FORMS": "0"}
            for number, row in enumerate(rows):
                values |= named(one.columns, row, f"{one.key}.{number}.")
        else:
            values |= named((one,), answers, "")
    return posted(**values)


def named(schemas: tuple[FieldSchema, ...], answers: dict[str, Any], path: str) -> dict[str, Any]:
    """Names and values of the inputs for these answers."""
    values: dict[str, Any] = {}
    for one in schemas:
        shown = type_of(one).initial(one, answers.get(one.key))
        if one.type in ("file", "photo"):
            values[f"{path}{one.key}.keep"] = [ref["file"] for ref in shown or []]
        elif one.type in ("place", "signature"):
            values |= {f"{path}{one.key}.{part}": text for part, text in vars(shown).items()} if shown else {}
        elif one.type == "matrix":
            values |= {f"{path}{one.key}.{statement}": choice for statement, choice in (shown or {}).items()}
        elif shown is not None:
            values[f"{path}{one.key}"] = shown if isinstance(shown, list) else str(shown)
    return values


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as it comes with a request."""
    return SimpleUploadedFile(name, content)


def archive(*parts: str) -> bytes:
    """A ZIP archive with these parts, as office files are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for part in parts:
            made.writestr(part, "x")
    return buffer.getvalue()


def editor_post(schema: FormSchema, *, slug: str = "test-form", note: str = "", **more: str) -> dict[str, str]:
    """What the page editor posts for a form with these questions; `**{"action-publish": "1"}` publishes it."""
    return {
        "title": schema.title,
        "slug": slug,
        "intro": schema.intro,
        "version_note": note,
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **stream_inputs("form_fields", stream_of_schema(schema)),
        **stream_inputs("form_rules", stream_of_rules(schema)),
        **more,
    }


def stream_inputs(prefix: str, items: list[dict[str, Any]]) -> dict[str, str]:
    """Names and values of the inputs of a stream or a list of blocks."""
    values = {f"{prefix}-count": str(len(items))}
    for number, item in enumerate(items):
        at = f"{prefix}-{number}"
        values |= {f"{at}-type": item["type"], f"{at}-id": item["id"], f"{at}-order": str(number), f"{at}-deleted": ""}
        values |= block_inputs(f"{at}-value", item["value"], item["type"])
    return values


def block_inputs(prefix: str, value: Any, kind: str) -> dict[str, str]:
    """Names and values of the inputs of one block."""
    if not isinstance(value, dict):
        return {prefix: str(value)}
    values: dict[str, str] = {}
    block_of = RuleBlock() if kind == RULE else FIELD_TYPES[kind].block()
    for name, block in block_of.child_blocks.items():
        setting = value.get(name)
        if isinstance(block, JsonBlock):
            values[f"{prefix}-{name}"] = json.dumps(setting) if setting else ""
        elif name in ("columns", "choices", "statements"):
            values |= stream_inputs(f"{prefix}-{name}", setting or [])
        elif isinstance(block, blocks.RichTextBlock):
            values[f"{prefix}-{name}"] = rich_text(setting or "", features=block.features)
        elif name in value and setting is None:
            values[f"{prefix}-{name}"] = ""
        elif isinstance(setting, bool):
            values |= {f"{prefix}-{name}": "on"} if setting else {}
        else:
            values[f"{prefix}-{name}"] = str(block.get_default() or "") if setting is None else str(setting)
    return values
