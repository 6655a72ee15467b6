"""Questions about money. Nothing here changes anything."""

from .books import Books, YearBooks, books_of, is_in_ledger, room_of

__all__ = ["Books", "YearBooks", "books_of", "is_in_ledger", "room_of"]
