"""The forms of this room. What may be chosen is sent as public codes."""
