"""The list of one's own notices."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.people.policy import visible_to
from core.people.screens import PageKind, screen
from core.ui.paging import page_of
from core.ui.parts import Action, Entry, Tone

from .models import Notice
from .service import address_of, mark_read, titles_of, words


@screen("notifications.list", kind=PageKind.LIST)
def notice_list(request: HttpRequest) -> HttpResponseBase:
    page = page_of(request, visible_to(request.user, Notice).order_by("-created_at", "-pk"))
    actions = [Action(_("Mark all as read"), reverse("notifications:read"), post=True, icon="check")]
    titles = titles_of(page.object_list)
    entries = [_entry(notice, titles[notice.pk]) for notice in page.object_list]
    context = {"title": _("Notices"), "page": page, "entries": entries, "actions": actions if entries else []}
    return render(request, "notifications/list.html", context)


@screen("notifications.read", kind=PageKind.OTHER)
@require_POST
def notices_read(request: HttpRequest) -> HttpResponseBase:
    user: Any = request.user
    mark_read(user)
    return redirect("notifications:list")


def _entry(notice: Notice, title: str) -> Entry:
    link = Action(notice.subject_code, address_of(notice))
    tone = Tone.NEUTRAL if notice.read_at else Tone.WARNING
    return Entry(title=words(notice, title), when=clock.local(notice.created_at), tone=tone, links=[link])
