"""The record of the sitting."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.people.screens import screen
from reviews import services
from reviews.forms.sitting import AttendanceForm, MinutesForm
from reviews.lifecycle import CouncilState
from reviews.models import Council
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import departures_waiting, seats_of

from .answers import FORM, acting, answer, crumbs


@screen("attend", Council)
@FORM
def council_attendance(request: HttpRequest, council: Council) -> HttpResponse:
    is_open = council.state == CouncilState.SITTING
    form = AttendanceForm(request.POST or None, seats=seats_of(council), left=departures_waiting(council))
    return answer(
        request,
        form,
        lambda: services.record_attendance(council, actor=acting(request), attendance=form.attendance()),
        title=_("Attendance"),
        lead=_("The sitting is open: who leaves it counts as present until a second person confirms it.")
        if is_open
        else "",
        submit_label=_("Save"),
        done=_("The attendance is saved."),
        back=council.get_absolute_url(),
        crumbs=crumbs(council),
    )


@screen("minute", Council)
@FORM
def council_minutes(request: HttpRequest, council: Council) -> HttpResponse:
    form = MinutesForm(request.POST or None, council=council, items=items_of(council))
    return answer(
        request,
        form,
        lambda: services.record_minutes(council, actor=acting(request), **form.facts()),
        title=_("Course of the sitting"),
        submit_label=_("Save"),
        done=_("The course of the sitting is saved."),
        back=council.get_absolute_url(),
        crumbs=crumbs(council),
    )
