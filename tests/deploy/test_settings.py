"""What `deploy/` sets is what the code reads, and what the code needs is set."""

import base64
import re
from typing import Any

import pytest
import yaml

from cli.main import app
from manga.read_yaml import read_yaml
from providers.settings import ModelSettings
from server.serve import identify_by
from server.settings import ServerSettings
from storage.bucket_layout import prefix_of
from storage.encryption import keys_of
from storage.settings import StorageSettings
from storage.signed_urls import cdn_by
from tests.deploy.files import ROOT, VALUES, cloud_run, compose, container, instructions, read_names, terraform

SECRET = re.compile(r"KEY$|SECRET|PASSWORD|TOKEN|_URL$")
PUBLIC = {"MANGA_JWKS_URL", "MANGA_CDN_URL", "MANGA_BLOBS"}


def environment(name: str) -> dict[str, Any]:
    return {entry["name"]: entry for entry in container(name)["env"]}


def plain(name: str) -> dict[str, str]:
    return {key: entry["value"] for key, entry in environment(name).items() if "value" in entry}


def secret_values() -> dict[str, str]:
    """As Terraform would make them."""
    key = base64.b64encode(bytes(range(32))).decode()
    return {
        "MANGA_DATABASE_URL": "postgresql://mangaka:x@10.0.32.3:5432/mangaka?sslmode=verify-ca",
        "MANGA_REDIS_URL": "rediss://:x@10.0.16.3:6378/0",
        "MANGA_LINK_SECRET": "x" * 64,
        "MANGA_CHECKPOINT_KEY": key,
        "MANGA_CDN_KEY": base64.urlsafe_b64encode(b"\xff" * 16).decode(),
    }


@pytest.mark.parametrize(
    "file", ["Dockerfile", "compose.yaml", "deploy/cloudrun/api.yaml", "deploy/cloudrun/worker.yaml"]
)
def test_every_variable_is_one_that_the_code_reads(file: str) -> None:
    named = set(re.findall(r"MANGA_[A-Z0-9_]+", (ROOT / file).read_text(encoding="utf-8")))
    assert named
    assert named - read_names() == set()


@pytest.mark.parametrize("name", ["api", "worker"])
def test_secrets_are_references_and_every_reference_has_its_secret(name: str) -> None:
    secrets = terraform()["secrets.tf.json"]["locals"]
    readable = {f"mangaka-{secret}" for secret in secrets["readers"][name]}
    assert readable <= {f"mangaka-{secret}" for secret in secrets["secrets"]}
    spec = cloud_run(name)["spec"]["template"]["spec"]
    referred = {
        entry["valueFrom"]["secretKeyRef"]["name"] for entry in environment(name).values() if "valueFrom" in entry
    }
    mounted = {volume["secret"]["secretName"] for volume in spec["volumes"]}
    assert referred | mounted == readable, "neither more nor less than it may read"
    assert [key for key in plain(name) if SECRET.search(key) and key not in PUBLIC] == []


def test_certificates_lie_where_the_addresses_look_for_them() -> None:
    addresses = terraform()["secrets.tf.json"]["locals"]["secrets"]
    for name in ("api", "worker"):
        spec = cloud_run(name)["spec"]["template"]["spec"]
        folders = {mount["name"]: mount["mountPath"] for mount in container(name)["volumeMounts"]}
        files = {
            f"{folders[volume['name']]}/{item['path']}"
            for volume in spec["volumes"]
            for item in volume["secret"]["items"]
            if volume["name"] in folders
        }
        assert {re.search(r"sslrootcert=([^&]+)", addresses["database-url"])[1]} <= files  # type: ignore[index]
        assert {re.search(r"ssl_ca_certs=([^&]+)", addresses["redis-url"])[1]} <= files  # type: ignore[index]


def test_the_service_starts_with_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in {**plain("api"), **secret_values()}.items():
        monkeypatch.setenv(key, value)
    settings, storage = ServerSettings(), StorageSettings()
    identify_by(settings)
    assert settings.port == container("api")["ports"][0]["containerPort"]
    assert not settings.workers_inside
    assert prefix_of(str(storage.blobs)) == VALUES["prefix"]
    assert cdn_by(storage) is not None
    assert keys_of(storage)
    assert ModelSettings().google


def test_both_services_have_the_same_memory_and_models() -> None:
    shared = set(environment("worker")) & set(environment("api"))
    wanted = {"MANGA_DATABASE_URL", "MANGA_REDIS_URL", "MANGA_BLOBS", "MANGA_CHECKPOINT_KEY", "MANGA_GOOGLE_PROJECT"}
    assert wanted <= shared
    assert {name: environment("api")[name] for name in shared} == {name: environment("worker")[name] for name in shared}


def test_every_command_is_one_of_mangaka() -> None:
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    services = compose()["services"]
    told = [
        container("api")["args"],
        container("worker")["args"],
        services["api"]["command"],
        services["worker"]["command"],
    ]
    told += [read_yaml(words) for name, words in instructions() if name == "CMD"]
    assert {words[0] for words in told} == {"serve", "worker"}
    assert {words[0] for words in told} <= commands


def test_no_value_of_a_deployment_is_left_open() -> None:
    for name in ("api", "worker", "gateway", "scaler", "scaling", "monitoring"):
        assert "${" not in yaml.safe_dump(cloud_run(name))
