"""The tables of the first page."""

from django.utils.translation import gettext_lazy as _

from core import clock
from core.ui.cells import Kind
from core.ui.parts import Due
from core.ui.tables import Column, Table
from core.workflow.waiting import Stage

CODE = Column("code", _("Code"), Kind.CODE, url=lambda one: one.get_absolute_url())
TITLE = Column("heading", _("Title"), Kind.TITLE, note=lambda one: str(one.kind_label))
STATE = Column("state_label", _("Status"))
SINCE = Column("state_since", _("Since"), Kind.DATE, value=lambda one: clock.local(one.state_since).date())
DUE = Column("due_on", _("Due"), Kind.DEADLINE, value=lambda one: Due(due_on=one.due_on))
MISSING = Column("missing", _("What is missing"), url=lambda one: one.place)
CLOSES = Column("due_on", _("Closes on"), Kind.DEADLINE, value=lambda one: Due(due_on=one.due_on))
WORK = Table([CODE, TITLE, STATE, MISSING, SINCE, DUE], caption=_("My work"), empty=_("Nothing waits for you."))
BY_STAGE = {
    Stage.DECIDE: Table([CODE, TITLE, STATE, SINCE, DUE], caption=_("To decide")),
    Stage.PREPARE: Table([CODE, TITLE, STATE, MISSING, SINCE, DUE], caption=_("To prepare")),
    Stage.LATER: Table([CODE, TITLE, STATE, MISSING, DUE], caption=_("Later")),
}
ANSWERS = Table(
    [
        Column("heading", _("Title"), Kind.TITLE, note=lambda one: str(one.kind_label), url=lambda one: one.url),
        Column("code", _("Code"), Kind.CODE),
        SINCE,
    ],
    caption=_("For my answer"),
)
BALLOTS = Table(
    [CODE, TITLE, Column("due_on", _("Sitting on"), Kind.DATE)],
    caption=_("Ballots to cast"),
)
DECLARATIONS = Table(
    [CODE, TITLE, Column("due_on", _("Sitting on"), Kind.DATE)],
    caption=_("Conflict of interest to declare"),
)
CONCLUSIONS = Table([CODE, TITLE, SINCE, DUE], caption=_("Conclusions to write"))
DRAFTS = Table([CODE, TITLE, SINCE, CLOSES], caption=_("My drafts"))
OTHERS = Table(
    [CODE, TITLE, Column("author", _("Author")), SINCE, CLOSES],
    caption=_("Drafts of my organisation"),
)
CALLS = Table(
    [
        CODE,
        Column("title", _("Title"), Kind.TITLE, note=lambda call: call.get_kind_display()),
        Column(
            "closes_at",
            _("Closes on"),
            Kind.DEADLINE,
            value=lambda call: Due(due_on=clock.local(call.closes_at).date()),
        ),
    ],
    caption=_("Open calls"),
)
