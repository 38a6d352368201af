"""What the documents of operation say is so."""

import re

import pytest

from deploy.redis import USERS
from tests.deploy.files import ROOT, resource
from tests.test_docs import named

DOCUMENTS = ("docs/operation.md", "deploy/README.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    folder = (ROOT / document).parent
    missing = [path for path in named(document) if not (list(ROOT.glob(path.rstrip("/"))) or (folder / path).exists())]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_of_redis_are_counted_right(document: str) -> None:
    (count,) = re.findall(r"(\d+) commands", (ROOT / document).read_text(encoding="utf-8"))
    assert int(count) == len(re.findall(r"\+[a-z|]+", USERS.read_text(encoding="utf-8")))


def test_make_knows_the_cluster() -> None:
    assert re.search(r"^cluster: ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_ranges_are_those_that_are_made() -> None:
    text = (ROOT / "docs/operation.md").read_text(encoding="utf-8")
    assert resource("google_compute_subnetwork", "service")["ip_cidr_range"] in text
    for name in ("redis", "database"):
        found = resource("google_compute_global_address", name)
        assert f"{found['address']}/{found['prefix_length']}" in text
