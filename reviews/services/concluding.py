"""The draft of the conclusions, until the presiding member signs them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.audit import service as audit
from core.people.models import User
from proposals.models import Dossier
from reviews.models import AgendaItem

from . import common


def write_conclusion(
    item: AgendaItem,
    *,
    actor: User,
    conclusion: str = "",
    title: str = "",
    remarks: str = "",
    recommended: Dossier | None = None,
) -> AgendaItem:
    """Write what the council concludes on an item.

    ``title``: the title the council gives a proposal. ``remarks``: what the host shall mend. ``recommended``: the
    dossier recommended for an order; the ballots decide, and only where they leave several equal may one be chosen.
    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(item.council, actor=actor, action="conclude")
        item.refresh_from_db()
        if recommended is not None and not _may_be_recommended(item, recommended):
            raise ValidationError({"recommended": _("Only a dossier that the ballots put first can be recommended.")})
        item.conclusion, item.remarks = common.clean(conclusion), common.clean(remarks)
        item.conclusion_title = " ".join(common.clean(title, 500).split())
        # The one whom the ballots put first stays; among equals the council chooses.
        item.recommended = recommended or item.recommended
        item.save(update_fields=["conclusion", "remarks", "conclusion_title", "recommended"])
        common.note("conclusion.written", held, actor, item=item.code)
    return item


def _may_be_recommended(item: AgendaItem, dossier: Dossier) -> bool:
    """Whether the dossier passed with the best rank, alone or with others."""
    rows = AgendaItem.objects.filter(council=item.council_id, dossier__order=item.order_id, passed=True)
    best = rows.order_by("rank").values_list("rank", flat=True).first()
    return item.order_id is not None and rows.filter(dossier=dossier, rank=best).exists()
