"""Everybody who is signed in has a home and may read the rules."""

from core.people.policy import declare_actions, everybody

declare_actions({"portal.home": everybody, "portal.rules": everybody})
