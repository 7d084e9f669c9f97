"""The QR code on a receipt."""

import io
import re
from functools import lru_cache

import qrcode
import qrcode.image.svg
from django.http import HttpRequest
from django.urls import reverse

from forms.submissions.models import SubmissionVersion
from forms.submissions.receipts.hashes import SHOWN


def verify_address(request: HttpRequest, version: SubmissionVersion) -> str:
    """Where the QR code leads: the page that verifies, filled in."""
    query = {"number": version.receipt, "hash": version.content_hash[:SHOWN]}
    return request.build_absolute_uri(reverse("receipts:verify", query=query))


@lru_cache(maxsize=512)
def qr_svg(address: str) -> str:
    """The address as an SVG picture to stand in a page, in the colour of the text; without a request of its own."""
    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    out = io.BytesIO()
    code.make_image(image_factory=qrcode.image.svg.SvgPathImage).save(out)
    svg = out.getvalue().decode().split("?>", 1)[-1]
    return re.sub(r' (?:width|height)="[\d.]+mm"', "", svg)  # the style sheets say how large it is
