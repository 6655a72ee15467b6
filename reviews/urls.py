"""Addresses of the councils: public codes, never primary keys."""

from django.urls import path

from .views import ballots, councils, declaring, leaving, members, results, sitting

app_name = "reviews"
urlpatterns = [
    path("councils/", councils.council_list, name="council-list"),
    path("councils/new/", councils.council_create, name="council-create"),
    path("councils/<str:code>/", councils.council_detail, name="council-detail"),
    path("councils/<str:code>/edit/", councils.council_edit, name="council-edit"),
    path("councils/<str:code>/agenda/", councils.council_agenda, name="council-agenda"),
    path("councils/<str:code>/sitting/", councils.council_sitting, name="council-sitting"),
    path("councils/<str:code>/dissolution/", councils.council_dissolution, name="council-dissolution"),
    path("councils/<str:code>/members/", members.council_members, name="council-members"),
    path("councils/<str:code>/attendance/", sitting.council_attendance, name="council-attendance"),
    path("councils/<str:code>/minutes/", sitting.council_minutes, name="council-minutes"),
    path("councils/<str:code>/count/", results.council_counts, name="council-counts"),
    path("councils/<str:code>/ballots/", results.council_ballots, name="council-ballots"),
    path("councils/<str:code>/conclusions/", results.council_conclusions, name="council-conclusions"),
    path("seats/<str:code>/remove/", members.seat_remove, name="seat-remove"),
    path("seats/<str:code>/replace/", members.seat_replace, name="seat-replace"),
    path("replacements/<str:code>/confirm/", members.replacement_confirm, name="replacement-confirm"),
    path("replacements/<str:code>/drop/", members.replacement_drop, name="replacement-drop"),
    path("departures/<str:code>/confirm/", leaving.departure_confirm, name="departure-confirm"),
    path("departures/<str:code>/drop/", leaving.departure_drop, name="departure-drop"),
    path("seats/<str:code>/conflict/", declaring.seat_declare, name="seat-declare"),
    path("seats/<str:code>/note/", declaring.seat_note, name="seat-note"),
    path("conflicts/<str:code>/answer/", declaring.conflict_answer, name="conflict-answer"),
    path("conflicts/<str:code>/clear/", declaring.conflict_clear, name="conflict-clear"),
    path("agenda/<str:code>/remove/", councils.item_remove, name="item-remove"),
    path("agenda/<str:code>/ballot/", ballots.ballot_cast, name="ballot-cast"),
    path("agenda/<str:code>/paper-ballot/", ballots.ballot_type, name="ballot-type"),
    path("agenda/<str:code>/conclusion/", results.item_conclude, name="item-conclude"),
    path("agenda/<str:code>/appraisal/", results.item_appraise, name="item-appraise"),
    *(
        path(f"ballots/{kind}/<str:code>/confirm/", view, name=f"ballot-confirm-{kind}")
        for kind, view in ballots.confirm_views.items()
    ),
    *(
        path(f"ballots/{kind}/<str:code>/scan/", view, name=f"ballot-scan-{kind}")
        for kind, view in ballots.scan_views.items()
    ),
]
