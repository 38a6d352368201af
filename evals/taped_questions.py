"""Reads taped questions and answers from recordings or a desk, and makes the values that a question was made from.

A question says only what its answer needs; what it leaves out stands at a default here, and is looked at by nobody.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from manga.characters import Cast, Character, Look
from manga.concept import Concept
from manga.paper import Side
from manga.plot import Act, Line, LineKind, PagePlan, Plot, Scene
from manga.storyboard import DialogueLayout, PanelDraft, PanelLayout, Role, SceneDirection, Storyboard, StoryPage
from manga.values import Span

Json: TypeAlias = Mapping[str, Any]
_DATA: Final = "```json"


def concept_of(inputs: Json) -> Concept:
    """Questions tell of it what they read."""
    untold = dict.fromkeys(("logline", "theme", "target_readers", "mood", "art_style"), "") | {
        "title": "-", "genres": ["drama"], "direction": "rtl", "start_side": "left",
    }  # fmt: skip
    told = {name: told for name, told in inputs["concept"].items() if name not in ("teller", "world")}
    return Concept.of({**untold, **told, "world": {"place": "-", **inputs["concept"].get("world", {})}})


def people_of(inputs: Json) -> Cast:
    """Sheets of people of whom a question tells little."""
    told = inputs["cast"]["characters"] if isinstance(inputs["cast"], dict) else inputs["cast"]
    return Cast(characters=tuple(map(_person, told)))


def _person(told: Json) -> Character:
    known = {name: told[name] for name in Character.model_fields if told.get(name)}
    return Character.of({"description": "-", **known, "look": Look().to_json()})


def plot_of(told: Json | Sequence[Json]) -> Plot:
    """The plot that a question tells of, whose places in the source nobody tells."""
    scenes: Sequence[Json] = told["scenes"] if isinstance(told, Mapping) else told
    counter = _Counter()
    made = tuple(_scene(scene, counter) for scene in scenes)
    keys = tuple(beat.key for scene in made for beat in scene.beats)
    acts = (Act(name="development", scenes=tuple(scene.key for scene in made)),)
    return Plot(acts=acts, scenes=made, pages=(PagePlan(number=1, beats=keys),))


@dataclass(slots=True)
class _Counter:
    """Counts letters and lines."""

    at: int = 0
    lines: int = 0

    def span(self, letters: int) -> Span:
        self.at += letters
        return Span(start=self.at - letters, end=self.at)


def _scene(told: Json, counter: _Counter) -> Scene:
    known = {
        name: told[name] for name in ("key", "place", "setting", "time_of_day", "weather", "ground") if name in told
    }
    return Scene.of({"place": "", "setting": "", **known, "beats": [_beat(beat, counter) for beat in told["beats"]]})


def _beat(told: Json, counter: _Counter) -> Json:
    lines = [_line(line, counter) for line in told.get("lines", ())]
    kept = {name: told[name] for name in ("key", "told", "importance", "reveal", "present", "props") if name in told}
    return {"told": "", **kept, "lines": lines, "span": counter.span(1).to_json()}


def _line(told: Json | int, counter: _Counter) -> Json:
    """An outline of before has only the number of its letters."""
    line = told if isinstance(told, Mapping) else {"text": "。" * told}
    counter.lines += 1
    kept = {name: line[name] for name in ("key", "kind", "text", "speaker") if name in line}
    span = counter.span(len(line["text"])).to_json()
    return {"key": f"l{counter.lines:04d}", "kind": LineKind.SPEECH.value, **kept, "span": span}


def whole_lines(told: Sequence[Json], plot: Plot) -> dict[str, Line]:
    """All words of the lines that a question tells in brief, by key."""
    lines = {line.key: line for beat in plot.beats() for line in beat.lines}
    words = {
        line["key"]: line.get("whole", "")
        for scene in told
        for beat in scene["beats"]
        for line in beat.get("lines", ())
    }
    return {key: lines[key].model_copy(update={"text": text}) for key, text in words.items() if text}


def board_of(inputs: Json) -> Storyboard:
    """A storyboard of which only the words are known."""
    panels = tuple(
        PanelDraft(
            key=key, beats=(key.partition("+")[0],), scene="s01", role=Role.TALK, importance=2,
            direction=SceneDirection(shot="medium", setting="", seen=seen),
            dialogue=DialogueLayout.of({"parts": [*map(_spoken, _parts(inputs["parts"].get(key, [])))]}),
        )
        for key, seen in inputs["seen"].items()
    )  # fmt: skip
    layout = PanelLayout(frames=(), flow="rtl")
    pages = (panels[at : at + 5] for at in range(0, len(panels), 5))
    return Storyboard(
        pages=tuple(
            StoryPage(key=f"g{n:03d}", number=n, side=Side.LEFT, layout=layout, panels=own)
            for n, own in enumerate(pages, 1)
        )
    )


def _parts(told: Json | Sequence[Json]) -> Sequence[Json]:
    return told["parts"] if isinstance(told, Mapping) else told


def _spoken(told: Json) -> Json:
    span = Span(start=0, end=len(told["text"])).to_json()
    return {"line": str(told["key"]).partition(".")[0], "span": span, **told}


def taped(folder: Path) -> Iterator[tuple[str, Json, Json]]:
    """Prompt, inputs and answer of every answer in a folder of recordings, or of a desk (`questions` and `answers`)."""
    if (folder / "questions").is_dir():
        for file in sorted((folder / "questions").glob("*.json")):
            answer = folder / "answers" / file.name
            if answer.is_file():
                question = json.loads(file.read_text(encoding="utf-8"))
                texts = [part["text"] for content in question["contents"] for part in content["parts"]]
                yield from told_in(texts, json.loads(answer.read_text(encoding="utf-8")))
        return
    for file in sorted(folder.glob("*.json")):
        yield from read_tape(json.loads(file.read_text(encoding="utf-8")))


def read_tape(kept: Json) -> Iterator[tuple[str, Json, Json]]:
    """Prompt, inputs and answer of one recording."""
    yield from told_in(kept["question"]["rendered"], kept["answer"])


def told_in(texts: Iterable[str], answer: Json) -> Iterator[tuple[str, Json, Json]]:
    """Prompt and inputs as the data in a rendered prompt tells them, with the answer."""
    for text in texts:
        if _DATA in text:
            data: dict[str, Any] = json.loads(text[text.index(_DATA) + len(_DATA) : text.rindex("```")])
            yield data.pop("prompt_id", ""), data, answer
