"""What changes what can be found: the only place where search listens, what editors do to many files at once aside.

Every receiver runs inside the transaction of the change and writes to the outbox there. Wagtail saves a page in a
transaction (`Page.save` is atomic) which includes the signal and the page's children.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import post_page_move

from forms.builder.models import FormPage
from forms.collection.models import ReportingPeriod, Requirement
from forms.submissions.enums import Step
from forms.submissions.models import Submission, SubmissionFile
from forms.submissions.signals import report_binned, report_moved, report_restored
from home.policies.models import PolicyPage, PolicyTopic
from portal.media.models import FileText, PortalDocument
from portal.media.references import documents_used_by_any
from portal.programmes.models import Action, Milestone, Programme, Task, TaskUnit
from portal.units.models import Unit, UnitAlias
from search.outbox import note
from search.sources.documents import DocumentSource
from search.sources.registry import source_of
from search.sources.report_files import ReportFileSource
from search.sources.reports import ReportSource
from search.sources.tasks import TaskSource
from search.tasks import read_report_files

REPORT, REPORT_FILE, DOCUMENT, TASK = ReportSource.name, ReportFileSource.name, DocumentSource.name, TaskSource.name

DRAFT_FIELDS = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "locked", "locked_at"}
)
"""A live page saved with these alone has a new draft; what readers see is the same."""


# --- Pages and their files ------------------------------------------------------------------------------------------


def note_pages(pages: Iterable[Page], *, withdraws: bool) -> None:
    """Note pages, and the files they have used until now: who may find those depends on the pages."""
    pks: list[int] = []
    by_source: dict[str, list[int]] = {}
    for page in pages:
        pks.append(page.pk)
        found = source_of(page.specific_class or type(page))
        if found is not None:
            by_source.setdefault(found.name, []).append(page.pk)
    for name, of_source in by_source.items():
        note(name, of_source, withdraws=withdraws)
    note(DOCUMENT, documents_used_by_any(pks), withdraws=True)
    # Results of what a page replaced name the page.
    replaced = PolicyPage.objects.live().filter(replaced_by__in=pks).exclude(pk__in=pks)
    note("policy", replaced.values_list("pk", flat=True), withdraws=withdraws)


@receiver(post_save, dispatch_uid="search.page_saved")
def page_saved(instance: Model, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """A page was published, changed or taken offline."""
    if raw or not isinstance(instance, Page) or (update_fields is not None and update_fields <= DRAFT_FIELDS):
        return
    note_pages([instance], withdraws=not instance.live)


@receiver(pre_delete, dispatch_uid="search.page_deleted")
def page_deleted(instance: Model, **kwargs: Any) -> None:
    """A page is deleted; its references are still there."""
    if isinstance(instance, Page):
        note_pages([instance], withdraws=True)


@receiver(post_page_move, dispatch_uid="search.page_moved")
def page_moved(instance: Page, **kwargs: Any) -> None:
    """A page moved with all below it: addresses change, and who may open them."""
    note_pages(instance.get_descendants(inclusive=True).live(), withdraws=True)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.restriction_changed")
def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Somebody else may open a page and all below it now."""
    note_pages(instance.page.get_descendants(inclusive=True).live(), withdraws=True)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through, dispatch_uid="search.restriction_groups_changed")
def restriction_groups_changed(instance: Any, action: str, **kwargs: Any) -> None:
    """Other groups are let through a restriction."""
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        restriction_changed(instance=instance)


@receiver(pre_delete, sender=Group, dispatch_uid="search.group_deleted")
def group_deleted(instance: Group, **kwargs: Any) -> None:
    """A group is deleted, and no restriction lets it through any more; those that did are still known.

    Its members' roles stay, so the index would go on showing them what they may not open.
    """
    _note_pages_of(instance)


