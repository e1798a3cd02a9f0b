"""Make the demonstration ready to be served: database, static files, plan, seeds.

One process does it all, because starting Django takes longer than a step that finds nothing to do.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parent.parent


def static_sources() -> str:
    """A hash of everything that the collected static files are made from."""
    sources = [ROOT / name for name in ("requirements.lock", "package-lock.json", "wps_portal/settings.py")]
    sources += [ROOT / "common/staticfiles.py", *sorted((ROOT / "static").rglob("*.*"))]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.relative_to(ROOT)}\0".encode() + source.read_bytes() + b"\0")
    return digest.hexdigest()


def collect_static_files() -> None:
    """Hashing and compressing every file takes ten seconds: done only when a source changed."""
    stamp = settings.PORTAL_VAR / "static.stamp"
    sources = static_sources()
    if not settings.STATIC_ROOT.is_dir() or not stamp.is_file() or stamp.read_text() != sources:
        print("Collecting the static files", flush=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(sources)


def main() -> None:
    """Run the steps in order; the first that fails ends it with its sentence and exit code 1."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wps_portal.settings")
    django.setup()
    try:
        call_command("migrate", verbosity=0)
        collect_static_files()
        call_command("load_plan", "fixtures/plan/norway-2023-2030.json", "--if-empty")
        call_command("seed_demo")
    except CommandError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
