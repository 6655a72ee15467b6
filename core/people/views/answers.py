"""How a form is answered: a service acts, or the form comes back with every error in its place."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.files.checks import UploadRefused
from core.people.models import RightsRequest, User
from core.people.seen import CHANGED, remember, written_meanwhile

Text = str | Promise
Form = TypeVar("Form", bound=forms.BaseForm)
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
    """Show ``form``; a valid POST is handed to ``act`` and leads on as in ``answered``."""
    if (
        request.method == "POST"
        and form.is_valid()
        and (answer := answered(request, form, lambda: act(form.cleaned_data), done=done, back=back))
    ):
        return answer
    context = {"title": title, "form": form, "submit_label": submit_label, "cancel_url": back, "danger": danger}
    return render(request, "generic/form.html", context)


def put_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Beside the field it names, or on top when the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def answered(
    request: HttpRequest,
    form: Form,
    act: Callable[[], object],
    *,
    done: Text,
    back: str,
    put: Callable[[Form, ValidationError], None] = put_errors,
) -> HttpResponse | None:
    """Let ``act`` write what a valid form says: the page that follows, or None where the form has to come back.

    What follows is the address that ``act`` returns, or ``back``. What a second person has to confirm first says so.
    A ValidationError of the service lands beside the field it names (or where ``put`` lays it), a file that may not
    come in on top, and so does that somebody wrote meanwhile. A right that ended looks like a page that is not there.
    """
    if written_meanwhile(request):
        form.add_error(None, CHANGED)
        return None
    try:
        found = act()
    except PermissionDenied as refused:
        raise Http404 from refused
    except ValidationError as error:
        put(form, error)
        return None
    except UploadRefused as error:
        form.add_error(None, str(error))
        return None
    remember(request)
    messages.success(request, str(WAITS if isinstance(found, RightsRequest) else done))
    return redirect(found if isinstance(found, str) else back)


def acting(request: HttpRequest) -> User:
    """The signed-in user; a screen has made sure that there is one."""
    user = request.user
    if not isinstance(user, User):
        message = "this page needs a signed-in user"
        raise TypeError(message)
    return user
