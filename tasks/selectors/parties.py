"""Who signs for whom, as far as the system knows: first values of the contract form."""

from typing import Any

from core import clock
from core.documents.selectors import deciding_body
from core.people.authorities import AuthorityMissing, holders
from core.people.models import Membership, Organisation, User
from core.people.roles import Act, Role
from core.people.selectors import users_with_role
from tasks.lifecycle import TaskState
from tasks.models import Contract, Task

from .contracts import last_end


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
    }


def _payer(task: Task) -> dict[str, Any]:
    try:
        body = deciding_body(task, Act.CONTRACT_SIGNER)
        signer = holders(task.authority(Act.CONTRACT_SIGNER, clock.today())).first()
    except AuthorityMissing:
        return {}
    return {"paying_body": body.code, **_signer("payer", signer, body)}


def _host(task: Task) -> dict[str, Any]:
    signer = users_with_role(Role.ORGANISATION_SIGNER, organisation=task.host).first()
    signed = Contract.objects.filter(task__host=task.host, signed_on__isnull=False).exclude(task__state=TaskState.VOID)
    last = signed.order_by("-signed_on", "-pk").first()
    account = {"host_account": last.host_account, "host_bank": last.host_bank} if last else {}
    return {**_signer("host", signer, task.host), **account}


def _signer(side: str, signer: User | None, body: Organisation) -> dict[str, str]:
    if signer is None:
        return {}
    held = Membership.objects.on(clock.today()).filter(user=signer, organisation=body).exclude(position="").first()
    return {f"{side}_signer": str(signer), f"{side}_position": held.position if held else ""}
