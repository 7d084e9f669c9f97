"""Numbers of other documents (文号): 民发〔2020〕14号, with any brackets, also in footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.proposal import ProposedCitation

NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,14})[\[({《<](?P<year>(?:19|20)\d\d)年?[\])}》>]第?(?P<number>\d{1,5})[号號]"
)
_WORDS = "根据|按照|依据|遵照|落实|参照|执行|依照|参见|详见|贯彻|印发|转发|结合|对照|文件|通知|文号|以及|见"
LEADING_WORDS = re.compile(rf"^.*(?:{_WORDS}|以|和|及|与|即|如|由|在|号|按|经)(?=[\u4e00-\u9fff]{{2}})")
# Behind a bracket the number begins at once: 如政发, 和政办 and 经信 are issuers there, not 如, 和 and 经.
LEADING_WORDS_IN_BRACKETS = re.compile(rf"^(?:.*(?:{_WORDS})|即)(?=[\u4e00-\u9fff]{{2}})")
OWN_LINE = 24


def find_citations(views: Iterable[View], title_start: int) -> tuple[ProposedCitation, ...]:
    """Return the numbers of documents in reading order, each once.

    A number that stands alone on a line before the plan's title is the plan's own and is marked so.
    """
    found: dict[str, ProposedCitation] = {}
    for piece in views:
        for match in NUMBER.finditer(piece.key):
            start = match.start()
            bracketed = start == 0 or piece.key[start - 1] in "([《"
            words = LEADING_WORDS_IN_BRACKETS if bracketed else LEADING_WORDS
            if lead := words.match(match["issuer"]):
                start += lead.end()
            issuer = piece.plain[start : match.end("issuer")]
            if len(issuer) < 2:
                continue
            number = f"{issuer}〔{match['year']}〕{match['number']}号"
            alone = start == 0 and match.end() == len(piece.plain) and len(piece.plain) <= OWN_LINE
            own = alone and not found and piece.offsets[0] <= max(title_start, 0) + 2000
            if number not in found:
                found[number] = ProposedCitation(
                    span=piece.span(start, match.end()),
                    words=piece.words(start, match.end()),
                    rule="document-number-own" if own else "document-number",
                    confidence=0.95,
                    number=number,
                    own=own,
                )
    return tuple(found.values())
