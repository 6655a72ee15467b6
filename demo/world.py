"""The people and organisations of the fictional province: everything enters through the services."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle, product
from pathlib import Path
from typing import Any

from core.people.models import Organisation, Place, PlaceKind, User
from core.people.models.organisation import OrganisationKind
from core.people.roles import Act, Role
from core.people.services import Ground
from core.people.services.authorities import add_authority
from core.people.services.organisations import add_place, create_organisation
from core.people.services.people import add_expert, add_membership, create_user

DATA = Path(__file__).parent / "data"
SINCE = date(2015, 1, 1)
EXPERTS = 40
TEAM = 5
# As many as the largest council: whoever tries the demo can let a whole council vote.
DEMO_EXPERTS = 9


@dataclass(slots=True)
class World:
    """Who there is: staff by role, hosts with their signers and researchers, experts."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    managers: dict[str, Organisation] = field(default_factory=dict)
    hosts: list[Organisation] = field(default_factory=list)
    staff: dict[Role, list[User]] = field(default_factory=dict)
    signers: dict[int, User] = field(default_factory=dict)
    researchers: dict[int, list[User]] = field(default_factory=dict)
    experts: list[User] = field(default_factory=list)

    @property
    def receivers(self) -> list[Organisation]:
        """The bodies that take results over."""
        return [host for host in self.hosts if host.kind == OrganisationKind.OTHER]

    def one(self, role: Role) -> User:
        """The first person of an internal role."""
        return self.staff[role][0]


def read(name: str) -> dict[str, Any]:
    """A data file of the demo."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def build_world(experts: int = EXPERTS, team: int = TEAM) -> World:
    """Make the province: places, organisations with ``team`` researchers each, people, authorities."""
    world = World()
    places = _places()
    _internal(world, places[0])
    _outside(world, places, experts, team)
    _authorities(world)
    return world


def _places() -> list[Place]:
    province = read("organisations.toml")["province"][0]
    top = add_place(code=province["code"], name=province["name"], kind=PlaceKind.PROVINCE, actor=None)
    return [
        add_place(code=f"{province['code']}{number:03d}", name=name, kind=PlaceKind.COMMUNE, parent=top, actor=None)
        for number, name in enumerate(province["communes"], start=1)
    ]


def _internal(world: World, seat: Place) -> None:
    for row in read("organisations.toml")["internal"]:
        parent = world.organisations.get(row.pop("parent", ""))
        name, kind = row.pop("name"), OrganisationKind(row.pop("kind"))
        world.organisations[row["code"]] = create_organisation(
            name_vi=name, kind=kind, is_internal=True, parent=parent, place=seat, actor=None, **row
        )
    # The two administrators first: whatever gives powers is entered by one of them and confirmed by the other.
    for row in sorted(read("people.toml")["staff"], key=lambda row: row["role"] != Role.SYSTEM_ADMINISTRATOR):
        user = _user(row["email"], row["name"], row.get("title", ""), is_demo=True)
        organisation = world.organisations[row["organisation"]]
        _member(world, user, organisation, Role(row["role"]), row["position"])
        world.staff.setdefault(Role(row["role"]), []).append(user)


def _outside(world: World, places: list[Place], experts: int, team: int) -> None:
    names, commune = _names(), cycle(places)
    number = 0
    for kind, organisations in read("organisations.toml")["outside"].items():
        for name in organisations:
            number += 1
            host = create_organisation(
                name_vi=name, kind=OrganisationKind(kind), code=f"TC{number:02d}", place=next(commune), actor=None
            )
            world.hosts.append(host)
            _host_people(world, host, number, names, team)
    receiver = _user("tiepnhan@binhan.example", next(names)[0], "", is_demo=True)
    _member(world, receiver, world.receivers[0], Role.RECEIVING_BODY, "Cán bộ tiếp nhận")
    _experts(world, names, experts)
    for level, name in read("organisations.toml")["managing"].items():
        kind = OrganisationKind.OTHER
        world.managers[level] = create_organisation(name_vi=name, kind=kind, code=f"CQ{level.upper()}", actor=None)


def _host_people(world: World, host: Organisation, number: int, names: Iterator[tuple[str, str]], team: int) -> None:
    first = number == 1
    name, title = next(names)
    signer = _user(f"thutruong{number:02d}@binhan.example", name, title, is_demo=first)
    _member(world, signer, host, Role.ORGANISATION_SIGNER, "Thủ trưởng")
    world.signers[host.pk] = signer
    world.researchers[host.pk] = []
    for place in range(1, team + 1):
        name, title = next(names)
        email = f"nghiencuu{number:02d}{place}@binhan.example"
        researcher = _user(email, name, title, is_demo=first and place == 1)
        _member(world, researcher, host, Role.APPLICANT, "Nghiên cứu viên")
        world.researchers[host.pk].append(researcher)


def _experts(world: World, names: Iterator[tuple[str, str]], experts: int) -> None:
    fields = cycle(read("people.toml")["fields"])
    department = world.organisations["SKHCN"]
    for number in range(1, experts + 1):
        name, title = next(names)
        expert = _user(f"chuyengia{number:02d}@binhan.example", name, title or "TS.", is_demo=number <= DEMO_EXPERTS)
        add_expert(user=expert, field=next(fields), degree=title or "TS.", position="Chuyên gia độc lập", actor=None)
        _member(world, expert, department, Role.COUNCIL_MEMBER, "Thành viên hội đồng")
        world.experts.append(expert)


def _authorities(world: World) -> None:
    for row in read("authorities.toml")["authority"]:
        add_authority(
            act=Act(row["act"]),
            body=world.organisations[row["body"]],
            positions=[Role(position) for position in row["positions"]],
            title_line=row["title_line"],
            payer=row.get("payer", ""),
            valid_from=SINCE,
            **_hands(world),
        )


def _names() -> Iterator[tuple[str, str]]:
    """Invented names with academic titles, no two alike, in an order that looks like chance."""
    people = read("people.toml")
    pairs = [f"{family} {given}" for family, given in product(people["family"], people["given"])]
    titles = cycle(people["titles"])
    step = 173  # prime to the number of pairs, so that every pair comes once
    for number in range(len(pairs)):
        yield pairs[number * step % len(pairs)], next(titles)


def _user(email: str, name: str, title: str, *, is_demo: bool) -> User:
    return create_user(email=email, full_name=name, academic_title=title, is_demo=is_demo, actor=None)


def _member(world: World, user: User, organisation: Organisation, role: Role, position: str) -> None:
    # The first two administrators come from the command line, as in every installation.
    hands = {"actor": None} if role == Role.SYSTEM_ADMINISTRATOR else _hands(world)
    add_membership(user=user, organisation=organisation, role=role, position=position, valid_from=SINCE, **hands)


def _hands(world: World) -> dict[str, Any]:
    """Who enters, who confirms, and the decision that says since when."""
    first, second = world.staff[Role.SYSTEM_ADMINISTRATOR]
    return {"actor": first, "confirmed_by": second, "ground": Ground("01/QĐ-SKHCN", SINCE)}
