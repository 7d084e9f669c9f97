"""Pages of reports."""

from forms.submissions.views.files import download, thumbnail
from forms.submissions.views.filling import fill
from forms.submissions.views.reading import accept_report, detail, send_back
from forms.submissions.views.work import queue, todo

__all__ = ["accept_report", "detail", "download", "fill", "queue", "send_back", "thumbnail", "todo"]
