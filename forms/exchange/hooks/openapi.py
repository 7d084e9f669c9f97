"""What web hooks post, as the `webhooks` of the OpenAPI document: whoever writes a receiver finds the names there."""

from typing import Any

from forms.exchange.hooks.enums import HookEvent

MEANINGS = {
    HookEvent.SUBMITTED: "A unit sent a report, for the first time or again.",
    HookEvent.WITHDRAWN: "A unit took back a report that nobody had decided on.",
    HookEvent.RETURNED: "A report was returned to its unit to be mended.",
    HookEvent.ACCEPTED: "A report was accepted and counts from now on.",
    HookEvent.REOPENED: "An accepted report was reopened; it does not count until it is accepted again.",
    HookEvent.WAIVED: "A unit was freed from a report; it is owed no more and is in no rate.",
    HookEvent.ASKED_AGAIN: "The waiver was taken back; the report is owed as before.",
    HookEvent.BINNED: "A report was put in the bin; it counts no more, and its unit owes it again.",
    HookEvent.RESTORED: "A report came back from the bin exactly as it was; see `state` and `accepted`.",
}
ENVELOPE: dict[str, Any] = {
    "type": "object",
    "required": ["id", "event", "at", "report"],
    "properties": {
        "id": {"type": "string", "format": "uuid", "description": "Equal in every attempt and every replay."},
        "event": {"type": "string", "enum": [event.value for event in HookEvent]},
        "at": {"type": "string", "format": "date-time"},
        "report": {
            "type": "object",
            "properties": {
                "id": {"type": "integer", "description": "As `id` in /expected."},
                "requirement_id": {"type": "integer"},
                "period_id": {"type": "integer"},
                "unit_id": {"type": "integer"},
                "state": {"type": ["string", "null"], "description": "Null where there is no report (any more)."},
                "accepted": {"type": "boolean"},
                "version": {"type": ["integer", "null"]},
                "receipt": {"type": ["string", "null"]},
                "url": {"type": "string", "format": "uri"},
            },
        },
        "answers": {
            "type": "object",
            "description": "Only where chosen, of accepted reports, without personal and sensitive answers.",
        },
    },
}


def webhooks() -> dict[str, Any]:
    """One entry for each event."""
    body = {"required": True, "content": {"application/json": {"schema": ENVELOPE}}}
    names = ("Idempotency-Key", "X-Portal-Event", "X-Portal-Timestamp", "X-Portal-Signature")
    headers = [{"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in names]
    return {
        event.value: {
            "post": {
                "summary": meaning,
                "description": (
                    "Signed: `X-Portal-Signature` is `sha256=` and the HMAC-SHA256 of `<timestamp>.<body>` with the "
                    "web hook's secret. Sent at least once; the receiver drops an `id` that it knows."
                ),
                "parameters": headers,
                "requestBody": body,
                "responses": {"2XX": {"description": "The receiver has it; anything else is tried again."}},
            }
        }
        for event, meaning in MEANINGS.items()
    }
