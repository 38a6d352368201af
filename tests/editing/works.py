"""A small work as state: four pages of four panels, laid out for real, each panel with a line and some with a sound."""

from typing import Any, cast

from drawing.layout.lay_out_pages import lay_out_book
from editing.accept_edits import accepted
from editing.edit_status import standings
from editing.phase_results import result_of
from editing.state_as_json import Json
from graph.state import State
from manga.brief import Brief, Settings
from manga.geometry import Rect
from manga.lettering import Lettering, PageLettering, Sfx
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.phases import Phase
from manga.plot import Act, Beat, Emotion, Line, LineKind, PagePlan, Plot, Scene
from manga.storyboard import (
    DialogueLayout,
    FigureDirection,
    LinePart,
    PageDraft,
    PanelDraft,
    Role,
    SceneDirection,
    Shot,
    Storyboard,
    StoryboardDraft,
)
from manga.thing_shapes import Mark, ThingShape
from manga.values import Span
from tests.graph.told import CAST, CONCEPT

PAGES = 4
PANELS = 4
SHOTS = (Shot.LONG, Shot.BUST, Shot.CLOSE, Shot.FULL)


def part(number: int, *, sound: bool = False) -> LinePart:
    span = Span(start=number * 10, end=number * 10 + 5)
    key = f"l{number + 500:04}" if sound else f"l{number:04}"
    if sound:
        return LinePart(key=f"{key}.1", line=key, kind="sfx", text="ドン", span=span)
    return LinePart(
        key=f"{key}.1", line=key, kind=LineKind.SPEECH, text=f"せりふ{number}です", span=span, speaker="c01"
    )


def draft(number: int, *, role: Role = Role.TALK, importance: int = 2) -> PanelDraft:
    parts = (part(number), part(number, sound=True)) if number % 3 == 0 else (part(number),)
    who = ("c01", "c02") if number % 2 else ("c01",)
    figures = tuple(FigureDirection(character=key, x=0.3 + 0.4 * i) for i, key in enumerate(who))
    shot = SHOTS[number % len(SHOTS)]
    direction = SceneDirection(shot=shot, setting="river", place="川", figures=figures, emotion=Emotion.JOY)
    return PanelDraft(
        key=f"b{number:04}",
        beats=(f"b{number:04}",),
        scene="s01",
        role=role,
        importance=importance,
        direction=direction,
        dialogue=DialogueLayout(parts=parts),
    )


def storyboard(pages: int = PAGES, panels: int = PANELS) -> Storyboard:
    """The first panel of page 2 opens and bleeds."""
    drafts = tuple(
        PageDraft(
            key=f"g{page + 1:03}",
            number=page + 1,
            panels=tuple(
                draft(page * panels + n, role=Role.ESTABLISH, importance=4)
                if (page, n) == (1, 0)
                else draft(page * panels + n)
                for n in range(panels)
            ),
        )
        for page in range(pages)
    )
    return lay_out_book(
        StoryboardDraft(pages=drafts),
        paper=PAPERS[PaperName.B5],
        start_side=Side.LEFT,
        direction=Direction.RTL,
        vertical=True,
        seed=7,
    )


def plot(panels: int = PAGES * PANELS) -> Plot:
    beats = tuple(
        Beat(
            key=f"b{n:04}",
            span=Span(start=n * 10, end=n * 10 + 9),
            told="",
            lines=(
                Line(
                    key=f"l{n:04}",
                    kind=LineKind.SPEECH,
                    text=f"せりふ{n}です",
                    span=Span(start=n * 10, end=n * 10 + 5),
                    speaker="c01",
                ),
            ),
        )
        for n in range(panels)
    )
    return Plot(
        acts=(Act(name="opening", scenes=("s01",)),),
        scenes=(Scene(key="s01", place="川", setting="river", beats=beats),),
        pages=(PagePlan(number=1, beats=tuple(beat.key for beat in beats)),),
        things=(ThingShape(key="t01", word="水車の杵", cm=120, marks=(Mark(path="M0 40L100 40L100 60L0 60Z"),)),),
    )


def lettering(board: Storyboard) -> Lettering:
    """Sounds only, each a box in the middle of its panel: what a move is measured from."""
    pages = []
    for page in board.pages:
        sounds = tuple(
            Sfx(key=p.key, panel=panel.key, text=p.text, outline="", polygon=_middle(page.frame(panel.key).polygon))
            for panel in page.panels
            for p in panel.dialogue.parts
        )
        pages.append(PageLettering(page=page.key, sfx=sounds))
    return Lettering(pages=tuple(pages), base_size_q=13.0)


def _middle(polygon: Any) -> Any:
    x, y = sum(p[0] for p in polygon) / len(polygon), sum(p[1] for p in polygon) / len(polygon)
    return Rect(x=x - 5, y=y - 5, width=10, height=10).polygon()


def state(pages: int = PAGES, panels: int = PANELS) -> State:
    """Everything up to lettering is made; the person looks at lettering in version v1."""
    board = storyboard(pages, panels)
    made: Json = {
        "brief": Brief(text="むかし、狐がいた。", settings=Settings(seed=7)).to_json(),
        "concept": CONCEPT.to_json(),
        "characters": CAST.to_json(),
        "plot": plot(pages * panels).to_json(),
        "storyboard": board.to_json(),
        "artwork": {},
        "lettering": lettering(board).to_json(),
        "version": "v1",
        "feedback": {"asked_at": "lettering", "version": "v1"},
    }
    return cast("State", made)


def sent(element: str, change: str = "text_edit", **data: Any) -> Json:
    return {"change_type": change, "element_id": element, "change_data": data, "base_version": "v1"}


def edited(before: State, *edits: Json) -> State:
    """The state with more edits on its list."""
    found = [edit.to_json() for edit in accepted(before, edits)]
    return cast("State", {**before, "edits": [*(before.get("edits") or ()), *found]})


def without(before: State, *ids: str) -> State:
    return cast("State", {**before, "edits": [e for e in before.get("edits") or () if e["id"] not in ids]})


def last_id(of: State) -> str:
    return str(of["edits"][-1]["id"])


def board(of: State) -> Storyboard:
    return result_of(of, Phase.STORYBOARD, Storyboard)


def parts(of: State) -> list[str]:
    """Keys of all texts in reading order."""
    return [p.key for panel in board(of).panels() for p in panel.dialogue.parts]


def panels(of: State) -> list[str]:
    return [panel.key for panel in board(of).panels()]


def status(of: State) -> dict[str, str]:
    return {standing.id: standing.status for standing in standings(of)}
