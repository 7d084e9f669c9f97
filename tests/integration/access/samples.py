"""A real row for every part of an address that varies, out of the demonstration data."""

import datetime
import re
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Collection, Page, Site, Task, Workflow

from forms.builder.models import FormTemplate, FormVersion
from forms.collection.models import ReportingPeriod, Requirement
from forms.exchange.exports.enums import ExportFormat, Values
from forms.exchange.exports.rules import Selection
from forms.exchange.exports.running import run
from forms.exchange.exports.services import ask
from forms.exchange.hooks.models import Hook
from forms.exchange.hooks.services import save_hook
from forms.reporting.models import Indicator
from forms.reporting.rollups.compiling import compile_rollup
from forms.reporting.rollups.models import Sentence
from forms.submissions.files import keep_file
from forms.submissions.models import Submission, SubmissionFile
from forms.submissions.uploads.models import Upload
from home.desk.feeds import give_feed
from home.policies.models import PolicyPage, PolicyTopic
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.media.models import PortalDocument, PortalImage
from portal.notifications.enums import Kind
from portal.notifications.models import Delivery
from portal.notifications.services import Words, notify
from portal.programmes.models import PlanProposal, Programme
from portal.programmes.models import Task as PlanTask
from portal.tokens.enums import Scope
from portal.tokens.services import create_token
from portal.units.models import Membership, Unit
from search.judging.models import Judgement, JudgementList
from search.learning.wishes.models import Wish
from search.previewing.models import Preview
from search.saving.models import SavedSearch
from search.tuning.models import Boost, Promotion, StopPhrase, SynonymGroup
from tests.integration.access.routes import Route

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf"
    "c0f01f0005000101a5f645400000000049454e44ae426082"
)


