"""Who decides and who signs, as Decree 30/2020, Article 13, wants it printed."""

import pytest

from core import clock
from core.documents.titles import deciding_title, signature_lines
from core.people.roles import Act, AuthorityLine, Role
from tests.factories.people import AuthorityFactory, MembershipFactory, UserFactory, committee, department, user_with

NAME = "Ủy ban nhân dân tỉnh Bình An"
SIGNED = [
    (AuthorityLine.NONE, "Chủ tịch", ["CHỦ TỊCH"], f"Chủ tịch {NAME}"),
    (AuthorityLine.KT, "Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], f"Chủ tịch {NAME}"),
    (AuthorityLine.TM, "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN TỈNH BÌNH AN", "CHỦ TỊCH"], NAME),
    (AuthorityLine.Q, "Chủ tịch", ["Q. CHỦ TỊCH"], f"Chủ tịch {NAME}"),
]


@pytest.mark.parametrize(("line", "title", "lines", "deciding"), SIGNED)
def test_the_authority_line_comes_from_the_table(db, line, title, lines, deciding):
    authority = AuthorityFactory(act=Act.TASK_APPROVER, authority_line=line, title_line=title)
    signer = UserFactory()
    position = "Phó Chủ tịch" if line == AuthorityLine.KT else ""
    MembershipFactory(user=signer, organisation=committee(), role=Role.PPC_CHAIR, position=position)
    assert signature_lines(committee(), NAME, authority, signer, clock.today()) == lines
    assert deciding_title(committee(), NAME, authority) == deciding


@pytest.mark.parametrize(
    ("role", "position", "lines"),
    [
        (Role.DEPARTMENT_DIRECTOR, "", ["GIÁM ĐỐC"]),
        (Role.DEPARTMENT_DIRECTOR, "Phó Giám đốc", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        (Role.HEAD_OF_DIVISION, "", ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        (Role.HEAD_OF_DIVISION, "Chánh Văn phòng", ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]),
    ],
)
def test_without_an_authority_the_role_tells(db, role, position, lines):
    signer = UserFactory()
    MembershipFactory(user=signer, organisation=department(), role=role, position=position)
    assert signature_lines(department(), "Sở", None, signer, clock.today()) == lines


def test_a_draft_without_a_signer_names_the_head(db):
    assert signature_lines(department(), "Sở", None, None, clock.today()) == ["GIÁM ĐỐC"]
    assert signature_lines(department(), "Sở", None, user_with(Role.CLERK), clock.today()) == ["GIÁM ĐỐC"]
