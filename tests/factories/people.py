"""People, organisations and authorities as tests need them: plain rows, no events in the audit chain."""

from datetime import date
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from core.people.models import (
    Authority,
    Expert,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Place,
    PlaceKind,
    User,
)
from core.people.models.organisation import name_columns
from core.people.roles import INTERNAL, Act, Role
from core.people.services import Ground

START = date(2020, 1, 1)
# To the type checker a factory gives what its model gives.
ModelFactory: Any = DjangoModelFactory
GIVEN = ("An", "Bình", "Chi", "Dũng", "Hà", "Khoa", "Lan", "Minh", "Oanh", "Phúc", "Thảo", "Vinh")
FAMILY = ("Nguyễn Văn", "Trần Thị", "Lê Minh", "Phạm Đức", "Vũ Thu", "Đỗ Hải")


class UserFactory(ModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email: Any = Sequence(lambda n: f"person{n}@example.org")
    full_name: Any = Sequence(lambda n: f"{FAMILY[n % len(FAMILY)]} {GIVEN[n % len(GIVEN)]}")

    @classmethod
    def _create(cls, model_class, *_args, **kwargs):
        return model_class.objects.create_user(**kwargs)


class PlaceFactory(ModelFactory):
    """A province; communes and old districts are given their kind and parent."""

    class Meta:
        model = Place

    code: Any = Sequence(lambda n: f"P{n:05d}")
    name: Any = Sequence(lambda n: f"Tỉnh số {n}")
    folded: Any = LazyAttribute(lambda place: place.name.lower())
    sort_key: Any = LazyAttribute(lambda place: place.code)
    kind = PlaceKind.PROVINCE
    valid_from = START


class OrganisationFactory(ModelFactory):
    """A university outside the administration, with one name since 2020."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name: Any = Sequence(lambda n: f"Trường Đại học số {n}")
    short_name: Any = Sequence(lambda n: f"ĐH{n}")
    kind = OrganisationKind.UNIVERSITY

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        return {**kwargs, **name_columns(kwargs["name"], "", kwargs["short_name"])}

    @post_generation
    def names(self, create, extracted, **kwargs):
        if create:
            OrganisationName.objects.create(
                organisation=self, name_vi=self.name, short_name=self.short_name, valid_from=START
            )


class MembershipFactory(ModelFactory):
    class Meta:
        model = Membership

    user: Any = SubFactory(UserFactory)
    organisation: Any = SubFactory(OrganisationFactory)
    role = Role.APPLICANT
    valid_from = START


class ExpertFactory(ModelFactory):
    class Meta:
        model = Expert

    user: Any = SubFactory(UserFactory)
    field = "Khoa học nông nghiệp"
    degree = "Tiến sĩ"
    folded = "khoa hoc nong nghiep"


class AuthorityFactory(ModelFactory):
    """The committee's chair approves tasks of every level, regulation, amount and payer."""

    class Meta:
        model = Authority

    act = Act.TASK_APPROVER
    body: Any = LazyAttribute(lambda _row: committee())
    positions: Any = LazyFunction(lambda: [Role.PPC_CHAIR.value])
    title_line = "CHỦ TỊCH"
    valid_from = START


def department():
    """The one department of the province."""
    return _house("SKHCN", "Sở Khoa học và Công nghệ tỉnh Bình An", OrganisationKind.DEPARTMENT)


def committee():
    """The Provincial People's Committee."""
    return _house("UBND", "Ủy ban nhân dân tỉnh Bình An", OrganisationKind.PPC)


def fund():
    """The province's fund for the development of science and technology."""
    return _house("QUY", "Quỹ phát triển khoa học và công nghệ tỉnh Bình An", OrganisationKind.FUND)


def user_with(role, organisation=None, **facts):
    """A new user who holds the role: inside the administration in its own house, outside in a new university."""
    user = UserFactory(**facts)
    MembershipFactory(user=user, organisation=organisation or _home_of(role), role=role)
    return user


def two_hands(**ground):
    """Who enters a right, who confirms it, and the document behind one that began before today."""
    paper = Ground(**{"number": "07/QĐ-SKHCN", "dated": START, **ground})
    return {
        "actor": user_with(Role.SYSTEM_ADMINISTRATOR),
        "confirmed_by": user_with(Role.SYSTEM_ADMINISTRATOR),
        "ground": paper,
    }


def _home_of(role):
    if role == Role.PPC_CHAIR:
        return committee()
    if role in {Role.FUND_OFFICER, Role.CHIEF_ACCOUNTANT, Role.FUND_DIRECTOR}:
        return fund()
    return department() if role in INTERNAL else OrganisationFactory()


def _house(code, name, kind):
    found = Organisation.objects.filter(code=code).first()
    return found or OrganisationFactory(code=code, name=name, short_name=code, kind=kind, is_internal=True)
