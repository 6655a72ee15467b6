"""The selection council of an order that names its host: one dossier before it, and who reads that."""

from core.people.policy import can, visible_to
from proposals.models import Dossier, Order
from reviews.lifecycle import CouncilKind
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import seats_of
from tests.factories import reviews as make

K = CouncilKind.SELECTION


def test_one_dossier_of_a_direct_assignment_passes_the_same_line(people):
    order, dossier = make.assigned_order(people)
    council = make.counted(people, K, [order], ballot=lambda item, _seat: make.even_scores(item, 30))
    assert items_of(council)[1].mean_hundredths == 7000

    make.conclude(people, council)

    for record in (order, dossier):
        record.refresh_from_db()
    assert (order.state, dossier.state) == ("host_recommended", "selected")


def test_members_read_the_order_and_its_dossiers_only_while_seated(people):
    order, dossier = make.assigned_order(people)
    council = make.seated(people, K, [order])
    user = seats_of(council)[5].user
    assert not visible_to(user, Dossier).exists()

    make.paper(council, "establish", people, people.director)

    assert list(visible_to(user, Dossier)) == [dossier]
    assert list(visible_to(user, Order)) == [order]
    assert can(user, "read", dossier)
