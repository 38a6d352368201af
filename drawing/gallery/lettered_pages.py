"""Gallery pages that show every kind of balloon, drawn sounds, and how pages are cut; lettered as in a book."""

import json
from collections.abc import Mapping, Sequence

from drawing.art.draw_panel import draw_panel
from drawing.gallery.contact_sheet import encoded
from drawing.gallery.people import CAST
from drawing.layout.lay_out_pages import lay_out_book
from drawing.lettering.fonts import standard_folders
from drawing.lettering.letter_page import letter_page
from drawing.lettering.typesetting import Manner
from drawing.pages.preview_pictures import shown_page
from drawing.pages.scene_graph import BookFacts, body_page
from manga.artwork import Made, PanelArt
from manga.brief import Language
from manga.geometry import bounds
from manga.panel_brief import brief_for
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.plot import Emotion, LineKind
from manga.storyboard import (
    DialogueLayout,
    Expression,
    FigureDirection,
    LinePart,
    PageDraft,
    PanelDraft,
    Role,
    SceneDirection,
    Shot,
    StoryboardDraft,
    StoryPage,
)
from manga.values import Span

_B5 = PAPERS[PaperName.B5]
_LOOKS = {"c01": CAST[0][1], "c02": CAST[1][1]}

_KINDS_JA: tuple[tuple[LineKind, str], ...] = (
    (LineKind.SPEECH, "おはよう。今日は早いね。"),
    (LineKind.SHOUT, "待てよ！"),
    (LineKind.WHISPER, "ないしょだよ……"),
    (LineKind.THOUGHT, "言えなかったな。"),
    (LineKind.NARRATION, "その日の放課後――"),
    (LineKind.MONOLOGUE, "もう、もどらない。"),
    (LineKind.TELEPHONE, "もしもし？"),
    (LineKind.SONG, "さくら　さくら"),
    (LineKind.LETTER, "元気でいますか。"),
)
_KINDS_EN: tuple[tuple[LineKind, str], ...] = (
    (LineKind.SPEECH, "Good morning. You are early today."),
    (LineKind.SHOUT, "Wait for me!"),
    (LineKind.WHISPER, "Not a word to anybody."),
    (LineKind.THOUGHT, "I should have told him."),
    (LineKind.NARRATION, "That afternoon, after the last bell."),
    (LineKind.MONOLOGUE, "There was no going back."),
    (LineKind.TELEPHONE, "Hello? Who is there?"),
    (LineKind.SONG, "Row, row, row your boat"),
    (LineKind.LETTER, "I hope that you are well."),
)
_TWO_PARTS: Mapping[Language, tuple[str, str]] = {
    Language.JA: ("直して、もう一回、星を見るの", "おじいさんにも、見せてあげよう"),
    Language.EN: ("Mend it, and look at the stars once more.", "And we shall show it to Grandfather."),
}
"""What one person says in two balloons of one shape."""
_SOUNDS: dict[str, Emotion] = {
    "ドドド": Emotion.TENSION,
    "ガシャン": Emotion.SURPRISE,
    "ざわざわ": Emotion.NEUTRAL,
    "シーン": Emotion.NEUTRAL,
    "ドキッ": Emotion.SURPRISE,
    "バタン！": Emotion.ANGER,
    "そよそよ": Emotion.TENDERNESS,
    "ゴゴゴゴ": Emotion.TENSION,
    "ぽとっ": Emotion.NEUTRAL,
    "CRASH": Emotion.FEAR,
    "WHOOSH": Emotion.TENSION,
}


def _panel(number: int, parts: Sequence[LinePart], emotion: Emotion, importance: int, who: int = 2) -> PanelDraft:
    people = (
        FigureDirection(character="c01", x=0.72, facing="left", expression=Expression.SMILE),
        FigureDirection(character="c02", x=0.28, facing="right", expression=Expression.SERIOUS),
    )
    key = f"b{number:04}"
    direction = SceneDirection(
        shot=(Shot.MEDIUM, Shot.BUST, Shot.FULL)[number % 3],
        setting=("classroom", "street", "field")[number % 3],
        figures=people[:who],
        emotion=emotion,
        background="partial",
    )
    return PanelDraft(
        key=key,
        beats=(key,),
        scene="s01",
        role=Role.TALK,
        importance=importance,
        direction=direction,
        dialogue=DialogueLayout(parts=tuple(parts)),
    )


