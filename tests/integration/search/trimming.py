"""Many people and many things: what each person finds and is offered, against the models' own `visible_to`."""

import csv
import random
from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from forms.collection.enums import ReportState
from forms.submissions.models import Submission
from home.policies.models import PolicyPage
from home.training.models import TrainingPage
from portal.accounts.models import User
from portal.programmes.enums import ProgrammeState
from portal.programmes.models import Programme, Task
from portal.units.access import access_for
from portal.units.enums import Role
from search.answering import answer
from search.kinds import POLICY, REPORT, TASK, TRAINING
from search.parameters import Asked
from search.suggesting.services import Suggestion, suggest
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
TITLES = 40
"""So many things, chosen anew for each person, of which it is tried whether their titles are offered."""

BEGUN = (WORD, "jiuzhu", "jz", "第", "dig", "gongzuozu", f"{WORD}小结", f"{WORD}任务1", "xiaojie")
"""What people have typed so far."""


MISSPELT = {"救住小结": "救助小结", "救住任物": "救助任务", "救住陪训": "救助培训", "gongzuozu": "工作组"}
"""What is typed, and words that the titles of some things have."""


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


@dataclass(frozen=True)
class Library:
    """What is called how: a title for each thing, its address, and what each thing is also found by."""

    titles: dict[str, str]
    addresses: dict[str, str]

    def called(self, title: str) -> set[str]:
        """The things of that title."""
        return {name for name, known in self.titles.items() if known == title}


def library() -> Library:
    """Every thing that somebody may see, by the models."""
    pages = [
        (f"{kind}:{page.pk}", page.title, page.get_url())
        for kind, model in ((POLICY, PolicyPage), (TRAINING, TrainingPage))
        for page in model.objects.all()
    ]
    tasks = [
        (f"{TASK}:{task.pk}", str(task), reverse("programmes:task", args=[task.pk])) for task in Task.objects.all()
    ]
    reports = [
        (
            f"{REPORT}:{report.pk}",
            f"{report.expected.period.requirement.title} · {report.expected.unit}",
            reverse("submissions:detail", args=[report.pk]),
        )
        for report in Submission.objects.select_related("expected__unit", "expected__period__requirement")
    ]
    rows = [*pages, *tasks, *reports]
    return Library({name: title for name, title, _url in rows}, {url: name for name, _title, url in rows})


def check(asker: Asker, seen: Seen, here: Library, chance: random.Random) -> None:
    """What the person finds, sees counted, is offered and takes away is what may be seen."""
    assert finds(asker) == seen, asker
    check_offers(asker, seen, here, chance)
    check_corrections(asker, seen, here)
    check_export(asker, seen, here)


def check_offers(asker: Asker, seen: Seen, here: Library, chance: random.Random) -> None:
    """Nothing is offered that leads to, or is said of, what the person may not see; what may be seen is offered."""
    for typed in BEGUN:
        for one in offered_to(asker, typed):
            _check(asker, one, seen, here)
    for name in chance.sample(sorted(here.titles), TITLES):
        title = here.titles[name]
        offered = offered_to(asker, title)
        for one in offered:
            _check(asker, one, seen, here)
        # Of several things of one title that may be seen the title is offered as a question.
        visible = here.called(title) & seen.objects
        led = {here.addresses.get(one.url, "") for one in offered if one.text == title}
        assert led == (visible if len(visible) == 1 else {""} if visible else set()), (asker, title)


def check_corrections(asker: Asker, seen: Seen, here: Library) -> None:
    """A question is set right where the person may see something that has the words, and nowhere else."""
    visible = [here.titles[name] for name in seen.objects]
    for typed, words in MISSPELT.items():
        given = answer(Asked(text=typed), access_for(asker).tokens())
        offered = given.meant or (given.asked if given.instead_of else None)
        assert (offered and offered.text) == (words if any(words in title for title in visible) else None), (
            asker,
            typed,
        )


def check_export(asker: Asker, seen: Seen, here: Library) -> None:
    """The file has a row for each thing that the person may see, and no other; who has not signed in gets none."""
    client = Client()
    if isinstance(asker, User):
        client.force_login(asker)
    response = client.get(reverse("search:export"), {"q": WORD, "format": "csv"})
    if not isinstance(asker, User):
        assert response.status_code == 302
        return
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))[1:]
    # The last column is the address, of the part that answers best.
    links = [row[-1].removeprefix("http://testserver").partition("#")[0] for row in rows]
    names = [here.addresses[link] for link in links]
    assert sorted(names) == sorted(seen.objects), asker


def offered_to(asker: Asker, typed: str) -> list[Suggestion]:
    """What a person is offered."""
    return suggest(typed, access_for(asker).tokens())


def _check(asker: Asker, one: Suggestion, seen: Seen, here: Library) -> None:
    if one.url:
        assert here.addresses[one.url] in seen.objects, (asker, one)
    elif called := here.called(one.text):
        assert called & seen.objects, (asker, one)
    else:
        assert ask_as(asker, f'"{one.text}"').total, (asker, one)


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
