"""An uploaded plan is read, corrected, confirmed or put aside."""

import io
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from portal.programmes import services
from portal.programmes.enums import ProposalState
from portal.programmes.models import PlanProposal, Programme
from portal.programmes.plan_import import Fault, PlanFileError
from portal.units.enums import Role
from tests.factories.programmes import PLAN, PlanProposalFactory, proposed_plan, proposed_task
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

CORRECTED = proposed_plan(proposed_task("改正后的任务")).to_dict()


def test_an_uploaded_plan_keeps_file_text_and_proposal() -> None:
    user = person(Role.COORDINATOR)
    plan = services.upload_plan(file=ContentFile(PLAN.encode(), name="dir/整治方案.txt"), user=user)
    plan.refresh_from_db()
    assert (plan.file_name, plan.text, plan.uploaded_by) == ("整治方案.txt", PLAN, user)
    assert (plan.state, plan.revision) == (ProposalState.PROPOSED, 0)
    assert len(plan.proposal["tasks"]) == 3
    assert plan.file.read() == PLAN.encode()


def test_a_file_that_is_no_plan_leaves_nothing_behind() -> None:
    with pytest.raises(PlanFileError) as error:
        services.upload_plan(file=ContentFile(b"%PDF-1.7 ...", name="plan.pdf"), user=person(Role.COORDINATOR))
    assert error.value.fault == Fault.PDF
    assert not PlanProposal.objects.exists()


def test_a_failed_upload_leaves_no_file_behind() -> None:
    name = ""

    def fail(**kwargs: object) -> None:
        nonlocal name
        name = str(PlanProposal.objects.get().file.name)
        raise RuntimeError

    with mock.patch("portal.programmes.services.plans.record", fail), pytest.raises(RuntimeError):
        services.upload_plan(file=ContentFile(PLAN.encode(), name="plan.txt"), user=person(Role.COORDINATOR))
    assert not PlanProposal.objects.exists()
    assert name
    assert not storages["private"].exists(name)


def test_a_saved_correction_is_kept_with_who_and_when() -> None:
    plan, user = PlanProposalFactory(), person(Role.COORDINATOR)
    saved = services.save_proposal(pk=plan.pk, revision=0, data=CORRECTED, user=user)
    assert (saved.revision, saved.changed_by, saved.proposal) == (1, user, CORRECTED)
    assert saved.changed_at is not None


def test_of_two_savers_the_second_is_told_and_overwrites_nothing() -> None:
    plan, first, second = PlanProposalFactory(), person(Role.COORDINATOR), person(Role.COORDINATOR)
    services.save_proposal(pk=plan.pk, revision=0, data=CORRECTED, user=first)
    with pytest.raises(services.StaleProposalError) as stale:
        services.save_proposal(pk=plan.pk, revision=0, data=proposed_plan().to_dict(), user=second)
    assert (stale.value.latest.changed_by, stale.value.latest.revision) == (first, 1)
    plan.refresh_from_db()
    assert plan.proposal == CORRECTED


def test_data_of_another_shape_are_refused() -> None:
    plan = PlanProposalFactory()
    with pytest.raises((KeyError, TypeError)):
        services.save_proposal(pk=plan.pk, revision=0, data={"title": None}, user=person(Role.COORDINATOR))


def test_a_confirmed_plan_is_a_programme_and_is_not_corrected_any_more() -> None:
    plan, user, owner = PlanProposalFactory(), person(Role.COORDINATOR), UnitFactory()
    programme = services.confirm(pk=plan.pk, revision=0, user=user, owner=owner)
    plan.refresh_from_db()
    assert (plan.state, plan.programme) == (ProposalState.CONFIRMED, programme)
    assert (programme.title, programme.owner) == ("临湖市校园周边环境整治专项行动方案", owner)
    with pytest.raises(services.PlanNotOpenError):
        services.save_proposal(pk=plan.pk, revision=plan.revision, data=CORRECTED, user=user)


def test_a_plan_becomes_one_programme_only() -> None:
    plan, user = PlanProposalFactory(), person(Role.COORDINATOR)
    services.confirm(pk=plan.pk, revision=0, user=user)
    with pytest.raises(services.PlanNotOpenError):
        services.confirm(pk=plan.pk, revision=0, user=user)
    assert Programme.objects.count() == 1


def test_nobody_confirms_a_version_that_was_not_seen() -> None:
    plan, user = PlanProposalFactory(), person(Role.COORDINATOR)
    services.save_proposal(pk=plan.pk, revision=0, data=CORRECTED, user=person(Role.COORDINATOR))
    with pytest.raises(services.StaleProposalError):
        services.confirm(pk=plan.pk, revision=0, user=user)
    assert not Programme.objects.exists()


def test_a_plan_put_aside_can_be_taken_up_again() -> None:
    plan, user = PlanProposalFactory(), person(Role.COORDINATOR)
    aside = services.discard(pk=plan.pk, revision=0, user=user)
    assert aside.state == ProposalState.DISCARDED
    with pytest.raises(services.PlanNotOpenError):
        services.confirm(pk=plan.pk, revision=aside.revision, user=user)
    again = services.restore(pk=plan.pk, revision=aside.revision, user=user)
    assert (again.state, again.proposal) == (ProposalState.PROPOSED, plan.proposal)


def test_a_file_larger_than_allowed_is_refused_before_it_is_read() -> None:
    class Huge(io.BytesIO):
        size = 50 * 1024 * 1024
        name = "huge.txt"

        def read(self, *args: object) -> bytes:
            raise AssertionError

    with pytest.raises(PlanFileError) as error:
        services.upload_plan(file=Huge(), user=person(Role.COORDINATOR))  # type: ignore[arg-type]
    assert error.value.fault == Fault.TOO_LARGE
