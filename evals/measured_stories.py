"""The stories that are measured: cases from YAML files, and annotated stories that lie beside the project.

Their annotations are older than `evals.read_gold`: no scenes, free words for genre and age. What has no word of ours is
left out, and nothing is scored by it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

import yaml
from pydantic import Field, ValidationError

from evals.gold_in_text import Reference, reference_of
from evals.gold_values import Event, Person, Quote, QuoteKind, Role
from evals.read_gold import STORIES, Story, load, names
from manga.brief import Language, Settings, StoryText
from manga.characters import Age, Kind
from manga.phases import Phase
from manga.read_yaml import read_yaml
from manga.story_source import Source, read_source
from manga.values import Value

_ROLES: Final = frozenset(get_args(Role))
_KINDS: Final = frozenset(get_args(QuoteKind))
_AGES: Final[Mapping[str, Age]] = {
    "child": Age.CHILD,
    "boy": Age.CHILD,
    "girl": Age.CHILD,
    "adult": Age.ADULT,
    "elder": Age.ELDER,
    "old": Age.ELDER,
}


def stories_beside(folder: Path) -> tuple[str, ...]:
    """Names of the texts that have annotations."""
    found = (path.stem for path in (folder / "gold").glob("*.json"))
    return tuple(sorted(name for name in found if (folder / f"{name}.txt").is_file()))


def text_beside(folder: Path, name: str) -> str:
    return (folder / f"{name}.txt").read_text(encoding="utf-8")


def reference_beside(folder: Path, name: str, source: Source) -> Reference:
    """Raises ValueError when the annotations do not fit the text."""
    told = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    text = text_beside(folder, name)
    found = Reference(
        title=told["title"],
        language=Language(told["language"]),
        cast=tuple(_person(one) for one in told["characters"]),
        events=tuple(_event(one) for one in told["events"] if one["anchor"] in text),
        quotes=tuple(_quote(one, text) for one in told["quotes"] if one["kind"] in _KINDS),
    )
    return found.at_home(text, source)


def _person(told: Mapping[str, Any]) -> Person:
    gender = re.match(r"female|male", told["gender"] or "")
    age = re.match(r"[a-z]+", told["age_class"] or "")
    species = told["species"]
    return Person(
        key=told["id"],
        name=told["name"],
        aliases=tuple(alias for alias in told["aliases"] if alias),
        role=told["importance"] if told["importance"] in _ROLES else "minor",
        kind=Kind(species) if species in set(Kind) else Kind.HUMAN if species == "human" else Kind.BEAST,
        gender=gender[0] if gender else None,
        age=_AGES.get(age[0]) if age else None,
        group=bool(told["group"]),
    )


def _event(told: Mapping[str, Any]) -> Event:
    start = told["pos"]
    end = start + len(told["anchor"])
    return Event(key=told["id"], what=told["text"], anchor=told["anchor"], at=(start, end), weight=told["weight"])


def _quote(told: Mapping[str, Any], text: str) -> Quote:
    """These annotations count the quotation marks in, ours do not."""
    start = max(told["start"], text.find(told["text"], told["start"], told["end"]))
    return Quote(
        at=(start, min(told["end"], start + len(told["text"]))),
        kind=told["kind"],
        by=tuple(told["speakers"]),
        match=told.get("match", "all"),
        text=told["text"],
    )


CASES: Final = Path(__file__).parent / "cases"
Pool = Literal["known", "open"]
"""The twelve that everything was written with, or those that nothing was written for."""
OPEN: Final = STORIES / "open"
Rules = Literal["tuned", "held_out"]
"""Were the rules of the offline writer written with this story in sight?"""
TUNED_BESIDE: Final = frozenset({"en_magi", "en_selfishgiant", "ja_chumon", "ja_gongitsune", "ja_toshishun"})


class CasesWrong(ValueError):
    """A file of cases cannot be used. Names the file, the place and the fault."""


class StoryCase(Value):
    """A story and how it is to be told. `story` names a text in `evals/stories` with its gold; `text` is one without
    gold, of which only what needs none is measured."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")
    story: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*$")
    text: StoryText | None = None
    settings: Settings = Settings()
    rules: Rules = "held_out"
    until: Phase = Field(default=Phase.LETTERING, description="the last phase that `make evals` measures of it")
    tags: tuple[str, ...] = ()


