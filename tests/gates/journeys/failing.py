"""Lives that end early."""

from .acting import Stage, say
from .life import Life
from .people import HEAD, OFFICER, RESEARCHER, SIGNER

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
    researcher.presses(say("Fill in the form"))
    researcher.fills(
        {say("How the results will be received and managed"): "Trung tâm Khuyến nông tỉnh nhận quy trình."}
    )
    researcher.sends(say("Save the draft"))
    signer = stage.person(SIGNER)
    signer.works_on(life.proposal)
    signer.takes(say("Submit the completed proposal"))


def is_refused(stage: Stage, life: Life) -> None:
    """The head of division refuses; the researcher reads the reason, and nothing can be done any more."""
    head = stage.person(HEAD)
    head.opens(life.proposal, say("Proposals"))
    head.takes(say("Refuse the proposal"), reason="Nội dung thuộc nhiệm vụ thường xuyên của đơn vị.")
    head.reads_state(say("Rejected"))
    researcher = stage.person(RESEARCHER)
    researcher.opens(life.proposal, say("Proposals"))
    researcher.sees("Nội dung thuộc nhiệm vụ thường xuyên của đơn vị.")
    assert researcher.buttons() == []


def is_withdrawn(stage: Stage, life: Life) -> None:
    """The head of the organisation takes it back."""
    signer = stage.person(SIGNER)
    signer.opens(life.proposal, say("Proposals"))
    signer.takes(say("Withdraw the proposal"), reason="Đơn vị điều chỉnh kế hoạch công tác.")
    signer.reads_state(say("Withdrawn"))
