"""`compose.yaml`: its parts fit together, and its Valkey starts as written."""

import os
import re
import shlex
import socket
import subprocess
import time
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError
from redis.retry import Retry

from storage.find_server_programs import valkey_binary
from tests.deploy.files import ROOT, Json, compose

OURS = ("api", "worker")


def services() -> dict[str, Json]:
    found: dict[str, Json] = compose()["services"]
    return found


def test_every_name_that_is_used_is_declared() -> None:
    document = compose()
    for name, service in services().items():
        assert set(service.get("depends_on", {})) <= services().keys(), name
        assert set(service["networks"]) <= document["networks"].keys(), name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (ROOT / source).is_file() if source.startswith(".") else source in document["volumes"], volume


@pytest.mark.parametrize("name", OURS)
def test_ours_run_without_rights_on_a_read_only_root(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {mount.split(":")[0] for mount in service["tmpfs"]} == {"/tmp", "/var/lib/mangaka"}
    assert service["init"] is True
    assert int(service["stop_grace_period"].removesuffix("s")) > 8


def test_the_servers_are_not_reached_from_outside_and_the_api_from_this_machine_only() -> None:
    assert compose()["networks"]["inside"]["internal"] is True
    for name, service in services().items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
        if name not in OURS:
            assert service["networks"] == ["inside"]
            assert "ports" not in service


def test_whoever_is_waited_for_tells_when_it_is_ready() -> None:
    for service in services().values():
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "healthcheck" in services()[other]


def test_ours_are_asked_for_their_health_where_they_tell_it() -> None:
    (api, worker) = (services()[name] for name in OURS)
    assert f":{api['environment']['MANGA_PORT']}/readyz" in " ".join(api["healthcheck"]["test"])
    assert f":{worker['environment']['MANGA_WORKER_PORT']}/readyz" in " ".join(worker["healthcheck"]["test"])
    assert worker["environment"]["MANGA_HOST"] == "127.0.0.1"


def test_no_password_is_written_down_and_each_has_to_be_set() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name in ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "MANGA_LINK_SECRET", "MANGA_CHECKPOINT_KEY"):
        uses = re.findall(r"(?<!\$)\$\{?" + name + r"[^}\s]*", text)
        assert uses
        assert all(":?" in use for use in uses), uses


def test_api_and_workers_share_servers_and_objects() -> None:
    api, worker = (services()[name]["environment"] for name in OURS)
    shared = worker.keys() - {"MANGA_HOST", "MANGA_WORKER_PORT"}
    assert {"MANGA_DATABASE_URL", "MANGA_REDIS_URL", "MANGA_BLOBS"} <= shared
    assert {name: worker[name] for name in shared} == {name: api[name] for name in shared}
    assert services()["api"]["volumes"] == services()["worker"]["volumes"]
    assert services()["api"]["volumes"][0].endswith(f":{api['MANGA_BLOBS']}")


def test_its_valkey_starts_as_written_and_shows_no_password(tmp_path: Path) -> None:
    """The command of the file, with this machine's program and folders, and at another port."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "run").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "bin/valkey-server").symlink_to(valkey_binary())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = services()["valkey"]["command"][2].replace("$$", "$")
    for inside, here in (
        ("/etc/valkey", ROOT / "deploy/redis"),
        ("/run/valkey", tmp_path / "run"),
        ("/data", tmp_path / "data"),
    ):
        script = script.replace(inside, shlex.quote(str(here)))
    script = script.replace("--bind '*'", f"--bind 127.0.0.1 --port {port}")
    password = "0123456789abcdef"
    env = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "REDIS_PASSWORD": password}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(["sh", "-c", script], env=env, stdout=log, stderr=log)
    try:
        url = f"redis://mangaka:{password}@127.0.0.1:{port}/0"
        end = time.monotonic() + 20
        while not _answers(url):
            assert server.poll() is None, (tmp_path / "log").read_text()
            assert time.monotonic() < end, (tmp_path / "log").read_text()
            time.sleep(0.02)
        with pytest.raises(AuthenticationError), Redis(port=port) as nobody:
            nobody.ping()
        shown = Path(f"/proc/{server.pid}/cmdline").read_bytes() + Path(f"/proc/{server.pid}/environ").read_bytes()
        assert b"valkey-server" in shown
        assert password.encode() not in shown
        assert (tmp_path / "run/users.acl").stat().st_mode & 0o077 == 0
    finally:
        server.terminate()
        server.wait(10)


def _answers(url: str) -> bool:
    try:
        with Redis.from_url(url, socket_timeout=2, retry=Retry(NoBackoff(), 0)) as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False
