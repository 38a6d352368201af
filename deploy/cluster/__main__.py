"""`python -m deploy.cluster [--home FOLDER] [--port N]`: starts a cluster and keeps it until Ctrl-C.

The address N goes to two replicas of the API in turn, at N+1 and N+2; PostgreSQL is at N+3 and Valkey at N+4. What
ends is started again, as a platform would do it.
"""

import argparse
import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from deploy.cluster.load_balancer import front
from deploy.cluster.processes import ROOT, Member
from deploy.cluster.servers import HOST, TcpPostgres, TcpValkey, kept_passwords
from manga.errors import EmbeddedFailed, MangaError
from storage.embedded_home import ServerHome, cause_in
from storage.embedded_process import ServerProcess
from storage.settings import StorageSettings

PORT: Final = 8700
STEP_S: Final = 0.1
START_S: Final = 90.0
STOP_S: Final = 20.0
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Server = TcpPostgres | TcpValkey


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def ports_from(first: int) -> list[int]:
    """Five in a row, or any where `first` is 0. Raises `OSError` when one of them is taken."""
    with ExitStack() as stack:
        wanted = range(first, first + 5) if first else (0,) * 5
        free = [stack.enter_context(socket.create_server((HOST, port))) for port in wanted]
        return [int(listener.getsockname()[1]) for listener in free]


def members_of(home: Path, postgres: TcpPostgres, valkey: TcpValkey, ports: Sequence[int], link: str) -> list[Member]:
    """Two replicas and two workers, with the servers' addresses in their environment, where other users cannot look."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "MANGA_HOME": str(home),
        "MANGA_BLOBS": str(home / "blobs"),
        "MANGA_DATABASE_URL": postgres.url,
        "MANGA_REDIS_URL": valkey.url,
        "MANGA_LINK_SECRET": link,
        "MANGA_HOST": HOST,
    }
    logs = home / "logs"
    logs.mkdir(exist_ok=True)
    replicas = [(("serve", "--no-workers", "--port", str(port)), "answers at") for port in ports]
    workers = [(("worker",), "Works.")] * 2
    names = ("replica-1", "replica-2", "worker-1", "worker-2")
    return [
        Member(name, arguments, environment, logs / f"{name}.log", word)
        for name, (arguments, word) in zip(names, [*replicas, *workers], strict=True)
    ]


@contextmanager
def begun(server: Server) -> Iterator[ServerProcess]:
    """The server, on its way; stopped in order afterwards."""
    process = server.start()
    try:
        yield process
    finally:
        process.stop(STOP_S)


async def answering(server: Server, process: ServerProcess) -> None:
    """Raises `EmbeddedFailed` when it ends instead."""
    async with asyncio.timeout(START_S):
        while not server.answers():
            if not process.alive:
                raise EmbeddedFailed(f"{server.name} does not start: {cause_in(process.log, process.log_offset)}")
            await asyncio.sleep(STEP_S)


@contextmanager
def together(members: Sequence[Member]) -> Iterator[None]:
    """All of them, told to stop at the same time afterwards."""
    try:
        for member in members:
            member.start()
        yield
    finally:
        for member in members:
            member.tell_to_stop()
        for member in members:
            member.end()


async def ready(members: Sequence[Member]) -> None:
    async with asyncio.timeout(START_S):
        for member in members:
            while not member.ready():  # noqa: ASYNC110  another process says it in a file
                await asyncio.sleep(STEP_S)


async def kept(members: Sequence[Member], servers: Sequence[ServerProcess]) -> None:
    """For ever; members that end are started again. Raises `EmbeddedFailed` when a server has ended."""
    while True:
        for server in servers:
            if not server.alive:
                raise EmbeddedFailed(f"{server.name} stopped: {cause_in(server.log, server.log_offset)}")
        for member in members:
            if not member.alive:
                say(f"{member.name} has ended and is started again.")
                member.start()
                say(f"{member.name} is process {member.pid} now.")
        await asyncio.sleep(STEP_S)


async def run(home: Path, first_port: int) -> None:
    """Until it is cancelled. Raises `EmbeddedFailed`, `TimeoutError`, `OSError`."""
    servers_home = ServerHome(home)
    servers_home.make()
    with servers_home.lock("cluster") as alone, ExitStack() as stack:
        if not alone.try_exclusive():
            raise EmbeddedFailed(f"A cluster runs in {home} already.", remedy="Stop it, or choose another --home.")
        passwords = kept_passwords(servers_home.root / "passwords.json")
        port, one, two, postgres_port, valkey_port = ports_from(first_port)
        postgres = TcpPostgres(servers_home, postgres_port, passwords.postgres)
        valkey = TcpValkey(servers_home, valkey_port, passwords.redis)
        processes = [stack.enter_context(begun(postgres)), stack.enter_context(begun(valkey))]
        await answering(postgres, processes[0])
        await answering(valkey, processes[1])
        members = members_of(home, postgres, valkey, (one, two), passwords.link)
        stack.enter_context(together(members))
        await ready(members)
        async with front(HOST, port, (one, two)):
            tell(port, (one, two), members, (postgres, valkey), home)
            await kept(members, processes)


async def run_until_told(home: Path, first_port: int) -> None:
    """Until SIGINT, SIGTERM or SIGHUP. Raises as `run` does."""
    running = asyncio.create_task(run(home, first_port))
    for number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    await asyncio.wait([running])
    if not running.cancelled():
        running.result()


def tell(port: int, replicas: Sequence[int], members: Sequence[Member], servers: Sequence[Server], home: Path) -> None:
    """Where everything is, and how to stop it."""
    say(f"Mangaka answers at http://{HOST}:{port}, from two replicas in turn (its API: /docs).")
    for member, where in zip(members, (*replicas, None, None), strict=True):
        at = f"http://{HOST}:{where}" if where else "works on what the replicas accept"
        say(f"  {member.name}  process {member.pid}  {at}")
    for server in servers:
        say(f"  {server.name}  {HOST}:{server.port}  user mangaka, password in {home}/servers/passwords.json")
    say(f"  objects in {home}/blobs, logs in {home}/logs")
    say("Ctrl-C stops it; works go on at the next start.")


def main() -> int:
    """0, or 1 with a line that says why."""
    parser = argparse.ArgumentParser(prog="make cluster", description="Two replicas, two workers, two servers.")
    parser.add_argument("--home", type=Path, help="where all of it is kept (default: `cluster` under MANGA_HOME)")
    parser.add_argument("--port", type=int, default=PORT, help="the first of five ports; 0: any free ones (8700)")
    told = parser.parse_args()
    home = (told.home or StorageSettings().home_dir / "cluster").expanduser().absolute()
    try:
        asyncio.run(run_until_told(home, told.port))
    except MangaError as error:
        sys.stderr.write(f"{error.message} {error.remedy or ''}\n")
    except TimeoutError:
        sys.stderr.write(f"The cluster does not start within {START_S:.0f} s. See {home}/logs and {home}/servers.\n")
    except OSError as error:
        sys.stderr.write(f'The cluster cannot start: {error}. Choose other ports with ARGS="--port N".\n')
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
