"""Programmes, uploaded plans, and proposals built by hand."""

import io
from typing import Any

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from portal.programmes.enums import ProgrammeState, UnitRole
from portal.programmes.ledger_forms import LedgerForms, RowFormSet, TaskForm
from portal.programmes.models import Action, Milestone, PlanProposal, Programme, Task, TaskUnit
from portal.programmes.plan_import import (
    PlanProposal as Proposed,
)
from portal.programmes.plan_import import (
    ProposedAction,
    ProposedCitation,
    ProposedDeadline,
    ProposedPhase,
    ProposedReporting,
    ProposedTask,
    ProposedTitle,
    ProposedUnit,
    Span,
    propose,
    read_document,
)
from tests.factories.units import UnitFactory, UserFactory

PLAN = """临湖市校园周边环境整治专项行动方案

根据省教育厅《关于整治校园周边环境的通知》（湘教发〔2025〕9号）要求，制定本方案。

一、主要任务

（一）集中整治行动

1. 排查周边摊点。2026年3月20日前，完成对校园周边摊点的一次排查，建立台账。（责任单位：市教育局、市城市管理局）

2. 加强日常巡查。每月至少1次开展联合巡查，2026年5月底前形成长效机制。（责任单位：市城市管理局、各区政府）

（二）宣传引导行动

3. 开展安全教育。2026年4月15日前，各校开展一次安全教育。（责任单位：市教育局）

二、工作步骤

（一）动员部署阶段（2026年1月-2026年2月）。制定实施细则。

（二）组织实施阶段（2026年3月-2026年6月）。按任务推进。

三、工作要求

各责任单位于2026年6月20日前报送工作总结至市教育局。
"""
"""An invented plan: two actions, three tasks, three units, two phases, one reporting date, one citation."""


class ProgrammeFactory(DjangoModelFactory):
    """A programme under way."""

    class Meta:
        model = Programme

    title = factory.Sequence(lambda n: f"测试专项行动{n:03d}")
    state = ProgrammeState.RUNNING


class ActionFactory(DjangoModelFactory):
    """An action of a programme."""

    class Meta:
        model = Action

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"测试行动{n:03d}")
    position = factory.Sequence(int)


class TaskFactory(DjangoModelFactory):
    """A task below an action of the same programme."""

    class Meta:
        model = Task

    programme = factory.SubFactory(ProgrammeFactory)
    action = factory.SubFactory(ActionFactory, programme=factory.SelfAttribute("..programme"))
    number = factory.Sequence(lambda n: str(n + 1))
    title = factory.Sequence(lambda n: f"测试任务{n:03d}")
    text = "2026年3月20日前完成。"
    position = factory.Sequence(int)


class TaskUnitFactory(DjangoModelFactory):
    """A responsible unit on a task."""

    class Meta:
        model = TaskUnit

    task = factory.SubFactory(TaskFactory)
    unit = factory.SubFactory(UnitFactory)
    role = UnitRole.RESPONSIBLE


class MilestoneFactory(DjangoModelFactory):
    """A time limit to the day."""

    class Meta:
        model = Milestone

    task = factory.SubFactory(TaskFactory)
    date = factory.Faker("date_object")
    precision = "day"
    text = "按期完成"


class PlanProposalFactory(DjangoModelFactory):
    """An uploaded plan with what the rules read out of `text`."""

    class Meta:
        model = PlanProposal

    file_name = "plan.txt"
    text = PLAN
    uploaded_by = factory.SubFactory(UserFactory)
    file = factory.LazyAttribute(lambda plan: ContentFile(plan.text.encode(), name=plan.file_name))
    proposal = factory.LazyAttribute(lambda plan: read_out_of(plan.text).to_dict())


def read_out_of(text: str) -> Proposed:
    """What the rules propose for a text."""
    return propose(read_document(io.BytesIO(text.encode()), "plan.txt"))


ORIGIN: dict[str, Any] = {"words": "", "rule": "task-arabic", "confidence": 0.95, "span": Span(0, 0)}


def proposed_unit(name: str, role: str = "responsible", **origin: Any) -> ProposedUnit:
    """A unit without a place in a text."""
    return ProposedUnit(name=name, role=role, **{**ORIGIN, **origin})


def proposed_deadline(
    date: str | None, precision: str | None = "day", kind: str = "due", text: str = ""
) -> ProposedDeadline:
    """A time limit without a place in a text."""
    return ProposedDeadline(date=date, precision=precision, kind=kind, text=text, **ORIGIN)


def proposed_task(title: str, *units: ProposedUnit, **values: Any) -> ProposedTask:
    """A task without a place in a text."""
    defaults: dict[str, Any] = {"number": None, "action": None, "title_span": Span(0, 0), "deadlines": ()}
    return ProposedTask(title=title, units=units, **{**ORIGIN, **defaults, **values})


def proposed_plan(
    *tasks: ProposedTask, title: str = "测试方案", actions: tuple[str, ...] = (), **parts: Any
) -> Proposed:
    """A proposal without a text."""
    return Proposed(
        title=ProposedTitle(title=title, **ORIGIN),
        actions=tuple(ProposedAction(title=action, **ORIGIN) for action in actions),
        tasks=tasks,
        **parts,
    )


def proposed_phase(title: str, start: str | None, end: str | None) -> ProposedPhase:
    """A phase without a place in a text."""
    return ProposedPhase(title=title, start=start, end=end, **ORIGIN)


def proposed_reporting(date: str | None, to: str | None, text: str = "") -> ProposedReporting:
    """A reporting date without a place in a text."""
    return ProposedReporting(date=date, to=to, text=text, **ORIGIN)


def proposed_citation(number: str, *, own: bool = False) -> ProposedCitation:
    """A citation without a place in a text."""
    return ProposedCitation(number=number, own=own, **ORIGIN)


def as_posted(ledger: LedgerForms, **changes: Any) -> dict[str, str]:
    """What a browser sends of an untouched ledger page, except for ``changes``."""
    sent: dict[str, str] = {}

    def add_form(form: Any) -> None:
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                sent[field.html_name] = "on" if value is True else str(value)

    def add_formset(formset: RowFormSet) -> None:
        add_form(formset.management_form)
        for form in formset.forms:
            add_form(form)
            if isinstance(form, TaskForm):
                for part in form.parts:
                    add_formset(part)

    add_form(ledger.title)
    for formset in ledger.formsets:
        add_formset(formset)
    return sent | {name: str(value) for name, value in changes.items()}
