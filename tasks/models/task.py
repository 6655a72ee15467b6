"""The science and technology task: what was approved, for whom, by when, with whose money."""

from typing import ClassVar, Never

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import VND, VNDField, vnd_check
from core.people.models import Organisation, User
from core.people.roles import Level, Payer, Role
from core.regulations import Anchor
from core.text import SORT_KEY_LENGTH
from core.workflow.machine import code_check, state_check, state_field
from core.workflow.models import FromBefore, Stepped
from proposals.choices import Field, LumpSum, Position, ProductKind, ResearchType
from proposals.models import Dossier, Order
from tasks.lifecycle import TASK, Management, TaskState

# A typed slip, not a rule: the rule book says how often each is possible.
MOST_BEFORE = 9


class Grade(models.TextChoices):
    """The grade of the results (Circular 11/2014/TT-BKHCN)."""

    EXCELLENT = "excellent", pgettext_lazy("grade", "Excellent")
    PASS = "pass", pgettext_lazy("grade", "Pass")
    FAIL = "fail", pgettext_lazy("grade", "Fail")


class Task(FromBefore, Stepped):
    """One task from its approval to its archive. Followed tasks belong to another body; we only watch them."""

    lifecycle = TASK
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.APPROVAL_DATE: "approved_on"}
    correctable = ("former_code", "field", "research_type")
    # Whoever works has until then to hand in the dossier; a suspension has a day of its own.
    closing_paths: ClassVar[dict[str, str]] = {TaskState.RUNNING: "acceptance_due_on"}
    variant_column = "management"
    authority_columns: ClassVar[dict[str, str]] = {
        "level": "level",
        "amount_vnd": "approved_state_vnd",
        "payer": "payer",
    }
    organisation_columns: ClassVar[dict[Role, str]] = {Role.ORGANISATION_SIGNER: "host", Role.APPLICANT: "host"}

    state: "models.CharField[Never, str]" = state_field(TASK)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("Order")
    )
    dossier = models.OneToOneField(
        Dossier, models.PROTECT, null=True, blank=True, related_name="task", verbose_name=_("Dossier")
    )
    title = models.CharField(_("Title"), max_length=500)
    folded = models.CharField(max_length=700, editable=False)
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, db_index=True)
    former_code = models.CharField(_("Former code"), max_length=80, blank=True)
    goals = models.TextField(_("Objectives"), blank=True)
    field = models.CharField(_("Field"), max_length=20, choices=Field)
    research_type = models.CharField(_("Type of research"), max_length=20, choices=ResearchType)
    level = models.CharField(_("Level"), max_length=20, choices=Level)
    management = models.CharField(
        _("Management"), max_length=10, choices=Management, default=Management.MANAGED, db_index=True
    )
    managing_body = models.ForeignKey(
        Organisation, models.PROTECT, related_name="managed_tasks", verbose_name=_("Managing body")
    )
    payer = models.CharField(_("Payer"), max_length=20, choices=Payer)
    host = models.ForeignKey(
        Organisation, models.PROTECT, related_name="hosted_tasks", verbose_name=_("Host organisation")
    )
    principal_investigator = models.ForeignKey(
        User, models.PROTECT, related_name="led_tasks", verbose_name=_("Principal investigator")
    )
    approved_state_vnd = VNDField(_("Approved from the state budget"))
    approved_other_vnd = VNDField(_("Approved from other sources"), default=VND(0))
    months = models.PositiveSmallIntegerField(_("Months"), validators=[MinValueValidator(1), MaxValueValidator(120)])
    approved_on = models.DateField(_("Approved on"))
    lump_sum = models.CharField(_("Lump sum"), max_length=10, choices=LumpSum)
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="received_tasks",
        verbose_name=_("Receiving body"),
    )
    state_keeps_ownership = models.BooleanField(_("The State keeps ownership of the results"), default=False)
    plan_year = models.PositiveSmallIntegerField(_("Plan year"))
    # From the contract; amendments move the end.
    starts_on = models.DateField(_("Starts on"), null=True, blank=True)
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    # Last day for the acceptance dossier; written whenever the end moves, so that lists compare dates only.
    acceptance_due_on = models.DateField(_("Acceptance dossier due on"), null=True, blank=True, editable=False)
    acceptance_attempt = models.PositiveSmallIntegerField(_("Attempt"), default=1, editable=False)
    # The dossier of the present attempt, so that a page of the task reads it with the task.
    acceptance_file = models.ForeignKey(
        "AcceptanceFile", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # How far an adopted task was when it entered; later reports speak for themselves.
    opening_percent = models.PositiveSmallIntegerField(
        _("Completed when adopted (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    # What an adopted task has used up of its chances: the rule book counts them over its whole life.
    extensions_before = models.PositiveSmallIntegerField(
        _("Extended before this system (times)"), default=0, validators=[MaxValueValidator(MOST_BEFORE)]
    )
    repeats_before = models.PositiveSmallIntegerField(
        _("Allowed another evaluation before this system (times)"),
        default=0,
        validators=[MaxValueValidator(MOST_BEFORE)],
    )
    # The council's grade of the last acceptance.
    grade = models.CharField(_("Grade"), max_length=10, choices=Grade, blank=True)
    accepted_on = models.DateField(_("Graded on"), null=True, blank=True)
    # The end of a followed task, as its own managing body recorded it.
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    end_note = models.CharField(_("How it ended"), max_length=1000, blank=True)
    synthetic = models.BooleanField(default=False, editable=False)
    created_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-approved_on", "code"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(fields=["state", "ends_on"], name="task_state_end"),
            models.Index(fields=["level", "state"], name="task_level_state"),
        ]
        constraints = [
            state_check(TASK),
            code_check(TASK),
            vnd_check("approved_state_vnd", "task_state_money_in_range"),
            vnd_check("approved_other_vnd", "task_other_money_in_range"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=120), name="task_months_in_range"),
            models.CheckConstraint(condition=~Q(title=""), name="task_has_title"),
            models.CheckConstraint(
                condition=Q(opening_percent__isnull=True) | Q(opening_percent__lte=100), name="task_opening_percent"
            ),
            models.CheckConstraint(
                condition=Q(extensions_before__lte=MOST_BEFORE, repeats_before__lte=MOST_BEFORE),
                name="task_chances_used_in_range",
            ),
            models.CheckConstraint(condition=Q(field__in=list(Field.values)), name="task_field_known"),
            models.CheckConstraint(condition=Q(lump_sum__in=list(LumpSum.values)), name="task_lump_sum_known"),
            models.CheckConstraint(condition=Q(research_type__in=list(ResearchType.values)), name="task_type_known"),
            models.CheckConstraint(condition=Q(grade__in=["", *Grade.values]), name="task_grade_known"),
            models.CheckConstraint(condition=Q(level__in=list(Level.values)), name="task_level_known"),
            models.CheckConstraint(condition=Q(management__in=list(Management.values)), name="task_management_known"),
            models.CheckConstraint(condition=Q(payer__in=list(Payer.values)), name="task_payer_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gt=F("starts_on")),
                name="task_ends_after_start",
            ),
        ]

    @property
    def is_followed(self) -> bool:
        return self.management == Management.FOLLOWED


class TaskProduct(models.Model):
    """A promised result. ``quantity`` in ``unit``; what was delivered is stated in the acceptance dossier."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="products")
    sequence = models.PositiveSmallIntegerField()
    name = models.CharField(_("Product"), max_length=300)
    kind = models.CharField(_("Kind"), max_length=20, choices=ProductKind, default=ProductKind.MEASURABLE)
    unit = models.CharField(_("Unit"), max_length=60)
    quantity = models.PositiveIntegerField(_("Quantity"))
    quality = models.TextField(_("Quality and indicators"), blank=True)
    delivered = models.PositiveIntegerField(_("Delivered"), null=True, blank=True)
    delivered_note = models.CharField(_("How it meets the order"), max_length=500, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["task", "sequence"], name="taskproduct_sequence_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="taskproduct_quantity_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class TaskMember(models.Model):
    """Somebody who works on the task. ``user`` only for people known to the system."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="members")
    sequence = models.PositiveSmallIntegerField()
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="task_memberships")
    name = models.CharField(_("Name"), max_length=120)
    organisation = models.CharField(_("Organisation"), max_length=250, blank=True)
    position = models.CharField(_("Part"), max_length=30, choices=Position, default=Position.MEMBER)
    months = models.PositiveSmallIntegerField(_("Months"), default=0)
    from_on = models.DateField(_("From"), null=True, blank=True)
    to_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["task", "sequence"], name="taskmember_sequence_once")]

    def __str__(self) -> str:
        return self.name


class TaskPartner(models.Model):
    """An organisation that takes part besides the host."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partner_tasks")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["task", "organisation"], name="taskpartner_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class TaskBudgetLine(models.Model):
    """An approved budget line, in đồng: what reports of spending refer to."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="budget_lines")
    sequence = models.PositiveSmallIntegerField()
    item = models.CharField(_("Item"), max_length=300)
    state_vnd = VNDField(_("From the state budget"))
    other_vnd = VNDField(_("From other sources"), default=VND(0))

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["task", "sequence"], name="taskbudgetline_sequence_once"),
            vnd_check("state_vnd", "taskbudgetline_state_in_range"),
            vnd_check("other_vnd", "taskbudgetline_other_in_range"),
        ]

    def __str__(self) -> str:
        return self.item
