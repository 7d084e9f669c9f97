"""Requests as browsers make them: whatever a killed one has left behind, the same request is made again."""

import base64
import json
import uuid
from typing import Any

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forms.submissions.drafts.parts import bases_of
from forms.submissions.files import reference
from forms.submissions.petitions.services import ask_to_reopen
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import save_draft, submit
from forms.submissions.signing import hand_in
from tests.factories.collection import ANSWERS
from tests.factories.submissions import attach
from tests.integration.forms.submissions.killing.world import Case, Scenario, nothing

DRAFT = {"summary": "刚写了一半"}
TUS = {"Tus-Resumable": "1.0.0"}


def content_of(case: Case) -> bytes:
    """A file that no other report has."""
    return f"街面巡查情况，第{case.number}号。".encode() * 40


def said(response: Any) -> str:
    """What came of it: the status, and how the page after it begins."""
    return " ".join([str(response.status_code), *(one.level_tag for one in get_messages(response.wsgi_request))])


def _page(case: Case, action: str = "submit", stored: dict[str, Any] | None = None, **typed: Any) -> dict[str, Any]:
    """What the fill-in page posts: it was opened before anything happened."""
    return {
        "action": action,
        "revision": case.prepared.get("revision", 0),
        "key": case.key,
        "problems.-TOTAL_FORMS": "0",
        "problems.-INITIAL_FORMS": "0",
        ".form": case.world.schema.digest(),
        ".base": json.dumps(bases_of(case.world.schema, stored or {})),
        **ANSWERS,
        **typed,
    }


def _post(case: Case, who: str, name: str, data: dict[str, Any], number: int | None = None) -> str:
    address = reverse(f"submissions:{name}", args=[number or case.number])
    return said(case.browser(who).post(address, data))


# --- The unit -------------------------------------------------------------------------------------------------------


def send(case: Case) -> str:
    """Send a report that nobody had begun, with a file in the form itself, as without scripts."""
    file = SimpleUploadedFile("巡查.txt", content_of(case))
    return _post(case, "reporter", "fill", _page(case, evidence=file))


def hand_in_draft(case: Case) -> str:
    """Hand a draft to the unit's reviewer."""
    return _post(case, "reporter", "fill", _page(case, stored=DRAFT))


