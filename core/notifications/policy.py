"""Everybody reads his own notices and nobody else's."""

from core.people.policy import declare, declare_actions, everybody, own

from .models import Notice

declare(Notice, {"view": own("recipient", "the recipient")})
declare_actions({"notifications.list": everybody, "notifications.read": everybody})