@receiver(post_save, sender=Group, dispatch_uid="search.group_renamed")
def group_renamed(
    instance: Group,
    created: bool = False,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """A group has another name, which says whose role it stands for (`audience_tokens`)."""
    if not (created or raw) and (update_fields is None or "name" in update_fields):
        _note_pages_of(instance)


def _note_pages_of(group: Group) -> None:
    for restriction in PageViewRestriction.objects.filter(groups=group).select_related("page"):
        restriction_changed(instance=restriction)


@receiver([post_save, post_delete], sender=CollectionViewRestriction, dispatch_uid="search.collection_restricted")
def collection_restricted(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Others may read the files of a collection now."""
    note_files_in(instance.collection)


@receiver(post_save, sender=Collection, dispatch_uid="search.collection_changed")
def collection_changed(instance: Collection, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A collection may be put below another one, whose restrictions hold for it then.

    Wagtail moves it without a signal, after saving it and in the same transaction.
    """
    if not (created or raw) and CollectionViewRestriction.objects.exists():
        note_files_in(instance)


def note_files_in(collection: Collection) -> None:
    """Note the files of a collection and of all below it: who may read them has changed."""
    files = PortalDocument.objects.filter(collection__in=collection.get_descendants(inclusive=True))
    note(DOCUMENT, files.values_list("pk", flat=True), withdraws=True)


@receiver(post_save, sender=PortalDocument, dispatch_uid="search.document_changed")
def document_changed(
    instance: PortalDocument,
    created: bool = False,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """A file of the library came, was read or changed; it may have been replaced, or shut away in a collection."""
    if not raw:
        note(DOCUMENT, [instance.pk], withdraws=not created and update_fields is None)


@receiver(post_delete, sender=PortalDocument, dispatch_uid="search.document_deleted")
def document_deleted(instance: PortalDocument, **kwargs: Any) -> None:
    """A file of the library is gone."""
    note(DOCUMENT, [instance.pk], withdraws=True)


@receiver(post_save, sender=PolicyTopic, dispatch_uid="search.topic_changed")
def topic_changed(instance: PolicyTopic, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A topic was renamed."""
    if not (created or raw):
        note("policy", PolicyPage.objects.live().filter(topic=instance).values_list("pk", flat=True))


# --- Reports --------------------------------------------------------------------------------------------------------


def note_reports(reports: Any, *, withdraws: bool = False) -> None:
    """Note accepted reports and their files; `reports` is a queryset."""
    pks = list(reports.values_list("pk", flat=True))
    note(REPORT, pks, withdraws=withdraws)
    files = SubmissionFile.objects.filter(submission__in=pks).values_list("pk", flat=True)
    note(REPORT_FILE, files, withdraws=withdraws)


BEFORE_ACCEPTANCE = frozenset(Step) - {Step.ACCEPT, Step.REOPEN}


def accepted() -> Any:
    """Reports that can be found."""
    return Submission.objects.filter(accepted_version__isnull=False)


@receiver(report_binned, dispatch_uid="search.report_binned")
def report_gone(submission: Submission, **kwargs: Any) -> None:
    """A report goes into the bin: nobody finds it any more."""
    note_reports(Submission.objects.filter(pk=submission.pk), withdraws=True)


@receiver([report_moved, report_restored], dispatch_uid="search.report_moved")
def report_changed_hands(submission: Submission, step: Step | None = None, **kwargs: Any) -> None:
    """A report was sent, returned, accepted or restored: it is found while it is accepted.

    Steps before acceptance change nothing that could be found.
    """
    if step in BEFORE_ACCEPTANCE:
        return
    is_accepted = submission.accepted_version_id is not None
    note_reports(Submission.objects.filter(pk=submission.pk), withdraws=not is_accepted)
    if is_accepted:
        read_report_files.enqueue(submission.pk)


@receiver(post_save, sender=FileText, dispatch_uid="search.file_read")
def file_read(instance: FileText, **kwargs: Any) -> None:
    """The text of a file of a report is known now."""
    found = SubmissionFile.objects.filter(sha256=instance.sha256, submission__in=accepted())
    note(REPORT_FILE, found.values_list("pk", flat=True))


@receiver(post_save, sender=Requirement, dispatch_uid="search.requirement_changed")
def requirement_changed(instance: Requirement, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A requirement has another title, programme or collecting unit; the last decides who may find its reports."""
    if not (created or raw):
        note_reports(accepted().filter(expected__period__requirement=instance), withdraws=True)


@receiver(post_save, sender=ReportingPeriod, dispatch_uid="search.period_changed")
def period_changed(instance: ReportingPeriod, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A period was renamed."""
    if not (created or raw):
        note_reports(accepted().filter(expected__period=instance))


@receiver(post_save, sender=FormPage, dispatch_uid="search.form_renamed")
def form_renamed(
    instance: FormPage, created: bool = False, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A form was renamed; results name it."""
    if not (created or raw) and (update_fields is None or not frozenset(update_fields) <= DRAFT_FIELDS):
        note_reports(accepted().filter(expected__period__requirement__form=instance))


# --- Units and the plan ---------------------------------------------------------------------------------------------


def unit_renamed(unit_id: int) -> None:
    """Whatever names the unit is looked at again."""
    note_reports(accepted().filter(expected__unit_id=unit_id))
    note(TASK, Task.objects.filter(task_units__unit_id=unit_id).distinct().values_list("pk", flat=True))


@receiver(post_save, sender=Unit, dispatch_uid="search.unit_changed")
def unit_changed(instance: Unit, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A unit may have another name."""
    if not (created or raw):
        unit_renamed(instance.pk)


@receiver([post_save, post_delete], sender=UnitAlias, dispatch_uid="search.alias_changed")
def alias_changed(instance: UnitAlias, raw: bool = False, **kwargs: Any) -> None:
    """A unit is called otherwise, too."""
    if not raw:
        unit_renamed(instance.unit_id)


@receiver(post_save, sender=Programme, dispatch_uid="search.programme_changed")
def programme_changed(instance: Programme, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """A programme has another title, or begins: its tasks become visible to everybody inside."""
    if not (created or raw):
        note(TASK, instance.tasks.values_list("pk", flat=True), withdraws=True)
        note_reports(accepted().filter(expected__period__requirement__programme=instance))


@receiver(post_save, sender=Task, dispatch_uid="search.task_changed")
def task_changed(instance: Task, raw: bool = False, **kwargs: Any) -> None:
    """A task came or changed."""
    if not raw:
        note(TASK, [instance.pk])


@receiver(post_delete, sender=Task, dispatch_uid="search.task_deleted")
def task_deleted(instance: Task, **kwargs: Any) -> None:
    """A task is gone."""
    note(TASK, [instance.pk], withdraws=True)


@receiver(post_save, sender=Task, dispatch_uid="search.task_moved")
def task_moved(
    instance: Task, created: bool = False, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A task may belong to another action now; the reports on it name the action."""
    if not (created or raw) and (update_fields is None or "action" in update_fields):
        note_reports(accepted().filter(expected__period__requirement__task=instance))


@receiver([post_save, post_delete], sender=TaskUnit, dispatch_uid="search.task_unit_changed")
@receiver([post_save, post_delete], sender=Milestone, dispatch_uid="search.milestone_changed")
def part_of_task_changed(instance: TaskUnit | Milestone, raw: bool = False, **kwargs: Any) -> None:
    """A unit's part in a task, or a time limit."""
    if not raw:
        note(TASK, [instance.task_id])


@receiver(post_save, sender=Action, dispatch_uid="search.action_changed")
def action_changed(instance: Action, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """An action was renamed; its tasks and the reports on them name it."""
    if not (created or raw):
        note(TASK, instance.tasks.values_list("pk", flat=True))
        note_reports(accepted().filter(expected__period__requirement__task__action=instance))
