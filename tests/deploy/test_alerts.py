"""The alerts ask for figures that there are, and each says what to do."""

import re
from typing import Any

import pytest
import yaml

from server.metrics import Metrics
from tests.deploy.files import ROOT

FILE = ROOT / "deploy" / "alerts" / "mangaka.rules.yaml"
RULES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["groups"][0]["rules"]
SUFFIXES = ("_total", "_bucket", "_count", "_sum")


def names_told() -> dict[str, set[str]]:
    """Every metric of ours, by the name that Prometheus keeps it under, with its labels."""
    found: dict[str, set[str]] = {}
    for collector in list(Metrics().registry._collector_to_names):
        labels = set(getattr(collector, "_labelnames", ()))
        for family in collector.collect():
            for name in (family.name, *(f"{family.name}{suffix}" for suffix in SUFFIXES)):
                found[name] = labels | {"le"}
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_an_alert_asks_for_figures_and_labels_that_there_are(rule: dict[str, Any]) -> None:
    told = names_told()
    asked = re.findall(r"(mangaka_\w+)(?:\{([^}]*)\})?", rule["expr"])
    assert asked
    for name, labels in asked:
        assert name in told, name
        assert set(re.findall(r"(\w+)\s*[=!]~?", labels)) <= told[name], (name, labels)
    assert rule["expr"].count("(") == rule["expr"].count(")")
    assert {"summary", "remedy"} <= set(rule["annotations"])
    assert rule["labels"]["severity"] in ("page", "ticket")


def test_names_of_alerts_are_their_own() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names)
