"""Every test of this package writes its builds into a directory of its own."""

import pytest


@pytest.fixture(autouse=True)
def portal_var(settings, tmp_path):
    settings.PORTAL_VAR = tmp_path
    return tmp_path
