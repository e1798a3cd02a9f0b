"""The same snapshot gives the same bytes, whatever the process around it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

COMPILE = [sys.executable, "-m", "tests.publication.rendering.compile_small"]


def digests(**environment: str) -> list[str]:
    """The digests that a process of its own prints, with nothing of its surroundings but what the settings need."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "PORTAL_VAR", "DATABASE_URL") if key in os.environ}
    base = {"DJANGO_SETTINGS_MODULE": "wps_portal.settings", "SECRET_KEY": "for this test only"}
    run = subprocess.run(
        COMPILE, cwd=settings.BASE_DIR, env=kept | base | environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.slow
def test_same_bytes_in_two_processes_of_other_zone_language_and_fonts(tmp_path):
    no_fonts = tmp_path / "fonts.conf"
    no_fonts.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>")
    first = digests(TZ="Pacific/Auckland", LANG="nb_NO.UTF-8", PYTHONHASHSEED="1")
    second = digests(TZ="America/St_Johns", LANG="C", PYTHONHASHSEED="2", FONTCONFIG_FILE=str(no_fonts))
    assert len(first) == 7 and first == second
