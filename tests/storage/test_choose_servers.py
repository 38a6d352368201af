"""The embedded servers: shared, held by a supervisor, stopped after the last user, started again after any death."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from manga.errors import EmbeddedFailed
from storage.choose_servers import ServerHold, open_servers, open_servers_sync
from storage.embedded_home import SERVERS, FileLock, Ready
from storage.embedded_identity import find_identity
from storage.settings import StorageSettings
from tests.storage.server_users import Users, ping, remember, remembered, until


@pytest.fixture
def users(tmp_path: Path) -> Iterator[Users]:
    crowd = Users(tmp_path / "home")
    yield crowd
    crowd.close()


def test_a_second_user_shares_the_first_ones_servers_and_the_last_one_ends_them(users: Users) -> None:
    first = users.arrive()
    remember(first.url("postgres"), 1)
    supervisor = users.pid("supervisor")
    second = users.arrive()
    assert second.answer()["servers"] == first.answer()["servers"]
    first.leave()
    assert remembered(second.url("postgres")) == [1]
    assert ping(second.url("valkey"))
    second.leave()
    until(users.all_stopped)
    assert not Path(second.answer()["servers"]["valkey"]["socket"]).parent.exists()
    third = users.arrive()
    assert remembered(third.url("postgres")) == [1]
    assert users.pid("supervisor") != supervisor


def test_users_that_arrive_together_get_one_pair_of_servers(users: Users) -> None:
    crowd = [users.arrive() for _ in range(4)]
    assert len({str(user.answer()["servers"]) for user in crowd}) == 1
    log = (users.places.root / "supervisor.log").read_text()
    assert log.count("postgres started") == 1


def opened_by(pid: int) -> Iterator[str]:
    """What a process has open; it opens and closes while one looks."""
    for fd in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            yield os.readlink(fd)


def test_nothing_listens_on_a_port_and_the_socket_folder_is_private(users: Users) -> None:
    user = users.arrive()
    sockets = Path(user.answer()["servers"]["valkey"]["socket"]).parent
    others = 0o011 if find_identity().other_user else 0  # PostgreSQL's own user passes through, and no more
    assert sockets.stat().st_mode & 0o777 == 0o700 | others
    assert (sockets / "pg").stat().st_mode & 0o777 == 0o700
    assert users.places.root.stat().st_mode & 0o777 == 0o700
    ports = Path(f"/proc/{users.pid('postgres')}/net/tcp")
    if not ports.exists():
        pytest.skip("this system has no /proc to look for open ports in")
    owned = {target for name in SERVERS for target in opened_by(users.pid(name))}
    listening = {
        f"socket:[{line.split()[9]}]" for line in ports.read_text().splitlines()[1:] if line.split()[3] == "0A"
    }
    assert not owned & listening


@pytest.mark.slow
def test_the_servers_stop_after_a_user_that_was_killed(users: Users) -> None:
    user = users.arrive()
    user.answer()
    user.kill()
    until(users.all_stopped)


@pytest.mark.slow
def test_a_killed_supervisor_leaves_no_server_behind_and_the_next_user_gets_new_ones(users: Users) -> None:
    first = users.arrive()
    remember(first.url("postgres"), 7)
    os.kill(users.pid("supervisor"), signal.SIGKILL)
    second = users.arrive()
    assert remembered(second.url("postgres")) == [7]
    assert ping(second.url("valkey"))
    os.kill(users.pid("supervisor"), signal.SIGKILL)
    until(users.all_stopped)


@pytest.mark.slow
@pytest.mark.parametrize("name", SERVERS)
def test_a_killed_server_is_started_again_with_its_data(users: Users, name: str) -> None:
    first = users.arrive()
    remember(first.url("postgres"), 3)
    supervisor, victim = users.pid("supervisor"), users.pid(name)
    os.kill(victim, signal.SIGKILL)
    # Until the supervisor has seen it, a connection can still reach what the dead server left behind, and break.
    until(lambda: users.is_another(name, victim))
    second = users.arrive()
    assert remembered(second.url("postgres")) == [3]
    assert ping(second.url("valkey"))
    assert users.pid("supervisor") == supervisor


@pytest.mark.slow
def test_a_user_that_arrives_while_the_servers_stop_gets_working_ones(users: Users) -> None:
    first = users.arrive()
    remember(first.url("postgres"), 5)
    postgres = users.pid("postgres")
    os.kill(postgres, signal.SIGSTOP)  # now it takes its time to stop
    first.leave()
    until(lambda: users.places.read_ready("postgres") is None)
    second = users.arrive()
    third = users.arrive()
    os.kill(postgres, signal.SIGCONT)
    assert remembered(second.url("postgres")) == [5]
    assert ping(third.url("valkey"))


def test_a_removed_socket_folder_is_noticed_and_made_again(users: Users) -> None:
    first = users.arrive()
    sockets = Path(first.answer()["servers"]["postgres"]["socket"]).parent
    for path in sockets.iterdir():
        path.unlink()
    second = users.arrive()
    remember(second.url("postgres"), 1)


@pytest.mark.slow
def test_what_a_power_cut_leaves_behind_does_not_stop_the_next_start(users: Users) -> None:
    first = users.arrive()
    remember(first.url("postgres"), 9)
    servers = first.answer()["servers"]
    os.kill(users.pid("supervisor"), signal.SIGKILL)
    first.kill()
    until(users.all_stopped)
    pid_file = Path(servers["postgres"]["data"]) / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{servers['postgres']['data']}\n1\n5432\n/nowhere\n\n\nready\n")
    for name in SERVERS:
        users.places.write_ready(name, Ready(**servers[name]))
        Path(servers[name]["socket"]).touch()
    (Path(servers["postgres"]["data"]).with_name("pg.new")).mkdir()
    second = users.arrive()
    assert remembered(second.url("postgres")) == [9]
    assert ping(second.url("valkey"))


def test_two_homes_are_independent(users: Users, tmp_path: Path) -> None:
    other = Users(tmp_path / "other")
    try:
        first, second = users.arrive(), other.arrive()
        remember(first.url("postgres"), 1)
        remember(second.url("postgres"), 2)
        assert remembered(first.url("postgres")) == [1]
        first.leave()
        until(users.all_stopped)
        assert remembered(second.url("postgres")) == [2]
    finally:
        other.close()


def test_only_the_servers_asked_for_are_started_and_others_join_later(users: Users) -> None:
    users.arrive("valkey").url("valkey")
    assert not (users.places.root / "pg").exists()
    remember(users.arrive("postgres").url("postgres"), 1)
    assert (users.places.root / "supervisor.log").read_text().count("valkey started") == 1


def test_the_servers_know_no_secret_of_the_user(users: Users) -> None:
    users.environment = {"GEMINI_API_KEY": "s3cret", "PGPORT": "1", "PGDATA": "/nowhere"}
    user = users.arrive()
    remember(user.url("postgres"), 1)
    for name in ("supervisor", *SERVERS):
        environment = Path(f"/proc/{users.pid(name)}/environ")
        if not environment.exists():
            pytest.skip("this system has no /proc to read environments from")
        assert b"s3cret" not in environment.read_bytes()


def test_damaged_data_is_told_with_its_cause(users: Users) -> None:
    user = users.arrive()
    data = Path(user.answer()["servers"]["postgres"]["data"])
    user.leave()
    until(users.all_stopped)
    (data / "global" / "pg_control").unlink()
    answer = users.arrive().answer()
    assert answer["error"] == "embedded_failed"
    assert "pg_control" in answer["message"]
    assert "MANGA_DATABASE_URL" in answer["remedy"]


def test_a_damaged_redis_file_is_put_aside(users: Users) -> None:
    user = users.arrive("valkey")
    data = Path(user.answer()["servers"]["valkey"]["data"])
    user.leave()
    until(users.all_stopped)
    for path in (data / "appendonlydir").glob("*.base.rdb"):
        path.write_bytes(b"rubbish" * 100)
    assert ping(users.arrive("valkey").url("valkey"))
    assert list(data.parent.glob("valkey.damaged-*"))


def test_a_home_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedFailed, match="cannot be made") as caught, open_servers_sync(_settings(tmp_path / "file" / "home")):  # fmt: skip  # noqa: E501
        pytest.fail("it opened")
    assert "MANGA_HOME" in caught.value.remedy


def test_no_known_home_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.settings.user_data_dir", lambda *_, **__: "~nobody-by-this-name/data")
    with pytest.raises(EmbeddedFailed, match="No home folder is known"):
        _ = StorageSettings(home=None).home_dir


def test_a_socket_folder_that_somebody_else_made_is_refused(users: Users) -> None:
    with TemporaryDirectory(dir="/tmp") as temp:
        users.environment = {"TMPDIR": temp}
        Path(temp).chmod(0o711)
        Path(temp, "elsewhere").mkdir()
        users.home.mkdir()
        Path(temp, f"mangaka-{users.places.key}-{os.geteuid()}").symlink_to(Path(temp, "elsewhere"))
        answer = users.arrive().answer()
        users.close()
    assert answer["error"] == "embedded_failed"
    assert "belongs to somebody else" in answer["message"]


def test_a_long_temp_folder_does_not_make_the_socket_path_too_long(users: Users, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    users.environment = {"TMPDIR": str(deep)}
    remember(users.arrive().url("postgres"), 1)


def test_folders_with_odd_names_are_no_matter(users: Users, tmp_path: Path) -> None:
    with TemporaryDirectory(prefix="a b&c%20é") as temp:
        users.home, users.environment = tmp_path / "my home, ok 漫画", {"TMPDIR": temp}
        user = users.arrive()
        remember(user.url("postgres"), 1)
        assert ping(user.url("valkey"))
        users.close()


def test_servers_of_ones_own_are_used_as_they_are(tmp_path: Path) -> None:
    settings = StorageSettings(home=tmp_path / "h", database_url="postgresql://h/d", redis_url="redis://h")
    with open_servers_sync(settings) as servers:
        assert (servers.database_url, servers.redis_url) == ("postgresql://h/d", "redis://h")
        assert "postgresql" not in repr(servers)
    assert not (tmp_path / "h").exists()


@pytest.mark.anyio
async def test_one_server_of_ones_own_goes_with_one_embedded(users: Users) -> None:
    settings = StorageSettings(home=users.home, database_url="postgresql://h/d")
    async with open_servers(settings) as servers:
        assert servers.database_url == "postgresql://h/d"
        assert ping(servers.redis_url)
    assert not (users.places.root / "pg").exists()


def test_a_hold_can_be_waited_for_again_after_the_servers_were_lost(users: Users) -> None:
    hold = ServerHold(_settings(users.home))
    hold.begin()
    try:
        remember(hold.wait().database_url, 4)
        os.kill(users.pid("supervisor"), signal.SIGKILL)
        until(users.all_stopped)
        assert remembered(hold.wait().database_url) == [4]
    finally:
        hold.release()


def test_a_lock_passes_to_whoever_waits_for_it(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock") as mine, FileLock(tmp_path / "lock") as theirs:
        assert mine.try_exclusive()
        assert not theirs.try_shared()
        threading.Timer(0.05, mine.unlock).start()
        assert theirs.try_exclusive(5)


@pytest.mark.slow
def test_the_servers_stay_five_seconds_for_the_next_command(users: Users) -> None:
    settings = _settings(users.home)
    with open_servers_sync(settings):
        supervisor = users.pid("supervisor")
    with FileLock(users.places.root / "supervisor.lock") as lock:
        assert not lock.try_exclusive(4.0)
    with open_servers_sync(settings):
        assert users.pid("supervisor") == supervisor
    until(users.all_stopped)


def _settings(home: Path) -> StorageSettings:
    return StorageSettings(home=home, database_url=None, redis_url=None)
