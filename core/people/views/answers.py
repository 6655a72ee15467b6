"""How a form of this room is answered: a service acts, or the form comes back with every error in its place."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.people.models import RightsRequest, User

Text = str | Promise
WAITS = _("It is entered and counts once a second person has confirmed it.")


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[Mapping[str, Any]], object],
    *,
    title: Text,
    submit_label: Text,
    done: Text,
    back: str,
    danger: bool = False,
) -> HttpResponse:
    """Show ``form``; a valid POST is handed to ``act`` and leads back to ``back``, or to where ``act`` points.

    A ValidationError of the service lands beside the field it names. What a second person has to confirm first says so.
    """
    if request.method == "POST" and form.is_valid():
        try:
            found = act(form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, str(WAITS if isinstance(found, RightsRequest) else done))
            return redirect(found if isinstance(found, str) else back)
    context = {"title": title, "form": form, "submit_label": submit_label, "cancel_url": back, "danger": danger}
    return render(request, "generic/form.html", context)


def put_errors(form: forms.Form, error: ValidationError) -> None:
    """Beside the field it names, or on top when the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def acting(request: HttpRequest) -> User:
    """The signed-in user; a screen has made sure that there is one."""
    user = request.user
    if not isinstance(user, User):
        message = "this page needs a signed-in user"
        raise TypeError(message)
    return user
