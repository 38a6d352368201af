"""The commands for whoever runs the service: `serve`, `worker`, `mcp`, `token`, `buckets`, `retention`, `backup`,
`webhook`. Light: heavy things are imported by the command that needs them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.version_commands import AsJson

if TYPE_CHECKING:
    import asyncio
    from uuid import UUID

    from storage.choose_servers import ServerHold
    from storage.settings import StorageSettings


def add_service_commands(app: typer.Typer) -> None:
    """Registers them."""
    for command in (serve, worker, mcp, token, buckets, retention, backup, restore_backup):
        app.command()(command)
    group = typer.Typer(help="What is sent to webhooks: `log`, `redeliver`.", no_args_is_help=True)
    group.command()(log)
    group.command()(redeliver)
    app.add_typer(group, name="webhook")


def serve(
    host: Annotated[str | None, typer.Option(metavar="HOST", help="Where it answers (MANGA_HOST; 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(metavar="N", help="0: any free port (MANGA_PORT; 8700).")] = None,
    workers: Annotated[
        bool | None, typer.Option("--workers/--no-workers", help="Work in this process too (MANGA_WORKERS_INSIDE).")
    ] = None,
) -> int:
    """Answer programs and browsers until it is stopped."""
    from cli.start_servers_early import started

    with started() as (hold, storage):
        import asyncio

        from cli.output import note
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
    from cli.start_servers_early import started

    with started() as (hold, storage):
        import asyncio

        from server.logs import log_as_service

        log_as_service()
        asyncio.run(_work(hold, storage))
    return 0


def mcp(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Where exported files go (MANGA_HOME/exports).")
    ] = None,
) -> int:
    """Let an agent make books: the Model Context Protocol on stdin and stdout."""
    from cli.start_servers_early import started

    with started() as (hold, storage):
        import asyncio

        from cli.mcp import serve_stdio

        asyncio.run(serve_stdio(hold, storage, out or storage.home_dir / "exports"))
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

    from cli.output import data
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
    from cli.output import note
    from server.serve import read_settings
    from server.worker import run_worker

    stop: asyncio.Event = asyncio.Event()
    with interruptible(stop, note):
        settings, servers = read_settings({}), await hold.wait_async()
        await run_worker(settings, storage, servers, stop, lambda: note("Works. Ctrl-C stops it."))


def buckets(
    project: Annotated[str, typer.Option(metavar="ID", help="The Google Cloud project of new buckets.")] = "",
    location: Annotated[str, typer.Option(metavar="PLACE", help="Of new buckets: a region, or EU, US, ASIA.")] = "US",
    origin: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="A site whose pages may read by links; may be repeated.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Change nothing; show the rules, as the JSON API takes them.")
    ] = False,
) -> int:
    """Make the four buckets of MANGA_BLOBS, or bring their rules up to date."""
    import asyncio
    import json

    from cli.output import data, note
    from manga.errors import UserError
    from storage.bucket_layout import prefix_of, resources
    from storage.settings import StorageSettings

    settings = StorageSettings()
    prefix = prefix_of(settings.blobs or "not set")
    if as_json:
        data(json.dumps(resources(prefix, origin or ()), indent=2))
        return 0
    if not project:
        raise UserError("A new bucket needs a project.", remedy="Name it: `mangaka buckets --project ID`.")
    from storage.gcs import make_buckets

    for name, new in asyncio.run(make_buckets(settings, project, location, origin or ())).items():
        note(f"{name}: {'made' if new else 'up to date'}")
    return 0


def retention(
    days: Annotated[int, typer.Option(min=0, max=3650, metavar="N", help="Works closed for so long.")] = 30,
    superseded: Annotated[
        bool, typer.Option("--superseded", help="Versions too that a later one of their line has replaced.")
    ] = False,
    unused_pictures: Annotated[
        bool, typer.Option("--unused-pictures", help="Drawn pictures too that hang in no version.")
    ] = False,
    run: Annotated[bool, typer.Option("--run", help="Do it; without, only say what would go.")] = False,
    as_json: AsJson = False,
) -> int:
    """Thin works that are closed: states between versions, events, commands, objects that nothing names."""
    from datetime import timedelta

    from cli.start_servers_early import started

    with started() as (hold, storage):
        from cli.retention import thin
        from works.retention import Policy

        return thin(hold, storage, Policy(timedelta(days=days), superseded, unused_pictures, run), as_json=as_json)


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where it goes, again and again.")],
) -> int:
    """Copy the database, and the objects where they lie in a folder; while everything runs."""
    from cli.start_servers_early import started

    with started() as (hold, storage):
        from cli.backup import back_up

        return back_up(hold, storage, folder)


def restore_backup(folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `backup` wrote.")]) -> int:
    """Bring a backup back into an empty database, before anything is started."""
    from cli.start_servers_early import started

    with started() as (hold, storage):
        from cli.backup import restore_backup as restore

        return restore(hold, storage, folder)


def log(
    tenant: Annotated[str | None, typer.Option(metavar="NAME", help="Only this tenant's.")] = None,
    as_json: AsJson = False,
) -> int:
    """Show the newest deliveries: to whom, of what, and how they ended."""
    from cli.start_servers_early import started

    with started() as (hold, _):
        import asyncio
        import json

        from cli.output import data

        found = asyncio.run(_log(hold, tenant))
        if as_json:
            data(json.dumps({"deliveries": found}, ensure_ascii=False))
            return 0
        for one in found:
            ended = one["problem"] or one["status"] or ""
            data(f"{one['id']}  {one['state']:<9} {one['tries']} tries  {one['event']:<16} {ended}")
    return 0


def redeliver(
    delivery: Annotated[str | None, typer.Argument(metavar="[DELIVERY]", help="Its id, as `log` shows it.")] = None,
    given_up: Annotated[bool, typer.Option("--given-up", help="All that were given up.")] = False,
) -> int:
    """Send something again: the service does it within a second, or when it next runs."""
    from uuid import UUID

    from cli.start_servers_early import started
    from manga.errors import NotFound, UserError

    if (delivery is None) is not given_up:
        raise UserError("Name one delivery, or --given-up.", remedy="`mangaka webhook log` shows those there are.")
    try:
        wanted = UUID(delivery) if delivery is not None else None
    except ValueError as error:
        raise NotFound(f"There is no delivery {delivery!r}.") from error
    with started() as (hold, _):
        import asyncio

        from cli.output import note

        count = asyncio.run(_again(hold, wanted))
        note(f"{count} on the way.")
    return 0


async def _log(hold: ServerHold, tenant: str | None) -> list[dict[str, object]]:
    from storage.database import connection
    from storage.webhooks import list_deliveries
    from works.composition import open_pool
    from works.delivery.webhook_delivery import shown_delivery

    servers = await hold.wait_async()
    async with open_pool(servers.database_url) as pool, connection(pool) as conn:
        return [shown_delivery(one) for one in await list_deliveries(conn, tenant=tenant)]


async def _again(hold: ServerHold, delivery: UUID | None) -> int:
    from storage import webhooks
    from storage.database import connection
    from works.composition import open_pool

    servers = await hold.wait_async()
    async with open_pool(servers.database_url) as pool, connection(pool) as conn:
        if delivery is None:
            return await webhooks.redeliver_given_up(conn)
        await webhooks.redeliver(conn, delivery)
        return 1
