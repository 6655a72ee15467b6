"""Opening the page of a step or correction: everybody signed in; whether it is there is the table's answer."""

from core.people.policy import declare_actions, everybody

declare_actions({"workflow.step": everybody, "workflow.correction": everybody})
