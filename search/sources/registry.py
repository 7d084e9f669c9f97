"""Everything that can be found. A further kind is one more line."""

from search.sources.base import SearchSource
from search.sources.documents import DocumentSource
from search.sources.pages import CampaignSource, PolicySource, TrainingSource
from search.sources.report_files import ReportFileSource
from search.sources.reports import ReportSource
from search.sources.tasks import TaskSource

_SOURCES: tuple[SearchSource, ...] = (
    PolicySource(),
    TrainingSource(),
    CampaignSource(),
    TaskSource(),
    ReportSource(),
    DocumentSource(),
    ReportFileSource(),
)
_BY_NAME = {each.name: each for each in _SOURCES}
_BY_MODEL = {each.model: each for each in _SOURCES}


def sources() -> tuple[SearchSource, ...]:
    """All of them."""
    return _SOURCES


def source(name: str) -> SearchSource:
    """The one of that name; KeyError where there is none."""
    return _BY_NAME[name]


def source_of(model: type) -> SearchSource | None:
    """The one that makes documents of a model."""
    return _BY_MODEL.get(model)
