"""What `terraform validate` would find first, and what it would not: who may do what."""

import json
import re
from collections.abc import Iterator

from tests.deploy.files import ROOT, Json, resource, resources, terraform

REFERENCE = re.compile(r"\b((?:data\.)?(?:google|random)_[a-z0-9_]+)\.([a-z0-9_]+)|\b(var|local)\.([a-z0-9_]+)")
ROLES = {
    "roles/secretmanager.secretAccessor", "roles/storage.objectUser", "roles/storage.objectViewer",
    "roles/iam.serviceAccountTokenCreator", "roles/aiplatform.user", "roles/cloudtrace.agent",
    "roles/servicemanagement.serviceController", "roles/monitoring.metricWriter", "roles/iam.serviceAccountUser",
    "${each.key}",
}  # fmt: skip


def texts(value: object) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def declared() -> set[tuple[str, str]]:
    found = {(kind, name) for kind, name, _ in resources()}
    for document in terraform().values():
        found |= {("var", name) for name in document.get("variable", {})}
        found |= {("local", name) for name in document.get("locals", {})}
        found |= {(f"data.{kind}", name) for kind, named in document.get("data", {}).items() for name in named}
    return found


def referred() -> set[tuple[str, str]]:
    expressions = [
        text
        for document in terraform().values()
        for text in texts({key: value for key, value in document.items() if key not in ("//", "variable")})
        if "${" in text or REFERENCE.fullmatch(text)
    ]
    found = (match for text in expressions for match in REFERENCE.finditer(text))
    return {(match[1] or match[3], match[2] or match[4]) for match in found}


def test_everything_that_is_referred_to_is_declared_and_every_variable_is_used() -> None:
    assert referred() - declared() == set()
    assert {name for name in declared() if name[0] in ("var", "local")} - referred() == set()


def test_brackets_of_expressions_close() -> None:
    for text in (text for document in terraform().values() for text in texts(document)):
        for one, other in ("{}", "()", "[]"):
            assert text.count(one) == text.count(other), text


def test_nobody_may_more_than_is_needed() -> None:
    grants: list[Json] = [content for kind, _, content in resources() if "_iam_" in kind]
    assert {grant["role"] for grant in grants} <= ROLES
    scaler = resource("google_project_iam_member", "scaler_reads")
    assert set(re.findall(r"roles/[\w.]+", scaler["for_each"])) == {
        "roles/monitoring.viewer", "roles/parametermanager.parameterViewer",
    }  # fmt: skip
    assert [grant for grant in grants if grant["role"] == "${each.key}"] == [scaler]
    members = " ".join(grant["member"] for grant in grants)
    assert "allUsers" not in members
    assert "allAuthenticatedUsers" not in members
    assert all(kind.endswith("_member") for kind, _, _ in resources() if "_iam_" in kind), "grants of others stay"
    assert not any(kind == "google_service_account_key" for kind, _, _ in resources()), "no key files"


def test_the_gateway_reads_no_secret_and_the_worker_signs_no_links() -> None:
    readers = terraform()["secrets.tf.json"]["locals"]["readers"]
    assert readers.keys() == {"api", "worker"}
    assert {"link-secret", "cdn-key"} & set(readers["worker"]) == set()


def test_no_secret_is_written_down() -> None:
    for name, document in terraform().items():
        for text in texts(document):
            assert not re.search(r"(?i)(password|secret|key)[\"=: ]+[0-9a-f]{16}|AIza|BEGIN (RSA|PRIVATE)", text), name


def test_every_file_is_read_by_terraform() -> None:
    folder = ROOT / "deploy/terraform"
    assert [file.name for file in folder.iterdir() if not file.name.endswith(".tf.json")] == []
    assert json.dumps(terraform())
