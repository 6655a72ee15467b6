"""A bank reference as one proof, however it is typed."""

from functools import reduce
from typing import Any

from django.core.validators import RegexValidator
from django.db.models import F, Value
from django.db.models.functions import Replace, Upper
from django.utils.translation import gettext_lazy as _

SEPARATORS = " -./_"
# Letters of other scripts and wide digits look the same: with them one transfer would prove two payments.
plain_reference = RegexValidator(
    r"\A[A-Za-z0-9 ./_-]*\Z", _("A bank reference has unmarked Latin letters, digits, spaces and - . / _ only.")
)


def proof(reference: Any) -> Any:
    """The reference in capitals without what separates its parts: an expression for both databases.

    ``reference``: the name of a column, or an expression.
    """
    bare: Any = Upper(F(reference) if isinstance(reference, str) else reference)
    return reduce(lambda text, sign: Replace(text, Value(sign), Value("")), SEPARATORS, bare)
