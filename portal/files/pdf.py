"""From a page to a PDF file, by WeasyPrint; and whether that can be done on this machine.

WeasyPrint stands on a library of the system (Pango) that may be missing; then the browser prints.
"""

import logging
import re
import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import ImageFile

from portal.files.spreading import spread_lines

PICTURE = "picture:"
"""How a page for PDF names a picture: by its number."""

Pictures = Mapping[str, Callable[[], bytes]]
"""JPEG pictures by number, read when the page comes to them."""

_one_at_a_time = threading.Lock()
"""Setting a long page takes tens of megabytes; several at once would take the worker's memory together."""


@cache
def can_make_pdf() -> bool:
    """Whether Pango is there."""
    for name in ("weasyprint", "weasyprint.progress"):  # it tells every step of every page, and of its own loading
        logging.getLogger(name).setLevel(logging.ERROR)
    truncated_pass = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    finally:
        # WeasyPrint lets Pillow pass broken pictures, everywhere in the process; uploads are checked by that.
        ImageFile.LOAD_TRUNCATED_IMAGES = truncated_pass
    return True


def page_count_css() -> str:
    """What CSS puts at the foot of each page: 第 1 页，共 3 页."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    parts = [part for part in re.split(r"(\{pages?\})", _("Page {page} of {pages}")) if part]
    return " ".join(counters.get(part) or '"' + re.sub(r'["\\\n<]', "", part) + '"' for part in parts)


def make_pdf(html: str, *, styles: Path, pictures: Pictures | None = None, spread: bool = False) -> bytes:
    """The page as PDF. Nothing is fetched for it but the pictures given; OSError where none can be made.

    With `spread`, justified lines of Chinese reach both edges (`portal.files.spreading`).
    """
    if not can_make_pdf():
        raise OSError
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher(pictures or {})
    with _one_at_a_time, spread_lines() if spread else nullcontext():
        fonts = FontConfiguration()
        rules = CSS(string=styles.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher)
        page = HTML(string=html, url_fetcher=fetcher, base_url=None)
        written: bytes = page.write_pdf(stylesheets=[rules], font_config=fonts, jpeg_quality=80, dpi=150)
    return written


def _fetcher(pictures: Pictures) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class PicturesOnly(URLFetcher):
        """Reads the page's own pictures and what stands in the page itself; no file, no address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """The picture; ValueError for everything else."""
            if url.startswith("data:"):
                return super().fetch(url, headers)
            read = pictures.get(url.removeprefix(PICTURE)) if url.startswith(PICTURE) else None
            if read is None:
                raise ValueError(url)
            return URLFetcherResponse(url, read(), {"Content-Type": "image/jpeg"})

    return PicturesOnly(allowed_protocols=("data",))
