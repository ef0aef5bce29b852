"""What is said about Deskhand outside its code (documentation, image, compose file, package) is true."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from deskhand.config.cli import OF_APPS, OWN

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = {*OWN, *OF_APPS}
#: ``env.text("NAME"``, ``os.environ.get("NAME"``, ``NAME_VARIABLE = "NAME"``: where a setting is read.
READ_IN_CODE = re.compile(
    r"""(?:\benv\.(?:text|switch|number|choice|words|secret_key)|os\.environ\.get)\(\s*"([A-Z_]+)\""""
)


def text(path: str) -> str:
    return (ROOT / path).read_text()


def settings_of_the_code() -> set[str]:
    sources = (path for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts)
    found = {name for path in sources for name in READ_IN_CODE.findall(path.read_text())}
    return found | {"SECRET_KEY", "DESKHAND_PARENT", "DESKHAND_ADMIN_PASSWORD"}


def settings_of_the_documentation() -> set[str]:
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", text("docs/operation.md"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"[A-Z_]+", row)}


def test_every_setting_is_documented_and_every_documented_one_exists():
    assert settings_of_the_documentation() == settings_of_the_code()


def test_compose_starts_commands_that_exist_with_settings_that_exist():
    services = yaml.safe_load(text("compose.yaml"))["services"]
    ours = {name: service for name, service in services.items() if service.get("image") == "deskhand"}

    assert {service["command"][0] for service in ours.values()} <= COMMANDS
    assert {"serve", "worker", "mail-listen", "migrate"} == {service["command"][0] for service in ours.values()}
    for service in ours.values():
        assert set(service["environment"]) <= settings_of_the_code()
        assert set(service["depends_on"]) <= set(services)


def test_the_image_copies_files_that_exist_and_starts_a_command_that_exists():
    lines = text("Dockerfile").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--from" not in line]
    ignored = text(".dockerignore")

    for name in {name for names in copied for name in names}:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in ignored, name
    assert 'ENTRYPOINT ["deskhand"]' in lines
    [start] = [line for line in lines if line.startswith("CMD")]
    assert re.findall(r'"([a-z-]+)"', start)[0] in COMMANDS


def test_image_and_compose_use_the_same_ports():
    exposed = re.findall(r"\d+", re.findall(r"EXPOSE (.+)", text("Dockerfile"))[0])
    services = yaml.safe_load(text("compose.yaml"))["services"].values()
    published = {port.rpartition(":")[2] for service in services for port in service.get("ports", [])}

    assert published == set(exposed)


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/index.md",
        "docs/architecture.md",
        "docs/status.md",
        "docs/specification.md",
    ],
)
def test_links_of_the_documentation_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text(page))

    missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/operation.md", "docs/performance.md"])
def test_make_targets_of_the_documentation_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))

    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text(page), re.MULTILINE)) <= targets


def test_files_of_the_tree_that_contributing_names_exist():
    named = re.findall(r"`(src/deskhand/[\w/.]+)`", text("CONTRIBUTING.md"))

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_package_holds_all_that_is_not_python(tmp_path: Path):
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements", "src"):
        original = ROOT / name
        if original.is_dir():
            shutil.copytree(original, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(original, source)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", tmp_path, source], check=True, capture_output=True)

    [wheel] = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = [path for path in (source / "src/deskhand").rglob("*") if path.is_file() and _is_needed(path)]
    assert {path.relative_to(source / "src").as_posix() for path in wanted} - packed == set()
    assert "deskhand/locale/de/LC_MESSAGES/django.mo" in packed


def _is_needed(path: Path) -> bool:
    return path.suffix not in {".py", ".ts", ".po"} and "tests" not in path.parts and not path.name.startswith(".git")
