"""Document numbers (发文字号): 民发〔2020〕14号, however its brackets were typed."""

import re
from dataclasses import dataclass
from itertools import groupby

from search.text import HAN, fold, is_han, words

_BRACKETS = r"〔〕\[\]()【】﹝﹞〖〗<>《》"
_NUMBER = re.compile(
    rf"[{HAN}]{{1,16}}?[\s{_BRACKETS}]*(?:19|20)\d{{2}}年?[\s{_BRACKETS}]+第?\s*\d{{1,5}}\s*号"
    rf"|[{HAN}]{{1,16}}?令[\s{_BRACKETS}]*第?\s*\d{{1,5}}\s*号"
)
_SAYS_NOTHING = frozenset("第年")
_SPEAKING_WITH_YEAR, _SPEAKING = 2, 4
"""So many characters before the digits tell one issuer's numbers from another's in running text: …民发〔2020〕14号,
…民政部令第24号."""


@dataclass(frozen=True)
class DocumentNumber:
    """A document number found in a text: the words before it may belong to the sentence, not to the number."""

    text: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys it may mean, the longest first: 根据民发-2020-14-号, 据民发-2020-14-号, 民发-2020-14-号, …"""
        whole = number_key(self.text)
        letters = len(whole) - len(whole.lstrip("".join(filter(is_han, whole))))
        return tuple(whole[start:] for start in range(max(letters, 1)))

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Rows of tokens of which one stands wherever the number is cited, with and without 第."""
        tokens = [token for token in words(self.text) if token not in _SAYS_NOTHING]
        letters = next((place for place, token in enumerate(tokens) if not is_han(token)), len(tokens))
        digits = [token for token in tokens[letters:] if not is_han(token)]
        kept = tokens[max(0, letters - (_SPEAKING_WITH_YEAR if len(digits) > 1 else _SPEAKING)) : letters]
        return (*kept, *digits, "号"), (*kept, *digits[:-1], "第", digits[-1], "号")


def number_key(number: str) -> str:
    """The form under which numbers are compared: 民发-2020-14-号, whatever the brackets, blanks and widths were."""
    tokens = [token for token in words(number) if token not in _SAYS_NOTHING]
    return "-".join(
        piece for han, group in groupby(tokens, key=is_han) for piece in (["".join(group)] if han else group)
    )


def numbers_in(text: str) -> list[DocumentNumber]:
    """The document numbers in a title, a question or a text."""
    return [DocumentNumber(found.group()) for found in _NUMBER.finditer(fold(text))]
