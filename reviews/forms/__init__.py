"""The forms of the councils. What may be chosen is sent as public codes."""
