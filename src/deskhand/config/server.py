"""``deskhand serve``: uvicorn with the pages and the websockets on one port, in one process or several."""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import logging
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from deskhand.config import env, exits
from deskhand.config.exits import Stop
from deskhand.config.processes import end_with_parent, require_migrated_database

if TYPE_CHECKING:
    import uvicorn

logger = logging.getLogger(__name__)
EPILOG = "Several processes need REDIS_URL: they tell each other through it what changed. Ctrl+C or SIGTERM ends it."
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_BACKLOG = 1024
_HIGHEST_PORT = 65_535
#: How long a page that is being made may take to finish after we are told to stop.
_GRACE_SECONDS = 5
#: A page says what it watches in one small message; nothing bigger is taken from a websocket.
_LARGEST_WEBSOCKET_MESSAGE = 65_536


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=env.text("WEB_HOST", "127.0.0.1"), help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=env.number("PORT", 8000), help="port to listen on (%(default)s)")
    parser.add_argument(
        "--processes", type=int, default=env.number("WEB_PROCESSES", 1), help="how many web processes (%(default)s)"
    )
    parser.add_argument("--access-log", action="store_true", help="log every request")


def run(options: argparse.Namespace) -> int:
    _check_processes(options.processes)
    listeners = bind_all(options.host, options.port, processes=options.processes)
    config = _load_everything(access_log=options.access_log)
    require_migrated_database()
    host, port = listeners[0].getsockname()[:2]
    logger.info("Deskhand serves on http://%s:%s (web processes: %s).", host, port, options.processes)
    if options.processes == 1:
        return _serve(config, listeners[0])
    return _Herd(config, listeners).run()


def _check_processes(processes: int) -> None:
    if processes < 1:
        raise Stop("At least one web process is needed. Use --processes 1.", exits.USAGE)
    if processes > 1 and not env.text("REDIS_URL"):
        raise Stop(
            "Several web processes need Redis, so that a change seen by one reaches the pages of all. "
            "Set REDIS_URL, or use --processes 1.",
            exits.CONFIG,
        )


def bind_all(host: str, port: int, *, processes: int) -> list[socket.socket]:
    """A listening socket for each process.

    On Linux each has its own, and the kernel spreads new connections over them. Of a socket that all share, the process
    that wakes first takes every connection that waits, and browsers keep theirs: the others would stay idle.

    :raises Stop: there is no such port or address, it is taken, or it is not for this user.
    """
    first = bind(host, port)
    if processes == 1 or sys.platform != "linux":
        return [first] * processes
    port = first.getsockname()[1]
    first.close()  # it proved that nobody else listens there
    return [bind(host, port, shared=True) for _ in range(processes)]


def bind(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A listening socket. ``shared``: other sockets of this user may listen at the same port.

    :raises Stop: there is no such port or address, it is taken, or it is not for this user.
    """
    if not 0 <= port <= _HIGHEST_PORT:
        raise Stop(f"{port} is no port. Use a number up to {_HIGHEST_PORT}.", exits.USAGE)
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT if shared else socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except socket.gaierror as error:
        raise Stop(f"There is no address {host}. Use one of this machine with --host.", exits.USAGE) from error
    except OSError as error:
        raise _unavailable(host, port, error) from error
    return listener


def _unavailable(host: str, port: int, error: OSError) -> Stop:
    if error.errno == errno.EADDRINUSE:
        return Stop(f"Port {port} is taken by another program. Stop it, or use --port.", exits.UNAVAILABLE)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Stop(f"This user may not open port {port}. Use one above 1023 with --port.", exits.NOT_ALLOWED)
    return Stop(f"{host}:{port} cannot be listened on: {error.strerror}.", exits.UNAVAILABLE)


def _load_everything(*, access_log: bool) -> uvicorn.Config:
    """Import the pages before the first request, and before processes are forked, which then share what is loaded."""
    import uvicorn
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    from django.urls import get_resolver

    from deskhand.config.asgi import application

    behind_proxy = env.switch("BEHIND_PROXY", default=False)
    config = uvicorn.Config(
        application,
        http="httptools",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=access_log,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips=env.words("TRUSTED_PROXIES", "127.0.0.1,::1") if behind_proxy else None,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ws_max_size=_LARGEST_WEBSOCKET_MESSAGE,
    )
    config.load()
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    return config


def _serve(config: uvicorn.Config, listener: socket.socket) -> int:
    import uvicorn

    # uvicorn raises a signal again once it has stopped because of it; that it stopped is all we want.
    for number in _STOP_SIGNALS:
        signal.signal(number, _do_nothing)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except SystemExit:
        return exits.CONFIG  # the reason is in the log: it refused to start
    return exits.OK


def _do_nothing(*_: object) -> None:
    pass


class _Herd:
    """Web processes, one for each listener, that share what was loaded before they were forked.

    A dead one is replaced by another at its listener, which holds the connections that came meanwhile.
    """

    #: So many deaths within a minute: something is wrong that another start does not mend.
    MOST_DEATHS = 5

    def __init__(self, config: uvicorn.Config, listeners: list[socket.socket]) -> None:
        self._config = config
        self._listeners = listeners
        self._members: dict[int, socket.socket] = {}
        self._deaths: list[float] = []
        self._stopping = False

    def run(self) -> int:
        for number in _STOP_SIGNALS:
            signal.signal(number, self._stop)
        for listener in self._listeners:
            self._start_one(listener)
        code = exits.OK
        while self._members:
            code = self._wait_for_a_death() or code
        return code

    def _start_one(self, listener: socket.socket) -> None:
        parent = os.getpid()
        # A signal waits until the new process is on our list, or in it until it has forgotten how we answer signals.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
        child = 0 if self._stopping else os.fork()
        if child == 0 and not self._stopping:
            self._be_a_member(parent, listener)
        if child:
            self._members[child] = listener
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP_SIGNALS)

    def _be_a_member(self, parent: int, listener: socket.socket) -> NoReturn:
        code = exits.SOFTWARE
        try:
            for number in _STOP_SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP_SIGNALS)
            end_with_parent(parent)
            code = _serve(self._config, listener)
        finally:
            logging.shutdown()
            os._exit(code)

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for member in self._members:
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, signal.SIGTERM)

    def _wait_for_a_death(self) -> int:
        member, status = os.waitpid(-1, 0)
        listener = self._members.pop(member)
        code = os.waitstatus_to_exitcode(status)
        if self._stopping:
            return exits.OK
        now = time.monotonic()
        self._deaths = [moment for moment in self._deaths if moment > now - 60] + [now]
        if code in exits.LASTING or len(self._deaths) > self.MOST_DEATHS:
            self._stop()
            return code if code in exits.LASTING else exits.SOFTWARE
        logger.error("Web process %s ended (%s); another one takes its place.", member, code)
        self._start_one(listener)
        return exits.OK
