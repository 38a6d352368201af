"""`doctor`: checks this machine. Out: a line a check, with what helps; exit 1 when something fails."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from pathlib import Path

from cli.check_result import Finding, Health
from cli.output import data
from manga.errors import MangaError

_LITTLE_BYTES = 1_000_000_000
_TOO_LITTLE_BYTES = 200_000_000
_NEEDS = {"prices": frozenset({"models"}), "limits": frozenset({"models", "servers"})}


def doctor(*, as_json: bool) -> int:
    """Prints what each check found."""
    findings = list(_findings())
    healthy = all(f.health is not Health.FAIL for f in findings)
    if as_json:
        shown = [_shown(f) for f in findings]
        shown += [_shown(f) | {"name": "minds"} for f in findings if f.name == "models"]  # its name of before
        data(json.dumps({"ok": healthy, "checks": shown}, ensure_ascii=False))
    else:
        for f in findings:
            data(f"{f.health.value:<5} {f.name:<10} {f.message}" + (f" {f.remedy}" if f.remedy else ""))
    return 0 if healthy else 1


def _shown(finding: Finding) -> dict[str, str]:
    told = {"message": finding.message, "remedy": finding.remedy}
    return {"name": finding.name, "health": finding.health.value, **told}


def installed_version() -> str:
    """Of the installed package; in a checkout, of its project file."""
    try:
        return package_version("mangaka-studio")
    except PackageNotFoundError:
        import tomllib

        project = Path(__file__).resolve().parents[1] / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


def _findings() -> Iterator[Finding]:
    checks: tuple[tuple[str, Callable[[], Finding | None]], ...] = (
        ("program", _program),
        ("home", _home),
        ("disk", _disk),
        ("fonts", _fonts),
        ("servers", _servers),
        ("models", _models),
        ("prices", _prices),
        ("limits", _limits),
    )
    broken: set[str] = set()
    for name, check in checks:
        if broken & _NEEDS.get(name, frozenset()):
            continue  # told already
        try:
            if (found := check()) is not None:
                yield found
        except MangaError as error:
            broken.add(name)
            yield Finding(name, Health.FAIL, error.message, error.remedy)
        except (OSError, ImportError) as error:
            broken.add(name)
            yield Finding(name, Health.FAIL, f"{error}.", "Run `make setup`.")


def _program() -> Finding:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("program", Health.OK, f"mangaka {installed_version()} on Python {python}, {os.cpu_count()} cores.")


def _home() -> Finding:
    from storage.settings import StorageSettings

    home = StorageSettings().home_dir
    there = next(path for path in (home, *home.parents) if path.exists())
    if not os.access(there, os.W_OK):
        return Finding("home", Health.FAIL, f"{home} cannot be written.", "Set MANGA_HOME to a folder of yours.")
    return Finding("home", Health.OK, f"{home}.")


def _disk() -> Finding:
    from storage.settings import StorageSettings

    home = StorageSettings().home_dir
    there = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(there).free
    message = f"{free / 1e9:.1f} GB free at {there}."
    if free < _TOO_LITTLE_BYTES:
        return Finding("disk", Health.FAIL, message, "Free some space: a book takes up to 200 MB.")
    if free < _LITTLE_BYTES:
        return Finding("disk", Health.WARN, message, "Free some space soon.")
    return Finding("disk", Health.OK, message)


def _fonts() -> Finding:
    from drawing.lettering.fonts import faces, standard_folders

    found = faces(standard_folders())
    if not found["gothic"].has("漫"):
        return Finding("fonts", Health.FAIL, "Gothic has no kanji.", "Run `make setup`.")
    if found.absent:
        names = ", ".join(found.absent)
        return Finding("fonts", Health.WARN, f"Gothic stands in for {names}.", "Run `make setup` with a network.")
    return Finding("fonts", Health.OK, "All faces are there.")


def _servers() -> Finding:
    from storage.choose_servers import open_servers
    from storage.settings import StorageSettings

    settings = StorageSettings()

    async def look() -> tuple[str, int]:
        from storage.database import connection, open_database
        from storage.migrate import migrate
        from storage.redis import open_redis
        from storage.webhooks import count_open_secrets

        async with open_servers(settings) as servers, open_database(servers.database_url) as pool:
            await migrate(pool)
            async with connection(pool) as conn:
                row = await (await conn.execute("SHOW server_version")).fetchone()
                readable = await count_open_secrets(conn)
            async with open_redis(servers.redis_url) as redis:
                about = await redis.info("server")
        postgres = str(row["server_version"]).split()[0] if row else "?"
        valkey = about.get("valkey_version")
        cache = f"Valkey {valkey}" if valkey else f"Redis {about.get('redis_version', '?')}"
        return f"PostgreSQL {postgres}, {cache}", readable

    versions, readable = asyncio.run(look())
    kind = "embedded" if settings.database_url is None else "MANGA_DATABASE_URL"
    if readable:
        message = f"{versions} ({kind}). Secrets of {readable} webhooks stand open in the database."
        return Finding("servers", Health.WARN, message, "Set MANGA_CHECKPOINT_KEY; the service then seals them.")
    return Finding("servers", Health.OK, f"{versions} ({kind}).")


def _models() -> Finding:
    from cli.model_checks import models

    return models()


def _prices() -> Finding | None:
    from cli.model_checks import prices

    return prices()


def _limits() -> Finding | None:
    from cli.model_checks import limits

    return limits()
