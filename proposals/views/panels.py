"""The panels of this room's records."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from core.money import VND, split
from core.people.models import User
from core.people.policy import can, may, visible_to
from core.ui import formatting
from core.ui.cells import Kind
from core.ui.parts import Action, Badge, Crumb, Fact, MoneyLine, Panel, Person, RefusalLine
from core.ui.tables import Column, Table
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from proposals.models import Dossier, Order, Proposal
from proposals.models.narratives import NarrativeField
from proposals.services.common import takes_back

FACTS, TABLE, MONEY, PEOPLE = (f"components/{name}.html" for name in ("facts", "table", "money", "people"))


def crumb(url_name: str, label: StrOrPromise) -> list[Crumb]:
    """The way back to a list of this room."""
    return [Crumb(label, reverse(url_name))]


def missing_note(missing: Sequence[object], title: StrOrPromise) -> list[dict[str, Any]]:
    """A notice that names what is missing, or none."""
    if not missing:
        return []
    return [{"tone": "warning", "title": title, "text": formatting.listed(missing) + "."}]


def handed_over_note(record: Proposal | Dossier, user: User) -> list[dict[str, Any]]:
    """On top of the form of a draft that lies with the signer: saving takes it back."""
    organisation = record.proposer_organisation if isinstance(record, Proposal) else record.host
    if not takes_back(record, user, organisation):
        return []
    text = _("Saving takes it back to you: hand it over once more when it is ready.")
    return [{"tone": "warning", "title": _("This draft lies with the signer."), "text": text}]


def texts_panel(title: StrOrPromise, form: Iterable[NarrativeField], narrative: Mapping[str, str]) -> Panel:
    """The running text, in the order of the form."""
    facts = [Fact(field.label, narrative.get(field.key, ""), "long") for field in form]
    return Panel(title, FACTS, {"facts": facts}, slot="facts", icon="book")


def money_panel(state: VND, other: VND) -> Panel:
    """Money by source."""
    total = VND(state + other)
    of_state, of_others = split(100, [state, other]) if total else (0, 0)
    lines = [
        MoneyLine(_("State budget"), state, of=total or None, share=of_state),
        MoneyLine(_("Other sources"), other, of=total or None, share=of_others),
        MoneyLine(_("Total"), total),
    ]
    return Panel(_("Budget"), MONEY, {"lines": lines}, slot="money", icon="money")


def people_panel(people: Iterable[Person]) -> Panel:
    """Who has a part."""
    return Panel(_("People and organisations"), PEOPLE, {"people": list(people)}, slot="people", icon="users")


def facts_panel(title: StrOrPromise, facts: Iterable[Fact]) -> Panel:
    """Labels and values."""
    return Panel(title, FACTS, {"facts": list(facts)}, slot="facts", icon="info")


def table_panel(
    title: StrOrPromise, table: Table, rows: Iterable[Any], *, slot: str = "facts", icon: str = ""
) -> Panel:
    """A small table without paging."""
    return Panel(title, TABLE, {"table": table.bind(list(rows))}, slot=slot, icon=icon, flush=True)


def labels(columns: Iterable[str]) -> list[str]:
    """The names of an order's columns as the form shows them."""
    fields: Any = {field.name: field for field in Order._meta.get_fields()}
    return [str(fields[name].verbose_name) for name in columns]


def state_word(row: Mapping[str, Any]) -> Badge:
    """The state of a resembling text in the language of the reader."""
    model = subjects.get(row["kind"])
    known = dict(model.lifecycle.states.choices) if model else {}
    return Badge(known.get(row["state"], row["state"]))


def mean_words(dossier: Dossier) -> str:
    """A council's mean with two decimals."""
    if dossier.mean_hundredths is None:
        return ""
    whole, rest = divmod(dossier.mean_hundredths, 100)
    mark = "," if formatting.language() == "vi" else "."
    return f"{whole}{mark}{rest:02d}"


