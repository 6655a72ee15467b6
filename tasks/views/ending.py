"""Forms of facts before a decision: suspension, resumption, termination, recovery, and the good end."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.people.screens import screen
from tasks import services
from tasks.forms import ending as forms
from tasks.lifecycle import TaskState
from tasks.models import Liquidation, Recognition, RecoveryOrder, Registration, Suspension, Task, Termination
from tasks.selectors import computed_recovery
from tasks.selectors.papers import ending_of
from tasks.services.ending import open_recovery, open_suspension
from tasks.services.results import names_owner

from .answers import Page, acting, crumbs_of, form_page
from .contracts import FORM

Save = Callable[..., object]
STATE_OWNS = _("The State keeps the ownership of the results; the host hands them over to the receiving body.")
HOST_OWNS = _("The host is given the management, use and ownership of the results (%(source)s).")


def _answer(request: HttpRequest, task: Task, form: Any, record: Save, title: StrOrPromise) -> HttpResponse:
    def act() -> None:
        record(task, actor=acting(request), facts=form.facts())

    page = Page(
        title=title,
        lead=task.title,
        done=_("The facts are saved. The step itself follows on the page of the task."),
        back=task.get_absolute_url(),
        crumbs=crumbs_of(task),
    )
    return form_page(request, form, act, page)


@screen("edit_suspension", Task)
@FORM
def suspension_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Before the decision to suspend."""
    row = open_suspension(task) or Suspension(task=task, sequence=1)
    form = forms.SuspensionForm(request.POST or None, instance=row, initial={"from_on": clock.today()})
    return _answer(request, task, form, services.save_suspension, _("Facts of a suspension"))


@screen("edit_resumption", Task)
@FORM
def resumption_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Before the decision to resume."""
    form = forms.ResumptionForm(request.POST or None, instance=open_suspension(task))
    return _answer(request, task, form, services.save_resumption, _("Facts of the resumption"))


@screen("edit_termination", Task, related=("termination",))
@FORM
def termination_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Before the decision to terminate."""
    row = getattr(task, "termination", None) or Termination(task=task)
    form = forms.TerminationForm(request.POST or None, instance=row)
    return _answer(request, task, form, services.save_termination, _("Facts of a termination"))


@screen("edit_recovery", Task, related=("termination",))
@FORM
def recovery_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """The amount that the termination gives, or another one with a reason."""
    rule = task.rule("recovery.payment_days")
    initial = {"due_on": clock.deadline(clock.today(), rule.value, clock.Unit(rule.unit)), "basis": _basis(task)}
    row = open_recovery(task) or RecoveryOrder(task=task, sequence=1)
    form = forms.RecoveryForm(
        request.POST or None,
        instance=row,
        computed=computed_recovery(task),
        paper_known=bool(ending_of(task)["symbol"]),
        initial=None if row.pk else initial,
    )
    return _answer(request, task, form, services.save_recovery, _("Amount to recover"))


def _basis(task: Task) -> str:
    termination: Termination | None = getattr(task, "termination", None)
    if termination is None:
        return ""
    words = {"ground": termination.get_ground_display(), "cause": termination.get_cause_display()}
    return gettext("%(ground)s; cause: %(cause)s") % words


@screen("edit_registration", Task, related=("registration", "principal_investigator", "host"))
@FORM
def registration_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Before the certificate."""
    row = getattr(task, "registration", None) or Registration(task=task, members=_authors(task))
    form = forms.RegistrationForm(request.POST or None, instance=row)
    return _answer(request, task, form, services.save_registration, _("Facts of the registration"))


def _authors(task: Task) -> list[dict[str, str]]:
    first = {
        "name": str(task.principal_investigator),
        "unit": task.host.name,
        "role": gettext("Principal investigator"),
    }
    others = [
        {"name": one.name, "unit": one.organisation, "role": one.get_position_display()} for one in task.members.all()
    ]
    return [first, *others]


@screen("edit_recognition", Task, related=("recognition", "receiver"))
@FORM
def recognition_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Before the decision recognising the results."""
    row = getattr(task, "recognition", None) or Recognition(task=task)
    initial = _recognition(task) if not row.pk else None
    form = forms.RecognitionForm(request.POST or None, instance=row, initial=initial, names_owner=names_owner(task))
    return _answer(request, task, form, services.save_recognition, _("Text of the recognition"))


def _recognition(task: Task) -> dict[str, Any]:
    law = {"source": task.rule("recognition.names_owner").source}
    delivered = [f"{one.name}: {one.delivered or one.quantity} {one.unit}" for one in task.products.all()]
    return {
        "results": "\n".join(delivered),
        "ownership": str(STATE_OWNS) if task.state_keeps_ownership else str(HOST_OWNS) % law,
        "receivers": task.receiver.name if task.receiver else "",
    }


@screen("edit_liquidation", Task, related=("liquidation", "managing_body"))
@FORM
def liquidation_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """Before the minutes of the liquidation."""
    row = getattr(task, "liquidation", None) or Liquidation(task=task)
    first = {"held_on": clock.today(), "place": task.managing_body.name}
    form = forms.LiquidationForm(request.POST or None, instance=row, initial=first if not row.pk else None)
    return _answer(request, task, form, services.save_liquidation, _("Facts of the liquidation"))


@screen("edit_following", Task)
@FORM
def following_edit(request: HttpRequest, task: Task) -> HttpResponse:
    """From when until when a followed task runs; when and how it ended."""
    title = _("Time of the followed task") if task.state == TaskState.APPROVED else _("End of the followed task")
    form = forms.FollowingForm(request.POST or None, instance=task)
    return _answer(request, task, form, services.save_following, title)
