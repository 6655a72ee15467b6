"""The policy engine: one rule per action, asked for one object, for a list, or for nothing in particular.

A rule turns a user into a filter: None for no row at all, an empty Q for every row. ``can`` and ``visible_to`` ask
the same rule, so that a list and a page never disagree. What nobody declared, nobody may do. No role stands above the
rules.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, Field, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from .models import User
from .roles import Role
from .standing import Visitor, is_working, standing_of

Rule = Callable[[User], Q | None]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question; ``reason`` says in words why not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(allowed=True)


@dataclass(frozen=True, slots=True)
class Named:
    """A rule with words for the permission table. ``public``: visitors who have not signed in are asked too."""

    text: str
    rule: Rule
    public: bool = False

    def __call__(self, user: User) -> Q | None:
        return self.rule(user)


everybody = Named("everybody signed in", lambda _user: Q())
nobody = Named("nobody", lambda _user: None)


def public(condition: Q | None = None, text: str = "published") -> Named:
    """Anybody, also without signing in, on the rows of ``condition`` (default: every row)."""
    return Named(f"anybody ({text})", lambda _user: condition or Q(), public=True)


def role(*roles: Role) -> Named:
    """Whoever holds one of ``roles`` today, in any organisation."""
    return Named(" / ".join(roles), lambda user: Q() if standing_of(user).has(*roles) else None)


def own_organisation(path: str, *roles: Role) -> Named:
    """Rows whose ``path`` is an organisation in which the user holds one of ``roles`` (without roles: any)."""

    def rule(user: User) -> Q | None:
        ids = standing_of(user).organisations(*roles)
        return Q(**{f"{path}__in": sorted(ids)}) if ids else None

    return Named(f"{' / '.join(roles) or 'anybody'} of {path}", rule)


def own(path: str, text: str = "") -> Named:
    """Rows whose ``path`` is the user."""
    return Named(text or f"the {path}", lambda user: Q(**{path: user.pk}))


def only(condition: Q, text: str) -> Named:
    """Rows of ``condition``, whoever asks among those signed in: to be combined with ``both``."""
    return Named(text, lambda _user: condition)


def either(*rules: Rule) -> Named:
    """Rows that at least one of ``rules`` gives."""

    def rule(user: User) -> Q | None:
        found = [q for q in (_ask(part, user) for part in rules) if q is not None]
        if not found:
            return None
        return Q() if any(not q for q in found) else Q(*found, _connector=Q.OR)

    return Named(" or ".join(describe(part) for part in rules), rule, public=any(_is_public(part) for part in rules))


def both(*rules: Rule) -> Named:
    """Rows that every one of ``rules`` gives."""

    def rule(user: User) -> Q | None:
        found = [_ask(part, user) for part in rules]
        return None if None in found else Q(*[q for q in found if q])

    return Named(" and ".join(describe(part) for part in rules), rule, public=all(_is_public(part) for part in rules))


_rules: dict[tuple[type[Model], str], Rule] = {}
_actions: dict[str, Rule] = {}


def declare(model: type[Model], rules: Mapping[str, Rule]) -> None:
    """State who may do what with rows of ``model``. Raises ValueError when an action is declared twice."""
    for action, rule in rules.items():
        if _rules.setdefault((model, action), rule) is not rule:
            message = f"{model.__name__}: {action} is declared twice"
            raise ValueError(message)


def declare_actions(rules: Mapping[str, Rule]) -> None:
    """State who may do what without a row, such as ``proposals.create``. Raises ValueError as ``declare`` does."""
    for action, rule in rules.items():
        if _actions.setdefault(action, rule) is not rule:
            message = f"{action} is declared twice"
            raise ValueError(message)


def declared() -> dict[tuple[type[Model] | None, str], Rule]:
    """Every rule of the house, for the permission table and its tests. Actions without a row have no model."""
    rules: dict[tuple[type[Model] | None, str], Rule] = {(None, action): rule for action, rule in _actions.items()}
    rules.update(_rules.items())
    return rules


def describe(rule: Rule) -> str:
    """The rule in words."""
    return rule.text if isinstance(rule, Named) else str(getattr(rule, "__name__", "a rule of its own"))


def is_declared(action: str, model: type[Model] | None = None) -> bool:
    """Whether some policy speaks of the action at all."""
    return action in _actions if model is None else (model, action) in _rules


def may(user: Visitor, action: str) -> Decision:
    """Whether ``user`` may do ``action``, which concerns no row."""
    return _decision(user, allowed=_ask(_actions.get(action, nobody), user) is not None)


def can(user: Visitor, action: str, obj: Model) -> Decision:
    """Whether ``user`` may do ``action`` with ``obj`` as the database has it. One query at most."""
    model = obj._meta.model
    q = _ask(_rules.get((model, action), nobody), user)
    allowed = q is not None and obj.pk is not None and (not q or model._base_manager.filter(q, pk=obj.pk).exists())
    return _decision(user, allowed=allowed)


def allowed(user: Visitor, obj: Model, *actions: str) -> frozenset[str]:
    """Those of ``actions`` that ``user`` may do with ``obj`` as the database has it. One query at most."""
    known: Rights | None = vars(obj).get(KNOWN)
    if known is not None and known.user == user.pk and known.asked.issuperset(actions):
        return known.granted.intersection(actions)
    asked = _questions(user, obj._meta.model, actions)
    rows = obj._meta.model._base_manager.filter(pk=obj.pk).annotate(**asked).values(*asked)
    answers = (rows.first() if asked else None) or {}
    return frozenset(action for action in actions if answers.get(MAY + action))


def read_with_rights(user: Visitor, rows: QuerySet[M], actions: Sequence[str]) -> M | None:
    """The first of ``rows``, with the answers to what ``allowed`` will be asked of it: for a page that only reads."""
    asked = _questions(user, rows.model, actions)
    row: M | None = rows.annotate(**asked).first()
    if row is not None:
        granted = frozenset(action for action in actions if getattr(row, MAY + action, False))
        vars(row)[KNOWN] = Rights(user.pk, frozenset(actions), granted)
    return row


MAY, KNOWN = "may_", "_rights_known"


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with a row that was read with the answers."""

    user: int | None
    asked: frozenset[str]
    granted: frozenset[str]


