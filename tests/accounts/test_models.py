"""What the models of people and organisations refuse before the database has to."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import KINDS_BY_ROLE, OrganisationKind, Role
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", OrganisationKind)
def test_a_role_exists_in_its_kinds_of_organisation_alone(role, kind):
    parent = OrganisationFactory() if kind == OrganisationKind.AGENCY else None
    organisation = OrganisationFactory(code="mfa", kind=kind, parent=parent)
    membership = MembershipFactory.build(user=UserFactory(), organisation=organisation, role=role)
    if kind in KINDS_BY_ROLE[role]:
        membership.full_clean()
    else:
        with pytest.raises(ValidationError, match="does not exist in this kind"):
            membership.full_clean()
