"""What belongs to no single room: one's own work, and the rule book."""

from .home import home
from .rule_book import rule_book, rules_in_force

__all__ = ["home", "rule_book", "rules_in_force"]
