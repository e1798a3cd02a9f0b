"""What every test may use."""

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext


def pytest_configure():
    """Tests run before any `collectstatic`: whitenoise only asks that its directory is there."""
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Static files under their own names: the hashed ones need a manifest that `collectstatic` makes."""
    storages = {**settings.STORAGES}
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in production: a database in memory refuses threads and other processes."""
    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def client_for(db):
    """A function that gives a browser in which the person is logged in."""

    def make(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def queries_of(db):
    """A function that calls another and gives the number of database queries it made, what is asked once apart."""

    def count(action) -> int:
        action()
        with CaptureQueriesContext(connection) as queries:
            action()
        return len(queries)

    return count
