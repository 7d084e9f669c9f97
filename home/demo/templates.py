"""What the demonstration's library of forms holds: what several forms ask in the same words."""

from typing import TYPE_CHECKING

from forms.builder.library.models import FormTemplate
from forms.builder.library.services import keep_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.builder.models import FormPage
    from portal.accounts.models import User

TEMPLATES: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "contacts",
        "联络员名单",
        "各单位联络员的姓名、职务和电话；全市统一格式，由牵头处室维护。",
        ("people", "contacts"),
        ("contacts",),
    ),
    (
        "inspection",
        "问题清单",
        "检查日期、发现的问题及整改时限、路径、标准、责任人，带合计；各类检查表通用。",
        ("inspected_on", "findings", "has_problems", "problems_note", "problems", "problem_count", "major_count"),
        ("problems",),
    ),
    ("open_day_report", "活动情况报告", "宣传、开放日等活动的整张报告，用时改标题和说明。", (), ()),
)
"""Form, title, what it is for, the keys that are kept (empty: all of them), and those of them that are locked."""


def load_templates(forms: "Mapping[str, FormPage]", user: "User") -> None:
    """Keep the templates that are not there yet."""
    for name, title, description, keys, locked in TEMPLATES:
        if FormTemplate.objects.filter(title=title).exists():
            continue
        schema = forms[name].schema_now
        chosen = keys or tuple(one.key for one in schema.fields)
        keep_template(user=user, title=title, description=description, schema=schema, keys=chosen, locked_keys=locked)
