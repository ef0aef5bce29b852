"""``deskhand backup`` and ``deskhand restore`` between real installations, of the databases that the suite runs on."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from deskhand.config import exits, restore
from deskhand.config.cli import main
from deskhand.config.copies.archives import read_manifest

DESKHAND = [sys.executable, "-m", "deskhand.config.cli"]
POSTGRESQL = os.environ.get("DATABASE_URL", "")
FOUND = """
import secrets
from deskhand.base.accounts.testing import make_admin
from deskhand.base.files.public import attach, store_bytes
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.testing import make_ticket
admin = make_admin(name="Ada Lind", email="ada@desk.example")
ticket = make_ticket(by=admin, team=make_team(company=admin.company), title="Oven door ✓")
attach([store_bytes(b"%PDF-1.7 the plan" + secrets.token_bytes(300_000), name="plan.pdf")], record=ticket, owner=None)

from deskhand.kit.clock import now
from deskhand.base.mail.models import IncomingMail, OutgoingMail
claimed = {"due_at": now(), "state": "working", "claimed_at": now()}
OutgoingMail.objects.create(to_address="a@b.example", from_address="c@d.example", subject="s", message_id="<1@x>",
    created_at=now(), **claimed)
IncomingMail.objects.create(raw=b"\\x00\\xff raw", digest="1" * 64, size=3, received_at=now(), **claimed)
"""
WORK = """
from deskhand.base.mail.models import IncomingMail, OutgoingMail
incoming = IncomingMail.objects.get()
print(OutgoingMail.objects.get(subject="s").state, incoming.state, bytes(incoming.raw))
"""
#: Makes tickets until the file is there whose name is given; says how many there are whenever it has made one.
WRITE = """
import os
from deskhand.base.accounts.models import User
from deskhand.support.tickets.testing import make_ticket
from deskhand.support.teams.models import Team
from deskhand.support.tickets.models import Ticket
admin, team = User.objects.get(), Team.objects.get()
while not os.path.exists({stop!r}):
    make_ticket(by=admin, team=team)
    print(Ticket.objects.count(), flush=True)
"""
COUNTS = """
import json
from django.apps import apps
left_out = {"contenttypes.contenttype", "auth.permission", "sessions.session", "companies.counter"}
models = [m for m in apps.get_models(include_auto_created=True) if m._meta.label_lower not in left_out]
print(json.dumps({m._meta.label_lower: m._base_manager.count() for m in models}))
"""
LOOK = """
from django.test import Client
from deskhand.base.files.models import Attachment
from deskhand.base.files.public import open_attachment
from deskhand.support.tickets.testing import make_ticket
from deskhand.support.tickets.models import Ticket
from deskhand.support.teams.models import Team
from deskhand.base.accounts.models import User
with open_attachment(Attachment.objects.get()) as file:
    print(file.read(17).decode())
client = Client(HTTP_HOST="localhost")
answer = client.post("/account/login/", {"login": "ada@desk.example", "password": "correct horse battery"})
print(answer.status_code, "_auth_user_id" in client.session)
numbers = set(Ticket.objects.values_list("number", flat=True))
print(make_ticket(by=User.objects.get(), team=Team.objects.first()).number in numbers)
print(client.get(f"/helpdesk/tickets/{Ticket.objects.earliest('pk').pk}/").status_code)
"""
COMPANIES = "from deskhand.base.companies.models import Company; print(Company.objects.all())"
AS_IT_WAS = ["%PDF-1.7 the plan", "302 True", "False", "200", ""]


@dataclass(frozen=True)
class Installation:
    home: Path
    database_url: str

    def run(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        done = subprocess.run([*DESKHAND, *words], env=self.environment, input=stdin, capture_output=True, check=False)
        return subprocess.CompletedProcess(words, done.returncode, done.stdout.decode(), done.stderr.decode())

    def shell(self, source: str) -> str:
        done = self.run("manage", "shell", "--no-imports", "-c", source)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        settings = {"DESKHAND_HOME": str(self.home), "DATABASE_URL": self.database_url, "REDIS_URL": ""}
        return {name: value for name, value in (os.environ | settings).items() if value}

    def counts(self) -> dict[str, int]:
        return json.loads(self.shell(COUNTS))


Make = Callable[..., Installation]


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes installations; in PostgreSQL, if the suite runs on it and nothing else is asked for."""
    databases: list[str] = []

    def made(name: str, *, on_postgresql: bool = bool(POSTGRESQL), like: Installation | None = None) -> Installation:
        home = tmp_path_factory.mktemp(name)
        if like:
            shutil.copytree(like.home, home, dirs_exist_ok=True)
        if not on_postgresql:
            return Installation(home, "")
        database = f"test_backup_{uuid.uuid4().hex[:12]}"
        template = urlsplit(like.database_url).path[1:] if like else "template1"
        with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        databases.append(database)
        return Installation(home, urlsplit(POSTGRESQL)._replace(path=f"/{database}").geturl())

    yield made
    for database in databases:
        with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture(scope="session")
