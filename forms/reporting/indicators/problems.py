"""What is wrong with an indicator since its form has changed: said wherever the figure is shown."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.utils.translation import gettext as _

from forms.builder.schema import FormSchema
from forms.reporting.indicators.enums import Aggregation
from forms.reporting.indicators.questions import Question, find

if TYPE_CHECKING:
    from forms.reporting.indicators.models import Indicator


class Problem(NamedTuple):
    """A sentence; broken indicators have no figure, others have one that must be read with care."""

    words: str
    is_broken: bool = False


class Versions(Protocol):
    """Whoever knows what the versions of a form ask."""

    by_form: dict[int, list[tuple[int, FormSchema]]]

    def question(self, form_id: int, path: str) -> Question | None:
        """The question as last asked."""
        ...

    def latest(self, form_id: int) -> FormSchema | None:
        """What the form asks now."""
        ...


def problems_of(indicator: "Indicator", versions: Versions) -> list[Problem]:
    """Everything that is wrong, the worst first."""
    asked = versions.question(indicator.form_id, indicator.question)
    if asked is None:
        return [Problem(_("The form has no such question. Please choose another one."), is_broken=True)]
    if Aggregation(indicator.aggregation) not in asked.aggregations:
        return [
            Problem(
                _("“%(question)s” has another type now, of which this cannot be worked out.")
                % {"question": asked.label},
                is_broken=True,
            )
        ]
    return [*_filter_problems(indicator, versions), *_retired(indicator, asked, versions), *_units(indicator, versions)]


def _filter_problems(indicator: "Indicator", versions: Versions) -> list[Problem]:
    if not indicator.filter_question:
        return []
    found = versions.question(indicator.form_id, indicator.filter_question)
    if found is None or indicator.filter_choice not in dict(found.choices):
        words = _("The choice by which reports are picked is not in the form any more.")
        return [Problem(words, is_broken=found is None)]
    return []


def _retired(indicator: "Indicator", asked: Question, versions: Versions) -> list[Problem]:
    latest = versions.latest(indicator.form_id)
    found = []
    if latest is not None and find(latest, indicator.question) is None:
        words = _("“%(question)s” is not asked any more in the current version of the form; the figure ends there.")
        found.append(Problem(words % {"question": asked.label}))
    if indicator.choice and indicator.choice not in dict(asked.choices):
        found.append(Problem(_("The choice that is counted is not in the list any more.")))
    return found


def _units(indicator: "Indicator", versions: Versions) -> list[Problem]:
    """Yuan and ten thousand yuan, added up, make nonsense."""
    known = (find(schema, indicator.question) for _pk, schema in versions.by_form.get(indicator.form_id, ()))
    units = list(dict.fromkeys(one.unit for one in known if one is not None))
    if len(units) < 2 or indicator.aggregation in {Aggregation.COUNT, Aggregation.CHOICE, Aggregation.SHARE_YES}:
        return []
    words = _("The unit of measure has changed between the versions of the form (%(units)s); compare with care.")
    return [Problem(words % {"units": "、".join(unit or "—" for unit in units)})]
