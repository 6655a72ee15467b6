"""The forms and filters of money."""
