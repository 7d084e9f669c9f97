"""How somebody is reached: telephone, e-mail, web address."""

import re
from functools import cache
from typing import Any, Literal

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberType

from forms.builder.rules.text import clean_line, half_width

PhoneKind = Literal["any", "mobile", "landline"]

REGION = "CN"
MAX_TYPED = 60
EXTENSION = re.compile(r"\s*(?:转|分机|轉|ext\.?|x|#)\s*[:.]?\s*(\d{1,6})$", re.IGNORECASE)
HOTLINES = (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST)
"""400 and 800: neither mobile nor landline, and how many bodies are reached."""

MAX_EMAIL = 200
MAX_URL = 1000
DOTS = str.maketrans("。", ".")

check_email = EmailValidator()
check_url = URLValidator(schemes=["http", "https"])
EMAIL_PATTERNS = {
    "name": check_email.user_regex.pattern,
    "domain": check_email.domain_regex.pattern,
    "literal": check_email.literal_regex.pattern,
}
"""How Django recognises the parts of an address; static/js/logic-lines.js reads with the same patterns."""
URL_PATTERN: str = check_url.regex.pattern  # type: ignore[union-attr]


@cache
def numbering_plan() -> dict[str, str]:
    """Patterns of national numbers, without the 0 of long distance, by what they are."""
    plan: Any = PhoneMetadata.metadata_for_region(REGION)
    sorts = {"mobile": [plan.mobile], "landline": [plan.fixed_line], "hotline": [plan.toll_free, plan.shared_cost]}
    return {name: "|".join(one.national_number_pattern for one in parts) for name, parts in sorts.items()}


def parse_phone(text: str, kind: PhoneKind = "any") -> str | None:
    """The telephone number typed, None for nothing: 13800138000, 0898-88276666, 0898-88276666转123.

    Numbers of mainland China by the numbering plan that phonenumbers carries; +86, spaces, brackets and dashes are
    understood. ValidationError says what is missing or what else is asked for.
    """
    typed = half_width(text)
    if not typed:
        return None
    if len(typed) > MAX_TYPED:
        raise no_number(kind)
    extension = EXTENSION.search(typed)
    number = parsed(typed[: extension.start()] if extension else typed, kind)
    sort = phonenumbers.number_type(number)
    if number.country_code != 86 or not phonenumbers.is_valid_number(number):
        raise no_number(kind)
    if sort == PhoneNumberType.MOBILE:
        return mobile(number, kind, has_extension=extension is not None)
    if kind == "mobile":
        raise ValidationError(_("This is no mobile number: it has 11 digits and begins with 1."), code="kind")
    if sort != PhoneNumberType.FIXED_LINE and (kind == "landline" or sort not in HOTLINES):
        raise no_number(kind)
    return landline(number) + (f"转{extension[1]}" if extension else "")


def parsed(typed: str, kind: PhoneKind) -> PhoneNumber:
    """The number by the numbering plan; ValidationError if it is none, or its area code is missing."""
    digits = re.sub(r"\D", "", typed)
    if re.search(r"[^\d\s()+\-–—‐‑−./]", typed):
        raise ValidationError(_("A telephone number has digits only, such as %(example)s."), "invalid", example(kind))
    if len(digits) in (7, 8) and digits[0] in "2345678" and kind != "mobile":
        raise ValidationError(_("Please add the area code: 0898-88276666."), code="area_code")
    try:
        return phonenumbers.parse(re.sub(r"[–—‐‑−]", "-", typed), REGION)
    except phonenumbers.NumberParseException:
        raise no_number(kind) from None


def mobile(number: PhoneNumber, kind: PhoneKind, *, has_extension: bool) -> str:
    """13800138000; ValidationError where a landline is asked for, or something stands behind it."""
    if kind == "landline":
        raise ValidationError(_("This is a mobile number; a landline with its area code is asked for."), code="kind")
    if has_extension:
        raise ValidationError(_("A mobile number has no extension."), code="extension")
    return str(phonenumbers.national_significant_number(number))


def landline(number: PhoneNumber) -> str:
    """0898-88276666; a hotline as it is dialled."""
    digits = phonenumbers.national_significant_number(number)
    area = phonenumbers.length_of_geographical_area_code(number)
    return f"0{digits[:area]}-{digits[area:]}" if area else str(digits)


def example(kind: PhoneKind) -> dict[str, str]:
    """A number of the wanted kind, for messages."""
    return {"example": "0898-88276666" if kind == "landline" else "13800138000"}


def no_number(kind: PhoneKind) -> ValidationError:
    """The refusal of what cannot be dialled."""
    return ValidationError(_("There is no such number. Please write it as %(example)s."), "invalid", example(kind))


def parse_email(text: str) -> str | None:
    """The address typed, None for nothing; its domain in small letters."""
    typed = half_width(text).translate(DOTS)
    if not typed:
        return None
    refusal = ValidationError(_("Please write an e-mail address such as name@example.cn."), code="invalid")
    if len(typed) > MAX_EMAIL:
        raise refusal
    try:
        check_email(typed)
    except ValidationError:
        raise refusal from None
    name, _at, domain = typed.rpartition("@")
    return f"{name}@{domain.lower()}"


def parse_url(text: str) -> str | None:
    """The web address typed, None for nothing; https:// is put before one that names no scheme.

    Only http and https: an address is shown as a link, and a link must not run anything.
    """
    typed = clean_line(text)
    if not typed:
        return None
    if "://" not in typed:
        typed = f"https://{half_width(typed).translate(DOTS)}"
    if len(typed) > MAX_URL:
        raise ValidationError(
            _("The address has %(length)d characters; at most %(longest)d fit."),
            code="max_length",
            params={"length": len(typed), "longest": MAX_URL},
        )
    scheme, _sep, rest = typed.partition("://")
    refusal = ValidationError(_("Please write a web address such as https://www.example.cn/news."), code="invalid")
    if "@" in re.split(r"[/?#]", rest)[0]:  # a name and password, or an e-mail address
        raise refusal
    try:
        check_url(typed)
    except ValidationError:
        raise refusal from None
    return f"{scheme.lower()}://{rest}"
