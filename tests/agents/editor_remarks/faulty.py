"""A small book that an editor has nothing to say about, and changes that break one rule each."""

from collections.abc import Callable

from drawing.layout.lay_out_pages import lay_out_book
from manga.editor_remarks import EditorNote, Rule
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.plot import LineKind
from manga.storyboard import (
    Angle,
    DialogueLayout,
    Expression,
    FigureDirection,
    LinePart,
    PageDraft,
    PanelDraft,
    Role,
    SceneDirection,
    Shot,
    Storyboard,
    StoryboardDraft,
    StoryPage,
)
from manga.values import Span
from tests.graph.told import CAST, CONCEPT

Panels = list[list[PanelDraft]]
Change = Callable[[Panels], None]

FIRST, SECOND = "c01", "c02"


def figure(who: str, x: float, expression: Expression = Expression.NEUTRAL) -> FigureDirection:
    return FigureDirection(character=who, x=x, expression=expression, facing="left" if x > 0.5 else "right")


BOTH = (figure(FIRST, 0.8), figure(SECOND, 0.2))
"""The first to speak stands on the right, where reading begins."""


def part(number: int, text: str, speaker: str | None = FIRST, confidence: float = 1.0) -> LinePart:
    return LinePart(
        key=f"l{number:04}.1",
        line=f"l{number:04}",
        kind=LineKind.SPEECH if speaker else LineKind.NARRATION,
        text=text,
        span=Span(start=number * 10, end=number * 10 + len(text)),
        speaker=speaker,
        confidence=confidence,
    )


def panel(number: int, shot: Shot, *parts: LinePart, importance: int = 2, role: Role = Role.TALK) -> PanelDraft:
    wide = shot in (Shot.ESTABLISHING, Shot.LONG)
    return PanelDraft(
        key=f"b{number:04}",
        beats=(f"b{number:04}",),
        scene="s01",
        role=role,
        importance=importance,
        direction=SceneDirection(
            shot=shot,
            setting="river",
            place="the river",
            figures=() if wide else BOTH if shot is Shot.MEDIUM else (figure(FIRST, 0.5),),
            background="full" if wide else "partial",
        ),
        dialogue=DialogueLayout(parts=parts),
    )


def good_panels() -> Panels:
    """Four pages."""
    return [
        [
            panel(1, Shot.ESTABLISHING, role=Role.ESTABLISH, importance=3),
            panel(2, Shot.MEDIUM, part(2, "兵十、だれだ"), part(3, "ごん", SECOND)),
            panel(3, Shot.BUST, part(4, "そうか"), importance=4, role=Role.HOOK),
        ],
        [
            panel(4, Shot.MEDIUM, part(5, "見たか")),
            panel(5, Shot.CLOSE),
            panel(6, Shot.BUST, part(6, "行こう")),
            panel(7, Shot.LONG, importance=3),
        ],
        [panel(8, Shot.MEDIUM, part(7, "まて")), panel(9, Shot.BUST, importance=3)],
        [
            panel(10, Shot.FULL, importance=3),
            panel(11, Shot.BUST, part(8, "さよなら")),
            panel(12, Shot.LONG, importance=3, role=Role.AFTERBEAT),
        ],
    ]


def book(panels: Panels) -> Storyboard:
    pages = tuple(PageDraft(key=f"g{n:03}", number=n, panels=tuple(page)) for n, page in enumerate(panels, 1))
    return lay_out_book(
        StoryboardDraft(pages=pages),
        paper=PAPERS[PaperName.B5],
        start_side=Side.LEFT,
        direction=Direction.RTL,
        vertical=True,
    )


def _directed(page: int, index: int, **change: object) -> Change:
    def apply(panels: Panels) -> None:
        old = panels[page][index]
        panels[page][index] = old.model_copy(update={"direction": old.direction.model_copy(update=change)})

    return apply


def _changed(page: int, index: int, **change: object) -> Change:
    def apply(panels: Panels) -> None:
        panels[page][index] = panels[page][index].model_copy(update=change)

    return apply


def _said(page: int, index: int, *parts: LinePart) -> Change:
    return _changed(page, index, dialogue=DialogueLayout(parts=parts))


def _all(*changes: Change) -> Change:
    def apply(panels: Panels) -> None:
        for change in changes:
            change(panels)

    return apply


