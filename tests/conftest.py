"""What every test may use."""

import pytest
from django.test import Client


@pytest.fixture
def client_for(db):
    """A function that gives a browser in which the person is logged in."""

    def make(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
