"""What the pages of records show of the rule book."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.parts import Fact

from .selectors import regulation


def rules_fact(version: str) -> Fact:
    """The version of the law that a record keeps, as a link to its rules. Raises UnknownRuleError."""
    return Fact(_("Rules that apply"), regulation(version).title, "link", reverse("portal:rule-book", args=[version]))
