"""Reads YAML that people have written as plain data: in an eighth of the time where PyYAML has libyaml."""

from typing import Any, Final

import yaml

LOADER: Final = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def read_yaml(text: str) -> Any:
    """What the text says; None where it says nothing. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - both loaders are safe ones