def lived_in(make: Make) -> Installation:
    """An installation with somebody in it, a ticket, a file, and work that is being done. No test changes it."""
    installation = make("lived-in")
    assert installation.run("migrate").returncode == 0
    installation.shell(FOUND)
    return installation


@pytest.fixture(scope="session")
def saved(lived_in: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "saved.tar.gz"
    done = lived_in.run("backup", str(path))
    assert done.returncode == exits.OK, done.stderr
    return path


@pytest.fixture
def archive(saved: Path, tmp_path: Path) -> Path:
    """A copy of it, with room beside it."""
    return Path(shutil.copy(saved, tmp_path))


def tampered(archive: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The archive with other members: what ``change`` makes of each, None: without it."""
    result = archive.with_name("tampered.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(result, "w:gz") as new:
        for member in old:
            stream = old.extractfile(member)
            assert stream is not None
            data = change(member.name, stream.read())
            if data is not None:
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return result


def everything_in(home: Path) -> dict[str, bytes]:
    """What stands in the data folder, but for what SQLite makes for as long as it is open, and the queue."""
    paths = (path for path in home.rglob("*") if path.is_file() and "queue" not in path.name)
    return {
        str(path.relative_to(home)): path.read_bytes() for path in paths if not path.name.endswith(("-wal", "-shm"))
    }


# ---- there and back -------------------------------------------------------------------------------------------------


def test_what_is_saved_while_people_write_is_whole_in_a_fresh_installation(lived_in, make, tmp_path):
    busy = make("busy", like=lived_in)
    stop, archive = tmp_path / "stop", tmp_path / "saved.tar.gz"
    writer = subprocess.Popen(
        [*DESKHAND, "manage", "shell", "--no-imports", "-c", WRITE.format(stop=str(stop))],
        env=busy.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdout is not None
    before = int(writer.stdout.readline())

    done = busy.run("backup", str(archive))

    stop.touch()
    after = int(writer.communicate()[0].split()[-1])
    assert done.returncode == exits.OK, done.stderr
    fresh = make("fresh")
    restored = fresh.run("restore", str(archive))
    assert restored.returncode == exits.OK, restored.stderr
    counts = fresh.counts()
    assert before <= counts["tickets.ticket"] <= after
    assert counts["tickets.stagestay"] == counts["tickets.ticket"]
    assert fresh.shell(LOOK).split("\n") == AS_IT_WAS


def test_a_backup_goes_through_a_pipe_and_all_comes_back(lived_in, make):
    sent = subprocess.run([*DESKHAND, "backup", "-"], env=lived_in.environment, capture_output=True, check=True).stdout
    fresh = make("fresh")

    restored = fresh.run("restore", "-", "--hold-mail", stdin=sent)

    assert restored.returncode == exits.OK, restored.stderr
    assert fresh.counts() == lived_in.counts()
    assert (fresh.home / "secret_key").read_text() == (lived_in.home / "secret_key").read_text()
    assert stat.S_IMODE((fresh.home / "secret_key").stat().st_mode) == 0o600
    # Work that was being done is taken up again; mail that waited was to be held back.
    assert fresh.shell(WORK) == "failed waiting b'\\x00\\xff raw'\n"


if POSTGRESQL:

    def test_a_backup_of_sqlite_is_restored_into_postgresql_and_back(make, tmp_path):
        lite, big, again = make("lite", on_postgresql=False), make("big"), make("again", on_postgresql=False)
        lite.run("migrate")
        lite.shell(FOUND)
        lite.run("backup", str(tmp_path / "lite.tar.gz"))

        there = big.run("restore", str(tmp_path / "lite.tar.gz"))
        big.run("backup", str(tmp_path / "big.tar.gz"))
        back = again.run("restore", str(tmp_path / "big.tar.gz"))

        assert (there.returncode, back.returncode) == (exits.OK, exits.OK), there.stderr + back.stderr
        assert big.counts() == again.counts() == lite.counts()
        assert big.shell(LOOK).split("\n") == AS_IT_WAS
        assert again.shell(LOOK).split("\n") == AS_IT_WAS


def test_an_older_backup_replaces_what_is_there_and_is_brought_up_to_date(lived_in, archive, make):
    """As far back as no rows are lost: the activities' usual types came with their second migration."""

    def as_of_then(name: str, data: bytes) -> bytes | None:
        if name == "manifest.json":
            said = json.loads(data)
            newest = dict(said["migrations"]) | {"activities": "0001_activities_and_types"}
            data = json.dumps(said | {"migrations": list(newest.items())}).encode()
        return data

    older = with_true_contents(tampered(archive, as_of_then))
    other = make("other", like=lived_in)
    other.shell(
        "from deskhand.base.files.public import store_bytes\nfrom deskhand.base.companies.testing import make_company\n"
        "store_bytes(b'another file', name='a.txt'); make_company(name='Another')"
    )
    refused = other.run("restore", str(older))
    assert refused.returncode == exits.DATA
    assert "is not empty: it holds 1 users, 2 companies" in refused.stderr
    assert "2 stored files. All of it would be replaced by the backup and be lost." in refused.stderr
    assert "Another" in other.shell(COMPANIES)

    replaced = other.run("restore", str(older), "--replace")

    assert replaced.returncode == exits.OK, replaced.stderr
    assert "Another" not in other.shell(COMPANIES)
    assert sum(path.is_file() for path in (other.home / "files").rglob("*")) == 1
    assert other.run("check", "--quiet").returncode == exits.OK


def with_true_contents(archive: Path) -> Path:
    """The archive as if it had been written like this."""
    members = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            data = tar.extractfile(member).read()  # type: ignore[union-attr]
            members[member.name] = [len(data), hashlib.sha256(data).hexdigest()]
    del members["contents.json"]
    said = json.dumps({"members": members, "missing": []}).encode()
    renamed = archive.with_name("true.tar.gz")
    shutil.move(archive, renamed)
    return tampered(renamed, lambda name, data: said if name == "contents.json" else data)


# ---- the archive ----------------------------------------------------------------------------------------------------


def test_an_archive_is_for_its_owner_only_and_holds_what_it_says(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert names[:3] == ["manifest.json", "database.jsonl", "secret_key"]
    assert [name for name in names if name.startswith("files/")]
    assert names[-1] == "contents.json"


def test_the_key_can_be_left_out(lived_in, tmp_path):
    lived_in.run("backup", str(tmp_path / "saved.tar.gz"), "--without-key")

    with tarfile.open(tmp_path / "saved.tar.gz") as tar:
        assert "secret_key" not in tar.getnames()


def test_a_file_that_the_store_has_lost_is_said_and_the_rest_saved(lived_in, tmp_path):
    without_files = Installation(
        tmp_path / "home", lived_in.database_url or f"sqlite:///{lived_in.home}/deskhand.sqlite3"
    )

    saved = without_files.run("backup", str(tmp_path / "saved.tar.gz"))
    checked = without_files.run("restore", "--check", str(tmp_path / "saved.tar.gz"))

    assert saved.returncode == exits.DATA
    assert "All is saved but 1 files that the database refers to" in saved.stderr
    assert checked.returncode == exits.OK
    assert "1 files were lost already when this backup was made" in checked.stderr
    assert "The archive is whole" in checked.stderr


def test_the_newest_are_kept_and_others_files_too(lived_in, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("deskhand-20200101-000000.tar.gz", "deskhand-20210101-000000.tar.gz", "holiday.tar.gz"):
        (folder / name).touch()

    done = lived_in.run("backup", str(folder), "--keep", "2", "--quiet")

    assert done.returncode == exits.OK, done.stderr
    left = sorted(path.name for path in folder.iterdir())
    assert left[0] == "deskhand-20210101-000000.tar.gz"
    assert left[-1] == "holiday.tar.gz"
    assert len(left) == 3
    assert (done.stdout, done.stderr) == ("", "")


def test_an_archive_never_replaces_another_and_none_is_left_half_written(lived_in, archive, tmp_path):
    kept = archive.read_bytes()

    refused = lived_in.run("backup", str(archive))
    nowhere = lived_in.run("backup", str(tmp_path / "no-folder" / "a.tar.gz"))
    full = lived_in.run("backup", "/dev/full")

    assert refused.returncode == nowhere.returncode == full.returncode == exits.CANNOT_CREATE
    assert "is there already" in refused.stderr
    assert "cannot be written: No such file or directory" in nowhere.stderr
    assert archive.read_bytes() == kept
    assert not list(tmp_path.rglob("*.part"))


def test_a_full_disk_is_a_sentence_and_leaves_nothing(lived_in, tmp_path):
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); "
    limited += "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limited += "from deskhand.config.cli import main; sys.exit(main(sys.argv[1:]))"

    done = subprocess.run(
        [sys.executable, "-c", limited, "backup", str(tmp_path / "saved.tar.gz")],
        env=lived_in.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == exits.CANNOT_CREATE, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "saved.tar.gz").exists()
    assert not list(tmp_path.rglob("*.part"))


# ---- what is not restored -------------------------------------------------------------------------------------------


def cut_short(archive: Path) -> Path:
    path = archive.with_name("short.tar.gz")
    path.write_bytes(archive.read_bytes()[:-2_000])
    return path


def altered(archive: Path) -> Path:
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path = archive.with_name("altered.tar.gz")
    path.write_bytes(data)
    return path


def other_rows(archive: Path) -> Path:
    return tampered(archive, lambda name, data: data.replace(b"Oven", b"Iron") if name == "database.jsonl" else data)


def without_a_file(archive: Path) -> Path:
    return tampered(archive, lambda name, data: None if name.startswith("files/") else data)


def without_its_end(archive: Path) -> Path:
    return tampered(archive, lambda name, data: None if name == "contents.json" else data)


def newer(archive: Path) -> Path:
    def as_of_then(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        return json.dumps(json.loads(data) | {"version": "99.0", "migrations": [["tickets", "9999_later"]]}).encode()

    return with_true_contents(tampered(archive, as_of_then))


def of_another_format(archive: Path) -> Path:
    def as_of_then(name: str, data: bytes) -> bytes:
        return json.dumps(json.loads(data) | {"format": 99}).encode() if name == "manifest.json" else data

    return tampered(archive, as_of_then)


def something_that_leads_out(archive: Path) -> Path:
    path = archive.with_name("out.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(path, "w:gz") as new:
        for member in old:
            data = old.extractfile(member).read()  # type: ignore[union-attr]
            if member.name.startswith("files/"):
                member.name = "files/../../escaped"
            new.addfile(member, io.BytesIO(data))
    return path


def not_an_archive(archive: Path) -> Path:
    path = archive.with_name("text.tar.gz")
    path.write_text("Dear Sir or Madam")
    return path


def an_empty_one(archive: Path) -> Path:
    path = archive.with_name("empty.tar.gz")
    path.write_bytes(gzip.compress(b""))
    return path


@pytest.mark.parametrize(
    ("make_wrong", "sentence"),
    [
        (cut_short, "it is damaged"),
        (altered, "altered.tar.gz is "),
        (other_rows, "database.jsonl is not what was saved"),
        (without_a_file, "is missing"),
        (without_its_end, "is cut short"),
        (newer, "was made by a newer Deskhand (99.0)"),
        (of_another_format, "writes backups in a way that this one cannot read"),
        (something_that_leads_out, "holds something that no backup holds"),
        (not_an_archive, "is no backup of Deskhand"),
        (an_empty_one, "is no backup of Deskhand"),
    ],
)
def test_what_is_wrong_with_an_archive_is_a_sentence(archive, make_wrong, sentence, capsys):
    code = main(["restore", "--check", str(make_wrong(archive))])

    assert code == exits.DATA
    assert sentence in capsys.readouterr().err


def rows_that_refer_to_nothing(archive: Path) -> Path:
    def odd(name: str, data: bytes) -> bytes:
        if name != "database.jsonl":
            return data
        lines = data.splitlines(keepends=True)
        at = next(place for place, line in enumerate(lines) if b'"accounts.user"' in line)
        columns = json.loads(lines[at])["columns"]
        row = json.loads(lines[at + 1])
        row[columns.index("contact_id")] = 987_654
        return b"".join([*lines[: at + 1], json.dumps(row).encode() + b"\n", *lines[at + 2 :]])

    return with_true_contents(tampered(archive, odd))


@pytest.mark.parametrize("make_wrong", [rows_that_refer_to_nothing, other_rows])
def test_an_archive_that_cannot_be_restored_leaves_everything_as_it_was(lived_in, archive, make_wrong):
    counts, there = lived_in.counts(), everything_in(lived_in.home)

    done = lived_in.run("restore", str(make_wrong(archive)), "--replace")

    assert done.returncode == exits.DATA, done.stderr
    assert "Traceback" not in done.stderr
    assert everything_in(lived_in.home) == there
    assert lived_in.counts() == counts


def test_an_archive_that_is_not_there_is_said(capsys):
    assert main(["restore", "/nowhere/at-all.tar.gz"]) == exits.NO_INPUT

    assert "There is no /nowhere/at-all.tar.gz" in capsys.readouterr().err


def test_another_key_than_that_of_the_backup_is_said(archive, capsys):
    manifest = read_manifest(archive)

    restore._tell_of_other_key("another key", manifest)

    assert "The secret key is not that of the backup" in capsys.readouterr().err
