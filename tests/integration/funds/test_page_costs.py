"""The lists of the fund ask the same questions however long they are, and its papers stay within theirs."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.factories import funds as made
from tests.factories.browsing import cost, opened, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
LIST_LIMIT, DETAIL_LIMIT, BOARD_LIMIT = 12, 20, 15
LISTS = ["plan-list", "estimate-list", "disbursement-list", "settlement-list", "repayment-list"]


def tell():
    """What the lists asked about one task with a paper of each kind; two more came afterwards."""
    who = made.house()
    task = made.walked(who)
    client = signed_in(who.fund_officer)
    few = {name: cost(client, url(name)) for name in ("overview", *LISTS)}
    made.walked(who)
    made.walked(who)
    return SimpleNamespace(who=who, task=task, few=few)


def url(name, *args):
    return reverse(f"funds:{name}", args=args)


@pytest.mark.parametrize("name", ["overview", *LISTS])
def test_lists_ask_the_same_questions_however_long_they_are(client_for, who, story, name):
    limit = BOARD_LIMIT if name == "overview" else LIST_LIMIT
    assert story.few[name] == cost(client_for(who.fund_officer), url(name)) <= limit


def test_details_stay_within_their_questions(client_for, django_assert_max_num_queries, who, story):
    task = story.task
    papers = [task.disbursements.get(), task.settlements.get(), task.repayments.get()]
    client = client_for(who.fund_officer)
    addresses = [*(paper.get_absolute_url() for paper in papers), url("ledger-detail", task.code)]
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(DETAIL_LIMIT):
            opened(client, address)
