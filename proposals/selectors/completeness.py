"""What is still missing before a record may go on, in words; an empty list when nothing is."""

from django.db.models import Sum
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core.people.reading import once
from proposals.choices import LumpSum, Position
from proposals.lifecycle import CallKind
from proposals.models import Call, Dossier, Order, Proposal
from proposals.models.narratives import DOSSIER_FORM, PROPOSAL_FORM, missing_texts


def _columns(record: object, *names: str) -> list[str]:
    """The labels of the empty columns among ``names``."""
    meta = getattr(record, "_meta")  # noqa: B009  # any model
    return [str(meta.get_field(name).verbose_name) for name in names if not getattr(record, name)]


def missing_in_call(call: Call) -> list[str]:
    """What an announcement prints and still lacks."""
    names = ["title", "opens_at", "closes_at", "address", "contact"]
    return _columns(call, *names, *(["orientation"] if call.kind == CallKind.PROPOSALS else ["requirements"]))


def missing_in_proposal(proposal: Proposal) -> list[str]:
    """What the order form of 14 fields still lacks."""
    found = _columns(proposal, "title", "field", "research_type", "months", "receiver")
    if not proposal.total_vnd:
        found.append(_("Budget"))
    return found + [str(field.label) for field in missing_texts(PROPOSAL_FORM, proposal.narrative)]


def missing_in_order(order: Order) -> list[str]:
    """What an item of the list must say: goal, results, money, time, how the host is found."""
    found = _columns(order, "title", "objectives", "months", "receiver")
    if not order.total_vnd:
        found.append(_("Budget"))
    if order.is_direct and order.direct_host is None:
        found += _columns(order, "direct_host")
    if not order.products.exists():
        found.append(_("Results"))
    return found


def missing_in_dossier(dossier: Dossier) -> list[StrOrPromise]:
    """What a dossier lacks before it may be submitted (TT 20/2023/TT-BKHCN, Article 5). Asked once for a page."""
    return once(("missing in dossier", dossier.pk), lambda: _missing_in_dossier(dossier))


def _missing_in_dossier(dossier: Dossier) -> list[StrOrPromise]:
    found: list[StrOrPromise] = [*_columns(dossier, "months")]
    found += [str(field.label) for field in missing_texts(DOSSIER_FORM, dossier.narrative)]
    if dossier.order.months and dossier.months > dossier.order.months:
        found.append(_("A duration within the order's %(months)s months") % {"months": dossier.order.months})
    if not dossier.members.filter(position=Position.SECRETARY).exists():
        found.append(_("A scientific secretary"))
    silent = dossier.partners.filter(consent=False).select_related("organisation")
    found += [_("The consent of %(partner)s") % {"partner": one.organisation.name} for one in silent]
    return found + _missing_money(dossier)


def _missing_money(dossier: Dossier) -> list[str]:
    sums = dossier.budget_lines.aggregate(state=Sum("requested_state_vnd"), other=Sum("requested_other_vnd"))
    found = []
    if not dossier.total_requested_vnd or sums["state"] is None:
        found.append(_("Budget lines"))
    elif (sums["state"], sums["other"]) != (dossier.state_requested_vnd, dossier.other_requested_vnd):
        found.append(_("Budget lines whose sums are the amounts asked for"))
    if dossier.state_requested_vnd > dossier.order.state_budget_vnd:
        found.append(_("An amount within the order's state budget"))
    return found


def outside_lump_sum(dossier: Dossier) -> list[str]:
    """Lines that a partial lump sum does not cover by the rule book, for the appraisal team."""
    if dossier.lump_sum != LumpSum.PARTIAL:
        return []
    rows = dossier.budget_lines.filter(item__in=dossier.rule("lump_sum.partial_excludes").value)
    return [str(row.get_item_display()) for row in rows]
