"""Each request knows who acts and in which language that person reads; nobody else reads the answer later."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control

from .acting import acting_as
from .models import User


class ActingUserMiddleware:
    """Names the acting user and speaks the user's language, unless this browser has chosen one.

    Without a choice visitors get the house's language, not the browser's: the office works in Vietnamese.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user if isinstance(request.user, User) else None
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language if user else settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = translation.get_language()
        with acting_as(user):
            return self.get_response(request)


class PrivateAnswersMiddleware:
    """What a signed-in person was shown, page or file, is kept by no proxy and by no browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        was_known = request.user.is_authenticated
        response = self.get_response(request)
        if was_known or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response
