"""Whether a bank reference proves something already."""

from dataclasses import replace

from django.db.models import CharField, Value
from django.utils.translation import gettext as _

from funds.models import MoneyPaper
from funds.models.references import PROOFS, Proof


def reference_of(paper: MoneyPaper) -> str:
    """The bank's reference that a paper bears; empty while there is none."""
    return str(getattr(paper, _proof_of(paper).column))


def borne_by_another(paper: MoneyPaper) -> bool:
    """Whether another paper of its kind bears the reference of one that was dropped or struck out."""
    idle = replace(_proof_of(paper), idle=(paper.state,))
    return idle.bearing([reference_of(paper)]).exclude(pk=paper.pk).exists()


def _proof_of(paper: MoneyPaper) -> Proof:
    return next(proof for proof in PROOFS if isinstance(paper, proof.paper))


def booked_elsewhere(*references: str, beside: type[MoneyPaper] | None = None) -> str:
    """What says, in words, that one of the bank references proves a payment, a settlement or a repayment; or nothing.

    ``beside``: the kind of paper that is left out, for among its own the database lets a reference stand once.
    """
    wanted = [one for one in references if one]
    if not wanted:
        return ""
    kinds = {proof.paper.lifecycle.name: proof for proof in PROOFS if proof.paper is not beside}
    first, *others = (
        proof.bearing(wanted).values_list(Value(name, output_field=CharField())) for name, proof in kinds.items()
    )
    for (name,) in first.union(*others)[:1]:
        return _("This bank reference is booked already, as: %(kind)s.") % {
            "kind": kinds[name].paper._meta.verbose_name
        }
    return ""
