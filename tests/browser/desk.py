"""A real Deskhand for browser tests: the commands a company runs, as processes of their own, on data of their own."""

from __future__ import annotations

import os
import smtplib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.shell import Shell
from tests.browser.sink import Sink

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Of every user that ``deskhand.base.accounts.testing`` makes.
PASSWORD = "correct horse battery"
_START_SECONDS = 40
_STOP_SECONDS = 15


class Desk:
    """Pages, worker and mail listener on free ports; ``sink`` catches every mail that goes out."""

    def __init__(self, home: Path, *, database_url: str = "", redis_url: str = "") -> None:
        self.home = home
        self.web_port, self.mail_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.web_port}"
        self.sink = Sink(free_port())
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        settings = {
            "DESKHAND_HOME": str(home),
            "DATABASE_URL": database_url or f"sqlite:///{home / 'deskhand.sqlite3'}",
            "REDIS_URL": redis_url,
            "SITE_URL": self.url,
            "SMTP_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "MAIL_LISTEN_HOST": "127.0.0.1",
            "MAIL_LISTEN_PORT": str(self.mail_port),
            "SIGN_INS_PER_MINUTE": "1000",  # the tests of an hour come from one address
            "MAIL_FROM": "Deskhand <helpdesk@desk.example>",
            "DESKHAND_PARENT": str(os.getpid()),
        }
        self._environment = os.environ | settings
        self._shell: Shell | None = None

    # ---- starting and stopping --------------------------------------------------------------------------------------

    def start(self) -> None:
        self.sink.start()
        web_processes = "2" if self._environment["REDIS_URL"] else "1"
        self._start("serve", "--port", str(self.web_port), "--processes", web_processes)
        self._start("mail-listen")
        self.start_worker()
        self._wait_until("serve", self._answers_pages)
        self._wait_until("mail-listen", self._answers_mail)

    def stop(self) -> None:
        if self._shell:
            self._shell.stop()
        for name in list(self._processes):
            self._stop(name)
        self.sink.stop()

    def start_worker(self) -> None:
        self._start("worker")

    def stop_worker(self) -> None:
        """Nothing is done in the background until :meth:`start_worker`."""
        self._stop("worker")

    def run(self, command: str) -> None:
        """Run one of Deskhand's commands to its end."""
        words = self._command(command)
        done = subprocess.run(words, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"deskhand {command} failed ({done.returncode}):\n{done.stdout}{done.stderr}")

    # ---- data -------------------------------------------------------------------------------------------------------

    def shell(self, source: str) -> str:
        """What a piece of Python prints that runs with Deskhand's settings and database."""
        if self._shell is None:
            self._shell = Shell(self._environment)
        return self._shell.run(source)

    def send_mail(self, message: EmailMessage, *, to: str, sender: str = "") -> None:
        """Deliver a mail as another mail server would.

        :raises smtplib.SMTPException: it was refused.
        """
        with smtplib.SMTP("127.0.0.1", self.mail_port, timeout=20) as client:
            client.send_message(message, from_addr=sender or message["From"], to_addrs=[to])

    # ---- people -----------------------------------------------------------------------------------------------------

    def sign_in(self, page: Page, email: str, password: str = PASSWORD) -> None:
        """Sign in as a person does; ends on the first page after it."""
        page.goto(f"{self.url}/account/login/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/account/login" not in url)

    # ---- processes --------------------------------------------------------------------------------------------------

    def _start(self, name: str, *words: str) -> None:
        with self._log(name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                self._command(name, *words), env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "deskhand.config.cli", *words]

    def _stop(self, name: str) -> None:
        process = self._processes.pop(name)
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"deskhand {name} did not end when told to:\n{self.log_of(name)}") from None

    def _wait_until(self, name: str, ready: object) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not ready():  # type: ignore[operator]
            if self._processes[name].poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"deskhand {name} did not start:\n{self.log_of(name)}")
            time.sleep(0.1)

    def _answers_pages(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _answers_mail(self) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.mail_port, timeout=2):
                return True
        except (smtplib.SMTPException, OSError):
            return False

    def _log(self, name: str) -> Path:
        return self.home / f"{name}.log"

    def log_of(self, name: str) -> str:
        return self._log(name).read_text(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
