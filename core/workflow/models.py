"""The abstract subject of a lifecycle, and requests to undo its last step."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit.triggers import frozen
from core.people.authorities import resolve_authority
from core.people.models import Authority, User
from core.people.roles import Act, Role
from core.regulations import Anchor, Parameter, anchored

from .machine import add_transitions
from .registry import subjects
from .table import Lifecycle, Row


class Stepped(models.Model):
    """A record with a life. Only ``service.take_step`` changes ``state``."""

    lifecycle: ClassVar[Lifecycle]
    # For steps by an authority: dimension (level, amount_vnd, payer) -> column of this model.
    authority_columns: ClassVar[dict[str, str]] = {}
    # For steps of outside people: their role -> the column with the organisation they must hold it in.
    organisation_columns: ClassVar[dict[Role, str]] = {}
    # The column with the heading of the record, for lists over all kinds.
    title_path: ClassVar[str] = "title"
    # Whether the system makes the title, in the language of whoever reads it: "Progress report no. 1".
    title_is_made: ClassVar[bool] = False
    # The column with whoever writes the record while it is a draft.
    author_path: ClassVar[str] = ""
    # State -> the column with the day or the moment by which it is to be left, where no term of the table says it: the
    # closing of what a draft is sent to, the day of a contract.
    closing_paths: ClassVar[Mapping[str, str]] = {}
    # Columns that no paper prints and no sum uses: a wrong one is mended with the head of division.
    correctable: ClassVar[tuple[str, ...]] = ()
    # The column that says which kind of subject this is, where rows differ by kind.
    variant_column: ClassVar[str] = ""
    # See FromBefore.
    unconfirmed: Any = False
    # The days by which rules are chosen (the rule book's column anchor) -> the column with the day or the moment.
    anchor_paths: ClassVar[Mapping[Anchor, str]] = {}

    code = models.CharField(_("code"), max_length=80, unique=True, editable=False)
    state: "models.CharField[Any, str]"
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    regulation = models.CharField(_("regulation version"), max_length=40, editable=False)

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        lifecycle = cls.__dict__.get("lifecycle")
        if lifecycle is not None:
            add_transitions(cls, lifecycle)
            subjects[lifecycle.name] = cls

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.app_label}:{self.lifecycle.name}-detail", args=[self.code])

    @property
    def state_label(self) -> str:
        return str(self.lifecycle.states(self.state).label)

    @property
    def variant(self) -> str:
        return str(getattr(self, self.variant_column)) if self.variant_column else ""

    def rows(self) -> list[Row]:
        """The rows that leave the present state of this very subject."""
        return list(self.lifecycle.leaving(self.state, self.regulation, self.variant))

    @property
    def closes_on(self) -> date | None:
        """The last day for the way on from this state where another record sets it; None where none does."""
        path = self.closing_paths.get(self.state, "")
        return self._day_at(path) if path else None

    def rule(self, key: str, on: date | None = None) -> Parameter:
        """A rule in the version this record is pinned to, as it stood on the day that the rule's anchor names.

        ``on`` (today) is the day of the event, and stands in for a day that has not come. Raises UnknownRuleError.
        """
        return anchored(key, self.regulation, self.anchor_day, on)

    def anchor_day(self, anchor: Anchor) -> date | None:
        """The day of an anchor for this record; None where it has none, or not yet."""
        return self._day_at(self.anchor_paths[anchor]) if anchor in self.anchor_paths else None

    def _day_at(self, path: str) -> date | None:
        found: Any = self
        for part in path.split("__"):
            found = getattr(found, part, None)
        return clock.local(found).date() if isinstance(found, datetime) else found

    def row(self, name: str) -> Row | None:
        return next((row for row in self.rows() if row.name == name), None)

    @property
    def is_final(self) -> bool:
        return self.state in self.lifecycle.final

    def authority_value(self, dimension: str) -> Any:
        """What this record says about one dimension of the table of authorities."""
        column = self.authority_columns.get(dimension)
        return self._follow(column) if column else None

    def organisation_of(self, role: Role) -> Any:
        """The organisation in which ``role`` is held for this record, following the column's path."""
        return self._follow(self.organisation_columns[role])

    def _follow(self, path: str) -> Any:
        value: Any = self
        for part in path.split("__"):
            value = getattr(value, part)
        return value

    def authority(self, act: Act, on: date) -> Authority:
        """Who decides ``act`` on this record on that day. Raises AuthorityMissing."""
        case = {name: self.authority_value(name) for name in ("level", "amount_vnd", "payer")}
        return resolve_authority(act, regulation=self.regulation, on=on, **case)


class FromBefore(models.Model):
    """Mixin of records that one person may enter from before this system: a second one confirms or refuses them.

    Until then nothing else happens to them. Only ``adoption`` and ``confirmation`` write the column, with their event.
    """

    unconfirmed = models.BooleanField(_("entered from before, not confirmed"), default=False, editable=False)

    class Meta:
        abstract = True


class CorrectionRequest(models.Model):
    """Somebody asks that the last step be undone, or that ``after`` replace ``before``; the head of division decides.

    ``before`` and ``after`` hold columns and values; both are empty when a step shall be undone. With ``step`` it is
    an entry from paper that a second person compares with its scan: ``entry`` keeps what was typed, and the digest of
    the record as it was shown.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    subject_type = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=80)
    event_uuid = models.UUIDField()
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    step = models.CharField(max_length=60, blank=True)
    entry = models.JSONField(default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("request for a correction")
        verbose_name_plural = _("requests for a correction")
        constraints = [
            models.UniqueConstraint(
                fields=["event_uuid"], condition=models.Q(granted__isnull=True), name="correction_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="correction_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(granted__isnull=True) | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="correction_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_code} {self.event_uuid}"


frozen(
    CorrectionRequest,
    ("event_uuid", "step", "asked_by_id", "decided_by_id", "decided_at", "granted", "answer"),
    when="OLD.granted IS NOT NULL",
)
