"""The words of this room: who somebody is, what may be decided, and how a paper is signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person does for an organisation, from one date to another."""

    APPLICANT = "applicant", _("Applicant")
    ORGANISATION_SIGNER = "organisation_signer", _("Signer of the organisation")
    OFFICER = "officer", _("Officer")
    HEAD_OF_DIVISION = "head_of_division", _("Head of division")
    DEPARTMENT_DIRECTOR = "department_director", _("Director of the department")
    PPC_CHAIR = "ppc_chair", _("Chair of the Provincial People's Committee")
    COUNCIL_MEMBER = "council_member", _("Council member")
    ADMINISTRATIVE_SECRETARY = "administrative_secretary", _("Administrative secretary")
    FUND_OFFICER = "fund_officer", _("Fund officer")
    CHIEF_ACCOUNTANT = "chief_accountant", _("Chief accountant")
    FUND_DIRECTOR = "fund_director", _("Director of the fund")
    CLERK = "clerk", _("Clerk")
    RECEIVING_BODY = "receiving_body", _("Receiving body")
    INSPECTOR = "inspector", _("Inspector")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")


# Those who do the administration's business: they act on every record unless a relation narrows it.
STAFF_ROLES = frozenset(
    {
        Role.OFFICER,
        Role.HEAD_OF_DIVISION,
        Role.DEPARTMENT_DIRECTOR,
        Role.PPC_CHAIR,
        Role.ADMINISTRATIVE_SECRETARY,
        Role.FUND_OFFICER,
        Role.CHIEF_ACCOUNTANT,
        Role.FUND_DIRECTOR,
        Role.CLERK,
    }
)
# And who watches it. The system administrator is not among them: keeping the system running gives no right to the
# records in it.
INSIDE = STAFF_ROLES | {Role.INSPECTOR}

# Those of them who visit a task: the head of the province is told of it and goes nowhere.
INSPECTING = INSIDE - {Role.PPC_CHAIR}

# Roles that only an organisation of the administration may give.
INTERNAL = INSIDE | {Role.SYSTEM_ADMINISTRATOR}

# Roles that decide, pay, vote or write for the administration: one administrator alone gives none of them. Nor a role
# of an organisation in which others have it already: whoever gets it reads what they keep sealed. See the service.
GUARDED = INTERNAL | {Role.COUNCIL_MEMBER}
# Those who ask the administration for money, and sign for them: none of them is of the administration too.
ASKING = frozenset({Role.APPLICANT, Role.ORGANISATION_SIGNER})
# Roles that come back with an account only when a second person says so.
GUARDED_ON_RETURN = GUARDED | {Role.ORGANISATION_SIGNER}
# Who confirms, as the second person, what an administrator entered.
CONFIRMERS = (Role.DEPARTMENT_DIRECTOR, Role.SYSTEM_ADMINISTRATOR)

# What colleagues of an outside organisation may know of each other. Who sits on councils is not among it.
COLLEAGUES = frozenset({Role.APPLICANT, Role.ORGANISATION_SIGNER, Role.RECEIVING_BODY})


class Act(models.TextChoices):
    """A decision that an authority takes; who that is stands in the table of authorities."""

    LIST_APPROVER = "list_approver", _("Approve the list of orders")
    TASK_APPROVER = "task_approver", _("Approve a task")
    AMENDMENT_APPROVER = "amendment_approver", _("Approve an amendment")
    COUNCIL_FOUNDER = "council_founder", _("Establish a council")
    PAYMENT_APPROVER = "payment_approver", _("Approve a payment")
    CONTRACT_SIGNER = "contract_signer", _("Sign a contract")


class Level(models.TextChoices):
    """The level of a task; counts are always shown by level."""

    NATIONAL = "national", pgettext_lazy("level", "National")
    MINISTRY = "ministry", pgettext_lazy("level", "Ministry")
    PROVINCIAL = "provincial", pgettext_lazy("level", "Provincial")
    GRASSROOTS = "grassroots", pgettext_lazy("level", "Grassroots")


class Payer(models.TextChoices):
    """Whose money pays the state's part of a task."""

    FUND = "fund", pgettext_lazy("payer", "Fund")
    DEPARTMENT_BUDGET = "department_budget", pgettext_lazy("payer", "Department budget")
    HOST = "host", pgettext_lazy("payer", "Host organisation")
    OTHER = "other", pgettext_lazy("payer", "Other")


class AuthorityLine(models.TextChoices):
    """The letters before the signer's title (Decree 30/2020, Article 13). Printed in Vietnamese in every language."""

    NONE = "", _("In one's own right")
    KT = "KT.", _("Signs for the head (KT.)")
    TM = "TM.", _("On behalf of the collective (TM.)")
    TUQ = "TUQ.", _("By written delegation (TUQ.)")
    TL = "TL.", _("By order (TL.)")
    Q = "Q.", _("Acting head (Q.)")
