"""The letter that lets somebody set a password. No password is ever mailed."""

from uuid import uuid4

from core.jobs.service import enqueue

from .models import User
from .models.user import normalise_email

RESET_JOB = "people.reset_mail"


def send_password_link(user: User) -> bool:
    """Mail the link with which ``user`` sets a password, in the user's language. Closed accounts get none."""
    if user.is_active:
        queue_letter(user.email)
    return user.is_active


def queue_letter(email: str) -> None:
    """Have the letter sent to whoever has the address, if anybody has: the job looks, the answer does not wait."""
    enqueue(RESET_JOB, {"email": normalise_email(email)}, key=f"{RESET_JOB}:{uuid4()}")
