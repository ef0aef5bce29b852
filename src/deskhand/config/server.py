"""``deskhand serve``: uvicorn with the pages and the websockets on one port, in one process or several."""

from __future__ import annotations

import argparse
import errno
import gc
import logging
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from deskhand.config import env, exits
from deskhand.config.exits import Stop
from deskhand.config.herd import STOP_SIGNALS, watch
from deskhand.config.processes import (
    end_with_parent,
    give_memory_back,
    require_migrated_database,
    trim_memory,
)

if TYPE_CHECKING:
    import uvicorn

logger = logging.getLogger(__name__)
EPILOG = "Several processes need REDIS_URL: they tell each other through it what changed. Ctrl+C or SIGTERM ends it."
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
    parser.add_argument("--access-log", action="store_true", help="log every request, as LOG_REQUESTS=1 does")
    # For the watcher of several web processes (herd.py), not for people.
    parser.add_argument("--listener", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--in-place-of", default="", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    if options.listener is not None:
        return _take_place(options)
    _check_processes(options.processes)
    listeners = bind_all(options.host, options.port, processes=options.processes)
    config = load(access_log=options.access_log)
    require_migrated_database()
    host, port = listeners[0].getsockname()[:2]
    logger.info("Deskhand serves on http://%s:%s (web processes: %s).", host, port, options.processes)
    if options.processes == 1:
        return _serve(config, listeners[0])
    members = _fork(config, listeners)
    watch(members, ["serve", *(["--access-log"] if options.access_log else [])])
    return exits.SOFTWARE


def _take_place(options: argparse.Namespace) -> int:
    """Be the one web process at a socket that was opened before, in the place of one that died."""
    config = load(access_log=options.access_log)
    dead, _, code = options.in_place_of.partition(":")
    logger.error("Web process %s ended (%s); another one takes its place.", dead, code)
    return _serve(config, socket.socket(fileno=options.listener))


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


def load(*, access_log: bool) -> uvicorn.Config:
    """Import the pages before the first request, and before processes are forked, which then share what is loaded."""
    import django
    import uvicorn
    from django.conf import settings

    give_memory_back()
    django.setup()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    from django.urls import get_resolver

    from deskhand.config import metrics
    from deskhand.config.asgi import application

    metrics.start("web")
    if access_log:
        logging.getLogger("deskhand.requests").setLevel(logging.INFO)
    behind_proxy = env.switch("BEHIND_PROXY", default=False)
    config = uvicorn.Config(
        application,
        http="httptools",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,  # it would write addresses, and tokens that stand in them; see kit/requests.py
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
    trim_memory()
    return config


def _serve(config: uvicorn.Config, listener: socket.socket) -> int:
    import uvicorn

    # uvicorn raises a signal again once it has stopped because of it; that it stopped is all we want.
    for number in STOP_SIGNALS:
        signal.signal(number, _do_nothing)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except SystemExit:
        return exits.CONFIG  # the reason is in the log: it refused to start
    return exits.OK


def _do_nothing(*_: object) -> None:
    pass


def _fork(config: uvicorn.Config, listeners: list[socket.socket]) -> dict[int, int]:
    """Web processes, one for each listener, that share what is loaded: process → number of its listener.

    From here on signals to stop wait, until somebody watches over them.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    members, parent = {}, os.getpid()
    for listener in listeners:
        member = os.fork()
        if member == 0:
            _be_a_member(config, listener, listeners, parent=parent)
        members[member] = listener.fileno()
    return members


def _be_a_member(
    config: uvicorn.Config, listener: socket.socket, listeners: list[socket.socket], *, parent: int
) -> NoReturn:
    code = exits.SOFTWARE
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        end_with_parent(parent)
        for other in listeners:  # of a process that dies its watcher alone shall hold the socket
            if other is not listener:
                other.close()
        code = _serve(config, listener)
    finally:
        logging.shutdown()
        os._exit(code)
