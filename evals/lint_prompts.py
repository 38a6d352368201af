"""Lints prompt files: inputs, the type that answers, craft rules that each must name, its length.

`craft.yaml` holds the demands; a prompt that is not in it is a fault too, so that none comes in unread.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import Field

import manga
from evals.measured_stories import CasesWrong
from manga.read_yaml import read_yaml
from manga.values import Value
from prompts.library import Prompt, PromptLibrary
from providers.schemas import answer_schema

CRAFT: Final = Path(__file__).parent / "craft.yaml"
_PICTURE: Final = "Picture"
_FIELD: Final = re.compile(r"`([a-z][a-z_]{2,})`")


class Demand(Value):
    """What one prompt file is held to. `names` are rules of the craft: a short name, and a pattern that finds the words
    (any case). `words` in backticks need not be fields of the answer."""

    inputs: tuple[str, ...]
    output: str
    most_characters: int = Field(ge=200, le=12_000)
    names: Mapping[str, str] = Field(default_factory=dict)
    words: tuple[str, ...] = ()


class Fault(Value):
    """What is wrong with one prompt."""

    prompt: str
    fault: str

    def __str__(self) -> str:
        return f"prompts/{self.prompt}.md: {self.fault}"


def demands(file: Path = CRAFT) -> Mapping[str, Demand]:
    """Raises CasesWrong."""
    try:
        told = read_yaml(file.read_text(encoding="utf-8"))
        return {name: Demand.of(one) for name, one in told.items()}
    except (yaml.YAMLError, ValueError) as error:
        raise CasesWrong(f"{file}: {error}") from error


def lint(library: PromptLibrary, wanted: Mapping[str, Demand]) -> tuple[Fault, ...]:
    """All faults of all prompts, by name."""
    return tuple(
        Fault(prompt=name, fault=fault)
        for name in sorted(wanted.keys() | library.prompts.keys())
        for fault in _faults(library.find(name), wanted.get(name))
    )


def _faults(prompt: Prompt | None, demand: Demand | None) -> Iterator[str]:
    if prompt is None or demand is None:
        yield "is gone" if prompt is None else "nothing is demanded of it in evals/craft.yaml"
        return
    if set(prompt.head.inputs) != set(demand.inputs):
        yield f"takes {', '.join(prompt.head.inputs)}; {', '.join(demand.inputs)} are demanded"
    if prompt.head.output != demand.output:
        yield f"answers with {prompt.head.output}; {demand.output} is demanded"
    if (length := len(prompt.system) + len(prompt.user)) > demand.most_characters:
        yield f"has {length} characters; {demand.most_characters} are the most that is read to the end"
    words = f"{prompt.system}\n{prompt.user}"
    for rule, pattern in demand.names.items():
        if not re.search(pattern, words, re.IGNORECASE | re.DOTALL):
            yield f"no longer names the rule: {rule}"
    yield from _unknown(prompt, demand)


def _unknown(prompt: Prompt, demand: Demand) -> Iterator[str]:
    """A field that the answer does not have is asked for in vain."""
    if demand.output == _PICTURE:
        return
    kind = types().get(demand.output)
    if kind is None:
        yield f"there is no type {demand.output}"
        return
    known = {*demand.inputs, *demand.words, *_names(answer_schema(kind))}
    yield from (
        f"speaks of `{word}`, which is neither a field of {demand.output} nor an input"
        for word in sorted(set(_FIELD.findall(prompt.system)) - known)
    )


def _names(schema: Any) -> Iterator[str]:
    """Names of fields, and words that a field may hold."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (word for word in schema.get("enum", ()) if isinstance(word, str))
        for inner in schema.values():
            yield from _names(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _names(inner)


@cache
def types() -> Mapping[str, type[Value]]:
    """Every value of the vocabulary by its name."""
    modules = [importlib.import_module(f"manga.{found.name}") for found in pkgutil.iter_modules(manga.__path__)]
    return {
        name: kind
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Value)
    }
