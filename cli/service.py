"""The commands that stay: `serve` answers at an address, `worker` works for services that others run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import asyncio

    from storage.embedded import ServerHold
    from storage.settings import StorageSettings


def add_service(app: typer.Typer) -> None:
    """Registers them."""
    for command in (serve, worker):
        app.command()(command)


def serve(
    host: Annotated[str | None, typer.Option(metavar="HOST", help="Where it answers (MANGA_HOST; 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(metavar="N", help="0: any free port (MANGA_PORT; 8700).")] = None,
    workers: Annotated[
        bool | None, typer.Option("--workers/--no-workers", help="Work in this process too (MANGA_WORKERS_INSIDE).")
    ] = None,
) -> int:
    """Answer programs and browsers until it is stopped."""
    from cli.servers import started

    with started() as (hold, storage):
        import asyncio

        from cli.say import note
        from server.serve import read_settings
        from server.serve import serve as run

        settings = read_settings({"host": host, "port": port, "workers_inside": workers})

        def ready(address: str) -> None:
            note(f"Mangaka answers at {address} (its API: {address}/docs). Ctrl-C stops it.")

        asyncio.run(run(settings, storage, hold, ready))
    return 0


def worker() -> int:
    """Work on what services have accepted, until it is stopped."""
    from cli.servers import started

    with started() as (hold, storage):
        import asyncio

        asyncio.run(_work(hold, storage))
    return 0


async def _work(hold: ServerHold, storage: StorageSettings) -> None:
    import asyncio

    from cli.interrupt import interruptible
    from cli.say import note
    from works.house import open_house
    from works.working import keep_working

    stop: asyncio.Event = asyncio.Event()
    with interruptible(stop, note):
        servers = await hold.wait_async()
        async with open_house(storage, servers, stop=stop) as house:
            note("Works. Ctrl-C stops it.")
            await keep_working(house, stop)
