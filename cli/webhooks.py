"""`mangaka webhook`: what was sent to webhooks, and sending it again. For whoever runs the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from uuid import UUID

    from storage.embedded import ServerHold

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]


def add_webhooks(app: typer.Typer) -> None:
    """Registers them."""
    group = typer.Typer(help="What is sent to webhooks: `log`, `redeliver`.", no_args_is_help=True)
    group.command()(log)
    group.command()(redeliver)
    app.add_typer(group, name="webhook")


def log(
    tenant: Annotated[str | None, typer.Option(metavar="NAME", help="Only this tenant's.")] = None,
    as_json: AsJson = False,
) -> int:
    """Show the newest deliveries: to whom, of what, and how they ended."""
    from cli.servers import started

    with started() as (hold, _):
        import asyncio
        import json

        from cli.say import data

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

    from cli.servers import started
    from manga.errors import NotFound, UserError

    if (delivery is None) is not given_up:
        raise UserError("Name one delivery, or --given-up.", remedy="`mangaka webhook log` shows those there are.")
    try:
        wanted = UUID(delivery) if delivery is not None else None
    except ValueError as error:
        raise NotFound(f"There is no delivery {delivery!r}.") from error
    with started() as (hold, _):
        import asyncio

        from cli.say import note

        count = asyncio.run(_again(hold, wanted))
        note(f"{count} on the way.")
    return 0


async def _log(hold: ServerHold, tenant: str | None) -> list[dict[str, object]]:
    from storage.database import connection
    from storage.webhooks import list_deliveries
    from works.composition import open_pool
    from works.delivery.webhooks import shown_delivery

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
