"""Dossiers: written by hosts, submitted, opened."""

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from typing import Any

from core import clock
from core.money import VND, split
from core.people.models import Organisation, User
from core.people.roles import Role
from proposals import services
from proposals.choices import BudgetItem, Field, LumpSum, Position
from proposals.models import Dossier, Order
from proposals.services.dossiers import DossierParts
from proposals.services.openings import Finding, Occasion

from .player import History
from .stage import Stage

LINES = {
    BudgetItem.LABOUR: 42,
    BudgetItem.MATERIALS: 28,
    BudgetItem.SURVEYS: 12,
    BudgetItem.SEMINARS: 6,
    BudgetItem.PUBLICATION: 4,
    BudgetItem.OVERHEAD: 8,
}
FORMS = (LumpSum.PARTIAL, LumpSum.PARTIAL, LumpSum.FINAL)
Made = Generator[datetime, None, Any]


def from_invited(stage: Stage, order: Order, submitted: datetime, opened: datetime) -> Made:
    """The invited host hands in its dossier; it is opened a few days later. Returns the dossier."""
    yield submitted
    assert order.direct_host is not None  # noqa: S101  # invited directly
    dossier = write(stage, order, order.direct_host, author_of(order))
    stage.step(dossier, "submit", stage.signer(dossier.host))
    yield opened
    open_all(stage, order)
    return dossier


def in_preparation(stage: Stage, order: Order, when: datetime) -> History:
    """A draft that its host still works on."""
    yield when
    assert order.direct_host is not None  # noqa: S101  # invited directly
    write(stage, order, order.direct_host, author_of(order))


def sealed(stage: Stage, order: Order, when: datetime, *, number: int) -> Made:
    """So many competing dossiers of different hosts, one after the other. Returns them."""
    made = []
    for place, host in enumerate(_bidders(stage, order, number)):
        yield when + timedelta(minutes=40 * place)
        leader = author_of(order) if not place else _researcher(stage, host)
        dossier = write(stage, order, host, leader)
        stage.step(dossier, "submit", stage.signer(host))
        made.append(dossier)
    return made


def author_of(order: Order) -> User:
    """Who wrote the proposal behind the order."""
    first = order.proposals.select_related("author").order_by("pk").first()
    assert first is not None  # noqa: S101  # these orders come from proposals
    author: User = first.author
    return author


def _bidders(stage: Stage, order: Order, number: int) -> Iterator[Organisation]:
    """First who proposed it, then others of the field."""
    first = order.proposals.select_related("proposer_organisation").order_by("pk").first()
    assert first is not None  # noqa: S101  # these orders come from proposals
    own = first.proposer_organisation
    others = [host for host in stage.hosts_of(Field(order.field)) if host != own]
    yield from [own, *stage.random.sample(others, max(number - 1, 0))][:number]


def _researcher(stage: Stage, host: Organisation) -> User:
    return stage.random.choice(stage.world.researchers[host.pk])


def write(stage: Stage, order: Order, host: Organisation, leader: User) -> Dossier:
    """A complete draft: a little below the order's budget, six lines, a secretary and two members."""
    chance = stage.random
    state = VND(order.state_budget_vnd * chance.randrange(92, 100) // 100)
    team = stage.world.researchers[host.pk]
    secretary = team[(team.index(leader) + 1) % len(team)] if leader in team else team[0]
    return services.create_dossier(
        actor=stage.known(leader) if leader in team else stage.signer(host),
        order=order,
        host=host,
        facts={"principal_investigator": leader, "months": order.months, "lump_sum": chance.choice(FORMS)},
        narrative=stage.texts.narrative(chance, "dossier"),
        parts=DossierParts(
            members=[
                {"user": secretary, "position": Position.SECRETARY, "organisation": host, "months": 12},
                {"name": "Nhóm kỹ thuật viên", "position": Position.MEMBER, "organisation": host, "months": 6},
            ],
            budget_lines=budget_lines(state, order.other_budget_vnd),
        ),
        key=stage.key(),
    )


def budget_lines(state: VND, other: VND) -> list[dict[str, Any]]:
    """The usual shares of an estimate."""
    shares = list(LINES.values())
    pairs = zip(split(state, shares), split(other, shares) if other else [VND(0)] * len(shares), strict=True)
    return [
        {"item": item, "requested_state_vnd": mine, "requested_other_vnd": theirs}
        for item, (mine, theirs) in zip(LINES, pairs, strict=True)
    ]


def open_all(stage: Stage, order: Order) -> None:
    """Open every submitted dossier before the applicants' people; all are valid here."""
    order.refresh_from_db()
    now = clock.now()
    officer = stage.staff(Role.OFFICER)
    occasion = Occasion(
        opened_at=now - timedelta(minutes=45),
        ended_at=now,
        place="Phòng họp số 2, Sở Khoa học và Công nghệ",
        chair=stage.staff(Role.HEAD_OF_DIVISION),
        secretary=officer,
        present="Đại diện các tổ chức nộp hồ sơ",
    )
    codes = order.dossiers.filter(state="submitted").values_list("code", flat=True)
    findings = {code: Finding(valid=True, seal="Nguyên vẹn", copies="01 bản chính, 09 bản sao") for code in codes}
    services.record_opening(order, actor=officer, occasion=occasion, findings=findings)
    stage.step(order, "open_dossiers", stage.other_than(officer, Role.OFFICER))