RELATED = Table(
    caption=gettext_lazy("Related records"),
    empty=gettext_lazy("None."),
    columns=[
        Column("code", gettext_lazy("Code"), Kind.CODE),
        Column("title", gettext_lazy("Title"), Kind.TITLE, url=lambda one: str(one.get_absolute_url())),
        Column("state", gettext_lazy("Status"), Kind.BADGE, value=lambda one: one),
    ],
)
SIMILAR = Table(
    caption=gettext_lazy("Resembling texts"),
    empty=gettext_lazy("No text resembles this one."),
    columns=[
        Column("code", gettext_lazy("Code"), Kind.CODE, url=lambda row: str(row["url"])),
        Column("title", gettext_lazy("Title"), Kind.TITLE, note=lambda row: f"“{row['passage']}”"),
        Column("state", gettext_lazy("Status"), Kind.BADGE, value=state_word),
        Column("percent", gettext_lazy("Shared"), Kind.PROGRESS),
    ],
)
PRODUCTS = Table(
    caption=gettext_lazy("Results"),
    empty=gettext_lazy("No result was named yet."),
    columns=[
        Column("name", gettext_lazy("Result"), Kind.TITLE, note=lambda one: one.quality),
        Column("kind", gettext_lazy("Kind"), value=lambda one: one.get_kind_display()),
        Column("quantity", gettext_lazy("Quantity"), Kind.NUMBER),
        Column("unit", gettext_lazy("Unit")),
    ],
)
ESTIMATE = Table(
    caption=gettext_lazy("Estimate"),
    empty=gettext_lazy("No line was written yet."),
    columns=[
        Column(
            "item",
            gettext_lazy("Item"),
            Kind.TITLE,
            value=lambda one: one.get_item_display(),
            note=lambda one: one.note,
        ),
        Column("requested_state_vnd", gettext_lazy("State budget (đồng)"), Kind.MONEY),
        Column("requested_other_vnd", gettext_lazy("Other sources (đồng)"), Kind.MONEY),
        Column("approved_state_vnd", gettext_lazy("State budget appraised (đồng)"), Kind.MONEY),
        Column("approved_other_vnd", gettext_lazy("Other sources appraised (đồng)"), Kind.MONEY),
    ],
)
OPENED = Table(
    caption=gettext_lazy("Dossiers"),
    empty=gettext_lazy("No dossier was submitted."),
    columns=[
        Column("code", gettext_lazy("Code"), Kind.CODE),
        Column(
            "host",
            gettext_lazy("Host organisation"),
            Kind.TITLE,
            value=lambda one: one.host.name,
            url=lambda one: str(one.get_absolute_url()),
            note=lambda one: one.opening_note,
        ),
        Column("mean", gettext_lazy("Mean"), value=mean_words),
        Column("state", gettext_lazy("Status"), Kind.BADGE, value=lambda one: one),
    ],
)
CHANGES = Table(
    caption=gettext_lazy("Changes of the order"),
    empty=gettext_lazy("No change."),
    columns=[
        Column("ground", gettext_lazy("Ground"), Kind.TITLE),
        Column("columns", gettext_lazy("Changed"), value=lambda one: ", ".join(labels(one.after))),
        Column("applied_on", gettext_lazy("In force from"), Kind.DATE),
    ],
)


def similar_panel(user: User, rows: Iterable[Mapping[str, Any]]) -> Panel:
    """The texts that resemble a proposal, each with a link where the reader may see its record."""
    kept = list(rows)
    places = _places(user, kept)
    linked = [{**row, "url": places.get((row["kind"], row["code"]), "")} for row in kept]
    return table_panel(_("Resembling texts"), SIMILAR, linked, icon="search")


def _places(user: User, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The pages of the records that the reader may see. One query for each kind of record, three at most."""
    codes: dict[str, list[str]] = {}
    for row in rows:
        codes.setdefault(row["kind"], []).append(row["code"])
    return {
        (kind, record.code): str(record.get_absolute_url())
        for kind in sorted(codes.keys() & subjects.keys())
        for record in visible_to(user, subjects[kind]).filter(code__in=codes[kind]).only("code")
    }


def lineage_panel(title: StrOrPromise, records: Iterable[Stepped]) -> Panel:
    """Where a record comes from, or what became of it."""
    return table_panel(title, RELATED, records, icon="link")


def edit_action(user: Any, record: Stepped, action: str, url: str, label: StrOrPromise, **more: Any) -> list[Action]:
    """A button for a page of facts, when the reader may use it now."""
    return [Action(label, reverse(url, args=[record.code]), **more)] if can(user, action, record) else []


def is_inside(user: User) -> bool:
    """Whether the reader belongs to the administration."""
    return may(user, "order_lists.list").allowed


def refusal_lines(refusals: Iterable[Any]) -> list[RefusalLine]:
    """Refusals as the page shows them."""
    return [RefusalLine(str(one.text), one.source) for one in refusals]