def _questions(user: Visitor, model: type[Model], actions: Sequence[str]) -> dict[str, Exists]:
    """The questions that some row could answer with yes, as annotations."""
    rows = {action: visible_to(user, model, action).filter(pk=OuterRef("pk")) for action in actions}
    return {MAY + action: Exists(found) for action, found in rows.items() if not found.query.is_empty()}


def visible_to(user: Visitor, model: type[M], action: str = "view") -> QuerySet[M]:
    """The rows of ``model`` with which ``user`` may do ``action``, each once."""
    rows = model._default_manager.all()
    q = _ask(_rules.get((model, action), nobody), user)
    if q is None:
        return rows.none()
    if _repeats(model, q):
        return rows.filter(pk__in=model._base_manager.filter(q).values("pk"))
    return rows.filter(q)


def _is_public(rule: Rule) -> bool:
    return isinstance(rule, Named) and rule.public


def _ask(rule: Rule, user: Visitor) -> Q | None:
    """The rule's filter. Visitors and deactivated people are asked for public rules only."""
    if not is_working(user) and not _is_public(rule):
        return None
    return rule(user)  # type: ignore[arg-type]  # a public rule knows that it may be given a visitor


def _decision(user: Visitor, *, allowed: bool) -> Decision:
    if allowed:
        return ALLOWED
    if not user.is_authenticated:
        return Decision(allowed=False, reason=_("Sign in first."))
    if not user.is_active:
        return Decision(allowed=False, reason=_("This account has been deactivated."))
    return Decision(allowed=False, reason=_("Your roles do not include this."))


def _repeats(model: type[Model], q: Q) -> bool:
    """Whether filtering by ``q`` joins a table with several rows per row of ``model``."""
    for child in q.children:
        if isinstance(child, Q):
            if _repeats(model, child):
                return True
        elif isinstance(child, tuple) and _is_multiple(model, child[0]):
            return True
    return False


def _is_multiple(model: type[Model], lookup: str) -> bool:
    here: Any = model
    for part in lookup.split("__"):
        names = {field.name: field for field in here._meta.get_fields()}
        field: Field[Any, Any] | Any = names.get(part)
        if field is None or not field.is_relation:
            return False
        if field.one_to_many or field.many_to_many:
            return True
        here = field.related_model
    return False
