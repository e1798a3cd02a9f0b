import pytest

from tests.collection.world import World


@pytest.fixture
def world(db) -> World:
    return World()
