"""The way of an official paper: prepared by one, agreed to by who decides, numbered by the clerk.

An agreement is signed by the other party too. Whoever signs on paper only does not agree at a screen: the clerk enters
who signed, and the scan.
"""

from .acting import Person, Stage, say
from .people import CLERK


def prepares(stage: Stage, preparer: str, step: str) -> str:
    """With the record open, make the draft paper of a step; what it is about is returned."""
    person = stage.person(preparer)
    person.presses(say("Prepare the paper: %(step)s", step=say(step)))
    person.sends(say("Prepare the paper"))
    return person.title()


def agrees(stage: Stage, signer: str, about: str) -> None:
    """Who decides reads the draft on his first page and agrees."""
    person = stage.person(signer)
    person.goes(say("My work"))
    person.picks(about, panel=say("Papers that wait for me"))
    person.presses(say("Agree to the draft"))
    person.sends(say("Agree to the draft"), say("You agreed to the draft."))


def countersigns(stage: Stage, signer: str, about: str) -> None:
    """Who signs for the other party reads the draft on his first page and agrees to its text."""
    person = stage.person(signer)
    person.goes(say("My work"))
    person.picks(about, panel=say("Papers that wait for me"))
    person.presses(say("Sign for your organisation"))
    person.sends(say("Sign for your organisation"), say("You signed for your organisation."))


def external(stage: Stage, number: int) -> dict:
    """What the clerk reads on a paper whose register is kept by the committee's office: its number and today's date."""
    return {say("Number"): number, say("Date of the paper"): stage.today()}


def signed_by(stage: Stage, signer: str) -> dict:
    """What the clerk reads on a paper that was signed outside the system."""
    return {say("Signer"): stage.called(signer), say("Signed on"): stage.today()}


def _sheet() -> dict:
    """How it came, and the proof."""
    return {say("How it was decided"): say("On paper"), say("Scan or signed file"): "ban-ky.pdf"}


def numbers(stage: Stage, about: str, facts: dict | None = None) -> str:
    """The clerk gives number and date to what was agreed to; the symbol is returned."""
    clerk = stage.person(CLERK)
    clerk.goes(say("My work"))
    clerk.picks(about, panel=say("Papers that wait for me"))
    return _numbers(clerk, facts or {})


def _numbers(clerk: Person, facts: dict) -> str:
    clerk.presses(say("Number and issue"))
    clerk.fills(facts)
    clerk.sends(say("Number and issue"))
    return clerk.code()


def countersigned_by(stage: Stage, signer: str) -> dict:
    """The day beside the other party's seal; the name stands in the form as the text of the agreement has it."""
    assert signer in stage.on_paper
    return {say("Signed for the other party on"): stage.today()}


def enters(stage: Stage, about: str, facts: dict, *, agreed: bool) -> str:
    """The clerk finds the paper among the drafts and enters what came back signed; the symbol is returned."""
    clerk = stage.person(CLERK)
    clerk.goes(say("My work"))
    clerk.chooses(say("Drafts to number") if agreed else say("Drafts nobody agreed to yet"))
    clerk.picks(about)
    symbol = _numbers(clerk, {**facts, **_sheet()})
    assert clerk.downloads("ban-ky.pdf").startswith(b"%PDF-")
    return symbol


def issue(stage: Stage, step: str, *, by: str, signer: str, other: str = "", facts: dict | None = None) -> str:
    """All acts, one after the other, with the record open on the screen of ``by``; ``other`` signs for the other party.

    Whoever of them acts at a screen agrees there; for the others the clerk enters the one sheet that they signed.
    """
    about = prepares(stage, by, step)
    read = dict(facts or {})
    for person, act, words in ((signer, agrees, signed_by), (other, countersigns, countersigned_by)):
        if person in stage.on_paper:
            read |= words(stage, person)
        elif person:
            act(stage, person, about)
    if {signer, other} & stage.on_paper:
        return enters(stage, about, read, agreed=signer not in stage.on_paper)
    return numbers(stage, about, read)


def hands_in(stage: Stage, signer: str, step: str, record: str, *, typist: str) -> None:
    """The head of the host takes a step on what waits for him; from paper it is entered where it was just written."""
    if signer in stage.on_paper:
        stage.person(typist).enters(say(step), stage.called(signer), stage.today())
        return
    person = stage.person(signer)
    person.works_on(record)
    person.takes(say(step))
