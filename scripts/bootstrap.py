"""Makes ``.venv`` and puts the package into it, with nothing but the standard library.

Run by ``make``; safe to run again. The lock holds what the product, its extras and its tests
need, each pinned by hash.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
NEEDED = (
    "import unsolved.cli.serve, unsolved.cli.bring, unsolved.cli.evidence, "
    "unsolved.cli.feedback, unsolved.cli.problems, unsolved.db.migrate, "
    "unsolved.evidence.service, unsolved.evidence.cascade, unsolved.cli.source, "
    "unsolved.cli.sync, unsolved.cli.importing, unsolved.cli.deals, unsolved.cli.deals_show, "
    "unsolved.cli.silence, unsolved.deals.inaction.simulating, unsolved.deals.silence.present, "
    "unsolved.deals.service.refreshing, unsolved.problems.units, pint, holidays"
)


def main() -> None:
    """Make the environment, install the lock and the package, and leave a mark when done."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this file runs before anything is checked)
        sys.exit(f"unsolved needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    print("setting up .venv (once; about half a minute) ...", flush=True)
    pip = _environment()
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    _run(*pip, "install", *quiet, "--no-compile", "--only-binary", ":all:",
         "--require-hashes", "-r", "requirements.lock")  # fmt: skip
    _run(*pip, "install", *quiet, "--no-deps", "--no-build-isolation", "-e", ".")
    # Compiles what a command needs, once and here: some machines forbid it later, and then
    # every start would be slow. Compiling all of the lock would take a minute.
    _run(str(PYTHON), "-c", NEEDED)
    (HOME / ".ready").touch()


def _environment() -> list[str]:
    """Return the words that call pip for the new environment."""
    shutil.rmtree(HOME, ignore_errors=True)
    try:
        venv.create(HOME, with_pip=True)
    except (subprocess.CalledProcessError, ModuleNotFoundError):
        # Debian's python3 comes without ensurepip; its own pip can still fill a bare venv.
        shutil.rmtree(HOME, ignore_errors=True)
        venv.create(HOME, with_pip=False)
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip"]


def _run(*command: str) -> None:
    clean = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    done = subprocess.run(command, cwd=ROOT, env=clean, check=False)
    if done.returncode:
        sys.exit(f"setting up failed at: {' '.join(command)}")


if __name__ == "__main__":
    main()
