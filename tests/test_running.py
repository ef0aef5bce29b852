"""The commands as a company starts them: processes, ports and signals, nothing faked."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from deskhand.config import exits
from tests.browser.desk import free_port

DESKHAND = [sys.executable, "-m", "deskhand.config.cli"]
PATIENCE_SECONDS = 40


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded database with tables and nothing in them, to be copied."""
    home = tmp_path_factory.mktemp("migrated")
    subprocess.run([*DESKHAND, "migrate"], env=settings_for(home), check=True, capture_output=True)
    return home / "deskhand.sqlite3"


@pytest.fixture
def environment(tmp_path: Path, migrated: Path) -> dict[str, str]:
    """A migrated database of its own, mail on a free port, nothing of the machine's settings."""
    shutil.copy(migrated, tmp_path)
    return settings_for(tmp_path)


def settings_for(home: Path) -> dict[str, str]:
    settings = {
        "DESKHAND_HOME": str(home),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "MAIL_LISTEN_PORT": str(free_port()),
        "DESKHAND_PARENT": str(os.getpid()),
    }
    return {name: value for name, value in (os.environ | settings).items() if value}


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """``deskhand run`` on a free port, answering."""
    port = free_port()
    process = start(environment, "run", "--port", str(port))
    wait_until(lambda: is_up(port), process)
    yield process, port
    if process.poll() is None:
        process.kill()
    process.communicate()


def start(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*DESKHAND, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def wait_until(ready: object, process: subprocess.Popen[str] | None = None) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():  # type: ignore[operator]
        assert process is None or process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


def children(pid: int) -> dict[int, str]:
    """Process → command line, of the processes that a process started and that still run."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid and command:
            found[int(folder.name)] = command
    return found


def still_running(pids: Iterable[int]) -> list[int]:
    """Those of the processes that have not ended; one that ended and that nobody waited for has."""
    return [pid for pid in pids if _state(pid) not in {"", "Z"}]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_starts_three_and_ends_all_of_them_when_told_to(running, number):
    process, port = running
    wait_until(lambda: len(children(process.pid)) == 3)
    started = children(process.pid)
    assert {word for command in started.values() for word in command.split()} >= {"serve", "worker", "mail-listen"}

    told_at = time.monotonic()
    process.send_signal(number)
    code = process.wait(15)

    assert code == exits.OK
    assert time.monotonic() - told_at < 10
    assert not still_running(started)
    assert not is_up(port)


@needs_proc
def test_run_starts_a_crashed_child_again(running):
    process, _ = running
    wait_until(lambda: any("worker" in command for command in children(process.pid).values()))
    [worker] = [pid for pid, command in children(process.pid).items() if "worker" in command]

    os.kill(worker, signal.SIGKILL)

    wait_until(lambda: any("worker" in c and pid != worker for pid, c in children(process.pid).items()), process)


@needs_proc
def test_nothing_is_left_when_run_itself_is_killed(running):
    process, port = running
    started = children(process.pid)

    process.kill()

    wait_until(lambda: not still_running(started))
    assert not is_up(port)


def test_a_second_web_process_on_the_same_data_is_refused_with_a_sentence(running, environment):
    second = start(environment, "serve", "--port", str(free_port()))
    said, _ = second.communicate(timeout=PATIENCE_SECONDS)

    assert second.returncode == exits.CONFIG
    assert "Another web process serves this data folder already" in said
    assert "Traceback" not in said


def test_serve_refuses_a_database_without_tables(environment, tmp_path):
    fresh = environment | {"DESKHAND_HOME": str(tmp_path / "fresh")}
    said, _ = (process := start(fresh, "serve", "--port", str(free_port()))).communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == exits.CONFIG
    assert "Run `deskhand migrate`" in said


def test_serve_starts_while_the_database_is_away_and_says_so_on_its_health_page(environment):
    port = free_port()
    away = environment | {"DATABASE_URL": f"postgresql://desk@127.0.0.1:{free_port()}/desk"}
    process = start(away, "serve", "--port", str(port))

    def answers_503() -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
        except urllib.error.HTTPError as error:
            return error.code == 503
        except OSError:
            return False
        return False

    wait_until(answers_503, process)
    process.terminate()
    said, _ = process.communicate(timeout=15)
    assert process.returncode == exits.OK
    assert "The database does not answer" in said


def test_the_worker_ends_when_told_to(environment):
    process = start(environment, "worker")
    assert process.stdout is not None
    for line in process.stdout:
        if "The worker is ready" in line:
            break
    process.terminate()

    assert process.wait(15) == exits.OK


#: Opens a port, starts a process that ends at once with the code that is given, and watches over it as `serve` does.
WATCHED = """
import os, socket, sys
from deskhand.config.herd import watch
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
member = os.fork()
if member == 0:
    os._exit(int(sys.argv[2]))
watch({member: listener.fileno()}, ["serve"])
"""


def watch_over(environment: dict[str, str], port: int, *, code: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WATCHED, str(port), str(code)]
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@needs_proc
def test_a_web_process_that_dies_is_replaced_and_all_end_when_told_to(environment):
    port = free_port()
    watcher = watch_over(environment, port, code=1)
    wait_until(lambda: is_up(port), watcher)
    [replacement] = children(watcher.pid)

    watcher.send_signal(signal.SIGTERM)
    said, _ = watcher.communicate(timeout=15)

    assert watcher.returncode == exits.OK
    assert "ended (1); another one takes its place" in said
    assert not still_running([replacement])


@needs_proc
def test_web_processes_end_with_the_one_that_watches_over_them(environment):
    port = free_port()
    watcher = watch_over(environment, port, code=1)
    wait_until(lambda: is_up(port), watcher)
    started = children(watcher.pid)

    watcher.kill()

    wait_until(lambda: not still_running(started))
    watcher.communicate()


def test_a_web_process_that_can_never_start_is_not_replaced(environment):
    watcher = watch_over(environment, free_port(), code=exits.CONFIG)

    watcher.communicate(timeout=PATIENCE_SECONDS)

    assert watcher.returncode == exits.CONFIG
