"""The second factor: codes of an authenticator app (RFC 6238) and one-time recovery codes; both work offline."""

import io

import qrcode
import qrcode.image.svg
from django.db import transaction
from django_otp import user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record

RECOVERY_CODES = 8
SESSION_KEY = "second_factor_due"
"""Set at sign-in of a person with a second factor, removed when its code was given: the middleware asks no database."""


def is_switched_on(user: User) -> bool:
    """Whether a code is asked of this person at sign-in."""
    return user_has_device(user)


def device_to_confirm(*, user: User) -> TOTPDevice:
    """The person's unconfirmed device; a new one when there is none. It asks nothing before it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    return device


def qr_code(device: TOTPDevice) -> str:
    """The device's secret as an SVG picture for the authenticator app's camera."""
    out = io.BytesIO()
    qrcode.make(device.config_url, image_factory=qrcode.image.svg.SvgPathImage, box_size=12).save(out)
    return out.getvalue().decode().split("?>", 1)[-1]


@transaction.atomic
def switch_on(*, user: User, code: str) -> list[str] | None:
    """Confirm the device by a first code and return fresh recovery codes; None when the code is wrong."""
    device = device_to_confirm(user=user)
    if not device.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    StaticDevice.objects.filter(user=user).delete()
    recovery = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    record(action=AuditAction.SECOND_FACTOR, user=user, target=user, summary="on")
    return codes


@transaction.atomic
def switch_off(*, user: User) -> None:
    """Remove the device and the recovery codes."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    record(action=AuditAction.SECOND_FACTOR, user=user, target=user, summary="off")
