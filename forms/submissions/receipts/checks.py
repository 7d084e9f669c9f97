"""Start-up check: whether this machine can make PDF files of reports."""

import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Caution

from forms.submissions.receipts.pdf import can_make_pdf


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese characters; without its program nothing can be said against it."""
    if not shutil.which("fc-list"):
        return True
    done = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
    return bool(done.stdout.strip())


@register(deploy=True)
def pdf_can_be_made(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Without Pango reports are printed by the browser; without a Chinese font a PDF shows boxes."""
    if not can_make_pdf():
        return [
            Caution(
                "PDF files of reports cannot be made: the library Pango is missing. Browsers print them instead.",
                hint="apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk",
                id="portal.W011",
            )
        ]
    if not has_chinese_font():
        return [
            Caution(
                "No font with Chinese characters is installed: PDF files of reports would show boxes.",
                hint="apt-get install fonts-noto-cjk",
                id="portal.W012",
            )
        ]
    return []
