"""`make run` on a fresh clone: the interpreter that it takes, and what it says where there is none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: What the script calls besides interpreters; nothing else is found on the machine of these tests.
TOOLS = ("dirname", "cat", "mkdir", "cksum")
OLD = "#!/bin/sh\nexit 1\n"
#: Says that it is new enough, and writes down that it was asked to make an environment; then the test is over.
NEW = """#!/bin/sh
case "$1 $2" in
"-m venv") echo "$0" > "{chosen}"; exit 3 ;;
--version*) echo "Python 3.12.1" ;;
esac
"""


class Machine:
    """A clone on a machine with a few programs."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.programs, self.chosen = folder / "clone", folder / "bin", folder / "chosen"
        (self.clone / "scripts").mkdir(parents=True)
        self.programs.mkdir()
        shutil.copy(ROOT / "scripts/bootstrap", self.clone / "scripts")
        for tool in TOOLS:
            (self.programs / tool).symlink_to(shutil.which(tool) or "")

    def install(self, name: str, source: str) -> Path:
        program = self.programs / name
        program.write_text(source.format(chosen=self.chosen))
        program.chmod(0o755)
        return program

    def start(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", self.clone / "scripts/bootstrap"],
            env={"PATH": str(self.programs)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("installed", [[], ["python3", "python3.11"]], ids=["none", "too old"])
def test_without_a_suitable_interpreter_it_says_what_to_install(machine: Machine, installed: list[str]) -> None:
    for name in installed:
        machine.install(name, OLD)

    done = machine.start()

    assert done.returncode != 0
    assert "Deskhand needs Python 3.11 or newer, and there is none here." in done.stderr
    assert "apt install python3 python3-venv" in done.stderr
    assert not (machine.clone / ".venv").exists()


def test_the_interpreter_that_is_new_enough_is_taken(machine: Machine) -> None:
    machine.install("python3", OLD)
    machine.install("python3.13", OLD)
    suitable = machine.install("python3.12", NEW)

    machine.start()

    assert machine.chosen.read_text().strip() == str(suitable)


def test_the_one_that_is_named_goes_first(machine: Machine) -> None:
    machine.install("python3.12", NEW)
    own = machine.install("my-python", NEW)

    machine.start(PYTHON=str(own))

    assert machine.chosen.read_text().strip() == str(own)