def upload(case: Case) -> str:
    """A file in two pieces by tus. A browser that comes back goes on where the file is."""
    client, note, content = case.browser("reporter"), case.world.notes / str(case.number), content_of(case)
    if note.exists():
        where = note.read_text()
        offset = int(client.head(where, headers=TUS)["Upload-Offset"])
    else:
        name, question = (base64.b64encode(text.encode()).decode() for text in ("巡查.txt", "evidence"))
        about = {"Upload-Length": str(len(content)), "Upload-Metadata": f"filename {name},question {question}"}
        address = reverse("submissions:uploads", args=[case.number])
        where, offset = client.post(address, headers={**TUS, **about})["Location"], 0
        note.write_text(where)
    for end in (len(content) // 2, len(content)):
        if offset < end:
            answer = client.patch(
                where,
                content[offset:end],
                content_type="application/offset+octet-stream",
                headers={**TUS, "Upload-Offset": str(offset)},
            )
            offset = int(answer["Upload-Offset"])
    answer = client.get(where)
    case.prepared["kept"] = answer.json()["file"]
    return str(answer.status_code)


def send_what_was_uploaded(case: Case) -> str:
    """Send the report with the file."""
    return _post(case, "reporter", "fill", _page(case, **{"evidence.keep": case.prepared["kept"]}))


def autosave(case: Case) -> str:
    """Keep what was typed so far."""
    return _post(case, "reporter", "autosave", {".base": json.dumps(bases_of(case.world.schema, {})), **ANSWERS})


def report_nothing(case: Case) -> str:
    """A nil report."""
    data = {"note": "本期无事项。", "key": case.key, "revision": case.prepared["revision"]}
    return _post(case, "reporter", "nil", data)


def sign(case: Case) -> str:
    """The unit's reviewer lets the report out."""
    return _post(case, "reviewer", "sign_off", {"revision": case.prepared["revision"]})


def send_again(case: Case) -> str:
    """Mend what was marked and send once more."""
    stored = {**ANSWERS, **case.prepared["file"]}
    keep = case.prepared["file"]["evidence"][0]["file"]
    return _post(case, "reporter", "fill", _page(case, stored=stored, people=13, **{"evidence.keep": keep}))


def withdraw(case: Case) -> str:
    """Take back what was sent."""
    return _post(case, "reporter", "withdraw", {"version": 1, "reason": "数字有误。"})


# --- The collecting unit --------------------------------------------------------------------------------------------


def accept_it(case: Case) -> str:
    """Accept."""
    return _post(case, "coordinator", "accept", {"version": 1})


def return_it(case: Case) -> str:
    """Return with a marked place."""
    data = {"version": 1, "reason": "请核对。", "mark.people": "与台账不符。"}
    return _post(case, "coordinator", "return", data)


def reopen(case: Case) -> str:
    """Approve that an accepted report goes back."""
    return _post(case, "second", "petition", {"approve": "on"}, number=case.prepared["petition"])


# --- What was there before ------------------------------------------------------------------------------------------


def begun(case: Case) -> None:
    """A draft."""
    saved = save_draft(user=case.people["reporter"], expected=case.found.expected, answers=DRAFT, revision=0)
    case.prepared["revision"] = saved.revision


def sent(case: Case) -> None:
    """A report that waits for review."""
    send_with(case, {})


def sent_with_file(case: Case) -> None:
    """The same with a file."""
    send_with(case, {"evidence": [reference(attach(case.found, "巡查.txt", content_of(case)))]})


def send_with(case: Case, file: dict[str, Any]) -> None:
    """Send what everybody sends, and perhaps a file."""
    case.prepared["file"] = file
    answers = {**ANSWERS, **file}
    submit(user=case.people["reporter"], expected=case.found.expected, answers=answers, revision=0, key=uuid.uuid4())


def handed_in(case: Case) -> None:
    """One that waits to be signed off."""
    report = hand_in(
        user=case.people["reporter"], expected=case.found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4()
    )
    case.prepared["revision"] = report.revision


def returned(case: Case) -> None:
    """One with a file that came back with a mark."""
    sent_with_file(case)
    report = return_report(
        user=case.world.coordinator, submission=case.report, version=1, marks={"people": "与台账不符。"}
    )
    case.prepared["revision"] = report.revision


def accepted(case: Case) -> None:
    """One that counts."""
    sent(case)
    accept(user=case.world.coordinator, submission=case.report, version=1)


def accepted_with_file(case: Case) -> None:
    """The same with a file."""
    sent_with_file(case)
    accept(user=case.world.coordinator, submission=case.report, version=1)


def to_be_reopened(case: Case) -> None:
    """One that counts, and of which somebody has asked that it goes back."""
    accepted(case)
    petition = ask_to_reopen(user=case.world.coordinator, expected=case.found.expected, reason="数字有误。")
    case.prepared["petition"] = petition.pk


REQUESTS = {
    "send": Scenario(nothing, send),
    "upload": Scenario(nothing, upload, after=send_what_was_uploaded),
    "save": Scenario(nothing, autosave),
    "nothing to report": Scenario(begun, report_nothing),
    "hand in": Scenario(begun, hand_in_draft, signed=True, unit=("reporter", "reviewer")),
    "sign off": Scenario(handed_in, sign, ("reviewer",), signed=True, unit=("reporter", "reviewer")),
    "send again": Scenario(returned, send_again),
    "withdraw": Scenario(sent, withdraw),
    "accept": Scenario(sent_with_file, accept_it, ("coordinator",), unit=("reporter", "colleague")),
    "return": Scenario(sent, return_it, ("coordinator",)),
    "reopen": Scenario(to_be_reopened, reopen, ("second",)),
}
