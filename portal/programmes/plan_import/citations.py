"""Numbers of other documents (文号): 民发〔2020〕14号, with any brackets, also in footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.proposal import ProposedCitation

NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{2,14})[\[({《<](?P<year>(?:19|20)\d\d)年?[\])}》>]第?(?P<number>\d{1,5})[号號]"
)
_WORDS = "根据|按照|依据|遵照|落实|参照|执行|依照|参见|详见|贯彻|印发|转发|结合|对照|文件|通知|文号|以及|见"
LEADING_WORDS = re.compile(rf"^.*(?:{_WORDS}|以|和|及|与|即|如|由|在|号|按|经)(?=[\u4e00-\u9fff]{{2}})")
# Behind a bracket the number begins at once: 如政发, 和政办 and 经信 are issuers there, not 如, 和 and 经.
LEADING_WORDS_IN_BRACKETS = re.compile(rf"^(?:.*(?:{_WORDS})|即)(?=[\u4e00-\u9fff]{{2}})")
# More numbers of the same issuer: 〔2024〕5号、6号 and 〔2023〕8号.
MORE = re.compile(r"(?:、|和|及|与|,)(?:[\[({《<](?P<year>(?:19|20)\d\d)年?[\])}》>])?第?(?P<number>\d{1,5})[号號]")
OWN_LINE = 26
MAX_KNOWN = 20


def find_citations(views: Iterable[View], title_start: int) -> tuple[ProposedCitation, ...]:
    """Return the numbers of documents in reading order, each once.

    A number that stands alone on a line at the document's head is the plan's own and is marked so.
    """
    found: dict[str, ProposedCitation] = {}
    issuers: dict[str, list[str]] = {}
    for piece in views:
        for match in NUMBER.finditer(piece.key):
            start = _issuer_start(piece, match)
            issuer = piece.plain[start : match.end("issuer")]
            known = issuers.setdefault(f"{match['year']}-{match['number']}", [])
            if len(issuer) < 2 or any(one.endswith(issuer) or issuer.endswith(one) for one in known[:MAX_KNOWN]):
                continue  # found before, now with a word too many or too few before its issuer
            known.append(issuer)
            at_head = not found and piece.offsets[0] <= max(title_start, 0) + 2000 and len(piece.plain) <= OWN_LINE
            own = at_head and not re.sub(r"[()\[\]]", "", piece.key[:start] + piece.key[match.end() :])
            for year, number, first, last in _numbers(piece, match):
                name = f"{issuer}〔{year}〕{number}号"
                begin = start if first == match.start() else first
                if name not in found:
                    found[name] = ProposedCitation(
                        span=piece.span(begin, last),
                        words=piece.words(begin, last),
                        rule="document-number-own" if own else "document-number",
                        confidence=0.95,
                        number=name,
                        own=own,
                    )
    return tuple(found.values())


def _issuer_start(piece: View, match: re.Match[str]) -> int:
    """Return where the issuer begins in what was matched: behind 根据, 参见…"""
    start = match.start()
    bracketed = start == 0 or piece.key[start - 1] in "([《"
    words = LEADING_WORDS_IN_BRACKETS if bracketed else LEADING_WORDS
    lead = words.match(match["issuer"])
    return start + lead.end() if lead else start


def _numbers(piece: View, match: re.Match[str]) -> Iterator[tuple[str, str, int, int]]:
    """Yield (year, number, start, end) of the matched number and of those listed right behind it."""
    year = match["year"]
    yield year, match["number"], match.start(), match.end()
    position = match.end()
    while more := MORE.match(piece.key, position):
        year = more["year"] or year
        yield year, more["number"], position + 1, more.end()
        position = more.end()
