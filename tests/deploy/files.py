"""What stands in `deploy/`, `Dockerfile` and `compose.yaml`, read for the tests."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from pydantic_settings import BaseSettings

from deploy.__main__ import filled
from manga.read_yaml import read_yaml
from tests.test_house_rules import FLOORS

ROOT: Final = Path(__file__).resolve().parents[2]
Json = dict[str, Any]
VALUES: Final = {
    "project": "p", "region": "asia-northeast1", "image": "registry.example/mangaka:1", "prefix": "manga",
    "cdn_host": "pictures.example", "api_host": "api.example", "jwks_url": "https://issuer.example/jwks",
    "jwt_issuer": "https://issuer.example", "jwt_audience": "mangaka", "cors_origins": "https://studio.example",
    "gateway_image": "registry.example/endpoints-runtime-serverless:2",
    "collector_image": "registry.example/cloud-run-gmp-sidecar:1",
    "scaler_image": "registry.example/crema-autoscaler:1", "scaler_base_image": "registry.example/java25",
}  # fmt: skip


def settings_classes() -> list[type[BaseSettings]]:
    """All of the product."""
    for floor in FLOORS:
        for file in (ROOT / floor).rglob("settings.py"):
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return [kind for kind in BaseSettings.__subclasses__() if kind.__module__.split(".")[0] in FLOORS]


def read_names() -> set[str]:
    """Every variable that the product reads by a setting."""
    return {
        f"{kind.model_config.get('env_prefix', '')}{field}".upper()
        for kind in settings_classes()
        for field in kind.model_fields
    }


def cloud_run(name: str) -> Json:
    """A file of `deploy/cloudrun/`, filled in."""
    text = (ROOT / "deploy/cloudrun" / f"{name}.yaml").read_text(encoding="utf-8")
    found: Json = read_yaml(filled(text, VALUES))
    return found


def container(name: str) -> Json:
    """The program itself; beside it stands at most the collector of its figures."""
    containers = cloud_run(name)["spec"]["template"]["spec"]["containers"]
    assert [one["name"] for one in containers] in ([name], [name, "collector"])
    found: Json = containers[0]
    return found


def compose() -> Json:
    found: Json = read_yaml((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


def terraform() -> dict[str, Json]:
    """By the file's name. A name that stands twice in an object is an error."""
    return {
        file.name: json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_once)
        for file in sorted((ROOT / "deploy/terraform").glob("*.tf.json"))
    }


def resources() -> Iterator[tuple[str, str, Json]]:
    """Kind, name and content of every Terraform resource."""
    for document in terraform().values():
        for kind, named in document.get("resource", {}).items():
            for name, content in named.items():
                yield kind, name, content


def resource(kind: str, name: str) -> Json:
    return next(content for its_kind, its_name, content in resources() if (its_kind, its_name) == (kind, name))


def _once(pairs: list[tuple[str, Any]]) -> Json:
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"twice in one object: {names}"
    return dict(pairs)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    return [(line.split()[0], " ".join(line.split()[1:])) for line in lines if line.strip()]
