"""Addresses that no page has."""

import pytest

from accounts.enums import Role
from tests.factories.collection import person

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/plan/%00/",
    "/plan/G1%00/",
    "/countries/%00/",
    "/%00",
    "/reports/2025/figures/%00",
    "/rounds/2025/ministries/%00/entries/G1/",
    "/rounds/2025/ministries/mfa/entries/%00/",
    "/rounds/2025/synthesis/%00/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nul_is_nowhere(client, client_for, address):
    """On PostgreSQL each of those that look something up was an error of the server."""
    for browser in (client, client_for(person(Role.MFA_EDITOR))):
        response = browser.get(address)
        assert response.status_code == 404
        assert "Permissions-Policy" in response.headers