class Samples:
    """Fills routes with rows; made once, from the loaded demonstration."""

    def __init__(self) -> None:
        self.report = Submission.objects.filter(files__isnull=False, state="accepted").earliest("pk")
        page = PolicyPage.objects.earliest("pk")
        editor = User.objects.get(username="editor")
        document = PortalDocument.objects.create(
            title="内部文件", file=SimpleUploadedFile("internal.txt", "内部".encode()), uploaded_by_user=editor
        )
        image = PortalImage.objects.create(title="图", file=ContentFile(PIXEL, name="pixel.png"))
        revision = page.save_revision(user=editor)
        told = notify(recipient=editor, kind=Kind.REPORT_DUE, key="sample", words=lambda: Words("样例"))
        plan = PlanProposal.objects.earliest("pk")
        period = self.report.expected.period
        coordinator = User.objects.get(username="coordinator")
        self.rollup = compile_rollup(user=coordinator, period=period, title="样例")
        token, _secret = create_token(user=editor, name="样例", scopes=[Scope.REPORTS], days=1)
        self.by_name: dict[str, Any] = {
            "page_id": page.pk,
            "page_pk": page.pk,
            "parent_page_id": page.get_parent().pk,
            "page_to_move_id": page.pk,
            "destination_id": page.get_parent().pk,
            "revision_id": revision.pk,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "document_id": document.pk,
            "doc_id": document.pk,
            "image_id": image.pk,
            "filter_spec": "width-100",
            "year": 2026,
            "collection_id": Collection.objects.earliest("pk").pk,
            "workflow_pk": Workflow.objects.earliest("pk").pk,
            "task_id": Task.objects.earliest("pk").pk,
            "content_type_app_name": "policies",
            "content_type_model_name": "policypage",
            "app_label": "policies",
            "app_name": "policies",
            "model_name": "policypage",
            "object_id": page.pk,
            "action": "publish",
            "action_name": "approve",
            "kind": "units",
            "format_name": "json",
            "name": Path(image.get_rendition("width-100").file.name).name,
            "number": self._photo().pk,
            "upload": self._upload().pk,
            "feed_key": give_feed(user=editor).key,
            "file_kind": "docx",
            "block_pk": self.rollup.blocks.earliest("pk").pk,
            "sentence_pk": Sentence.objects.filter(block__rollup=self.rollup).earliest("pk").pk,
            "wish_pk": Wish.objects.earliest("pk").pk,
            "question_number": 1,
            "receipt": self.report.versions.earliest("pk").receipt,
        }
        self.by_space: dict[str, Any] = {
            "programmes": Programme.objects.earliest("pk").pk,
            "programmes:task": PlanTask.objects.earliest("pk").pk,
            "programmes_task": PlanTask.objects.earliest("pk").pk,
            "programmes_programme": Programme.objects.earliest("pk").pk,
            "programme_plans": plan.pk,
            "collection": Requirement.objects.filter(state="open").earliest("pk").pk,
            "exports": self._export(),
            "hooks": self._hook(),
            "tokens": token.pk,
            "exports:new": Requirement.objects.filter(state="open").earliest("pk").pk,
            "submissions": self.report.pk,
            "reporting": Indicator.objects.earliest("pk").pk,
            "rollups": self.rollup.pk,
            "submissions:fill": self._open_expected(),
            "collection:due_date": self._open_expected(),
            "collection:waive": self._open_expected(),
            "workbook": self._open_expected(),
            "bin:report": self.report.pk,
            "bin:requirement": Requirement.objects.filter(state="open").earliest("pk").pk,
            "form_templates": self._template(editor),
            "builder": FormVersion.objects.earliest("pk").pk,
            "wagtailadmin_api:pages": page.pk,
            "wagtailadmin_api:documents": document.pk,
            "wagtailadmin_api:images": image.pk,
            "wagtailadmin_pages": page.pk,
            "wagtailadmin_collections": self.by_name["collection_id"],
            "wagtailadmin_workflows": self.by_name["workflow_pk"],
            "wagtaildocs_chooser": document.pk,
            "wagtailimages_chooser": image.pk,
            "wagtailsites": Site.objects.earliest("pk").pk,
            "wagtailusers_users": editor.pk,
            "wagtailusers_groups": Group.objects.earliest("pk").pk,
            "wagtailsnippets_policies_policytopic": PolicyTopic.objects.earliest("pk").pk,
            "wagtailsnippetchoosers_policies_policytopic": PolicyTopic.objects.earliest("pk").pk,
            "units_unit": Unit.objects.earliest("pk").pk,
            "units_person": editor.pk,
            "units_membership": Membership.objects.earliest("pk").pk,
            "notifications": told.pk if told else 0,
            "notifications_deliveries": Delivery.objects.latest("pk").pk,
            "audit_log": AuditEvent.objects.earliest("pk").pk,
            "search:saving": SavedSearch.objects.earliest("pk").pk,
            "search_synonyms": SynonymGroup.objects.create(words="托养\n站外照料").pk,
            "search_promotions": Promotion.objects.create(question="热线", first=page).pk,
            "search_previewing": self._preview(),
            "search_judging": JudgementList.objects.earliest("pk").pk,
            "search_judgement_lists": JudgementList.objects.earliest("pk").pk,
            "search_judgements": Judgement.objects.earliest("pk").pk,
            "search_weights": Boost.objects.create(what="kind:policy", factor=2).pk,
            "search_stop_phrases": StopPhrase.objects.create(phrase="请问", key="请问").pk,
        }
        self.form_page = FormVersion.objects.earliest("pk").form_id
        self.document_address = f"/documents/{document.pk}/{document.filename}"
        self.draft = self._draft(page)

    def _photo(self) -> SubmissionFile:
        """A picture of the accepted report, so that its thumbnail is there to be asked for."""
        upload = SimpleUploadedFile("现场.png", PIXEL)
        kept = keep_file(user=self.report.updated_by, submission=self.report, upload=upload)
        kept.versions.add(*self.report.versions.all())
        return kept

    def _export(self) -> str:
        """A finished export of the coordinator's."""
        coordinator, requirement = User.objects.get(username="coordinator"), self.report.expected.period.requirement
        export = ask(
            user=coordinator,
            requirement=requirement,
            chosen=Selection(),
            kind=ExportFormat.CSV,
            values=Values.LABELS,
        )
        run(export.pk)
        return str(export.pk)

    def _upload(self) -> Upload:
        """A file on its way, of the person who filled in the accepted report."""
        later = timezone.now() + datetime.timedelta(days=1)
        return Upload.objects.create(
            submission=self.report, user=self.report.updated_by, question="q", name="n.txt", length=9, expires_at=later
        )

    def _preview(self) -> int:
        """An administrator's preview of one question."""
        row = {"question": "热线", "grades": {"policy:1": 3}, "before": ["policy:1"], "after": None}
        return Preview.objects.create(
            owner=User.objects.get(username="admin"),
            judgements=JudgementList.objects.earliest("pk"),
            state="done",
            outcome={"questions": [row], "things": {"policy:1": ["热线", "/"]}, "missing": []},
            not_before=timezone.now(),
        ).pk

    def _hook(self) -> int:
        """A web hook of the coordinator's unit."""
        coordinator, owner = User.objects.get(username="coordinator"), self.report.expected.period.requirement.owner
        hook = Hook(name="样例", unit=owner, address="http://hook.example/", events=["report.accepted"])
        return save_hook(user=coordinator, hook=hook).pk

    def _open_expected(self) -> int:
        now = timezone.now()
        period = ReportingPeriod.objects.filter(opens_at__lte=now, due_at__gt=now + datetime.timedelta(days=1))
        unit = self.report.expected.unit
        return int(period.filter(expected__unit=unit).values_list("expected", flat=True).latest("expected__pk"))

    def _template(self, editor: User) -> int:
        version = FormVersion.objects.earliest("pk")
        return FormTemplate.objects.create(title="样例", schema=version.schema, created_by=editor).pk

    def _draft(self, like: PolicyPage) -> Page:
        draft = PolicyPage(title="草稿", slug="draft-of-access-test", live=False)
        like.get_parent().add_child(instance=draft)
        return draft

    def address(self, route: Route) -> str:
        """The route with real values; 1 where nothing fitting exists."""
        if route.name == "wagtaildocs_serve":
            return self.document_address
        if route.name == "wagtail_serve":
            return "/"
        return "/" + re.sub(
            r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>",
            lambda found: str(self._value(route, found[1] or found[2])),
            route.pattern,
        ).replace("\\.", ".").replace("\\", "")

    def _value(self, route: Route, parameter: str) -> Any:
        if parameter == "page_id" and ("form-pages/" in route.pattern or route.name == "submissions:try"):
            return self.form_page
        if parameter not in {"pk", "instance_pk"}:
            return self.by_name.get(parameter, 1)
        name = route.name.replace("_modeladmin_", ":")
        for space in (name, name.rsplit(":", 1)[0]):
            if space in self.by_space:
                return self.by_space[space]
        return 1


def forget_content_types() -> None:
    """The cache of another test's database is of no use here."""
    ContentType.objects.clear_cache()
