"""Prompt files: front matter (id, version, purpose, inputs, output), then `## system` and `## user`.

Placeholders are `$name` as in `string.Template`, so JSON braces stay as they are. `{{places}}` stands for a closed list
of the register and is filled in when the file is read. Loading checks that the inputs declared are exactly the names
used; a file that breaks the rules is named with its fault.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from manga.errors import NotFound, SetupIncomplete
from manga.read_yaml import read_yaml
from manga.vocabulary.register import closed_list

_FILE = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_LIST = re.compile(r"\{\{(\w+)\}\}")
_PARTS = re.compile(r"\A\s*^## system\n(?P<system>.*?)^## user\n(?P<user>.*)\Z", re.DOTALL | re.MULTILINE)


class Head(BaseModel):
    """A prompt's front matter; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    version: int = Field(ge=1)
    purpose: str = Field(min_length=1)
    inputs: tuple[str, ...] = ()
    output: str = Field(min_length=1)
    """Name of the type that answers: `Concept`."""
    temperature: float | None = Field(default=None, ge=0, le=2)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a model reads."""

    prompt_id: str
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file. `hash` is its content's with closed lists filled in: which words made a result is answerable."""

    head: Head
    system: str
    user: str
    hash: str

    @property
    def id(self) -> str:
        return self.head.id

    def render(self, values: Mapping[str, str]) -> Rendered:
        """Raises KeyError when an input is missing, ValueError when one is not declared."""
        if unknown := sorted(values.keys() - set(self.head.inputs)):
            raise ValueError(f"prompt {self.id} takes no {', '.join(unknown)}")
        return Rendered(self.id, Template(self.system).substitute(values), Template(self.user).substitute(values))


@dataclass(frozen=True, slots=True)
class PromptLibrary:
    """All prompts by id."""

    prompts: Mapping[str, Prompt]

    def get(self, prompt_id: str) -> Prompt:
        """Raises `NotFound`."""
        prompt = self.find(prompt_id)
        if prompt is None:
            raise NotFound(f"There is no prompt {prompt_id}.")
        return prompt

    def find(self, prompt_id: str) -> Prompt | None:
        return self.prompts.get(prompt_id)

    def hash_of(self, phase: str, answers: Callable[[str], bool]) -> str:
        """Of the words that make a phase's result: of the prompt of its name, and of those that bear it (`plot_part`)
        and that the model answers. Empty when there are none."""
        own = [key for key in sorted(self.prompts) if key == phase or (key.partition("_")[0] == phase and answers(key))]
        hashes = [self.prompts[key].hash for key in own if key in self.prompts]
        return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest() if hashes else ""


def load_prompts() -> PromptLibrary:
    """The project's own files. Reads from disk, so it is called once, where services are opened."""
    found = (file for file in files("prompts").iterdir() if file.name.endswith(".md"))
    return library_of((file.name, file.read_text(encoding="utf-8")) for file in found)


def library_of(sources: Iterable[tuple[str, str]]) -> PromptLibrary:
    """A library of (file name, text) pairs. Raises `SetupIncomplete` that names the file and its fault."""
    prompts: dict[str, Prompt] = {}
    for name, text in sorted(sources):
        prompt = parse_prompt(name, text)
        if f"{prompt.id}.md" != name:
            raise _faulty(name, f"its id is {prompt.id}; the file must bear that name")
        prompts[prompt.id] = prompt
    return PromptLibrary(prompts)


def parse_prompt(name: str, text: str) -> Prompt:
    """One file's text. Raises `SetupIncomplete`."""
    text = _LIST.sub(lambda match: _listed(name, match[1]), text.replace("\r\n", "\n"))
    whole = _FILE.match(text)
    if whole is None:
        raise _faulty(name, "it must begin with front matter between two lines of ---")
    parts = _PARTS.match(whole["body"])
    if parts is None:
        raise _faulty(name, "it needs `## system` and then `## user`, and nothing before them")
    head = _head(name, whole["head"])
    prompt = Prompt(head, parts["system"].strip(), parts["user"].strip(), hashlib.sha256(text.encode()).hexdigest())
    _check_names(name, prompt)
    return prompt


def _listed(name: str, of: str) -> str:
    try:
        return closed_list(of)
    except KeyError as error:
        raise _faulty(name, f"there is no closed list {of}") from error


def _head(name: str, text: str) -> Head:
    try:
        return Head.model_validate(read_yaml(text))
    except yaml.YAMLError as error:
        raise _faulty(name, f"its front matter is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise _faulty(name, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _check_names(name: str, prompt: Prompt) -> None:
    templates = (Template(prompt.system), Template(prompt.user))
    if not all(template.is_valid() for template in templates):
        raise _faulty(name, "a $ stands alone; write $$ for the sign itself")
    used = {identifier for template in templates for identifier in template.get_identifiers()}
    if missing := sorted(used - set(prompt.head.inputs)):
        raise _faulty(name, f"it uses {', '.join(missing)} without declaring it")
    if idle := sorted(set(prompt.head.inputs) - used):
        raise _faulty(name, f"it declares {', '.join(idle)} and never uses it")


def _faulty(name: str, fault: str) -> SetupIncomplete:
    return SetupIncomplete(f"Prompt file {name}: {fault}.", remedy="Mend the file, or install Mangaka again.")
