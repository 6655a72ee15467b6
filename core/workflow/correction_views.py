"""Pages on which the last step is asked back, and undone or left as it is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.people.roles import Role
from core.people.screens import screen
from core.people.selectors import has_role
from core.ui.forms import StepForm
from core.ui.parts import Fact, RefusalLine

from .corrections import ask_correction, ask_refusals, correct_step, last_step, open_request, refuse_correction
from .models import Stepped
from .pages import event_label
from .ruling import Refusal, StepRefused
from .views import visible_subject


@screen("workflow.correction")
def correction_ask(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The holder asks that the last step be undone."""
    subject, user = visible_subject(request, kind, code), _user(request)
    last = last_step(subject)
    if last is None or user.pk not in {last.actor_id, last.decided_by_id}:
        raise Http404
    form = StepForm(request.POST or None, reason_required=True)
    if request.method == "POST" and form.is_valid():
        try:
            ask_correction(subject, actor=user, reason=form.cleaned_data["reason"])
        except StepRefused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, _("The head of division has been asked."))
            return redirect(subject.get_absolute_url())
    return _page(request, subject, form, _("Ask to undo the last step"), ask_refusals(subject, user))


@screen("workflow.correction")
def correction_decide(request: HttpRequest, kind: str, code: str, answer: str) -> HttpResponseBase:
    """The head of division undoes the step, or leaves it as it is."""
    subject, user = visible_subject(request, kind, code), _user(request)
    if open_request(subject) is None or not has_role(user, Role.HEAD_OF_DIVISION):
        raise Http404
    form = StepForm(request.POST or None, reason_required=True)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(subject, user, form, answer)
        except StepRefused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, _("The answer has been recorded."))
            return redirect(subject.get_absolute_url())
    label = _("Undo the last step") if answer == "undo" else _("Leave the step as it is")
    return _page(request, subject, form, label, [])


def _decide(subject: Stepped, user: Any, form: StepForm, answer: str) -> None:
    reason = form.cleaned_data["reason"]
    if answer == "undo":
        correct_step(subject, actor=user, reason=reason, key=form.acting_key)
    else:
        refuse_correction(subject, actor=user, reason=reason)


def _user(request: HttpRequest) -> Any:
    return request.user


def _page(request: HttpRequest, subject: Stepped, form: StepForm, label: str, refusals: list[Refusal]) -> HttpResponse:
    last, waiting = last_step(subject), open_request(subject)
    facts = [Fact(_("Last step"), event_label(subject, last))] if last else []
    if waiting is not None:
        facts += [Fact(_("Asked by"), waiting.asked_by.full_name), Fact(_("Reason"), waiting.reason, kind="long")]
    context = {
        "title": label,
        "step_label": label,
        "subject_code": subject.code,
        "subject_title": getattr(subject, "title", ""),
        "form": form,
        "refusals": [RefusalLine(str(one.text), one.source) for one in refusals],
        "consequences": [f"{fact.label}: {fact.value}" for fact in facts],
        "cancel_url": subject.get_absolute_url(),
        "danger": True,
    }
    return render(request, "generic/step.html", context)
