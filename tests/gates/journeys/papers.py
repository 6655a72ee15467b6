"""The way of an official paper: prepared by one, agreed to by who decides, numbered by the clerk."""

from .acting import Stage, say
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


def external(stage: Stage, number: int) -> dict:
    """What the clerk reads on a paper whose register is kept by the committee's office: its number and today's date."""
    return {say("Number"): number, say("Date of the paper"): stage.today()}


def numbers(stage: Stage, about: str, facts: dict | None = None) -> str:
    """The clerk gives number and date to what was agreed to; the symbol is returned."""
    clerk = stage.person(CLERK)
    clerk.goes(say("My work"))
    clerk.picks(about, panel=say("Papers that wait for me"))
    clerk.presses(say("Number and issue"))
    clerk.fills(facts or {})
    clerk.sends(say("Number and issue"))
    return clerk.code()


def issue(stage: Stage, step: str, *, by: str, signer: str, facts: dict | None = None) -> str:
    """All three acts, one after the other, with the record open on the screen of ``by``."""
    about = prepares(stage, by, step)
    agrees(stage, signer, about)
    return numbers(stage, about, facts)
