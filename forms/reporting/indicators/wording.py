"""The words of indicators: a value, what it is made of, and the rule by which it was worked out."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forms.reporting.indicators.enums import Aggregation
from forms.reporting.indicators.rules import Figure, shown
from forms.reporting.indicators.services import Result


def plain(value: Decimal) -> str:
    """1,234.5."""
    return f"{shown(value):,f}"


def value_in_words(found: Result, figure: Figure) -> str:
    """The value with its unit of measure; a dash where there is none."""
    return "—" if figure.value is None else f"{plain(figure.value)} {found.measure}".strip()


def made_of(found: Result, figure: Figure, *, is_total: bool = False) -> str:
    """Numerator and denominator: what the value was made of."""
    match found.aggregation:
        case Aggregation.SUM:
            said = ngettext("sum of %(n)s answer", "sum of %(n)s answers", figure.number)
            return said % {"n": figure.number}
        case Aggregation.AVERAGE:
            return f"{plain(figure.total)} ÷ {figure.number}"
        case Aggregation.SHARE_YES:
            return f"{figure.hits} ÷ {figure.number}"
        case Aggregation.LATEST:
            return _("newest accepted report of each unit")
        case _:
            by_choice = found.counts_choices and not (is_total and not found.indicator.choice)
            said = pgettext("indicator", "%(hits)s of %(n)s answers")
            return said % {"hits": figure.hits, "n": figure.number} if by_choice else _answers(figure.number)


def _answers(number: int) -> str:
    return ngettext("%(n)s answer", "%(n)s answers", number) % {"n": number}


def basis(figure: Figure) -> str:
    """How many of the accepted reports answered: “23 / 25, 2 of them nil”."""
    words = f"{figure.answered} / {figure.accepted}"
    if not figure.nil:
        return words
    return ngettext("%(share)s (%(nil)s nil report)", "%(share)s (%(nil)s nil reports)", figure.nil) % {
        "share": words,
        "nil": figure.nil,
    }


def rule(found: Result) -> str:
    """The rule in a sentence."""
    indicator = found.indicator
    label = found.question.label if found.question else indicator.question
    asked = indicator.requirement.title if indicator.requirement else indicator.form.title
    words = _("%(how)s of “%(question)s”, %(split)s, from the accepted reports on “%(asked)s”") % {
        "how": found.aggregation.label,
        "question": label,
        "split": _split(indicator.get_split_display()),
        "asked": asked,
    }
    if indicator.choice and found.question:
        choice = dict(found.question.choices).get(indicator.choice, indicator.choice)
        words = pgettext("rule", "%(rule)s; counted is “%(choice)s”") % {"rule": words, "choice": choice}
    if found.filtered_by is not None:
        choice = dict(found.filtered_by.choices).get(indicator.filter_choice, indicator.filter_choice)
        words = pgettext("rule", "%(rule)s; only where “%(question)s” is “%(choice)s”") % {
            "rule": words,
            "question": found.filtered_by.label,
            "choice": choice,
        }
    return pgettext("rule", "%(rule)s.") % {"rule": words}


def _split(label: str) -> str:
    """In the middle of an English sentence it begins small; Chinese has no small letters."""
    return label[:1].lower() + label[1:]
