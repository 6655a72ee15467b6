"""What a council judges, and what came of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.audit.triggers import frozen
from core.people.models.dated import new_code
from core.workflow.models import Stepped
from proposals.models import Dossier, Order, Proposal
from tasks.models import Grade, Task

from .council import TITLE_LENGTH, Council

SUBJECTS = ("proposal", "order", "dossier", "task")


def exactly_one(*names: str) -> Q:
    """Exactly one of the columns is filled."""
    found = Q(pk__in=[])
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


class AgendaItem(models.Model):
    """One subject of a council. A selection council has the order and, below it, each of its valid dossiers.

    The columns from ``counted_at`` on hold the counted result and never change again. ``recommended``: the dossier that
    the council recommends for an order. ``flags``: what to explain, as keys (``zero:CRITERION``, ``outlier:BALLOT``,
    ``tie``). ``remarks`` is what the host is told.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="items")
    sequence = models.PositiveSmallIntegerField()
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    investigator_came = models.BooleanField(_("The principal investigator came"), default=False)
    investigator_left_at = models.DateTimeField(_("The principal investigator left at"), null=True, blank=True)
    conclusion = models.TextField(_("Conclusion"), blank=True)
    conclusion_title = models.CharField(_("Title given by the council"), max_length=TITLE_LENGTH, blank=True)
    remarks = models.TextField(_("Remarks to the host"), blank=True)
    recommended = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Recommended dossier")
    )
    counted_at = models.DateTimeField(null=True, editable=False)
    present = models.PositiveSmallIntegerField(_("Members present"), null=True, editable=False)
    issued = models.PositiveSmallIntegerField(_("Ballots issued"), null=True, editable=False)
    returned = models.PositiveSmallIntegerField(_("Ballots returned"), null=True, editable=False)
    valid = models.PositiveSmallIntegerField(_("Valid ballots"), null=True, editable=False)
    agree = models.PositiveSmallIntegerField(_("Agree"), null=True, editable=False)
    disagree = models.PositiveSmallIntegerField(_("Disagree"), null=True, editable=False)
    mean_hundredths = models.PositiveIntegerField(_("Mean"), null=True, editable=False)
    rank = models.PositiveSmallIntegerField(_("Rank"), null=True, editable=False)
    grade = models.CharField(_("Grade"), max_length=10, choices=Grade, blank=True, editable=False)
    passed = models.BooleanField(_("Passed"), null=True, editable=False)
    flags = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ["council", "sequence"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            models.CheckConstraint(condition=exactly_one(*SUBJECTS), name="agendaitem_one_subject"),
            models.UniqueConstraint(fields=["council", "sequence"], name="agendaitem_sequence_once"),
            *(
                models.UniqueConstraint(
                    fields=["council", name], condition=Q(**{f"{name}__isnull": False}), name=f"agendaitem_{name}_once"
                )
                for name in SUBJECTS
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True)
                | Q(returned__lte=F("issued"), valid__lte=F("returned"), issued=F("present")),
                name="agendaitem_ballots_add_up",
            ),
            models.CheckConstraint(
                condition=Q(agree__isnull=True) | Q(valid=F("agree") + F("disagree")), name="agendaitem_votes_add_up"
            ),
            models.CheckConstraint(
                condition=Q(mean_hundredths__isnull=True) | Q(mean_hundredths__lte=10_000), name="agendaitem_mean"
            ),
            models.CheckConstraint(
                condition=Q(investigator_left_at__isnull=True) | Q(investigator_came=True),
                name="agendaitem_left_who_came",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} · {self.sequence}"

    @property
    def subject(self) -> Stepped:
        """What is judged."""
        found: Any = self.proposal or self.order or self.dossier or self.task
        subject: Stepped = found
        return subject

    @property
    def title(self) -> str:
        """The subject's title."""
        return str(getattr(self.subject, "title", ""))

    @property
    def takes_ballots(self) -> bool:
        """Whether members vote on this very item: on proposals, dossiers and tasks, not on the order above them."""
        return self.order_id is None

    @property
    def seen_by_host(self) -> str:
        """Who applies: the words beside the title."""
        if self.dossier:
            return str(self.dossier.host)
        return str(self.task.host) if self.task else ""


BALLOTS = ("present", "issued", "returned", "valid", "agree", "disagree")
RESULT = (*BALLOTS, "mean_hundredths", "rank", "grade", "passed", "flags")
frozen(AgendaItem, ("counted_at", "council_id", *RESULT), when="OLD.counted_at IS NOT NULL")
