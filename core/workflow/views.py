"""The page of one step: what speaks against it in words, the form, and the act."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.files.services import store_upload
from core.people.policy import visible_to
from core.people.screens import PageKind, screen
from core.people.seen import digest_of
from core.ui.parts import RefusalLine

from . import admission
from .forms import TakeStepForm
from .models import Stepped
from .outlook import consequences
from .pages import refusal_lines
from .paper_entries import ask_entry
from .ports import signed_paper
from .registry import subjects
from .rights import deciders, granted, may_record
from .ruling import Refusal, StepRefused
from .selectors import StepOffer, available_steps
from .service import Saying, needs_second, take_step
from .table import Row


@screen("workflow.step", kind=PageKind.FORM)
def step_take(request: HttpRequest, kind: str, code: str, step: str) -> HttpResponseBase:
    """GET shows the dialog, POST takes the step. What the user may not see or do is not there."""
    user: Any = request.user
    subject = visible_subject(request, kind, code)
    offer = _offer(request, subject, step)
    paper_url = signed_paper(offer.row)
    if paper_url is not None:
        return redirect(paper_url(subject, offer.row))
    form = _form(request, subject, offer, warned=any(not refusal.blocking for refusal in offer.refusals))
    if request.method == "POST" and form.is_valid():
        try:
            done = _take(request, subject, offer, form)
        except StepRefused as refused:
            if any(not refusal.blocking for refusal in refused.refusals):
                # The rule spoke only of what was typed, such as a day long past: now the reason is asked for.
                form = _form(request, subject, offer, warned=True)
            form.refused = refusal_lines(refused.refusals, subject, user)
        else:
            messages.success(request, done)
            return redirect(_after(request, subject))
    return _page(request, subject, offer, form)


def _form(request: HttpRequest, subject: Stepped, offer: StepOffer, *, warned: bool) -> TakeStepForm:
    user: Any = request.user
    return TakeStepForm(
        request.POST or None,
        request.FILES or None,
        row=offer.row,
        deciders=deciders(subject, offer.row, clock.today()).exclude(pk=user.pk),
        to_record=offer.to_record,
        records=may_record(user, subject.lifecycle, clock.today()),
        warned=warned,
        initial={"shown": digest_of(subject)},
    )


def visible_subject(request: HttpRequest, kind: str, code: str, related: Sequence[str] = ()) -> Stepped:
    """The subject of that type and code if the user may see it; otherwise as if it were not there.

    ``related`` names what to load with it.
    """
    model = subjects.get(kind)
    subject = visible_to(request.user, model).select_related(*related).filter(code=code).first() if model else None
    if subject is None:
        raise Http404
    return subject


def _offer(request: HttpRequest, subject: Stepped, step: str) -> StepOffer:
    user: Any = request.user
    for offer in available_steps(subject, user):
        if offer.row.name == step:
            return offer
    row = next((row for row in subject.lifecycle.rows if row.name == step), None)
    if row is not None and (_is_replay(request, subject, step) or _came_too_late(subject, row, user)):
        return StepOffer(row, (admission.state_refusal(),))
    raise Http404


def _is_replay(request: HttpRequest, subject: Stepped, step: str) -> bool:
    """The same form again, after its step was taken by the same person: the door answers with the first event."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return False
    mine: Any = request.user
    known = Event.objects.filter(key=key, subject_type=subject.lifecycle.name, subject_code=subject.code, step=step)
    return known.filter(actor=mine).exists()


def _came_too_late(subject: Stepped, row: Row, user: Any) -> bool:
    """Whoever has a part in the step, and pressed its button on a page that shows an earlier state."""
    if not row.is_for_people or any(one.name == row.name for one in subject.rows()):
        return False
    today = clock.today()
    return bool(granted(user, subject, row.by, today)) or may_record(user, subject.lifecycle, today)


class _Replayed(Exception):
    """The form was sent before: its file is there already."""


def _take(request: HttpRequest, subject: Any, offer: StepOffer, form: TakeStepForm) -> str:
    """File and step together: a refused step leaves no file behind, a form sent twice no second one.

    Returns what to tell the user: the step is taken, or its entry waits for a second person.
    """
    user: Any = request.user
    upload = form.cleaned_data.get("evidence")
    done = _("Done: %(step)s.") % {"step": offer.row.label}
    with suppress(_Replayed), audit.transaction():
        stored = [_kept_inside(upload, user, subject)] if upload else []
        saying = _saying(user, form, stored)
        # After the step a form sent again finds another state: the door answers it, as ever.
        if needs_second(subject, subject.row(offer.row.name), saying):
            kept = ask_entry(subject, offer.row.name, saying=saying, key=form.acting_key).entry["evidence"]
            done = _("Entered. Nothing moves until a second person has compared it with the scan and confirmed it.")
        else:
            words = {field.name: getattr(saying, field.name) for field in fields(saying)}
            kept = take_step(subject, offer.row.name, key=form.acting_key, **words).payload
        if any(str(one) not in kept for one in stored):
            raise _Replayed
    return done


def _saying(user: Any, form: TakeStepForm, stored: Sequence[UUID]) -> Saying:
    """What the form says of the step."""
    data = form.cleaned_data
    return Saying(
        actor=user,
        decided_by=data.get("decided_by"),
        on_behalf_of="",
        channel=form.chosen_channel(),
        effective_on=data.get("effective_on") or clock.today(),
        reason=data.get("reason", ""),
        evidence=tuple(stored),
        document=None,
        shown=form.was_shown,
    )


def _kept_inside(upload: Any, user: Any, subject: Stepped) -> UUID:
    """Only the administration enters what was decided on paper, so the scan is for the administration."""
    return store_upload(upload, actor=user, subject=subject, purpose="evidence", internal=True).uuid


def _second_person(subject: Stepped, offer: StepOffer) -> Iterator[str]:
    """What somebody else decided on paper, and nothing else would show, waits for a second person."""
    if offer.to_record and subject.lifecycle.needs_two_on_paper(offer.row):
        yield _("Nothing moves until a second person has compared your entry with the scan and confirmed it.")


def _after(request: HttpRequest, subject: Stepped) -> str:
    """Back to the record, or home when the step took it out of the user's sight."""
    seen = visible_to(request.user, type(subject)).filter(pk=subject.pk).exists()
    return subject.get_absolute_url() if seen else "portal:home"


def _page(request: HttpRequest, subject: Stepped, offer: StepOffer, form: TakeStepForm) -> HttpResponse:
    def lines(refusals: Iterable[Refusal]) -> list[RefusalLine]:
        return refusal_lines(refusals, subject, request.user)

    blocked = not offer.is_open
    return render(
        request,
        "generic/step.html",
        {
            "title": offer.row.label,
            "step_label": offer.row.label,
            "subject_code": subject.code,
            "subject_title": getattr(subject, "title", ""),
            "form": form,
            "refusals": lines(refusal for refusal in offer.refusals if refusal.blocking),
            "consequences": [] if blocked else [*_second_person(subject, offer), *consequences(subject, offer.row)],
            "warnings": lines(refusal for refusal in offer.refusals if not refusal.blocking),
            "cancel_url": subject.get_absolute_url(),
            "danger": offer.row.leads_off,
            "badge": None,
            "state": subject.state_label,
        },
    )
