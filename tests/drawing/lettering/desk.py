"""Small pages to letter: panels, figures as plain boxes, parts; everything a test needs and nothing drawn well."""

from collections.abc import Mapping, Sequence

from drawing.ink.canvas import Canvas
from drawing.ink.paths import ellipse
from drawing.layout.lay_out_pages import lay_out_book
from drawing.lettering.fonts import standard_folders
from drawing.lettering.letter_page import Manner
from drawing.lettering.punctuation import Style
from manga.artwork import FigureAnchors, Made, PanelArt
from manga.brief import Language
from manga.geometry import Rect, bounds
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.plot import LineKind
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
from manga.values import Ruby, Span


def part(
    number: int,
    text: str,
    *,
    kind: str = "speech",
    who: str | None = None,
    ruby: Sequence[tuple[int, int, str]] = (),
    confidence: float = 1.0,
    off_panel: bool = False,
) -> LinePart:
    start = number * 1000
    return LinePart(
        key=f"l{number:04}.1",
        line=f"l{number:04}",
        kind="sfx" if kind == "sfx" else LineKind(kind),
        text=text,
        span=Span(start=start, end=start + len(text)),
        speaker=who,
        ruby=tuple(Ruby(start=a, end=b, reading=r) for a, b, r in ruby),
        confidence=confidence,
        off_panel=off_panel,
    )


def panel(
    number: int, parts: Sequence[LinePart] = (), cast: Sequence[tuple[str, float]] = (("a", 0.5),), importance: int = 2
) -> PanelDraft:
    return PanelDraft(
        key=f"b{number:04}",
        beats=(f"b{number:04}",),
        scene="s01",
        role=Role.TALK,
        importance=importance,
        direction=SceneDirection(
            shot=Shot.BUST, setting="forest", figures=tuple(FigureDirection(character=c, x=x) for c, x in cast)
        ),
        dialogue=DialogueLayout(parts=tuple(parts)),
    )


def board(
    *pages: Sequence[PanelDraft], direction: Direction = Direction.RTL, paper: PaperName = PaperName.B5
) -> Storyboard:
    drafts = tuple(PageDraft(key=f"g{i:03}", number=i, panels=tuple(panels)) for i, panels in enumerate(pages, 1))
    return lay_out_book(
        StoryboardDraft(pages=drafts),
        paper=PAPERS[paper],
        start_side=Side.LEFT,
        direction=direction,
        vertical=direction is Direction.RTL,
    )


def manner(
    language: Language = Language.JA, *, punctuation: Style = "magazine", paper: PaperName = PaperName.B5
) -> Manner:
    direction = Direction.RTL if language is Language.JA else Direction.LTR
    return Manner(PAPERS[paper], direction, language, punctuation, True, 7, standard_folders())


def figures(draft: PanelDraft) -> tuple[FigureAnchors, ...]:
    """Heads in the middle of the height, in shares of the picture."""
    return tuple(
        FigureAnchors(
            character=f.character,
            body=Rect(x=f.x - 0.14, y=0.4, width=0.28, height=0.6),
            head=Rect(x=f.x - 0.08, y=0.42, width=0.16, height=0.24),
            face=Rect(x=f.x - 0.05, y=0.49, width=0.1, height=0.16),
            mouth=(f.x, 0.61),
        )
        for f in draft.direction.figures
    )


def drawn(storyboard: Storyboard, *, ink: float = 0.2) -> tuple[dict[str, PanelArt], Mapping[str, bytes]]:
    """A picture a panel (an ellipse a head), and the bytes by object name."""
    art: dict[str, PanelArt] = {}
    blobs: dict[str, bytes] = {}
    for page in storyboard.pages:
        for draft in page.panels:
            box = bounds(page.frame(draft.key).polygon)
            found = figures(draft)
            blobs[f"blob-{draft.key}"] = _picture(box, found)
            art[draft.key] = PanelArt(
                panel=draft.key,
                blob=f"blob-{draft.key}",
                media_type="application/x-manga-art+json",
                width=box.width,
                height=box.height,
                figures=found,
                ink=ink,
                made=Made(model="test"),
            )
    return art, blobs


def _picture(box: Rect, found: Sequence[FigureAnchors]) -> bytes:
    import json

    canvas = Canvas(box.width, box.height)
    for figure in found:
        head = figure.head or figure.body
        cx, cy = head.centre
        canvas.stroke(ellipse(cx * box.width, cy * box.height, head.width * box.width / 2, 8), 0.5)
    return json.dumps(canvas.finish().to_json()).encode()
