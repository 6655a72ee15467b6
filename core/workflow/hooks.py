"""Loaded with the other hooks: states the rights of this package."""

from . import policy

__all__ = ["policy"]
