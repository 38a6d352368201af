"""`python -m deploy FILE`: what has no value ends it, and no value changes more than its own place."""

import json
import subprocess
import sys

import pytest

from deploy.__main__ import filled, outputs
from manga.read_yaml import read_yaml
from tests.deploy.files import ROOT, VALUES


def run(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "deploy", *arguments]
    env = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, input=stdin, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def test_values_come_from_terraform_and_from_the_command() -> None:
    made = json.dumps({name: {"value": value} for name, value in VALUES.items() if name != "image"})
    done = run("deploy/cloudrun/worker.yaml", "image=registry.example/mangaka:2", stdin=made)
    assert done.returncode == 0, done.stderr
    container = read_yaml(done.stdout)["spec"]["template"]["spec"]["containers"][0]
    assert container["image"] == "registry.example/mangaka:2"


def test_what_has_no_value_is_named() -> None:
    done = run("deploy/cloudrun/worker.yaml", "image=x")
    assert done.returncode == 1
    assert "'region'" in done.stderr


@pytest.mark.parametrize("value", ['x"\n    evil: true', 'x", evil: "y', "a\nb"])
def test_a_value_stays_in_its_place(value: str) -> None:
    with pytest.raises(ValueError, match="jwks_url"):
        filled('value: "${jwks_url}"', {"jwks_url": value})


def test_lists_of_terraform_are_no_values() -> None:
    assert outputs('{"a": {"value": "x"}, "b": {"value": ["y"]}, "c": {"value": 3}}') == {"a": "x", "c": "3"}
    assert outputs("") == {}
