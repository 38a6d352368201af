"""A small story as every phase tells it: the values that the scripted models answer with."""

from manga.brief import Brief, FeedbackMode, Language, Settings
from manga.characters import Cast, Character, Look
from manga.concept import Concept, Genre, Period, World
from manga.geometry import Rect
from manga.lettering import Lettering, PageLettering
from manga.paper import Direction, Side
from manga.plot import Act, Beat, Line, LineKind, PagePlan, Plot, Scene
from manga.storyboard import (
    DialogueLayout,
    FigureDirection,
    LinePart,
    PanelDraft,
    PanelFrame,
    PanelLayout,
    Role,
    SceneDirection,
    Shot,
    Storyboard,
    StoryPage,
)
from manga.values import Span, Value

PANELS = 6

CONCEPT = Concept(
    title="狐の話",
    logline="A fox brings chestnuts.",
    theme="regret",
    genres=(Genre.FOLK_TALE,),
    target_readers="all",
    world=World(place="a village", period=Period.OLD_JAPAN),
    mood="quiet",
    art_style="folk",
    direction=Direction.RTL,
    start_side=Side.LEFT,
    language=Language.JA,
)
CAST = Cast(
    characters=(
        Character(key="c01", name="ごん", look=Look(), description="a small fox"),
        Character(key="c02", name="兵十", look=Look(), description="a man in work clothes"),
    )
)


def _line(number: int) -> Line:
    span = Span(start=number * 10, end=number * 10 + 5)
    return Line(key=f"l{number:04}", kind=LineKind.SPEECH, text=f"line {number}", span=span, speaker="c01")


def plot_of(panels: int) -> Plot:
    beats = tuple(
        Beat(key=f"b{n:04}", span=Span(start=n * 10, end=n * 10 + 9), told="", lines=(_line(n),)) for n in range(panels)
    )
    return Plot(
        acts=(Act(name="opening", scenes=("s01",)),),
        scenes=(Scene(key="s01", place="river", setting="river", beats=beats),),
        pages=(PagePlan(number=1, beats=tuple(beat.key for beat in beats)),),
    )


def _panel(number: int) -> PanelDraft:
    line = _line(number)
    part = LinePart(
        key=f"{line.key}.1", line=line.key, kind=LineKind.SPEECH, text=line.text, span=line.span, speaker="c01"
    )
    who = "c01" if number % 2 == 0 else "c02"
    return PanelDraft(
        key=f"b{number:04}",
        beats=(f"b{number:04}",),
        scene="s01",
        role=Role.TALK,
        importance=2,
        direction=SceneDirection(
            shot=Shot.BUST, setting="river", figures=(FigureDirection(character=who),), seen=f"panel {number}"
        ),
        dialogue=DialogueLayout(parts=(part,)),
    )


def storyboard_of(panels: int) -> Storyboard:
    drafts = tuple(_panel(number) for number in range(panels))
    frames = tuple(
        PanelFrame(key=draft.key, polygon=Rect(x=0, y=i * 20, width=50, height=18).polygon(), importance=2)
        for i, draft in enumerate(drafts)
    )
    page = StoryPage(key="g001", number=1, side=Side.LEFT, layout=PanelLayout(frames=frames, flow="rtl"), panels=drafts)
    return Storyboard(pages=(page,))


def answers(panels: int = PANELS) -> dict[str, Value]:
    return {
        "concept": CONCEPT,
        "characters": CAST,
        "plot": plot_of(panels),
        "storyboard": storyboard_of(panels),
        "lettering": Lettering(pages=(PageLettering(page="g001"),), base_size_q=13.0),
    }


def brief(*, feedback: bool = False, confirm: bool = False) -> Brief:
    mode = FeedbackMode(enabled=feedback, confirm_plans=confirm)
    return Brief(text="むかし、狐がいた。", feedback_mode=mode, settings=Settings(seed=7))
