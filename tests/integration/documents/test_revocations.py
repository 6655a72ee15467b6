"""One letter undoes three kinds of decisions: each says what it undoes, in its own words."""

import re
from datetime import timedelta
from html import unescape

import pytest

from core import clock
from core.documents.letter import letter_html
from funds.services import write_annulment_ground
from proposals.services import write_ground
from reviews.lifecycle import CouncilKind
from reviews.services import write_dissolution_reason
from tests.factories import funds as money
from tests.factories import proposals as before
from tests.factories import reviews as councils

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def first_article(paper):
    """The words of the first article, as the letter prints them."""
    html = letter_html(paper.kind, paper.header, paper.facts, paper.context["bases"])
    # What holds a code together is no space between words.
    whole = re.sub(r"</?span[^>]*>", "", html)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", whole)).split())
    return words[words.index("Điều 1.") : words.index("Điều 2.")].strip()


def test_a_council_is_dissolved_not_an_approval():
    people = councils.cast()
    proposal = before.screened_proposal(people, before.open_call(people))
    council = councils.established(people, CouncilKind.IDENTIFICATION, [proposal])
    council = write_dissolution_reason(council, actor=people.officer, reason="Thay đổi kế hoạch")
    paper = before.paper(council, "dissolve", people, people.director, reason="Thay đổi kế hoạch")
    named = f"{council.title} (mã số {council.code})"
    words = first_article(paper)
    founded = f"được thành lập theo Quyết định số {paper.facts['revoked']['symbol']} "
    assert words.startswith(f"Điều 1. Giải thể {named} {founded}")
    assert words.endswith("Lý do: Thay đổi kế hoạch.")
    assert "phê duyệt nhiệm vụ" not in words
    assert "Tổ chức chủ trì" not in words


def test_a_payment_is_annulled_by_its_instalment():
    who = money.house()
    disbursement = money.approved(who, money.contracted(who))
    write_annulment_ground(disbursement, actor=who.fund_officer, ground="Sai tài khoản")
    disbursement.refresh_from_db()
    words = first_article(money.fund_paper(who, disbursement, "annul"))
    assert words.startswith("Điều 1. Bãi bỏ Quyết định số 01/QĐ-")
    assert "về việc cấp kinh phí đợt 1 thực hiện nhiệm vụ: - Tên nhiệm vụ:" in words


def test_an_approval_is_revoked_before_its_contract():
    people = money.house().people
    order = before.called_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    with clock.moved_to(order.selection_call.closes_at + timedelta(hours=1)):
        before.open_dossiers(people, order)
        before.appraised_order(people, order, dossier)
    with clock.moved_to(clock.instant(clock.today() + timedelta(days=90))):
        money.plan(1_000 * money.MILLION)
        before.paper(order, "approve_task", people, people.chair)
        write_ground(order, actor=people.officer, ground="Chủ trì xin rút")
        order.refresh_from_db()
        words = first_article(before.paper(order, "revoke", people, people.chair))
    assert words.startswith("Điều 1. Bãi bỏ Quyết định số ")
    assert "về việc phê duyệt nhiệm vụ: - Tên nhiệm vụ:" in words
