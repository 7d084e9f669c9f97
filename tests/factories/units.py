"""Units, people and their roles."""

import factory
from factory.django import DjangoModelFactory

from portal.accounts.models import User
from portal.units.enums import Role, UnitKind
from portal.units.models import Membership, Unit

PASSWORD = "correct-horse-9"


class UnitFactory(DjangoModelFactory):
    """A bureau at the top of the tree, or below `parent`."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"测试单位{n:03d}局")
    kind = UnitKind.BUREAU

    @classmethod
    def _create(cls, model_class: type[Unit], *args: object, **kwargs: object) -> Unit:
        parent = kwargs.pop("parent", None)
        return parent.add_child(**kwargs) if isinstance(parent, Unit) else model_class.add_root(**kwargs)


class UserFactory(DjangoModelFactory):
    """A person who can sign in with `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n:03d}")
    name = factory.Sequence(lambda n: f"测试人员{n:03d}")
    password = factory.django.Password(PASSWORD)


class MembershipFactory(DjangoModelFactory):
    """A role in a unit, open at both ends."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.REPORTER


def person(role: Role, unit: Unit | None = None, **fields: object) -> User:
    """A new person with one role, in the given unit or a new one."""
    user = UserFactory(**fields)
    MembershipFactory(user=user, unit=unit or UnitFactory(), role=role)
    return User.objects.get(pk=user.pk)
