"""Everybody who is signed in has a home."""

from core.people.policy import declare_actions, everybody

declare_actions({"portal.home": everybody})
