"""Many people and many things: what each person finds, against what each may see by the models' own `visible_to`."""

import random
from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from forms.collection.enums import ReportState
from forms.submissions.models import Submission
from home.policies.models import PolicyPage
from home.training.models import TrainingPage
from portal.accounts.models import User
from portal.programmes.enums import ProgrammeState
from portal.programmes.models import Programme, Task
from portal.units.enums import Role
from search.kinds import POLICY, REPORT, TASK, TRAINING
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, TrainingPageFactory, paragraph, restrict
from tests.factories.programmes import ProgrammeFactory, TaskFactory, TaskUnitFactory
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person
from tests.integration.search.asking import ask_as

WORD = "救助"
Asker = User | AnonymousUser
THINGS, PEOPLE = 300, 40
PAGE = 100


@dataclass(frozen=True)
class Seen:
    """What a person may see: names in the index, how many of each kind, of each unit."""

    objects: frozenset[str]
    kinds: Counter[str]
    units: Counter[str]


def populate(seed: int) -> list[Asker]:
    """300 things of four kinds, open to all sorts of people, and 41 people. The same seed gives the same.

    Some reports have the word in rows of a table only.
    """
    chance = random.Random(seed)
    units = [UnitFactory(name=f"第{number}工作组") for number in range(12)]
    for number in range(120):
        articles = paragraph(f"第一条 {WORD}管理。</p><p>第二条 {WORD}标准{number}。") if number % 3 == 0 else "[]"
        _close(chance, PolicyPageFactory(title=f"{WORD}办法{number}", body=articles))
    for number in range(60):
        _close(chance, TrainingPageFactory(title=f"{WORD}培训{number}"))
    for state in (ProgrammeState.RUNNING, ProgrammeState.RUNNING, ProgrammeState.DRAFT):
        programme = ProgrammeFactory(state=state)
        for number in range(20):
            task = TaskFactory(programme=programme, title=f"{WORD}任务{number}")
            TaskUnitFactory(task=task, unit=chance.choice(units))
    for number in range(5):
        in_rows = number % 2 == 1
        requirement = RequirementFactory(title=f"{'' if in_rows else WORD}小结{number}", owner=chance.choice(units[:4]))
        rows = {"problems": [{"what": f"{WORD}站第{place}处积水"} for place in range(3)]} if in_rows else {}
        period = PeriodFactory(requirement=requirement)
        for unit in units:
            reached = chance.choice([ReportState.ACCEPTED, ReportState.ACCEPTED, ReportState.SUBMITTED])
            report_in(reached, ExpectedReportFactory(period=period, unit=unit), ANSWERS | rows)
    people = [person(chance.choice(list(Role)), chance.choice(units)) for _ in range(PEOPLE - len(Role))]
    return [AnonymousUser(), *(person(role, chance.choice(units)) for role in Role), *people]


def may_see(asker: Asker) -> Seen:
    """By the models, without the index. Tasks of a programme in preparation are found by nobody."""
    begun = Programme.objects.visible_to(asker).exclude(state=ProgrammeState.DRAFT)
    reports = list(
        Submission.objects.visible_to(asker).filter(state=ReportState.ACCEPTED).select_related("expected__unit")
    )
    tasks = list(Task.objects.filter(programme__in=begun).prefetch_related("task_units__unit"))
    things = {
        POLICY: [page.pk for page in PolicyPage.objects.visible_to(asker)],
        TRAINING: [page.pk for page in TrainingPage.objects.visible_to(asker)],
        TASK: [task.pk for task in tasks],
        REPORT: [report.pk for report in reports],
    }
    units = Counter(str(report.expected.unit) for report in reports)
    units.update(str(part.unit) for task in tasks for part in task.task_units.all())
    return Seen(
        objects=frozenset(f"{kind}:{pk}" for kind, pks in things.items() for pk in pks),
        kinds=+Counter({kind: len(pks) for kind, pks in things.items()}),
        units=units,
    )


def finds(asker: Asker) -> Seen:
    """By the search: every page of results, total and counts."""
    objects: list[str] = []
    page = 1
    while True:
        results = ask_as(asker, WORD, facets=("kind", "unit"), page=page, size=PAGE)
        objects += [hit.object_id for hit in results.hits]
        if len(results.hits) < PAGE:
            break
        page += 1
    assert len(objects) == len(set(objects)) == results.total
    counts = {name: Counter({item.value: item.count for item in results.facets[name]}) for name in ("kind", "unit")}
    return Seen(frozenset(objects), counts["kind"], counts["unit"])


def _close(chance: random.Random, page: PolicyPage | TrainingPage) -> None:
    """Half stay open; some are closed to some roles, some to whoever is not signed in, some by a password."""
    lot = chance.random()
    if lot > 0.5:
        return
    if lot > 0.1:
        restrict(page, *chance.sample(list(Role), chance.randint(1, 3)))
    elif lot > 0.05:
        restrict(page, kind=PageViewRestriction.LOGIN)
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim")
