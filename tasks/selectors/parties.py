"""Who signs for whom, as far as the system knows: first values of the contract form."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.documents.kinds import DocumentKind
from core.documents.selectors import deciding_body
from core.people.authorities import AuthorityMissing, holders, is_holder
from core.people.models import Membership, Organisation, User
from core.people.roles import Act, Role
from core.people.selectors import users_with_role
from core.workflow.confirmed import stands
from tasks.models import Contract, Task

from .contracts import contract_of, last_end


def contract_defaults(task: Task) -> dict[str, Any]:
    """Parties by the table of authorities and the memberships, value and months as approved.

    From today on, or over the time of a task that is under way.
    """
    start = task.starts_on or clock.today()
    return {
        **_payer(task),
        **_host(task),
        "state_value_vnd": task.approved_state_vnd,
        "other_value_vnd": task.approved_other_vnd,
        "starts_on": start,
        "ends_on": task.ends_on or last_end(task, start),
        **_numbered(task),
    }


def party_obstacle(task: Task, decider: User | None, on: date) -> str:
    """Why the contract may not be signed for party A as it is written, in words; empty when it may.

    ``decider`` counts when he holds the authority; whoever only prepares the paper does not.
    """
    contract = contract_of(task)
    try:
        authority, body = task.authority(Act.CONTRACT_SIGNER, on), deciding_body(task, Act.CONTRACT_SIGNER)
    except AuthorityMissing:
        return ""
    if contract is None:
        return ""
    if contract.paying_body_id != body.pk:
        text = _("The contract names %(named)s as party A; by the table of authorities %(body)s signs for this payer.")
        return text % {"named": contract.paying_body.name, "body": body.name}
    signers = [decider] if decider is not None and is_holder(authority, decider, on) else list(holders(authority, on))
    if contract.payer_signer in {name for one in signers for name in (one.full_name, str(one))}:
        return ""
    text = _("For party A the contract names %(named)s; by the table of authorities %(signers)s signs.")
    return text % {"named": contract.payer_signer, "signers": ", ".join(one.full_name for one in signers)}


def _numbered(task: Task) -> dict[str, Any]:
    """Number and day of a contract from before, as they were entered with its task."""
    paper = task.earlier_papers.filter(kind=DocumentKind.CONTRACT).first() if task.unconfirmed else None
    return {"number": paper.symbol, "signed_on": paper.signed_on} if paper is not None else {}


def _payer(task: Task) -> dict[str, Any]:
    try:
        body = deciding_body(task, Act.CONTRACT_SIGNER)
        signer = holders(task.authority(Act.CONTRACT_SIGNER, clock.today())).first()
    except AuthorityMissing:
        return {}
    return {"paying_body": body.code, **_signer("payer", signer, body)}


def _host(task: Task) -> dict[str, Any]:
    signer = users_with_role(Role.ORGANISATION_SIGNER, organisation=task.host).first()
    signed = Contract.objects.filter(stands("task__"), task__host=task.host, signed_on__isnull=False)
    last = signed.order_by("-signed_on", "-pk").first()
    account = {"host_account": last.host_account, "host_bank": last.host_bank} if last else {}
    return {**_signer("host", signer, task.host), **account}


def _signer(side: str, signer: User | None, body: Organisation) -> dict[str, str]:
    if signer is None:
        return {}
    held = Membership.objects.on(clock.today()).filter(user=signer, organisation=body).exclude(position="").first()
    return {f"{side}_signer": str(signer), f"{side}_position": held.position if held else ""}
