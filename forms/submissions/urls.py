"""Addresses of this room. A report has the number of what is expected, whether it has been begun or not."""

from django.urls import URLPattern, path

from forms.submissions import views
from forms.submissions.drafts.views import gone, keep, present
from forms.submissions.petitions.views import late, petition_decide, petition_list, reopen
from forms.submissions.review.views import add_comment, decide_many, queue, widen_return
from forms.submissions.trial.views import try_form
from forms.submissions.uploads.views import create, upload

app_name = "submissions"
urlpatterns: list[URLPattern] = [
    path("", views.todo, name="todo"),
    path("review/", queue, name="queue"),
    path("review/decide/", decide_many, name="decide_many"),
    path("petitions/", petition_list, name="petitions"),
    path("petitions/<int:pk>/", petition_decide, name="petition"),
    path("files/<uuid:number>/", views.download, name="file"),
    path("files/<uuid:number>/thumbnail/", views.thumbnail, name="file_thumbnail"),
    path("uploads/<uuid:upload>/", upload, name="upload"),
    path("try/<int:page_id>/", try_form, name="try"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/fill/", views.fill, name="fill"),
    path("<int:pk>/autosave/", keep, name="autosave"),
    path("<int:pk>/uploads/", create, name="uploads"),
    path("<int:pk>/present/", present, name="present"),
    path("<int:pk>/gone/", gone, name="gone"),
    path("<int:pk>/reopen/", reopen, name="reopen"),
    path("<int:pk>/late/", late, name="late"),
    path("<int:pk>/nil/", views.nothing, name="nil"),
    path("<int:pk>/sign-off/", views.sign, name="sign_off"),
    path("<int:pk>/send-back/", views.send_back_inside, name="send_back"),
    path("<int:pk>/recall/", views.take_back, name="recall"),
    path("<int:pk>/withdraw/", views.withdraw_report, name="withdraw"),
    path("<int:pk>/accept/", views.accept_report, name="accept"),
    path("<int:pk>/return/", views.send_back, name="return"),
    path("<int:pk>/widen/", widen_return, name="widen"),
    path("<int:pk>/comments/", add_comment, name="comment"),
]
