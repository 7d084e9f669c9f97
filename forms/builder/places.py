"""Places as degrees of latitude and longitude (WGS-84), as people and devices write them. Pure."""

import re
import unicodedata
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms.builder.rules import clean_line

DECIMALS = 6
"""A tenth of a metre."""
MOST_METRES = 100_000
"""An accuracy beyond this says nothing about a place."""

LATITUDE, LONGITUDE = "latitude", "longitude"
GREATEST = {LATITUDE: 90, LONGITUDE: 180}

NUMBER = r"\d{1,3}(?:\.\d+)?"
ANGLE = re.compile(
    rf"(?P<sign>[+-])?(?P<degrees>{NUMBER})(?:°(?:(?P<minutes>{NUMBER})′(?:(?P<seconds>{NUMBER})″)?)?)?",
)
SIDES = {
    "N": (LATITUDE, 1), "北纬": (LATITUDE, 1), "北": (LATITUDE, 1),
    "S": (LATITUDE, -1), "南纬": (LATITUDE, -1), "南": (LATITUDE, -1),
    "E": (LONGITUDE, 1), "东经": (LONGITUDE, 1), "东": (LONGITUDE, 1),
    "W": (LONGITUDE, -1), "西经": (LONGITUDE, -1), "西": (LONGITUDE, -1),
}  # fmt: skip
SIDE = re.compile("|".join(sorted(SIDES, key=len, reverse=True)))
BODY = rf"[+-]?{NUMBER}(?: ?°(?: ?{NUMBER} ?′(?: ?{NUMBER} ?″)?)?)?"
ONE = rf"(?:(?:{SIDE.pattern}) ?{BODY}|{BODY} ?(?:{SIDE.pattern})|{BODY})"
PAIR = re.compile(rf"({ONE})(?: ?, ?| )({ONE})", re.IGNORECASE)
MARKS = str.maketrans({
    "º": "°", "˚": "°", "度": "°",
    "'": "′", "’": "′", "‘": "′", "´": "′", "分": "′",
    '"': "″", "”": "″", "“": "″", "秒": "″",
    "−": "-", "–": "-", "。": ".", "，": ",", "、": ",", "；": ",", ";": ",",
})  # fmt: skip
MOST_QUOTED = 40


class Angle(NamedTuple):
    """Degrees, and which coordinate they say they are ("": they do not say)."""

    coordinate: str
    degrees: float


def parse_place(latitude: str, longitude: str) -> dict[str, float] | None:
    """The place typed, None for nothing. Both may stand in one text, parted by a comma or a space.

    18.2528, 18°15′10″, 北纬18度15分10秒 and 18.2528N are understood, full-width digits too. Of a pair without letters
    whose first number can be no latitude, the second is it: map services of China give longitude first. ValidationError
    for what lies nowhere on Earth.
    """
    texts = [text for text in (normal(latitude), normal(longitude)) if text]
    if not texts:
        return None
    pair = parted(texts[0]) if len(texts) == 1 else None
    if pair is None and len(texts) == 1:
        given, missing = (LATITUDE, longitude_missing()) if normal(latitude) else (LONGITUDE, latitude_missing())
        parse_angle(texts[0], given)
        raise ValidationError(missing, code="half")
    texts = pair or texts
    first, second = parse_angle(texts[0], LATITUDE), parse_angle(texts[1], LONGITUDE)
    named = [angle.coordinate for angle in (first, second) if angle.coordinate]
    if len(named) > len(set(named)):
        raise ValidationError(_("Please give one latitude and one longitude, such as 18.2528, 109.5120."), "invalid")
    no_latitude = bool(pair) and not named and abs(first.degrees) > GREATEST[LATITUDE] >= abs(second.degrees)
    if first.coordinate == LONGITUDE or second.coordinate == LATITUDE or no_latitude:
        first, second = second, first
    return {"lat": bounded(first.degrees, LATITUDE), "lng": bounded(second.degrees, LONGITUDE)}


def latitude_missing() -> str:
    """What is said of a longitude alone."""
    return _("The latitude is missing.")


def longitude_missing() -> str:
    """What is said of a latitude alone."""
    return _("The longitude is missing.")


def normal(text: str) -> str:
    """The text with one kind of digits, marks and letters, and single spaces."""
    marked = clean_line(text).translate(MARKS)
    plain = unicodedata.normalize("NFKC", marked).translate(MARKS).replace("′′", "″")
    return " ".join(plain.split())


def parted(text: str) -> list[str] | None:
    """A pair in its two parts; None for a single angle."""
    if match := PAIR.fullmatch(text):
        return list(match.groups())
    parts = [part.strip() for part in text.split(",")]
    return parts if len(parts) == 2 and all(parts) else None


def parse_angle(text: str, wanted: str) -> Angle:
    """The angle; ValidationError for a text that is none."""
    bare = text.replace(" ", "").upper()
    sides = SIDE.findall(bare)
    match = ANGLE.fullmatch(SIDE.sub("", bare))
    if match is None or len(sides) > 1 or (sides and match["sign"]):
        raise ValidationError(unreadable(wanted), code="invalid", params={"typed": shortened(text)})
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise ValidationError(_("“%(typed)s”: minutes and seconds go up to 59."), "minutes", {"typed": shortened(text)})
    degrees = float(match["degrees"]) + minutes / 60 + seconds / 3600
    coordinate, sign = SIDES[sides[0]] if sides else ("", -1 if match["sign"] == "-" else 1)
    return Angle(coordinate, sign * degrees)


def shortened(text: str) -> str:
    """What was typed, as far as a message needs it."""
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


def unreadable(wanted: str) -> str:
    """What is said of a text that is no angle."""
    if wanted == LATITUDE:
        return _("“%(typed)s” is not a latitude. Please write it as 18.2528 or as 18°15′10″.")
    return _("“%(typed)s” is not a longitude. Please write it as 109.5120 or as 109°30′43″.")


def bounded(degrees: float, wanted: str) -> float:
    """The degrees, rounded; ValidationError beyond the pole or once around the Earth."""
    if abs(degrees) > GREATEST[wanted]:
        message = (
            _("The latitude lies between -90 and 90 degrees.")
            if wanted == LATITUDE
            else _("The longitude lies between -180 and 180 degrees.")
        )
        raise ValidationError(message, code="range")
    return round(degrees, DECIMALS) + 0.0


def is_place(answer: Any) -> bool:
    """Whether a stored answer is a place."""
    if not isinstance(answer, dict):
        return False
    degrees = (answer.get("lat"), answer.get("lng"))
    return all(isinstance(one, int | float) and not isinstance(one, bool) for one in degrees)


def place_in_words(place: dict[str, Any]) -> str:
    """北纬18.252800°，东经109.512000°（误差约 12 米）."""
    latitude, longitude = place["lat"], place["lng"]
    degrees = {"latitude": f"{abs(latitude):.6f}", "longitude": f"{abs(longitude):.6f}"}
    north = _("%(latitude)s° N") if latitude >= 0 else _("%(latitude)s° S")
    east = _("%(longitude)s° E") if longitude >= 0 else _("%(longitude)s° W")
    words = _("%(north)s, %(east)s") % {"north": north % degrees, "east": east % degrees}
    metres = place.get("accuracy")
    if not isinstance(metres, int | float) or isinstance(metres, bool):
        return words
    return _("%(place)s (within about %(metres)d m)") % {"place": words, "metres": metres}
