"""`mangaka buckets`: the buckets of Google Cloud Storage that MANGA_BLOBS names, with their rules."""

from __future__ import annotations

from typing import Annotated

import typer


def add_buckets(app: typer.Typer) -> None:
    """Registers it."""
    app.command()(buckets)


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

    from cli.say import data, note
    from manga.errors import UserError
    from storage.buckets import prefix_of, resources
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
