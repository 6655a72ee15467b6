"""A paper of the committee is recorded later than it was signed: it is compared with the law of its own day."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from core import clock
from core.documents.services import endorse_document, issue_document, prepare_document
from core.documents.services.questions import DraftOutdated
from tests.factories import proposals as make
from tests.factories.documents import scan

# Law 65/2025/QH15 on local government ends on this day; Law 72/2025/QH15 begins on the next.
LAST_DAY = datetime(2025, 6, 15, 9, tzinfo=clock.ZONE)
pytestmark = pytest.mark.django_db


def recorded(people, draft, on, number):
    facts = {"signer": people.chair, "signed_on": LAST_DAY.date(), "number": number, "numbered_on": on}
    return issue_document(draft, actor=people.clerk, scan=scan(), reason="Văn thư nhập sau", key=uuid4(), **facts)


def test_a_paper_recorded_after_the_law_has_changed_keeps_the_law_of_its_day():
    with clock.moved_to(LAST_DAY):
        people = make.cast()
        order_list = make.draft_list(people)
        make.planned_order(people, order_list, make.recommended_proposal(people, make.open_call(people)))
        draft = prepare_document(order_list, "approve_list", actor=people.officer)
        endorse_document(draft, actor=people.chair)
    with clock.moved_to(LAST_DAY + timedelta(days=2)):
        with pytest.raises(DraftOutdated):
            recorded(people, draft, date(2025, 6, 17), 801)
        issued = recorded(people, draft, LAST_DAY.date(), 801)
    assert any("65/2025" in one or "19 tháng 02 năm 2025" in one for one in issued.context["bases"])
