from django.urls import path

from reporting.collection.views import entries, ministries, my, review, rounds

app_name = "collection"
_round = "rounds/<int:year>/"
_ministry = f"{_round}ministries/<slug:ministry>/"
_entry = f"{_ministry}entries/<str:code>/"
urlpatterns = [
    path("my/", my.my, name="my"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/open/", rounds.open_round, name="open_round"),
    path(_round, rounds.round_overview, name="round"),
    path(f"{_round}days/", rounds.change_days, name="change_days"),
    path(f"{_round}close/", rounds.close, name="close"),
    path(f"{_round}open-again/", rounds.open_again, name="open_again"),
    path(f"{_round}begin-synthesis/", rounds.begin_synthesis, name="begin_synthesis"),
    path(_ministry, ministries.ministry_report, name="ministry_report"),
    path(f"{_ministry}submit/", ministries.submit, name="submit"),
    path(f"{_ministry}receipt/", ministries.receipt, name="receipt"),
    path(f"{_ministry}return/", review.return_report, name="return"),
    path(f"{_ministry}accept/", review.accept, name="accept"),
    path(f"{_ministry}reopen/", review.reopen, name="reopen"),
    path(f"{_ministry}extend/", review.extend, name="extend"),
    path(_entry, entries.entry, name="entry"),
    path(f"{_entry}assign/", entries.assign, name="assign"),
    path(f"{_entry}comments/", entries.comment, name="comment"),
]
