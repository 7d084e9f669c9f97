"""Lists of judged questions and their questions in the Wagtail admin."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.widgets.button import Button

from search.evaluation.naming import things_called
from search.judging.forms import JudgementForm
from search.judging.models import Judgement, JudgementList
from search.judging.proposing import opened_after
from search.learning.rules import LONGEST
from search.tuning.forms import KeptForm
from search.tuning.viewsets import CHANGED_BY, KeptIndexView, KeptViewSet


class ListIndexView(KeptIndexView):
    """Lists with the number of their questions."""

    def get_base_queryset(self) -> Any:
        """The lists, counted in the same query."""
        asked = Count("judgements", filter=Q(judgements__is_active=True))
        return super().get_base_queryset().annotate(asked=asked)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """What can be done with a list; a table of it among that."""
        address = reverse("search_judging:table", args=[instance.pk])
        table = Button(gettext("Import or export a table"), url=address, icon_name="table", priority=25)
        return [*super().get_list_more_buttons(instance), table]


def _questions_of(row: Any) -> str:
    return f"{reverse('search_judgements:index')}?belongs_to={row.pk}"


class JudgementListViewSet(KeptViewSet):
    """Lists of judged questions."""

    model = JudgementList
    name = "search_judgement_lists"
    url_prefix = "search/judgement-lists"
    icon = "folder-open-inverse"
    index_view_class = ListIndexView
    fields: ClassVar[list[str]] = ["name"]
    search_fields: ClassVar[list[str]] = ["name"]
    shown: ClassVar[list[Any]] = [
        "__str__",
        TitleColumn("asked", label=pgettext_lazy("judgement", "Questions"), accessor="asked", get_url=_questions_of),
    ]


class JudgementIndexView(KeptIndexView):
    """Questions with the titles of what should be found."""

    related = ("belongs_to", CHANGED_BY)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows of the page with titles: a query a kind for all of them together."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        things = things_called(name for row in rows for name in row.relevant)
        gone = gettext("not here any more: %(name)s")
        for row in rows:
            titles = [things[name].title if name in things else gone % {"name": name} for name in row.relevant]
            row.titles = "；".join(titles)
        return context


class JudgementCreateView(CreateView):
    """A new question, which the reports about searches hand over as it was asked."""

    def get_initial(self) -> dict[str, Any]:
        """The question of the address, what was opened after it, and the list where there is only one."""
        found: dict[str, Any] = super().get_initial()
        lists = list(JudgementList.objects.active().values_list("pk", flat=True)[:2])
        if len(lists) == 1:
            found["belongs_to"] = lists[0]
        if question := " ".join(self.request.GET.get("question", "").split())[:LONGEST]:
            found |= {"question": question, "relevant": opened_after(question, self.request.user)}
        return found

    def get_form(self, form_class: Any = None) -> KeptForm:
        """Say where the proposed things come from."""
        form: KeptForm = super().get_form(form_class)
        if form.initial.get("relevant"):
            form.fields["relevant"].help_text = gettext(
                "Proposed: what people opened most after this question. Take out what does not answer it; "
                "look for more."
            )
        return form


class JudgementViewSet(KeptViewSet):
    """Judged questions."""

    model = Judgement
    name = "search_judgements"
    url_prefix = "search/judgements"
    icon = "tasks"
    base_form = JudgementForm
    index_view_class = JudgementIndexView
    add_view_class = JudgementCreateView
    fields: ClassVar[list[str]] = ["belongs_to", "question", "relevant", "why"]
    search_fields: ClassVar[list[str]] = ["question"]
    list_filter: ClassVar[list[str]] = ["belongs_to"]
    shown: ClassVar[list[Any]] = [
        "__str__",
        Column("titles", label=pgettext_lazy("judgement", "What should be found")),
        Column("belongs_to", label=pgettext_lazy("judgement", "List"), sort_key="belongs_to"),
    ]