def _alike(panels: Panels) -> None:
    for n in range(1, 4):
        panels[n] = [
            panel(n * 10, Shot.MEDIUM, part(n * 10, "うん")),
            panel(n * 10 + 1, Shot.BUST),
            panel(n * 10 + 2, Shot.LONG if n < 3 else Shot.FULL, importance=3, role=Role.AFTERBEAT),
        ]


def _heads(panels: Panels) -> None:
    shots = (Shot.BUST, Shot.CLOSE)
    panels[2] = [panel(20 + n, shots[n % 2], part(20 + n, "なあ")) for n in range(4)]
    panels[3] = [panel(30 + n, shots[n % 2], part(30 + n, "うん")) for n in range(4)]
    panels[3].append(panel(40, Shot.LONG, importance=3, role=Role.AFTERBEAT))


def _small(panels: Panels) -> None:
    panels[2] = [panel(50 + n, shot, importance=i) for n, (shot, i) in enumerate(((Shot.LONG, 1), (Shot.BUST, 5)) * 3)]


SHOCKED = (figure(FIRST, 0.5, Expression.SHOCK),)
NOTE = EditorNote(page=2, fault="問いの前に答えがある。", phase="plot")
"""Of whoever has proof-read the book: the panels are as they were."""
FAULTS: dict[Rule, Change] = {
    Rule.EDITOR: lambda panels: None,
    Rule.DOUBTFUL_SPEAKER: _said(1, 0, part(5, "見たか", confidence=0.4)),
    Rule.WEAK_HOOK: _changed(0, 2, importance=2),
    Rule.CONTRADICTION: _directed(1, 1, setting="forest"),
    Rule.NO_NAME: _said(0, 1, part(2, "だれだ"), part(3, "おれだ", SECOND)),
    Rule.PLACE_NOT_SHOWN: _directed(0, 0, shot=Shot.FULL),
    Rule.ANSWER_FIRST: _said(0, 1, part(3, "兵十か", SECOND), part(2, "ごん")),
    Rule.LINE_CROSSED: _directed(0, 2, shot=Shot.FULL, figures=(figure(FIRST, 0.2), figure(SECOND, 0.8))),
    Rule.SAME_DISTANCE: _all(_directed(1, 1, shot=Shot.MEDIUM), _directed(1, 2, shot=Shot.MEDIUM)),
    Rule.TILTED_TWICE: _all(_directed(1, 0, angle=Angle.LOW), _directed(1, 2, angle=Angle.LOW)),
    Rule.NO_SILENCE: _all(_directed(0, 2, figures=SHOCKED), _said(1, 1, part(80, "おい"))),
    Rule.NO_REACTION: _changed(1, 3, importance=5),
    Rule.WEAK_TURN: _changed(2, 1, importance=1),
    Rule.EQUAL_LAYOUTS: _alike,
    Rule.CROWDED_PAGE: _said(1, 0, *(part(60 + n, "あ" * 35, FIRST if n < 3 else None) for n in range(5))),
    Rule.CROWDED_PANEL: _said(1, 0, *(part(60 + n, "なあ") for n in range(4))),
    Rule.LONG_BALLOON: _said(1, 0, part(5, "長" * 41)),
    Rule.BREAKS_OFF: _said(1, 0, part(5, "それを見ると、")),
    Rule.FAR_AND_SMALL: _small,
    Rule.TALKING_HEADS: _heads,
    Rule.NO_AFTERBEAT: _changed(3, 2, role=Role.TALK, dialogue=DialogueLayout(parts=(part(9, "おわり"),))),
}


def faulty(rule: Rule) -> Storyboard:
    """A book that breaks the rule, and perhaps others by the way."""
    panels = good_panels()
    FAULTS[rule](panels)
    made = book(panels)
    if rule is Rule.EDITOR:
        return made.model_copy(update={"notes": (NOTE,)})
    return _cut_alike(made) if rule is Rule.EQUAL_LAYOUTS else made


def _cut_alike(storyboard: Storyboard) -> Storyboard:
    """Our layout never cuts three pages alike, so the frames of the last two are traced from the page before."""
    first, second, *rest = storyboard.pages
    return Storyboard(pages=(first, second, *(_traced(page, second) for page in rest)))


def _traced(page: StoryPage, model: StoryPage) -> StoryPage:
    frames = tuple(
        frame.model_copy(update={"key": panel.key})
        for frame, panel in zip(model.layout.frames, page.panels, strict=True)
    )
    return page.model_copy(update={"layout": page.layout.model_copy(update={"frames": frames})})


__all__ = ["CAST", "CONCEPT", "FAULTS", "book", "faulty", "good_panels"]
