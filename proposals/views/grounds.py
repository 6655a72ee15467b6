"""Why something is refused, cancelled or revoked: written before the paper that prints it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.people.screens import screen
from proposals import services
from proposals.forms.orders import GroundForm
from proposals.models import Order, Proposal, Screening

from .answers import FORM, acting, record_form


@screen("ground", Order)
@FORM
def order_ground(request: HttpRequest, order: Order) -> HttpResponse:
    return _ground(request, order, order.decision_ground)


@screen("ground", Proposal)
@FORM
def proposal_ground(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return _ground(request, proposal, proposal.decision_ground or _repeated(proposal))


def _repeated(proposal: Proposal) -> str:
    """What the screening found the proposal to repeat: the usual ground of a refusal."""
    screening = Screening.objects.filter(proposal=proposal, is_duplicate=True).first()
    return screening.note if screening else ""


def _ground(request: HttpRequest, record: Order | Proposal, begun: str) -> HttpResponse:
    form = GroundForm(request.POST or None, initial={"decision_ground": begun})
    return record_form(
        request,
        form,
        lambda: services.write_ground(record, actor=acting(request), ground=str(form.cleaned_data["decision_ground"])),
        title=_("Write the ground of a decision"),
        submit_label=_("Save"),
        done=_("Saved: the decision will print it."),
        back=record.get_absolute_url(),
    )
