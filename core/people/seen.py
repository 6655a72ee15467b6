"""What a form was filled in over: two people, or two tabs, never overwrite each other without a word.

A form carries the digest of its record as the page showed it; when the record differs by then, the form comes back with
all that was typed, and only a second press replaces what the other wrote.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import IntegerField, Model, QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.ui.context import provide

from .screens import record_of

SEEN, TOLD = "seen", "_told_of_the_change"
CHANGED = _(
    "Somebody saved this record after you opened the form. Nothing of yours is saved yet: compare with the record;"
    " whoever saves again replaces what the other wrote."
)
# Seconds for which an answered form is known again, when the browser sends it twice.
REMEMBERED = 3600
# Columns that change without anybody writing into the record.
VOLATILE = {"last_login"}

# So many sets are read at once; of more it is asked first which have rows.
FEW = 2

Companions = Callable[[Model], Iterable[QuerySet[Any]]]
companions: list[Companions] = []
"""Rooms below say which rows a record is shown with: items, lines, people."""


def digest(said: Any) -> str:
    """SHA-256 of values as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def digest_of(record: Model, *, as_read: bool = False) -> str:
    """SHA-256 over the record's columns and the rows shown with it: as they are in the database now, or as_read."""
    model = type(record)
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in VOLATILE]
    sets = [found.order_by("pk") for function in companions for found in function(record)]
    own = (
        [{name: getattr(record, name) for name in columns}]
        if as_read
        else list(model._default_manager.filter(pk=record.pk).values(*columns))
    )
    filled = _filled(sets)
    return digest([own, *(list(one.values()) if number in filled else [] for number, one in enumerate(sets))])


def _filled(sets: Sequence[QuerySet[Any]]) -> set[int]:
    """Which of the sets have rows: of a record with many kinds of companions most have none. One query."""
    asked = [one.order_by().values_list(Value(number, IntegerField())) for number, one in enumerate(sets)]
    return {number for (number,) in asked[0].union(*asked[1:])} if len(asked) > FEW else set(range(len(asked)))


@provide(SEEN)
def seen(request: HttpRequest) -> str:
    """For the form of a page: what is there now; on a form that comes back, what its writer saw."""
    if request.method == "POST" and not vars(request).get(TOLD):
        return request.POST.get(SEEN, "")
    record = record_of(request)
    # A page that was only read asks its record's columns no second time.
    return digest_of(record, as_read=request.method != "POST") if record is not None else ""


def written_meanwhile(request: HttpRequest) -> bool:
    """Whether the record differs from what the writer of this form saw. A form sent twice agrees with itself."""
    record, shown = record_of(request), request.POST.get(SEEN, "")
    if record is None or not shown:
        return False
    now = digest_of(record)
    if now == shown or cache.get(_key(request)) == now:
        return False
    vars(request)[TOLD] = True
    return True


def remember(request: HttpRequest) -> None:
    """The form was answered: sent again, it says the same."""
    record = record_of(request)
    if record is not None and request.POST.get(SEEN):
        cache.set(_key(request), digest_of(record), REMEMBERED)


def _key(request: HttpRequest) -> str:
    said = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    return f"form:{request.user.pk}:{digest([request.path, said])}"
