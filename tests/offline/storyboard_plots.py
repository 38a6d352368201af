"""Plots made by hand for the storyboard tests, and whole stories as the offline writer reads them."""

from dataclasses import dataclass
from functools import cache

from evals.read_gold import load
from manga.brief import Language, Settings
from manga.characters import Cast, Character, Look
from manga.concept import Concept, Genre, Period, World
from manga.paper import Direction, first_side
from manga.plot import Act, Beat, Line, LineKind, PagePlan, Plot, Scene
from manga.values import Span
from offline.writer import write_characters, write_concept, write_plot


@dataclass(frozen=True)
class Inputs:
    plot: Plot
    cast: Cast
    concept: Concept
    settings: Settings


class Teller:
    """Writes beats one after another; every letter has its own place in an imaginary source."""

    def __init__(self) -> None:
        self._at = 0
        self._lines = 0
        self._beats = 0

    def line(self, text: str, speaker: str | None = None, *, confidence: float = 1.0) -> Line:
        self._lines += 1
        span = Span(start=self._at, end=self._at + len(text))
        self._at = span.end + 1
        kind = LineKind.SPEECH if speaker else LineKind.NARRATION
        return Line(
            key=f"l{self._lines:04d}", kind=kind, text=text, span=span, speaker=speaker, confidence=confidence
        )  # fmt: skip

    def beat(self, *lines: Line, importance: int = 2, **more: object) -> Beat:
        self._beats += 1
        told = "".join(line.text for line in lines if line.kind is LineKind.NARRATION)
        who = tuple(dict.fromkeys(line.speaker for line in lines if line.speaker))
        span = Span(start=lines[0].span.start if lines else self._at, end=lines[-1].span.end if lines else self._at)
        facts = {"present": who or ("c01",), **more}
        return Beat(key=f"b{self._beats:04d}", span=span, told=told, lines=lines, importance=importance, **facts)


def scene(number: int, *beats: Beat) -> Scene:
    return Scene(key=f"s{number:02d}", place="村", setting="village", present=("c01", "c02"), beats=beats)


def inputs(
    *scenes: Scene, pages: tuple[tuple[str, ...], ...] | None = None, language: Language = Language.JA, **wishes: object
) -> Inputs:
    keys = tuple(beat.key for found in scenes for beat in found.beats)
    plans = tuple(PagePlan(number=n, beats=page) for n, page in enumerate(pages or (keys,), start=1))
    people = (("c01", "ごん"), ("c02", "兵十"), ("c03", "加助"))
    cast = Cast(characters=tuple(Character(key=k, name=n, look=Look(), description=n) for k, n in people))
    direction = Direction.RTL if language is Language.JA else Direction.LTR
    concept = Concept(
        title="話",
        logline="",
        theme="",
        genres=(Genre.DRAMA,),
        target_readers="",
        world=World(place="", period=Period.OLD_JAPAN),
        mood="",
        art_style="",
        direction=direction,
        start_side=first_side(direction),
        language=language,
    )
    acts = (Act(name="development", scenes=tuple(found.key for found in scenes)),)
    return Inputs(Plot(acts=acts, scenes=scenes, pages=plans), cast, concept, Settings(**wishes))


@cache
def story(key: str) -> Inputs:
    """One of `evals/stories`, read by the offline writer."""
    return read(load(key).raw)


@cache
def read(text: str) -> Inputs:
    """A story as an author sends it, read by the offline writer."""
    settings = Settings()
    found: dict[str, object] = {"story": text, "settings": settings}
    found["concept"] = write_concept(found)
    found["cast"] = write_characters(found)
    return Inputs(write_plot(found), found["cast"], found["concept"], settings)  # type: ignore[arg-type]
