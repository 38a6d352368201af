"""Writes a book as a script in Markdown: headings, panel directions and lines.

Every word of the story, of a name, of a model is escaped: nothing of it becomes a heading, a link or HTML.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drawing.pages.preview_words import listed
from drawing.pages.scene_graph import BookFacts
from manga.brief import Language
from manga.characters import Cast
from manga.plot import Ground, Plot, Scene
from manga.storyboard import LinePart, PanelDraft, SceneDirection, Storyboard

_MARKS = re.compile(r"([\\`*_\[\]#|~$@]|:(?=//|\w+:)|(?<=\bwww)\.|^[-+=])", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_SPOKEN = frozenset({"speech", "thought", "monologue", "shout", "whisper"})


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a script tells."""

    facts: BookFacts
    storyboard: Storyboard
    cast: Cast
    plot: Plot


@dataclass(frozen=True, slots=True)
class _Words:
    language: Language
    page: str
    panel: str
    by: str
    cast: str
    narration: str
    sound: str
    unknown: str
    aside: str

    def of(self, *vocabulary: str) -> str:
        return listed(vocabulary, self.language)

    def beside(self, text: str) -> str:
        return self.aside.format(text)


_JAPANESE = _Words(
    Language.JA, "{}ページ", "{}コマ目", "原作", "登場人物", "ナレーション", "描き文字", "（誰か）", "（{}）"
)
_ENGLISH = _Words(Language.EN, "Page {}", "Panel {}", "Story", "Characters", "NARRATION", "SFX", "(SOMEBODY)", " ({})")


def script(manuscript: Manuscript) -> str:
    """The whole book, page by page and panel by panel."""
    words = _JAPANESE if manuscript.facts.language == "ja" else _ENGLISH
    return "\n".join((*_head(manuscript, words), *_pages(manuscript, words))).rstrip() + "\n"


def escaped(text: str) -> str:
    """A stranger's words on one line, without meaning for Markdown or HTML, and as readable as that allows."""
    plain = " ".join(_CONTROLS.sub(" ", text).split())
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", plain)).translate(_HTML)


def _head(manuscript: Manuscript, words: _Words) -> Iterator[str]:
    facts = manuscript.facts
    yield f"# {escaped(facts.title)}\n"
    if facts.author:
        yield f"{words.by}: {escaped(facts.author)}\n"
    if manuscript.cast.characters:
        yield f"## {words.cast}\n"
        for person in manuscript.cast.characters:
            told = f": {escaped(person.description)}" if person.description else ""
            yield f"- **{escaped(person.name)}**{told}"
        yield ""


def _pages(manuscript: Manuscript, words: _Words) -> Iterator[str]:
    names = {person.key: person.name for person in manuscript.cast.characters}
    scenes = {scene.key: scene for scene in manuscript.plot.scenes}
    last = ""
    for page in (page for page in manuscript.storyboard.pages if page.panels):
        yield f"## {words.page.format(page.number)}\n"
        titles = {head.panel: head.title for head in page.layout.heads}
        for number, panel in enumerate(page.panels, start=1):
            if panel.key in titles:
                yield f"### {escaped(titles[panel.key])}\n"
            if panel.scene != last and panel.scene in scenes:
                yield f"*{_scene(scenes[panel.scene], words)}*\n"
            last = panel.scene
            yield f"### {words.panel.format(number)}\n"
            yield f"> {_direction(panel, names, words)}\n"
            for part in panel.dialogue.parts:
                yield f"**{_speaker(part, names, words)}**{_manner(part, words)}: {escaped(part.text)}\n"


def _scene(scene: Scene, words: _Words) -> str:
    ground = words.of(f"{scene.ground.value}_ground") if scene.ground is not Ground.DRY else ""
    told = (scene.heading or scene.place, words.of(scene.time_of_day.value), words.of(scene.weather.value), ground)
    return " / ".join(escaped(text) for text in told if text)


def _direction(panel: PanelDraft, names: Mapping[str, str], words: _Words) -> str:
    direction = panel.direction
    told = (words.of(direction.shot.value, direction.angle.value, panel.role.value), *_figures(direction, names, words))
    return " — ".join(escaped(text) for text in (*told, direction.seen) if text)


def _figures(direction: SceneDirection, names: Mapping[str, str], words: _Words) -> Iterator[str]:
    for figure in direction.figures:
        does = words.of(figure.expression.value, figure.pose.value, figure.holds or "")
        yield names.get(figure.character, figure.character) + words.beside(does)


def _speaker(part: LinePart, names: Mapping[str, str], words: _Words) -> str:
    if part.kind == "sfx":
        return words.sound
    if part.speaker is not None:
        return escaped(names.get(part.speaker, part.speaker))
    return words.unknown if part.kind in _SPOKEN else words.narration


def _manner(part: LinePart, words: _Words) -> str:
    """How it is said, where that is not plain speech."""
    return "" if part.kind in {"speech", "narration", "sfx"} else words.beside(words.of(part.kind))