class FeedbackCase(Value):
    """A part of the labelled sentences in `evals/feedback/data`."""

    id: str = Field(pattern=r"^feedback_[a-z_]{1,30}$")
    part: Literal["work_on", "set_aside", "later"]
    rules: Rules = "held_out"


class CaseFile(Value):
    """One YAML file."""

    stories: tuple[StoryCase, ...] = ()
    feedback: tuple[FeedbackCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One story under measure. `text` is what an author sends."""

    id: str
    text: str
    source: Source
    settings: Settings = field(default_factory=Settings)
    reference: Reference | None = None
    rules: Rules = "held_out"
    until: Phase = Phase.FINISHING
    tags: tuple[str, ...] = ()


def read_cases(folder: Path = CASES) -> CaseFile:
    """All cases of a folder, ids checked to be unique. Raises CasesWrong."""
    files = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    found = CaseFile(
        stories=tuple(case for file in files for case in file.stories),
        feedback=tuple(case for file in files for case in file.feedback),
    )
    ids = [*(case.id for case in found.stories), *(case.id for case in found.feedback)]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise CasesWrong(f"{folder}: the case {twice[0]} is there twice")
    return found


def _read(path: Path) -> CaseFile:
    try:
        return CaseFile.of(read_yaml(path.read_text(encoding="utf-8")) or {})
    except (yaml.YAMLError, ValidationError) as error:
        raise CasesWrong(f"{path}: {error}") from error


def schema_text() -> str:
    """What stands in `cases/schema.json`, for editors that complete."""
    schema: Mapping[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CaseFile.model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def subjects(glob: str = "*", beside: Path | None = None, cases: Path = CASES) -> tuple[Subject, ...]:
    """Stories whose id fits, our own first. Raises CasesWrong, `evals.read_gold.GoldWrong`, ValueError."""
    own = (_subject(case) for case in read_cases(cases).stories if fnmatch(case.id, glob))
    return (*own, *(_beside(beside, glob) if beside is not None else ()))


@cache
def _story(name: str) -> Any:
    return load(name, STORIES)


def _subject(case: StoryCase) -> Subject:
    if (case.story is None) == (case.text is None):
        raise CasesWrong(f"the case {case.id} needs either a story or a text")
    raw = case.text if case.text is not None else _story(str(case.story)).raw
    source = read_source(raw, case.settings.language)
    reference = reference_of(_story(case.story), source) if case.story is not None else None
    return Subject(case.id, raw, source, case.settings, reference, case.rules, case.until, case.tags)


def pool_subjects(folder: Path, glob: str = "*", until: Phase = Phase.ARTWORK) -> tuple[Subject, ...]:
    """Every annotated story of a folder as a subject, told with the settings that nobody has changed."""
    stories = (load(name, folder) for name in names(folder) if fnmatch(name, glob))
    return tuple(_of_pool(story, until) for story in stories)


def _of_pool(story: Story, until: Phase) -> Subject:
    source = read_source(story.raw)
    return Subject(story.name, story.raw, source, reference=reference_of(story, source), until=until)


def _beside(folder: Path, glob: str) -> Iterator[Subject]:
    for name in stories_beside(folder):
        if fnmatch(name, glob):
            text = text_beside(folder, name)
            source = read_source(text)
            rules: Rules = "tuned" if name in TUNED_BESIDE else "held_out"
            reference = reference_beside(folder, name, source)
            yield Subject(name, text, source, Settings(), reference, rules, Phase.LETTERING, ("beside",))
