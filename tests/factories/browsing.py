"""Pages as a browser opens them, and forms as it sends them: what a page shows, and what somebody types over it."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

OPENED, FOUND = 200, 302
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: Any, language: str = "vi") -> Client:
    """A test client that is signed in as the user and speaks the language."""
    client = Client()
    client.force_login(user, backend=MODEL_BACKEND)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def opened(client: Any, address: str) -> str:
    """The words of a page that must open, without its tags."""
    answer = client.get(address)
    assert answer.status_code == OPENED, (address, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client: Any, address: str, **data: Any) -> Any:
    """The answer to a form that is sent for the first time."""
    return client.post(address, {"key": str(uuid4()), **data})


def cost(client: Any, address: str) -> int:
    """How many queries a page asks that was open before."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == OPENED
    return len(queries)


def shown(answer: Any) -> dict[str, Any]:
    """Every field of the page's forms with its value, as the browser would send it back."""
    fields = [bound for form in _forms(answer) for bound in form]
    return {bound.html_name: value for bound in fields if (value := _sent(bound.value())) is not None}


def _forms(answer: Any) -> Iterator[Any]:
    context = answer.context
    yield context["form"]
    # The page of several lists of rows names each; the components inside it call one of them a formset too.
    sets = [part.forms for part in context["parts"]] if "parts" in context else [context.get("formset")]
    for one in filter(None, sets):
        yield one.management_form
        yield from one.forms


def _sent(value: Any) -> Any:
    """A box that is not ticked is not sent at all."""
    if value is False:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else value


def typed_in(client: Any, address: str, **typed: Any) -> Any:
    """Open the page, type, send: the answer. A double underscore in a name stands for a dash."""
    page = client.get(address)
    assert page.status_code == OPENED, (address, page.status_code)
    words = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(address, {**shown(page), **words})


def fill_in(client: Any, address: str, **typed: Any) -> Any:
    """The same, of a form that must be taken."""
    answer = typed_in(client, address, **typed)
    assert answer.status_code == FOUND, [form.errors for form in _forms(answer)]
    return answer


def confirm(client: Any, record: Any) -> Any:
    """The head of division's own click."""
    address = reverse("workflow:adoption-confirm", args=[record.lifecycle.name, record.code])
    answer = client.post(address, {"key": uuid4(), "reason": "Đã đối chiếu hồ sơ giấy", **was_shown(client, address)})
    assert answer.status_code == FOUND, [line.text for line in answer.context["form"].refused]
    record.refresh_from_db()
    return record


def was_shown(client: Any, address: str) -> dict[str, str]:
    """The digest that the page at the address carries in its form."""
    return {"shown": client.get(address).context["form"]["shown"].value()}


def refusals(client: Any, record: Any) -> list[str]:
    """What the page of the confirmation says against it."""
    address = reverse("workflow:adoption-confirm", args=[record.lifecycle.name, record.code])
    return [str(line.text) for line in client.get(address).context["refusals"]]
