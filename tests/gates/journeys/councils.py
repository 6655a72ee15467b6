"""A council from the draft to the signed conclusion: the same for all kinds but for the ballot."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .acting import Person, Stage, say
from .papers import issue
from .people import DIRECTOR, OFFICER, SECRETARY

CHAIR, WRITER, REVIEWER, VICE, MEMBER = "Chair", "Scientific secretary", "Reviewer", "Vice-chair", "Member"
SEVEN = (CHAIR, WRITER, REVIEWER, REVIEWER, VICE, MEMBER, MEMBER)
ROOM = "Phòng họp tầng 2, Sở Khoa học và Công nghệ"


@dataclass
class Sitting:
    """A council of the journey: its kind, what is put before it, who sits, when; ``judged`` is what ballots are on."""

    kind: str
    subject: str
    members: list[str]
    sends_on: str
    sits_on: str
    parts: tuple[str, ...] = SEVEN
    chosen_as: dict[str, str] = field(default_factory=dict)
    code: str = ""
    judged: str = ""


def named(stage: Stage, member: str) -> re.Pattern[str]:
    """How the pages call a member: with an academic title before the name."""
    return re.compile(rf"(^|\. ){re.escape(stage.called(member))}( · |$)")


def drafts(stage: Stage, sitting: Sitting) -> None:
    """The secretary drafts the council, names its members and has the decision issued."""
    secretary = stage.person(SECRETARY)
    secretary.goes(say("Councils"))
    secretary.presses(say("New council"))
    secretary.chooses(say(sitting.kind, "council"))
    secretary.ticks(sitting.subject)
    secretary.fills(
        {
            say("Plan year"): 2027,
            say("Date and time of the sitting"): f"{sitting.sits_on}T08:30",
            say("Place", "sitting"): ROOM,
        }
    )
    secretary.sends(say("Save the draft"), say("The council is drafted. Name its members now."))
    sitting.code = secretary.code()
    secretary.presses(say("Members"))
    for member, part in zip(sitting.members, sitting.parts, strict=True):
        facts = {say("Member"): stage.called(member), say("Part in the council"): say(part, "seat")}
        if member in sitting.chosen_as:
            facts[say("Chosen as")] = sitting.chosen_as[member]
        secretary.fills(facts)
        secretary.sends(say("Name this member"), say("The member is named."))
    secretary.opens(sitting.code, say("Councils"))
    issue(stage, "Establish the council", by=SECRETARY, signer=DIRECTOR)


def convenes(stage: Stage, sitting: Sitting) -> None:
    """The papers go out, the members are called."""
    stage.at(f"{sitting.sends_on} 09:00")
    secretary = stage.person(SECRETARY)
    secretary.works_on(sitting.code)
    secretary.follows(say("Send the papers to the members and note the day"))
    secretary.fills({say("Papers sent to the members on"): sitting.sends_on})
    secretary.sends(say("Save"), say("The council is saved."))
    secretary.takes(say("Convene the sitting"))


def sits(stage: Stage, sitting: Sitting) -> None:
    """On the day: who is there, what was said, who counts."""
    stage.at(f"{sitting.sits_on} 08:30")
    secretary = stage.person(SECRETARY)
    secretary.works_on(sitting.code)
    secretary.follows(say("Note who is present"))
    for member in sitting.members:
        secretary.answers(named(stage, member), say("Present", "attendance"))
    if len(sitting.members) > len(TEAM):
        counters = [named(stage, member) for member in sitting.members[-3:]]
        secretary.answers(say("Members who count the votes"), *counters)
    secretary.sends(say("Save"), say("The attendance is saved."))
    secretary.takes(say("Open the sitting"))
    secretary.follows(say("Write down the course of the sitting"))
    secretary.fills({say("Main points of the discussion"): "Các thành viên thống nhất sự cần thiết của nhiệm vụ."})
    secretary.sends(say("Save"), say("The course of the sitting is saved."))


def suspects(stage: Stage, sitting: Sitting, name: str) -> None:
    """The secretary notes a conflict of a member; his own word does not clear it, the chair does."""
    secretary, member, chair = (stage.person(one) for one in (SECRETARY, name, sitting.members[0]))
    secretary.opens(sitting.code, say("Councils"))
    secretary.presses(say("Members"))
    secretary.presses_beside(stage.called(name), say("Note a conflict"))
    secretary.fills({say("Conflict of interest"): say("Relative of the people of a dossier", "conflict")})
    secretary.fills({say("What the conflict is"): "Được cho là em của chủ nhiệm."})
    secretary.sends(say("Note the conflict"), say("The conflict is noted; the member and who judges it are told."))
    member.opens(sitting.code, say("Councils"))
    member.presses(say("My conflict of interest"))
    member.answers(say("My conflict of interest"), say("I have no conflict of interest"))
    member.sends(say("Save"), say("The declaration is saved."))
    member.presses(say("Answer"))
    member.fills({say("My answer"): "Chỉ trùng họ và tên đệm."})
    member.sends(say("Save"), say("Your answer is saved. Whoever judges the conflict reads it."))
    chair.opens(sitting.code, say("Councils"))
    chair.sees("Chỉ trùng họ và tên đệm.")
    chair.presses(say("Clear the conflict"))
    chair.fills({say("Why it is no conflict"): "Đã đối chiếu lý lịch, không có quan hệ."})
    chair.sends(say("Clear the conflict"), say("The conflict is cleared; the member is told."))


def leaves(stage: Stage, sitting: Sitting, name: str) -> None:
    """A member is said to have left and is still there; then he leaves, and the chair confirms it."""
    secretary, chair = stage.person(SECRETARY), stage.person(sitting.members[0])
    for strikes in (True, False):
        secretary.opens(sitting.code, say("Councils"))
        secretary.follows(say("Attendance"))
        secretary.answers(named(stage, name), say("Absent", "attendance"))
        secretary.fills_beside(named(stage, name), say("Reason of the absence"), "Có việc đột xuất.")
        secretary.sends(say("Save"), say("The attendance is saved."))
        chair.opens(sitting.code, say("Councils"))
        if strikes:
            chair.presses(say("Strike"))
            chair.sends(say("Strike"), say("The entry is struck; the member is present."))
        else:
            chair.presses(say("Confirm"))
            chair.sends(say("Confirm"), say("The member is noted as absent."))
    secretary.opens(sitting.code, say("Councils"))


TEAM = (CHAIR, WRITER, VICE, MEMBER, MEMBER)


Ballot = Callable[[Person, int], None]


def votes(stage: Stage, sitting: Sitting, ballot: Ballot, absent: tuple[str, ...] = ()) -> None:
    """Every member casts a ballot at a screen of his own, or on paper."""
    stage.person(SECRETARY).takes(say("Open the ballot"))
    for number, name in enumerate(sitting.members):
        if name in absent:
            continue
        if name in stage.on_paper:
            _takes_over(stage, sitting, ballot, number)
            continue
        member = stage.person(name)
        member.opens(sitting.code, say("Councils"))
        member.picks(sitting.judged or sitting.subject, panel=say("My ballots"))
        ballot(member, number)
        judged = {"code": sitting.judged or sitting.subject}
        filed = say("The ballot for %(code)s is in. You may change it until the ballot is closed.", **judged)
        member.sends(say("Cast my ballot"), filed)


def _takes_over(stage: Stage, sitting: Sitting, ballot: Ballot, number: int) -> None:
    """The secretary types the signed paper of a member; an officer compares it with the scan and confirms."""
    name, judged = stage.called(sitting.members[number]), sitting.judged or sitting.subject
    secretary = stage.person(SECRETARY)
    secretary.opens(sitting.code, say("Councils"))
    secretary.presses(f"{say('Type a paper ballot')}: {judged}")
    secretary.fills({say("Ballot of"): name, say("Scan of the paper ballot"): "phieu.pdf"})
    ballot(secretary, number)
    secretary.sends(say("Save the ballot"), say("The ballot is typed. A second person must confirm it."))
    officer = stage.person(OFFICER)
    officer.opens(sitting.code, say("Councils"))
    officer.picks(name, panel=say("Ballots on paper"))
    assert officer.downloads(say("Open the scan")).startswith(b"%PDF-")
    officer.sends(say("The paper says the same: confirm"), say("The ballot is confirmed."))


def counts(stage: Stage, sitting: Sitting) -> None:
    """The ballot is closed; what was counted is sealed."""
    secretary = stage.person(SECRETARY)
    secretary.works_on(sitting.code)
    secretary.takes(say("Close the ballot and count"))


def concludes(stage: Stage, sitting: Sitting, *conclusions: tuple[str, dict]) -> None:
    """The secretary writes what was concluded on each item, the chair signs."""
    secretary = stage.person(SECRETARY)
    for code, facts in conclusions:
        secretary.opens(sitting.code, say("Councils"))
        secretary.follows(say("Write the conclusions"))
        secretary.picks(code)
        secretary.fills(facts)
        secretary.sends(say("Save"))
    signs(stage, sitting)


def signs(stage: Stage, sitting: Sitting) -> None:
    """Before noon all is said, and the chair signs the conclusion."""
    stage.at(f"{sitting.sits_on} 11:15")
    chair = stage.person(sitting.members[0])
    chair.works_on(sitting.code)
    chair.takes(say("Sign the conclusion"))
