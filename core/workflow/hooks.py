"""Loaded with the other hooks: states the rights of this package."""

from . import policy, returns

__all__ = ["policy", "returns"]
