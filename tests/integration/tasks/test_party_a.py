"""Who pays signs: party A, the heading, the register and the signature of a contract are one body and one person."""

from uuid import uuid4

import pytest

from core.documents.services import (
    OtherSignature,
    endorse_document,
    endorse_refusals,
    issue_document,
    prepare_document,
)
from core.people.roles import Act, Payer, Role
from core.workflow.ruling import StepRefused
from tests.factories import funds as money
from tests.factories import tasks as make
from tests.factories.documents import scan
from tests.factories.people import AuthorityFactory, department, fund, user_with
from tests.factories.proposals import cast, paper

DIRECTOR, FUND_DIRECTOR = [Role.DEPARTMENT_DIRECTOR.value], [Role.FUND_DIRECTOR.value]


@pytest.fixture
def people(db, morning, settings):
    settings.LANGUAGE_CODE = "en"
    return cast()


@pytest.fixture
def fund_director(people):
    """The table says: the fund's director for what the fund pays, the department's for the rest."""
    for payer in (Payer.DEPARTMENT_BUDGET, Payer.OTHER):
        AuthorityFactory(act=Act.CONTRACT_SIGNER, body=department(), positions=DIRECTOR, payer=payer)
    AuthorityFactory(
        act=Act.CONTRACT_SIGNER,
        body=fund(),
        positions=[Role.FUND_DIRECTOR.value],
        payer=Payer.FUND,
        title_line="GIÁM ĐỐC",
    )
    return user_with(Role.FUND_DIRECTOR, full_name="Ngô Thị Quỹ")


def refusals(act, *args, **kwargs):
    with pytest.raises(StepRefused) as caught:
        act(*args, **kwargs)
    return [str(one) for one in caught.value.refusals]


def test_the_fund_signs_what_the_fund_pays(people, fund_director):
    task = money.covered(make.adopted(people, payer=Payer.FUND))
    make.written_contract(people, task, payer_signer="Ngô Thị Quỹ")
    issued = paper(task, "sign_contract", people, fund_director)
    assert (issued.body, issued.signer, issued.facts["party_a"]["name"], issued.facts["party_a"]["representative"]) == (
        fund(),
        fund_director,
        fund().name,
        "Ngô Thị Quỹ",
    )
    assert issued.symbol.endswith("-QUY")
    assert issued.header["body_name"] == fund().name


def test_the_department_signs_what_the_department_pays(people, fund_director):
    task = money.covered(make.adopted(people, payer=Payer.DEPARTMENT_BUDGET))
    make.written_contract(people, task)
    draft = prepare_document(task, "sign_contract", actor=people.officer)
    assert [str(one) for one in endorse_refusals(draft, task, actor=fund_director)] == [
        "This step belongs to another role or authority."
    ]
    assert endorse_document(draft, actor=people.director).body == department()


def test_another_body_as_party_a_keeps_the_contract_from_being_prepared(people, fund_director):
    task = money.covered(make.adopted(people, payer=Payer.FUND))
    make.written_contract(people, task, paying_body=department())
    (said,) = refusals(prepare_document, task, "sign_contract", actor=people.officer)
    named, signs = department().name, fund().name
    assert said == f"The contract names {named} as party A; by the table of authorities {signs} signs for this payer."


def test_the_signer_on_paper_is_the_one_whom_the_contract_names(people, fund_director):
    other = user_with(Role.FUND_DIRECTOR, full_name="Phạm Văn Khác")
    task = money.covered(make.adopted(people, payer=Payer.FUND))
    make.written_contract(people, task, payer_signer="Ngô Thị Quỹ")
    draft = prepare_document(task, "sign_contract", actor=people.officer)
    host = OtherSignature("Lê Thị Hiệu Trưởng", draft.day)
    signed = {"signer": other, "signed_on": draft.day, "other": host, "scan": scan(), "key": uuid4()}
    assert refusals(issue_document, draft, actor=people.clerk, **signed) == [
        "For party A the contract names Ngô Thị Quỹ; by the table of authorities Phạm Văn Khác signs."
    ]