def _part(number: int, kind: LineKind | None, text: str) -> LinePart:
    key = f"l{number:04}"
    span = Span(start=number * 100, end=number * 100 + len(text))
    return LinePart.model_validate(
        {"key": f"{key}.1", "line": key, "kind": kind or "sfx", "text": text, "span": span, "speaker": "c01"}
    )


def _kinds(kinds: Sequence[tuple[LineKind, str]], language: Language) -> list[PanelDraft]:
    """Every kind by itself; a voice from outside the picture; and what is said in two balloons."""
    found = [_panel(i, (_part(i, kind, text),), Emotion.NEUTRAL, 2 + i % 2) for i, (kind, text) in enumerate(kinds)]
    unseen = _part(len(found), *kinds[0]).model_copy(update={"off_panel": True})
    two = [_part(len(found) + 1 + i, LineKind.SPEECH, text) for i, text in enumerate(_TWO_PARTS[language])]
    return [
        *found,
        _panel(len(found), (unseen,), Emotion.NEUTRAL, 2),
        _panel(len(found) + 1, two, Emotion.NEUTRAL, 4),
    ]


def _sounds() -> list[PanelDraft]:
    return [_panel(i, (_part(i, None, text),), mood, 2 + i % 3, 1) for i, (text, mood) in enumerate(_SOUNDS.items())]


def _book(panels: Sequence[PanelDraft], direction: Direction, size: int = 5) -> tuple[StoryPage, ...]:
    cut = [panels[i : i + size] for i in range(0, len(panels), size)]
    drafts = tuple(PageDraft(key=f"g{i:03}", number=i, panels=tuple(part)) for i, part in enumerate(cut, 1))
    rtl = direction is Direction.RTL
    board = lay_out_book(
        StoryboardDraft(pages=drafts), paper=_B5, start_side=Side.LEFT, direction=direction, vertical=rtl, seed=5
    )
    return board.pages


def _page(page: StoryPage, language: Language, direction: Direction, width_px: int) -> bytes:
    art: dict[str, PanelArt] = {}
    blobs: dict[str, bytes] = {}
    for draft in page.panels:
        box = bounds(page.frame(draft.key).polygon)
        drawn = draw_panel(brief_for(box.width, box.height, draft.direction, _LOOKS, seed=2))
        blobs[draft.key] = json.dumps(drawn.drawing.to_json()).encode()
        art[draft.key] = PanelArt(
            panel=draft.key, blob=draft.key, media_type="application/x-manga-art+json", width=box.width,
            height=box.height, figures=drawn.figures, ink=drawn.ink, made=Made(model="gallery"),
        )  # fmt: skip
    manner = Manner(_B5, direction, language, "magazine", True, 7, standard_folders())
    facts = BookFacts("", None, language.value, direction, _B5)
    graph = body_page(page, art, letter_page(page, art, manner).page, facts, page.number)
    return encoded(shown_page(graph, blobs, standard_folders(), width_px * 2).png, width_px)


def pages(width_px: int = 760) -> dict[str, bytes]:
    """Balloons of both languages, and drawn sounds."""
    found: dict[str, bytes] = {}
    for name, panels, language, direction in (
        ("balloons_ja", _kinds(_KINDS_JA, Language.JA), Language.JA, Direction.RTL),
        ("balloons_en", _kinds(_KINDS_EN, Language.EN), Language.EN, Direction.LTR),
        ("sfx", _sounds(), Language.JA, Direction.RTL),
    ):
        for page in _book(panels, direction):
            found[f"{name}_{page.number}"] = _page(page, language, direction, width_px)
    return found
