"""Titles as Vietnamese papers print them: who decides, and the lines above a signature (Decree 30/2020, Article 13)."""

from datetime import date

from core.people.authorities import is_holder
from core.people.models import Authority, Membership, Organisation, User
from core.people.models.organisation import OrganisationKind
from core.people.roles import AuthorityLine, Role

# The head of a body of each kind; other organisations sign by their "Thủ trưởng".
HEADS = {OrganisationKind.PPC: "Chủ tịch", OrganisationKind.DEPARTMENT: "Giám đốc", OrganisationKind.FUND: "Giám đốc"}
OTHER_HEAD = "Thủ trưởng đơn vị"
# Roles that sign in their own right, and those that sign by order of the head (TL.).
OWN_RIGHT = frozenset({Role.PPC_CHAIR, Role.DEPARTMENT_DIRECTOR, Role.FUND_DIRECTOR, Role.ORGANISATION_SIGNER})
BY_ORDER = {Role.HEAD_OF_DIVISION: "Trưởng phòng", Role.CHIEF_ACCOUNTANT: "Kế toán trưởng", Role.OFFICER: "Chuyên viên"}


def head_title(body: Organisation) -> str:
    """Giám đốc, Chủ tịch."""
    return HEADS.get(OrganisationKind(body.kind), OTHER_HEAD)


def deciding_title(body: Organisation, body_name: str, authority: Authority | None) -> str:
    """Who decides, as the line above the grounds: a collective body by its name, else its head."""
    if authority is not None and authority.authority_line == AuthorityLine.TM:
        return body_name
    return f"{head_title(body)} {body_name}"


def signature_lines(
    body: Organisation, body_name: str, authority: Authority | None, signer: User | None, on: date
) -> list[str]:
    """The lines above the signature. On a draft without a signer: those of the usual one."""
    if authority is None:
        return _by_role(body, signer, on)
    if signer is not None and not is_holder(authority, signer, on):
        return [head_title(body).upper()]
    return [line.upper() for line in _by_authority(authority, body, body_name, signer, on)]


def _by_authority(authority: Authority, body: Organisation, body_name: str, signer: User | None, on: date) -> list[str]:
    title, line = authority.title_line, AuthorityLine(authority.authority_line)
    if line is AuthorityLine.NONE:
        return [title]
    if line is AuthorityLine.Q:
        return [f"{line} {title}"]
    if line is AuthorityLine.TM:
        return [f"{line} {body_name}", title]
    delegator = authority.delegated_from.title_line if authority.delegated_from else head_title(body)
    return [f"{line} {delegator}", _position(authority.body, signer, on) or title]


def _by_role(body: Organisation, signer: User | None, on: date) -> list[str]:
    head = head_title(body).upper()
    if signer is None:
        return [head]
    held = Membership.objects.on(on).filter(user=signer, role__in=[*OWN_RIGHT, *BY_ORDER]).order_by("pk")
    roles = {Role(membership.role): membership for membership in held}
    if not roles or OWN_RIGHT & roles.keys():
        own = next((membership.position for role, membership in roles.items() if role in OWN_RIGHT), "")
        return [f"KT. {head}", own.upper()] if own.lower().startswith("phó") else [head]
    role, membership = next(iter(roles.items()))
    return [f"TL. {head}", (membership.position or BY_ORDER[role]).upper()]


def _position(body: Organisation, signer: User | None, on: date) -> str:
    if signer is None:
        return ""
    held = Membership.objects.on(on).filter(user=signer, organisation=body).exclude(position="").first()
    return held.position if held else ""
