"""What every request passes before a page is asked for."""

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.http import Http404, HttpRequest, HttpResponse

NULL = "\0"


class NullCharactersMiddleware:
    """An address with a null character leads nowhere: no text of the database may hold one, and PostgreSQL stops at it.

    The forms refuse it in what is typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NULL in request.path_info or NULL in unquote_plus(request.META.get("QUERY_STRING", "")):
            raise Http404
        return self.get_response(request)
