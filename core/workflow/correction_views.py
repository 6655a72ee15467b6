"""Pages on which the last step is asked back or a fact to be mended; and where the head of division answers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.files.models import StoredFile
from core.people.policy import visible_to
from core.people.roles import Role
from core.people.screens import PageKind, screen
from core.people.selectors import has_role
from core.people.views.answers import put_errors
from core.ui.forms import StepForm
from core.ui.parts import Fact, RefusalLine

from .corrections import (
    ask_correction,
    ask_refusals,
    correct_step,
    last_step,
    may_answer,
    open_request,
    refuse_correction,
    request_digest,
)
from .data_corrections import ask_data_correction, changed_facts, correct_data, may_ask
from .forms import DataCorrectionForm
from .models import CorrectionRequest, Stepped
from .paper_entries import confirm_entry, decider_of
from .requests import answer_label
from .ruling import Refusal, StepRefused
from .table import Channel
from .telling import event_label, row_label
from .views import visible_subject


@screen("workflow.correction", kind=PageKind.FORM)
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
            form.add_error(None, refused.for_a_form())
        else:
            messages.success(request, _("The head of division has been asked."))
            return redirect(subject.get_absolute_url())
    facts = [Fact(_("Last step"), event_label(subject, last))]
    return _page(
        request, subject, form, _("Ask to undo the last step"), facts=facts, refusals=ask_refusals(subject, user)
    )


@screen("workflow.correction", kind=PageKind.FORM)
def correction_decide(request: HttpRequest, kind: str, code: str, answer: str) -> HttpResponseBase:
    """The second person undoes the step or confirms the entry, or leaves the record as it is."""
    subject, user = visible_subject(request, kind, code), _user(request)
    waiting = open_request(subject)
    if waiting is None or not (has_role(user, Role.HEAD_OF_DIVISION) or may_answer(waiting, user)):
        raise Http404
    reasoned = not (waiting.step and answer == "undo")
    form = StepForm(request.POST or None, reason_required=reasoned, initial={"shown": request_digest(waiting)})
    if request.method == "POST" and form.is_valid():
        try:
            _decide(subject, user, form, answer, waiting)
        except StepRefused as refused:
            form.add_error(None, refused.for_a_form())
        else:
            messages.success(request, _("The answer has been recorded."))
            return redirect(subject.get_absolute_url())
    shown = list(entry_shown(subject, waiting, user)) if waiting.step else []
    facts = [] if shown else _asked(subject, waiting)
    label, danger = answer_label(waiting, answer), not (waiting.step and answer == "undo")
    return _page(request, subject, form, label, facts=facts, shown=shown, danger=danger)


@screen("workflow.correction", kind=PageKind.FORM)
def data_correction_ask(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """An officer says what should stand in a record whose form is closed."""
    subject, user = visible_subject(request, kind, code), _user(request)
    if not may_ask(subject, user):
        raise Http404
    form = DataCorrectionForm(request.POST or None, subject=subject)
    if request.method == "POST" and form.is_valid():
        values, reason = form.values(subject), form.cleaned_data["reason"]
        try:
            ask_data_correction(subject, actor=user, values=values, reason=reason)
        except StepRefused as refused:
            form.add_error(None, refused.for_a_form())
        except ValidationError as wrong:
            put_errors(form, wrong)
        else:
            messages.success(request, _("The head of division has been asked."))
            return redirect(subject.get_absolute_url())
    return _page(request, subject, form, _("Ask to correct data"), danger=False)


def _decide(subject: Stepped, user: Any, form: StepForm, answer: str, waiting: CorrectionRequest) -> None:
    reason, shown = form.cleaned_data["reason"], form.was_shown
    if answer == "keep":
        refuse_correction(subject, actor=user, reason=reason, shown=shown)
    elif waiting.step:
        confirm_entry(subject, actor=user, note=reason, key=form.acting_key, shown=shown)
    elif waiting.after:
        correct_data(subject, actor=user, reason=reason, key=form.acting_key, shown=shown)
    else:
        correct_step(subject, actor=user, reason=reason, key=form.acting_key, shown=shown)


def _user(request: HttpRequest) -> Any:
    return request.user


def _asked(subject: Stepped, waiting: CorrectionRequest) -> list[Fact]:
    """What the head of division has been asked: which step or which values, by whom, why."""
    last = last_step(subject)
    facts = [Fact(*change) for change in changed_facts(subject, waiting.before, waiting.after)]
    if not facts and last is not None:
        facts = [Fact(_("Last step"), event_label(subject, last))]
    return [*facts, Fact(_("Asked by"), waiting.asked_by.full_name), Fact(_("Reason"), waiting.reason, kind="long")]


def entry_shown(subject: Stepped, waiting: CorrectionRequest, user: Any) -> Iterator[Fact]:
    """What was typed from paper, line by line, with the scan that it is compared with."""
    entry = waiting.entry
    yield Fact(_("Step"), row_label(subject, waiting.step, subject.state))
    yield Fact(_("Decided by"), decider_of(waiting).full_name)
    yield Fact(_("How it was decided"), str(Channel(entry["channel"]).label))
    yield Fact(_("Effective on"), f"{date.fromisoformat(entry['effective_on']):%d/%m/%Y}")
    yield Fact(_("Entered by"), waiting.asked_by.full_name)
    # Each of these steps asks for one.
    yield Fact(_("Reason"), waiting.reason, kind="long")
    for one in visible_to(user, StoredFile).filter(code__in=entry["evidence"]):
        yield Fact(_("Scan or signed file"), one.name, "link", reverse("documents:file-download", args=[one.code]))


def _page(
    request: HttpRequest,
    subject: Stepped,
    form: StepForm,
    label: str,
    *,
    facts: Sequence[Fact] = (),
    shown: Sequence[Fact] = (),
    refusals: Sequence[Refusal] = (),
    danger: bool = True,
) -> HttpResponse:
    context = {
        "title": label,
        "step_label": label,
        "subject_code": subject.code,
        "subject_title": getattr(subject, "title", ""),
        "form": form,
        "refusals": [RefusalLine(str(one.text), one.source) for one in refusals],
        "consequences": [f"{fact.label}: {fact.value}" for fact in facts],
        "shown": shown,
        "cancel_url": subject.get_absolute_url(),
        "danger": danger,
    }
    return render(request, "generic/step.html", context)
