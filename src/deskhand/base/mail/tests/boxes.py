"""Mailbox servers of the simplest kind, on ports of this machine: as much IMAP and POP3 as is needed to be read."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any

_DATE = "12-Mar-2026 10:11:00 +0100"


@dataclass
class Message:
    raw: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Account:
    """What lies in a mailbox: folder → number → message. ``refuses``: commands that are answered with NO."""

    user: str = "care@nordlys.example"
    password: str = "correct horse"
    folders: dict[str, dict[int, Message]] = field(default_factory=lambda: {"INBOX": {}})
    refuses: set[str] = field(default_factory=set)
    extensions: str = "MOVE UIDPLUS"
    hangs_up_at: str = ""
    is_silent: bool = False
    commands: list[str] = field(default_factory=list)
    sign_ins: int = 0

    def put(self, raw: bytes, *, folder: str = "INBOX") -> int:
        number = max([0, *self.folders[folder]]) + 1
        self.folders[folder][number] = Message(raw)
        return number

    @property
    def inbox(self) -> dict[int, Message]:
        return self.folders["INBOX"]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, handler: type[_Talk], account: Account, context: ssl.SSLContext | None, *, tls: bool) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.account, self.context, self.tls = account, context, tls


class _Talk(socketserver.StreamRequestHandler):
    server: _Server
    timeout = 20

    def setup(self) -> None:
        if self.server.tls and self.server.context:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        account = self.server.account
        if account.is_silent:
            self.rfile.read()  # until the other side has had enough
            return
        self.greet()
        while line := self.rfile.readline():
            account.commands.append(line.decode().strip())
            if account.hangs_up_at and account.hangs_up_at in account.commands[-1].upper():
                account.hangs_up_at = ""
                return
            if not self.answer(line.decode().strip()):
                return

    def greet(self) -> None:
        raise NotImplementedError

    def answer(self, line: str) -> bool:
        raise NotImplementedError

    def say(self, *lines: str | bytes) -> None:
        for line in lines:
            self.wfile.write((line.encode() if isinstance(line, str) else line) + b"\r\n")

    def encrypt(self) -> None:
        assert self.server.context
        self.request = self.connection = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)


class _Imap(_Talk):
    def greet(self) -> None:
        self.folder, self.is_known = "", False
        self.say("* OK here")

    def answer(self, line: str) -> bool:
        tag, _, rest = line.partition(" ")
        command, _, arguments = rest.partition(" ")
        if command.upper() == "UID":
            command, _, arguments = arguments.partition(" ")
        name = command.upper()
        if name in self.server.account.refuses:
            self.say(f"{tag} NO [CANNOT] {name} is not for you")
            return True
        do = getattr(self, f"do_{name}", None)
        if do is None:
            self.say(f"{tag} BAD what is {name}?")
        elif (refusal := do(arguments)) is not None:
            self.say(f"{tag} {refusal}")
        else:
            self.say(f"{tag} OK done")
            if name == "STARTTLS":
                self.encrypt()
        return name != "LOGOUT"

    def do_CAPABILITY(self, _arguments: str) -> None:  # noqa: N802
        starttls = "STARTTLS " if self.server.context else ""
        more = self.server.account.extensions if self.is_known else ""  # strangers are told less
        self.say(f"* CAPABILITY IMAP4rev1 {starttls}AUTH=PLAIN {more}")

    def do_STARTTLS(self, _arguments: str) -> str | None:  # noqa: N802
        return None if self.server.context else "BAD no"

    def do_LOGIN(self, arguments: str) -> str | None:  # noqa: N802
        user, password = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', arguments)
        return self._sign_in("".join(user), "".join(password).replace('\\"', '"').replace("\\\\", "\\"))

    def _sign_in(self, user: str, password: str) -> str | None:
        account = self.server.account
        account.sign_ins += 1
        self.is_known = (user, password) == (account.user, account.password)
        return None if self.is_known else f"NO [AUTHENTICATIONFAILED] Wrong: {password}"

    def do_LIST(self, arguments: str) -> None:  # noqa: N802
        wanted = arguments.split(" ", 1)[1].strip('"')
        for folder in self.server.account.folders:
            if wanted in {folder, "*"}:
                self.say(f'* LIST () "/" "{folder}"')

    def do_CREATE(self, arguments: str) -> None:  # noqa: N802
        self.server.account.folders[arguments.strip('"')] = {}

    def do_SELECT(self, arguments: str) -> str | None:  # noqa: N802
        self.folder = arguments.strip('"')
        if self.folder not in self.server.account.folders:
            return "NO [NONEXISTENT] no such folder"
        self.say(f"* {len(self._messages)} EXISTS", "* OK [UIDVALIDITY 7] here")
        return None

    @property
    def _messages(self) -> dict[int, Message]:
        return self.server.account.folders[self.folder]

    def do_SEARCH(self, arguments: str) -> None:  # noqa: N802
        found = [uid for uid, one in self._messages.items() if arguments == "ALL" or r"\Seen" not in one.flags]
        self.say("* SEARCH " + " ".join(map(str, found)))

    def do_FETCH(self, arguments: str) -> None:  # noqa: N802
        number, _, parts = arguments.partition(" ")
        message = self._messages.get(int(number))
        if message is None:
            return
        if "HEADER.FIELDS" in parts:
            headers = message.raw.partition(b"\r\n\r\n")[0]
            lines = [line for line in headers.split(b"\r\n") if line.lower().startswith((b"from:", b"subject:"))]
            self._literal(number, "BODY[HEADER.FIELDS (FROM SUBJECT)]", b"\r\n".join([*lines, b"", b""]))
        elif "BODY.PEEK[]" in parts:
            self._literal(number, "BODY[]", message.raw)
        else:
            self.say(f'* 1 FETCH (UID {number} RFC822.SIZE {len(message.raw)} INTERNALDATE "{_DATE}")')

    def _literal(self, number: str, part: str, content: bytes) -> None:
        self.wfile.write(f"* 1 FETCH (UID {number} {part} {{{len(content)}}}\r\n".encode() + content + b")\r\n")

    def do_STORE(self, arguments: str) -> None:  # noqa: N802
        number, flags = arguments.split(" ", 1)
        self._messages[int(number)].flags |= set(re.findall(r"\\\w+", flags))

    def do_COPY(self, arguments: str) -> str | None:  # noqa: N802
        number, folder = arguments.split(" ", 1)
        target = folder.strip('"')
        if target not in self.server.account.folders:
            return "NO [TRYCREATE] no such folder"
        self.server.account.put(self._messages[int(number)].raw, folder=target)
        return None

    def do_MOVE(self, arguments: str) -> str | None:  # noqa: N802
        refusal = self.do_COPY(arguments)
        if refusal is None:
            del self._messages[int(arguments.split(" ", maxsplit=1)[0])]
        return refusal

    def do_EXPUNGE(self, arguments: str) -> None:  # noqa: N802
        for uid in [int(arguments)] if arguments else list(self._messages):
            if r"\Deleted" in self._messages[uid].flags:
                del self._messages[uid]

    def do_LOGOUT(self, _arguments: str) -> None:  # noqa: N802
        self.say("* BYE")


class _Pop(_Talk):
    def greet(self) -> None:
        self.user, self.deleted = "", set[int]()
        self.say("+OK here")

    def answer(self, line: str) -> bool:
        name, _, arguments = line.partition(" ")
        account = self.server.account
        if name in account.refuses:
            self.say(f"-ERR {name} is not for you")
        elif name == "CAPA":
            self.say("+OK", *(["STLS"] if self.server.context else []), "UIDL", ".")
        elif name == "STLS" and self.server.context:
            self.say("+OK begin")
            self.encrypt()
        elif name == "USER":
            self.user = arguments
            self.say("+OK")
        elif name == "PASS":
            account.sign_ins += 1
            is_known = (self.user, arguments) == (account.user, account.password)
            self.say("+OK" if is_known else "-ERR [AUTH] wrong")
        elif name == "QUIT":
            for number in self.deleted:
                del account.inbox[number]
            self.say("+OK bye")
            return False
        else:
            self._read(name, arguments)
        return True

    def _read(self, name: str, arguments: str) -> None:
        inbox = self.server.account.inbox
        if name == "UIDL":
            self.say("+OK", *(f"{number} id-{number}" for number in inbox), ".")
        elif name == "LIST":
            self.say("+OK", *(f"{number} {len(one.raw)}" for number, one in inbox.items()), ".")
        elif name == "TOP":
            self.say("+OK", inbox[int(arguments.split(maxsplit=1)[0])].raw.partition(b"\r\n\r\n")[0], "", ".")
        elif name == "RETR":
            self.say("+OK", *inbox[int(arguments)].raw.removesuffix(b"\r\n").split(b"\r\n"), ".")
        elif name == "DELE":
            self.deleted.add(int(arguments))
            self.say("+OK")
        else:
            self.say(f"-ERR what is {name}?")


class Boxes:
    """Starts mailbox servers, and ends them."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._running: list[tuple[_Server, threading.Thread]] = []

    def imap(self, account: Account, *, tls: bool = False, can_encrypt: bool = True) -> int:
        """A server with one account; its port."""
        return self._start(_Imap, account, tls=tls, can_encrypt=can_encrypt)

    def pop3(self, account: Account, *, tls: bool = False, can_encrypt: bool = True) -> int:
        return self._start(_Pop, account, tls=tls, can_encrypt=can_encrypt)

    def _start(self, handler: Any, account: Account, *, tls: bool, can_encrypt: bool) -> int:
        server = _Server(handler, account, self._context if can_encrypt else None, tls=tls)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that does not trust us hangs up
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        self._running.append((server, thread))
        return int(server.server_address[1])

    def stop(self) -> None:
        while self._running:
            server, thread = self._running.pop()
            server.shutdown()
            server.server_close()
            thread.join(10)
