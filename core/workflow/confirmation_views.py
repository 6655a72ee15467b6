"""Where the head of division confirms a record from before, or refuses the whole entry."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.audit.models import Event
from core.files.models import StoredFile
from core.people.policy import visible_to
from core.people.roles import Role
from core.people.screens import PageKind, screen
from core.people.selectors import has_role
from core.ui.forms import StepForm
from core.ui.parts import Fact, RefusalLine

from .chronicle import files_of
from .confirmation import confirm_adoption, confirmation_refusals, entry_digest, void_adoption
from .entries import entered, entry_facts, read_with
from .models import Stepped
from .ruling import Refusal, StepRefused
from .selectors import history
from .views import visible_subject


@screen("workflow.correction", kind=PageKind.FORM)
def adoption_confirm(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """Everything that was entered, line by line, and what is still missing; then the head's word."""
    subject, events = _read(request, kind, code)
    form = StepForm(request.POST or None, initial={"shown": entry_digest(events)})

    def act() -> None:
        note, shown = form.cleaned_data["reason"], form.was_shown
        confirm_adoption(subject, actor=_user(request), note=note, key=form.acting_key, shown=shown)

    refusals = list(confirmation_refusals(subject, events, _user(request)))
    label = _("Confirm the record from before")
    return _answer(request, subject, form, act, _("The record is confirmed."), label=label, refusals=refusals)


@screen("workflow.correction", kind=PageKind.FORM)
def adoption_refuse(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The entry is wrong: why, and it is void. An officer may enter the right one."""
    subject, events = _read(request, kind, code)
    form = StepForm(request.POST or None, reason_required=True, initial={"shown": entry_digest(events)})

    def act() -> None:
        reason, shown = form.cleaned_data["reason"], form.was_shown
        void_adoption(subject, actor=_user(request), reason=reason, key=form.acting_key, shown=shown)

    label = _("Refuse the entry")
    done = _("The entry is refused: it counts nowhere, and its code is free for the right one.")
    return _answer(request, subject, form, act, done, label=label, danger=True)


def _read(request: HttpRequest, kind: str, code: str) -> tuple[Stepped, list[Event]]:
    """The record and its events. The events first: what is written between the two is seen, and asked for again."""
    events = history(_waiting(request, kind, code))
    return _waiting(request, kind, code), events


def _waiting(request: HttpRequest, kind: str, code: str) -> Stepped:
    """The record, while it waits for the head of division and he is the one who asks."""
    subject = visible_subject(request, kind, code, related=read_with.get(kind, ()))
    # A form sent twice finds its work done.
    waits = subject.unconfirmed or request.method == "POST"
    if not waits or not has_role(_user(request), Role.HEAD_OF_DIVISION):
        raise Http404
    return subject


def _answer(
    request: HttpRequest, subject: Stepped, form: StepForm, act: Callable[[], None], done: str, **context: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except StepRefused as refused:
            form.refused = _lines(refused.refusals)
        else:
            messages.success(request, done)
            return redirect(subject.get_absolute_url())
    return _page(request, subject, form, **context)


def _page(
    request: HttpRequest, subject: Stepped, form: StepForm, *, label: str, danger: bool = False, refusals: Any = ()
) -> HttpResponse:
    context = {
        "title": label,
        "step_label": label,
        "subject_code": subject.code,
        "subject_title": getattr(subject, "title", ""),
        "form": form,
        "refusals": _lines(refusals),
        "shown": [] if danger else list(_shown(subject, _user(request))),
        "cancel_url": subject.get_absolute_url(),
        "danger": danger,
    }
    return render(request, "generic/step.html", context)


def _shown(subject: Stepped, user: Any) -> Iterator[Fact]:
    """Where the facts come from, what the rooms know of the entry, and the papers that came with it."""
    yield from entry_facts(subject)
    for function in entered.of(subject):
        yield from function(subject)
    for one in files_of(subject).filter(pk__in=visible_to(user, StoredFile).values("pk")):
        yield Fact(_("File"), one.name, "link", reverse("documents:file-download", args=[one.code]))


def _lines(refusals: Any) -> list[RefusalLine]:
    found: list[Refusal] = list(refusals)
    return [RefusalLine(one.text, one.source) for one in found]


def _user(request: HttpRequest) -> Any:
    return request.user
