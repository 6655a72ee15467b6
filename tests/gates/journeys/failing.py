"""Lives that end early."""

from .acting import Stage, say
from .life import Life
from .papers import issue
from .people import HEAD, OFFICER, RESEARCHER, SIGNER
from .reading import downloads

REASON = "Chưa rõ địa chỉ áp dụng và đơn vị tiếp nhận kết quả."


def is_returned(stage: Stage, life: Life) -> None:
    """The officer misses something and says what."""
    officer = stage.person(OFFICER)
    officer.works_on(life.proposal)
    officer.takes(say("Return for completion"), reason=REASON)
    officer.reads_state(say("Returned for completion"))


def is_completed(stage: Stage, life: Life) -> None:
    """The researcher reads why, completes the form, and the head submits again: also after the closing."""
    researcher = stage.person(RESEARCHER)
    researcher.opens(life.proposal, say("Proposals"))
    researcher.sees(REASON)
    researcher.sees(say("Request to complete a file"))
    researcher.presses(say("Fill in the form"))
    researcher.fills(
        {say("How the results will be received and managed"): "Trung tâm Khuyến nông tỉnh nhận quy trình."}
    )
    researcher.sends(say("Save the draft"))
    signer = stage.person(SIGNER)
    signer.works_on(life.proposal)
    signer.takes(say("Submit the completed proposal"))


def is_refused(stage: Stage, life: Life) -> None:
    """The officer writes why, the head of division signs the letter; the researcher reads it, and all is over."""
    officer = stage.person(OFFICER)
    officer.opens(life.proposal, say("Proposals"))
    officer.presses(say("Write the ground of a decision"))
    officer.fills({say("Ground of the decision"): "Nội dung thuộc nhiệm vụ thường xuyên của đơn vị."})
    officer.sends(say("Save"), say("Saved: the decision will print it."))
    letter = issue(stage, "Refuse the proposal", by=OFFICER, signer=HEAD)
    officer.opens(life.proposal, say("Proposals"))
    officer.reads_state(say("Rejected"))
    researcher = stage.person(RESEARCHER)
    researcher.opens(life.proposal, say("Proposals"))
    assert downloads(researcher, letter).startswith(b"%PDF-")
    assert researcher.buttons() == []


def is_withdrawn(stage: Stage, life: Life) -> None:
    """The head of the organisation takes it back."""
    signer = stage.person(SIGNER)
    signer.opens(life.proposal, say("Proposals"))
    signer.takes(say("Withdraw the proposal"), reason="Đơn vị điều chỉnh kế hoạch công tác.")
    signer.reads_state(say("Withdrawn"))
