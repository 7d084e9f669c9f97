"""Pages of reports."""

from forms.submissions.views.files import download, thumbnail
from forms.submissions.views.filling import fill
from forms.submissions.views.inside import nothing, sign, take_back, withdraw_report
from forms.submissions.views.inside import send_back as send_back_inside
from forms.submissions.views.reading import accept_report, detail, send_back
from forms.submissions.views.work import todo

__all__ = [
    "accept_report",
    "detail",
    "download",
    "fill",
    "nothing",
    "send_back",
    "send_back_inside",
    "sign",
    "take_back",
    "thumbnail",
    "todo",
    "withdraw_report",
]
