"""What the pages of proposals, orders, dossiers and tasks show of councils: to those who may see them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.people.policy import may, visible_to
from core.ui.cells import Kind
from core.ui.parts import Fact, Panel
from core.ui.tables import Column, Table
from core.workflow.registry import panel
from reviews.lifecycle import CouncilState
from reviews.models import AgendaItem, Council

COLUMNS = ("proposal", "order", "dossier", "task")
COUNCILS = Table(
    caption=gettext_lazy("Councils"),
    columns=[
        Column(
            "code",
            gettext_lazy("Council"),
            Kind.CODE,
            url=lambda council: str(council.get_absolute_url()),
            note=lambda council: council.get_kind_display(),
        ),
        Column("sits_at", gettext_lazy("Sitting"), Kind.DATETIME),
        Column("state", gettext_lazy("Status"), Kind.BADGE, value=lambda council: council),
    ],
)


def show_councils(request: HttpRequest, subject: Any) -> Panel | None:
    """The councils that judge or judged a record, for the administration and their members only. One query."""
    if not may(request.user, "councils.list"):
        return None
    rows = list(visible_to(request.user, Council).filter(**{f"items__{subject.lifecycle.name}": subject}))
    if not rows:
        return None
    return Panel(
        _("Councils"), "components/table.html", {"table": COUNCILS.bind(rows)}, slot="people", icon="users", flush=True
    )


FIRST_ATTEMPT = 1


@panel("task", 30)
def show_remarks(_request: HttpRequest, task: Any) -> Panel | None:
    """What the acceptance council asks the host to mend: after the conclusion, without any name."""
    if not task.grade and task.acceptance_attempt == FIRST_ATTEMPT:
        # No council has judged the results yet.
        return None
    rows = AgendaItem.objects.filter(task=task, council__state=CouncilState.CONCLUDED).exclude(remarks="")
    facts = [Fact(_("Remarks to the host"), item.remarks, "long") for item in rows.order_by("pk")]
    if not facts:
        return None
    return Panel(_("Acceptance council"), "components/facts.html", {"facts": facts}, slot="facts", icon="ballot")


for _column in COLUMNS:
    panel(_column, 70)(show_councils)
