"""Every page of the site with somebody who may open it: for the gates that visit them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet, Value
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.people.models import User
from core.people.policy import may, visible_to
from core.people.screens import Screen, screen_of

Arguments = dict[str, Any]
Sampler = Callable[[User], Iterator[Arguments]]
LOOKED_AT = 400
samplers: dict[str, Sampler] = {}
"""Name of an address that needs more than a code -> arguments that a user may open."""


@dataclass(frozen=True, slots=True)
class Address:
    """One named pattern of the site: what it declares, which arguments it takes."""

    name: str
    arguments: tuple[str, ...]
    screen: Screen | None
    callback: Callable[..., Any]


def addresses() -> list[Address]:
    """Every address of the site, those of installed packages too."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str, outer: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        arguments = (*outer, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield Address(f"{prefix}{pattern.name}", arguments, screen_of(pattern.callback), pattern.callback)
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, inner, arguments)


def sampler(name: str) -> Callable[[Sampler], Sampler]:
    """Register where the arguments of an address come from."""

    def register(function: Sampler) -> Sampler:
        samplers[name] = function
        return function

    return register


def samples(address: Address, user: User) -> Iterator[str]:
    """Paths of ``address`` that ``user`` may open, lazily. Raises LookupError when nobody says how to fill it."""
    screen = address.screen
    if address.name in samplers:
        for arguments in samplers[address.name](user):
            yield reverse(address.name, kwargs=arguments)
    elif screen is None or screen.model is None:
        if address.arguments:
            message = f"{address.name} takes {', '.join(address.arguments)}: register a sampler in demo/samplers.py"
            raise LookupError(message)
        if screen is None or screen.public or may(user, screen.action):
            yield reverse(address.name)
    else:
        yield from _of_rows(address, screen, screen.model, user)


def _of_rows(address: Address, screen: Screen, model: type[Model], user: User) -> Iterator[str]:
    if len(address.arguments) != 1:
        message = f"{address.name} takes {', '.join(address.arguments)}: register a sampler in demo/samplers.py"
        raise LookupError(message)
    for code in one_of_each_state(visible_to(user, model), screen.action, user):
        yield reverse(address.name, kwargs={address.arguments[0]: code})


def one_of_each_state(rows: QuerySet[Any], action: str, user: User) -> list[str]:
    """Codes among ``rows`` on which the user may act: the first in each state, then the others."""
    if action != "view":
        rows = rows.filter(pk__in=visible_to(user, rows.model, action).values("pk"))
    names = {field.name for field in rows.model._meta.get_fields()}
    state = next((F(name) for name in ("state", "status") if name in names), Value(""))
    found = rows.order_by("-pk").values_list("code", state)[:LOOKED_AT]
    met: dict[str, str] = {}
    for code, state in found:
        met.setdefault(state, code)
    return [*met.values(), *(code for code, _state in found if code not in met.values())]
