"""The service: `serve` answers at an address, `worker` works for services that others run, `token` lets somebody in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import asyncio

    from storage.embedded import ServerHold
    from storage.settings import StorageSettings


def add_service(app: typer.Typer) -> None:
    """Registers them."""
    for command in (serve, worker, token):
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
        from server.logs import log_as_service
        from server.serve import read_settings
        from server.serve import serve as run

        log_as_service()
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

        from server.logs import log_as_service

        log_as_service()
        asyncio.run(_work(hold, storage))
    return 0


def token(
    tenant: Annotated[
        str, typer.Option(metavar="NAME", help="Whose works (`local`: those of this command).")
    ] = "local",
    role: Annotated[str, typer.Option(help="viewer, editor or admin.")] = "editor",
    subject: Annotated[str, typer.Option(metavar="NAME", help="Who it is for.")] = "me",
    hours: Annotated[float, typer.Option(min=0.01, max=8760, help="How long it is good.")] = 12,
) -> int:
    """Make a token for trying, signed with MANGA_JWT_SECRET."""
    import asyncio

    from cli.say import data
    from manga.errors import SetupIncomplete, UserError
    from server.security.identity import Principal, Role, Unauthorized
    from server.security.tokens import new_token
    from server.serve import read_settings, tokens_by

    settings = read_settings({})
    if settings.jwt_secret is None:
        raise SetupIncomplete(
            "There is no secret that tokens could be signed with.",
            remedy="Set MANGA_JWT_SECRET (`openssl rand -hex 32` makes one) for the service and for this command.",
        )
    if role.upper() not in Role.__members__:
        raise UserError(f"{role!r} is no role: viewer, editor or admin.")
    tokens, who = tokens_by(settings), Principal(tenant, subject, Role[role.upper()])
    made = new_token(settings.jwt_secret.get_secret_value().encode(), tokens.rules, who, seconds=int(hours * 3600))
    try:
        asyncio.run(tokens.principal(made))
    except Unauthorized as refused:
        raise UserError(f"Such a token would not be taken: {refused.message}") from None
    data(made)
    return 0


async def _work(hold: ServerHold, storage: StorageSettings) -> None:
    import asyncio

    from cli.interrupt import interruptible
    from cli.say import note
    from server.serve import read_settings
    from server.worker import run_worker

    stop: asyncio.Event = asyncio.Event()
    with interruptible(stop, note):
        settings, servers = read_settings({}), await hold.wait_async()
        await run_worker(settings, storage, servers, stop, lambda: note("Works. Ctrl-C stops it."))
