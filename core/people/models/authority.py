"""Who may decide what, as data: changing a delegation never changes code."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.money import VND, VNDField, vnd_check
from core.people.roles import Act, AuthorityLine, Level, Payer, Role

from .dated import Dated, DatedQuerySet, new_code
from .organisation import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the table is asked about. An empty text means that the subject has no such fact."""

    level: str = ""
    regulation: str = ""
    amount_vnd: int = 0
    payer: str = ""


def known_positions(value: object) -> None:
    """Refuse anything but a list of roles with at least one entry."""
    if not isinstance(value, list) or not value or not set(value) <= set(Role.values):
        raise ValidationError(_("Name at least one position."), code="positions")


class Authority(Dated):
    """One row: act × level × regulation × amount × payer → body and the positions that may sign.

    An empty level, regulation or payer stands for every one. Amounts are đồng, both ends included. Two rows of one act
    never cover the same case on the same day, except that a delegation stands above the row it was given from: while
    it runs, the delegate decides in the cases it covers, and the delegator in all others.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    act = models.CharField(_("Matter decided"), max_length=30, choices=Act)
    level = models.CharField(_("Level"), max_length=20, choices=Level, blank=True)
    regulation = models.CharField(_("Regulation"), max_length=30, blank=True)
    payer = models.CharField(_("Payer"), max_length=30, choices=Payer, blank=True)
    amount_from_vnd = VNDField(_("Amount from"), default=VND(0))
    amount_to_vnd = VNDField(_("Amount to"), null=True, blank=True)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="authorities", verbose_name=_("Body"))
    positions = models.JSONField(_("Positions"), validators=[known_positions])
    authority_line = models.CharField(_("Authority line"), max_length=5, choices=AuthorityLine, blank=True)
    title_line = models.CharField(_("Title as printed"), max_length=200)
    delegated_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="delegations")
    delegation_document = models.CharField(_("Delegation document"), max_length=200, blank=True)

    objects = DatedQuerySet["Authority"].as_manager()

    class Meta(Dated.Meta):
        ordering = ["act", "level", "regulation", "payer", "amount_from_vnd", "valid_from"]
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(act__in=list(Act.values)), name="authority_act_known"),
            vnd_check("amount_from_vnd", "authority_amount_from_in_range"),
            vnd_check("amount_to_vnd", "authority_amount_to_in_range"),
            models.CheckConstraint(
                condition=Q(amount_to_vnd__isnull=True) | Q(amount_to_vnd__gte=F("amount_from_vnd")),
                name="authority_amounts_in_order",
            ),
            # Decree 30/2020, Article 13: a delegation is written and limited in time.
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | (Q(valid_to__isnull=False) & ~Q(delegation_document="")),
                name="authority_delegation_is_written_and_limited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.body}"

    @property
    def roles(self) -> list[Role]:
        return [Role(position) for position in self.positions]

    def covers(self, case: Case) -> bool:
        """Whether this row speaks of the case, dates aside."""
        texts = all(mine in ("", asked) for mine, asked in self._columns(case.level, case.regulation, case.payer))
        upper = self.amount_to_vnd
        return texts and self.amount_from_vnd <= case.amount_vnd and (upper is None or case.amount_vnd <= upper)

    def meets(self, other: "Authority") -> bool:
        """Whether some case is covered by both rows, dates aside."""
        texts = all(
            "" in pair or pair[0] == pair[1] for pair in self._columns(other.level, other.regulation, other.payer)
        )
        return texts and _starts_within(self, other) and _starts_within(other, self)

    def _columns(self, level: str, regulation: str, payer: str) -> list[tuple[str, str]]:
        return [(self.level, level), (self.regulation, regulation), (self.payer, payer)]

    def clean(self) -> None:
        """Refuse a row that speaks of a case which another row of the same rank already decides."""
        super().clean()
        rivals = Authority.objects.filter(act=self.act, delegated_from__isnull=self.delegated_from_id is None)
        if any(self.meets(rival) for rival in rivals.exclude(pk=self.pk).overlapping(self.valid_from, self.valid_to)):
            raise ValidationError(_("Another rule already decides some of these cases."), code="overlap")


def _starts_within(row: Authority, other: Authority) -> bool:
    return other.amount_to_vnd is None or row.amount_from_vnd <= other.amount_to_vnd
