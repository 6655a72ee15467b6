"""The list of orders and its items."""

from typing import ClassVar, Never

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import VND, VNDField, vnd_check
from core.people.models import Organisation
from core.people.roles import Level, Payer
from core.regulations import Anchor
from core.workflow.machine import code_check, state_check, state_field
from core.workflow.models import FromBefore
from proposals.choices import Field, Origin, ProductKind, ResearchType
from proposals.lifecycle import ORDER, ORDER_LIST, OrderMode, OrderState

from .calls import Call
from .common import TITLE_LENGTH, Titled, former_code, known, month_check, year_check
from .proposals import Proposal


class OrderList(Titled):
    """A list of orders that one decision approves."""

    lifecycle = ORDER_LIST
    authority_columns = {"level": "level", "payer": "payer"}

    state: "models.CharField[Never, str]" = state_field(ORDER_LIST)
    plan_year = models.PositiveSmallIntegerField(_("Plan year"))
    level = models.CharField(_("Level"), max_length=20, choices=Level, default=Level.PROVINCIAL)
    payer = models.CharField(_("Payer"), max_length=30, choices=Payer, default=Payer.FUND)

    class Meta:
        ordering = ["-plan_year", "-code"]
        verbose_name = _("list of orders")
        verbose_name_plural = _("lists of orders")
        constraints = [
            state_check(ORDER_LIST),
            code_check(ORDER_LIST),
            known("level", Level, "order_list_level_known"),
            known("payer", Payer, "order_list_payer_known"),
            year_check("order_list_plan_year"),
            models.CheckConstraint(condition=~Q(title=""), name="order_list_titled"),
        ]


class Order(FromBefore, Titled):
    """An item of the list: what shall be done, for how much, and how the host is found."""

    lifecycle = ORDER
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.CALL_CLOSING: "selection_call__closes_at"}
    correctable = ("field", "research_type", "origin_note")
    authority_columns = {"level": "level", "amount_vnd": "state_budget_vnd", "payer": "payer"}

    state: "models.CharField[Never, str]" = state_field(ORDER)
    order_list = models.ForeignKey(
        OrderList, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("List of orders")
    )
    plan_year = models.PositiveSmallIntegerField(_("Plan year"))
    field = models.CharField(_("Field"), max_length=20, choices=Field)
    research_type = models.CharField(_("Type of research"), max_length=20, choices=ResearchType)
    level = models.CharField(_("Level"), max_length=20, choices=Level, default=Level.PROVINCIAL)
    payer = models.CharField(_("Payer"), max_length=30, choices=Payer, default=Payer.FUND)
    mode = models.CharField(_("How the host is found"), max_length=10, choices=OrderMode)
    origin = models.CharField(_("Origin"), max_length=20, choices=Origin, default=Origin.PROPOSALS)
    origin_note = models.CharField(_("Document of the origin"), max_length=300, blank=True)
    objectives = models.TextField(_("Objectives"), blank=True)
    state_budget_vnd = VNDField(_("State budget (đồng)"), default=VND(0))
    other_budget_vnd = VNDField(_("Other sources (đồng)"), default=VND(0))
    months = models.PositiveSmallIntegerField(_("Duration (months)"), default=0)
    direct_host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="direct_orders",
        verbose_name=_("Organisation for direct assignment"),
    )
    selection_call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("Selection call")
    )
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders_to_receive",
        verbose_name=_("Receiving organisation"),
    )
    state_keeps_ownership = models.BooleanField(_("The State keeps the ownership of the results"), default=False)
    answer_by = models.DateField(_("Dossier expected by"), null=True, blank=True)
    # What the next cancelling or revoking decision will say as its reason.
    decision_ground = models.TextField(_("Ground of the decision"), blank=True)
    former_code = former_code()
    # The decision that listed an adopted order: its list is not in this system.
    listed_symbol = models.CharField(_("Decision approving the list: number"), max_length=60, blank=True)
    listed_on = models.DateField(_("Decision approving the list: date"), null=True, blank=True)
    listed_by = models.CharField(_("Decision approving the list: issued by"), max_length=250, blank=True)
    proposals = models.ManyToManyField(Proposal, through="OrderSource", related_name="orders")

    class Meta:
        ordering = ["-plan_year", "code"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["plan_year", "state"], name="order_year_state"),
            models.Index(fields=["state", "due_on"], name="order_due"),
        ]
        constraints = [
            state_check(ORDER),
            code_check(ORDER),
            known("field", Field, "order_field_known"),
            known("research_type", ResearchType, "order_type_known"),
            known("level", Level, "order_level_known"),
            known("payer", Payer, "order_payer_known"),
            known("mode", OrderMode, "order_mode_known"),
            known("origin", Origin, "order_origin_known"),
            year_check("order_plan_year"),
            month_check("order_months"),
            vnd_check("state_budget_vnd", "order_state_budget"),
            vnd_check("other_budget_vnd", "order_other_budget"),
            models.CheckConstraint(condition=~Q(title=""), name="order_titled"),
            models.CheckConstraint(
                condition=Q(order_list__isnull=False)
                | (~Q(listed_symbol="") & Q(listed_on__isnull=False) & ~Q(listed_by="")),
                name="order_listed_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[OrderState.PLANNED, OrderState.CANCELLED])
                | Q(mode=OrderMode.CALL)
                | Q(direct_host__isnull=False),
                name="order_direct_has_host",
            ),
        ]

    @property
    def total_vnd(self) -> VND:
        return VND(self.state_budget_vnd + self.other_budget_vnd)

    @property
    def is_direct(self) -> bool:
        return self.mode == OrderMode.DIRECT


class OrderSource(models.Model):
    """Lineage: which proposals went into which orders. Merged: one order of several; split: several of one."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="sources")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="order_sources")

    class Meta:
        ordering = ["order", "proposal"]
        constraints = [models.UniqueConstraint(fields=["order", "proposal"], name="order_source_once")]

    def __str__(self) -> str:
        return f"{self.proposal} → {self.order}"


class Product(models.Model):
    """A promised result, how much of it and how good."""

    sequence = models.PositiveSmallIntegerField()
    name = models.CharField(_("Result"), max_length=300)
    kind = models.CharField(_("Kind"), max_length=20, choices=ProductKind, default=ProductKind.MEASURABLE)
    unit = models.CharField(_("Unit"), max_length=60)
    quantity = models.PositiveIntegerField(_("Quantity"), default=1)
    quality = models.TextField(_("Required quality"), blank=True)

    class Meta:
        abstract = True
        ordering = ["sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="%(class)s_quantity"),
            known("kind", ProductKind, "%(class)s_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class OrderProduct(Product):
    """A result that the order asks for."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="products")

    class Meta(Product.Meta):
        constraints = [
            *Product.Meta.constraints,
            models.UniqueConstraint(fields=["order", "sequence"], name="orderproduct_sequence_once"),
        ]


class OrderChange(models.Model):
    """A change of an approved order: prepared by an officer, applied by the amending decision.

    ``after`` and ``before`` hold the changed columns, foreign keys as codes.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="changes")
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    ground = models.CharField(_("Ground"), max_length=TITLE_LENGTH)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)
    applied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["prepared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(applied_on__isnull=True), name="orderchange_one_open"
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="orderchange_grounded"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.prepared_at:%Y-%m-%d}"
