"""Who hears of this room's steps, and in what words."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.people.models import Organisation, User
from core.people.roles import Role
from core.people.selectors import users_with_role
from core.workflow.registry import recipients
from proposals.lifecycle import Tell
from proposals.models import Dossier, Order, Proposal
from proposals.selectors.dossiers import approved_dossier, recommended_dossier


def _of(organisation: Organisation) -> QuerySet[User]:
    return users_with_role(Role.APPLICANT, Role.ORGANISATION_SIGNER, organisation=organisation)


def _signers(organisation: Organisation) -> QuerySet[User]:
    return users_with_role(Role.ORGANISATION_SIGNER, organisation=organisation)


def _proposers(proposal: Proposal) -> QuerySet[User]:
    """The author and the signers of the organisation."""
    signers = _signers(proposal.proposer_organisation)
    return (User.objects.filter(pk=proposal.author_id) | User.objects.filter(pk__in=signers.values("pk"))).distinct()


def _officers(_subject: Any) -> QuerySet[User]:
    return users_with_role(Role.OFFICER)


def _hosts(dossier: Dossier) -> QuerySet[User]:
    leader = User.objects.filter(pk=dossier.principal_investigator_id)
    return (leader | User.objects.filter(pk__in=_of(dossier.host).values("pk"))).distinct()


def _invited(order: Order) -> QuerySet[User]:
    return _of(order.direct_host) if order.direct_host else User.objects.none()


def _awarded(order: Order) -> QuerySet[User]:
    dossier = approved_dossier(order) or recommended_dossier(order)
    return _hosts(dossier) if dossier else User.objects.none()


_WORDS: dict[Tell, tuple[StrOrPromise, Callable[[Any], QuerySet[User]]]] = {
    Tell.PROPOSAL_READY: (
        _("Proposal %(code)s is written and waits for you to send it: %(title)s"),
        lambda proposal: _signers(proposal.proposer_organisation),
    ),
    Tell.DOSSIER_READY: (
        _("Dossier %(code)s is written and waits for you to send it: %(title)s"),
        lambda dossier: _signers(dossier.host),
    ),
    Tell.PROPOSAL_RECEIVED: (_("Your proposal %(code)s was received."), _proposers),
    Tell.PROPOSAL_ARRIVED: (_("Proposal %(code)s has arrived and waits to be screened."), _officers),
    Tell.PROPOSAL_RETURNED: (_("Proposal %(code)s was returned: please complete it."), _proposers),
    Tell.PROPOSAL_REFUSED: (_("Proposal %(code)s was refused."), _proposers),
    Tell.PROPOSAL_DEFERRED: (_("Proposal %(code)s was deferred to a later plan year."), _proposers),
    Tell.PROPOSAL_FORWARDED: (_("Proposal %(code)s was forwarded to another body."), _proposers),
    Tell.PROPOSAL_RECOMMENDED: (_("The council recommended proposal %(code)s."), _proposers),
    Tell.PROPOSAL_LISTED: (_("Proposal %(code)s was entered in the approved list of orders."), _proposers),
    Tell.HOST_INVITED: (_("Your organisation is invited to carry out order %(code)s."), _invited),
    Tell.DOSSIER_ARRIVED: (_("Dossier %(code)s has arrived; it stays sealed until the opening."), _officers),
    Tell.DOSSIER_SELECTED: (_("Dossier %(code)s was selected: please answer the council's remarks."), _hosts),
    Tell.DOSSIER_NOT_SELECTED: (_("Dossier %(code)s was not selected."), _hosts),
    Tell.DOSSIER_REVISED: (_("Dossier %(code)s was revised and waits for the budget appraisal."), _officers),
    Tell.ORDER_AWARDED: (_("The task of order %(code)s was approved for your organisation."), _awarded),
    Tell.AWARD_REVOKED: (_("The approval of your organisation for order %(code)s was revoked."), _awarded),
}
for _tell, (_text, _people) in _WORDS.items():
    recipients(_tell, _text)(_people)
