"""The life of one proposal up to the councils."""

from datetime import datetime
from typing import Any

from core.money import VND
from core.people.models import Organisation, User
from core.people.roles import Role
from proposals import services
from proposals.models import Proposal

from .plan_proposals import ProposalPlan, Story
from .player import History
from .stage import Stage

TEN_MILLION = 10_000_000
MONTHS = (12, 18, 24, 24, 24, 30, 36)


def proposal(stage: Stage, number: int, plan: ProposalPlan) -> History:
    """Written, submitted, screened, or refused on the way."""
    minute = number * 7 % 60
    yield stage.days.at(plan.received, 8 + number % 8, minute)
    made = _written(stage, number, plan)
    signer = stage.signer(made.proposer_organisation)
    stage.step(made, "submit", signer)
    stage.proposals[number] = made
    if plan.detour:
        yield from _detour(stage, plan, made, signer)
    yield from _ending(stage, plan, made, signer)


def _written(stage: Stage, number: int, plan: ProposalPlan) -> Proposal:
    organisation = _organisation(stage, number, plan)
    author = stage.random.choice(stage.world.researchers[organisation.pk])
    return services.create_proposal(
        actor=author,
        organisation=organisation,
        call=stage.calls_for_proposals[plan.round],
        facts=_facts(stage, plan, organisation, author),
        narrative=stage.texts.narrative(stage.random, "proposal", title=plan.title.text),
        synthetic=plan.title.synthetic,
        key=stage.key(),
    )


def _organisation(stage: Stage, number: int, plan: ProposalPlan) -> Organisation:
    """By field; every twelfth comes from the organisation whose people one signs in as."""
    return stage.world.hosts[0] if number % 12 == 0 else stage.host_for(plan.title.field)


def _facts(stage: Stage, plan: ProposalPlan, organisation: Organisation, author: User) -> dict[str, Any]:
    chance = stage.random
    state = chance.randrange(30, 250) if chance.random() < 0.95 else chance.randrange(250, 800)  # noqa: PLR2004
    other = state * chance.choice((0, 0, 10, 20, 40)) // 100
    return {
        "title": plan.title.text,
        "field": plan.title.field,
        "research_type": plan.title.research_type,
        "state_budget_vnd": VND(state * TEN_MILLION),
        "other_budget_vnd": VND(other * TEN_MILLION),
        "months": chance.choice(MONTHS),
        "proposed_host": organisation if chance.random() < 0.6 else None,  # noqa: PLR2004
        "receiver": chance.choice(stage.receivers),
        "state_keeps_ownership": chance.random() < 0.1,  # noqa: PLR2004
        "author": author,
    }


def _detour(stage: Stage, plan: ProposalPlan, made: Proposal, signer: User) -> History:
    """Sent back once, completed, submitted again."""
    yield stage.days.at(plan.received - 5, 10)
    stage.step(made, "return_for_completion", stage.staff(Role.OFFICER), reason=stage.say("reasons", "returned"))
    yield stage.days.at(plan.received - 11, 10)
    services.edit_proposal(made, actor=signer, facts={}, narrative={"use": stage.say("proposal", "use")})
    stage.step(made, "submit", signer)


def _ending(stage: Stage, plan: ProposalPlan, made: Proposal, signer: User) -> History:
    """What the department or the organisation did with it."""
    days, story = stage.days, plan.story
    later = plan.received - (20 if plan.detour else 12)
    if story is Story.RETURNED:
        yield days.at(plan.received - 8, 14)
        stage.step(made, "return_for_completion", stage.staff(Role.OFFICER), reason=stage.say("reasons", "returned"))
    elif story is Story.WITHDRAWN:
        yield days.at(plan.received - 6, 9)
        stage.step(made, "withdraw", signer, reason=stage.say("reasons", "withdrawn"))
    elif story is not Story.SUBMITTED:
        yield from _screening(stage, made, story, days.at(later, 9 + later % 7))


def _screening(stage: Stage, made: Proposal, story: Story, when: datetime) -> History:
    yield when
    officer, head = stage.staff(Role.OFFICER), stage.staff(Role.HEAD_OF_DIVISION)
    refused = story is Story.REFUSED
    note = "Đã đối chiếu với danh mục nhiệm vụ của tỉnh và cơ sở dữ liệu quốc gia."
    services.record_screening(
        made,
        actor=officer,
        is_complete=True,
        is_duplicate=refused,
        note=stage.say("reasons", "refused") if refused else note,
        national_search="Không phát hiện nhiệm vụ trùng lặp." if not refused else "Có nhiệm vụ tương tự.",
    )
    if refused:
        services.write_ground(made, actor=officer, ground=stage.say("reasons", "refused"))
        made.refresh_from_db()
        stage.paper(made, "refuse", head)
        return
    stage.step(made, "screen", officer)
    if story is Story.FORWARDED:
        services.name_forward_body(made, actor=officer, body=stage.say("reasons", "forward_bodies"))
        stage.step(made, "forward", head, reason=stage.say("reasons", "forwarded"))
    elif story is Story.DEFERRED:
        put_off(stage, made)


def put_off(stage: Stage, made: Proposal) -> None:
    """Deferred by one year."""
    services.name_deferral_year(made, actor=stage.staff(Role.OFFICER), year=made.plan_year + 1)
    made.refresh_from_db()
    stage.step(made, "defer", stage.staff(Role.HEAD_OF_DIVISION), reason=stage.say("reasons", "deferred"))
