"""Pages that no story has: drafts by chance within what a storyboard may hold, laid out, peopled and lettered.

Nothing is drawn: figures are where the offline artist would place them. The same seed gives the same page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from drawing.art.draw_panel import expected_anchors, expected_breakout
from drawing.layout.breakouts import breakouts
from drawing.layout.lay_out_pages import lay_out
from drawing.lettering.fonts import standard_folders
from drawing.lettering.letter_page import letter_page
from drawing.lettering.typesetting import Manner
from drawing.pages.scene_graph import BookFacts, body_page
from manga.artwork import Made, PanelArt
from manga.book import PageGraph
from manga.brief import Language
from manga.characters import Look
from manga.geometry import bounds
from manga.panel_brief import brief_for
from manga.paper import PAPERS, Direction, PaperName, Side, first_side
from manga.plot import Emotion, LineKind
from manga.storyboard import (
    Angle,
    BreakoutRoom,
    DialogueLayout,
    Expression,
    FigureDirection,
    LinePart,
    PageDraft,
    PanelDraft,
    Pose,
    Role,
    SceneDirection,
    Shot,
    Storyboard,
    StoryPage,
)
from manga.values import Span

PLACES = ("classroom", "street", "forest", "room", "mountain", "japanese_room", "shore", "temple")
POSES = (Pose.STAND, Pose.RELAXED, Pose.WALK, Pose.POINT, Pose.THINK, Pose.SIT, Pose.RUN)
MOST_FIGURES = {
    Shot.ESTABLISHING: 2,
    Shot.LONG: 3,
    Shot.FULL: 4,
    Shot.MEDIUM: 3,
    Shot.BUST: 2,
    Shot.CLOSE: 1,
    Shot.EXTREME_CLOSE: 1,
    Shot.INSERT: 0,
}
SIDES = {1: (0.62,), 2: (0.73, 0.27), 3: (0.8, 0.5, 0.2), 4: (0.85, 0.62, 0.38, 0.15)}
PAGE_LETTERS = {Language.JA: 120, Language.EN: 380}
JAPANESE = (
    "昨日の夜、", "学校の屋上に", "だれかがいた", "んだって", "ほんとうに", "まさか", "あの人は", "もう",
    "帰ってこない", "かもしれない", "だから", "ぼくは", "ここで", "待っている", "約束", "したじゃないか", "きみが",
    "言ったんだ", "そうか", "ありがとう",
)  # fmt: skip
ENGLISH = (
    "I THOUGHT", "YOU KNEW", "THE BISHOP", "IS LATE", "AND NOBODY", "TOLD ME", "WHERE", "THE KEY", "IS", "PERHAPS",
    "WE SHOULD", "GO HOME", "BEFORE", "IT RAINS", "AGAIN", "OH NO",
)  # fmt: skip
LOOKS = {
    "c01": Look.model_validate({"gender": "male", "age": "teen", "hair_style": "spiky"}),
    "c02": Look.model_validate({"gender": "female", "age": "adult", "hair_style": "bob"}),
    "c03": Look.model_validate({"gender": "male", "age": "child"}),
    "c04": Look.model_validate({"gender": "female", "age": "elder"}),
    "c05": Look.model_validate({"kind": "fox"}),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a book of such pages shares."""

    language: Language
    direction: Direction
    paper: PaperName

    @property
    def vertical(self) -> bool:
        return self.language is Language.JA


def random_graph(seed: int, letters: int | None = None) -> PageGraph:
    """The scene graph of the page with this number; `letters` is about how many it may have."""
    rng = Random(f"page:{seed}")
    language = rng.choice((Language.JA, Language.JA, Language.EN))
    direction = Direction.RTL if language is Language.JA or rng.random() < 0.3 else Direction.LTR
    kind = Kind(language, direction, rng.choice(list(PaperName)))
    return graph_of(random_draft(rng, seed, kind, letters or PAGE_LETTERS[language]), kind, seed)


def random_draft(rng: Random, seed: int, kind: Kind, letters: int) -> PageDraft:
    """3 to 7 panels of any role, weight and view; people stand as their words are read."""
    panels: list[PanelDraft] = []
    for number in range(rng.choice((3, 4, 5, 5, 5, 6, 6, 7))):
        panels.append(_panel(rng, number, kind, letters))
        letters -= sum(len(part.text) for part in panels[-1].dialogue.parts)
    return PageDraft(key=f"g{seed % 9999 + 1:04d}", number=1, panels=tuple(panels))


def _panel(rng: Random, number: int, kind: Kind, letters: int) -> PanelDraft:
    shot = rng.choice(list(Shot))
    keys = rng.sample(sorted(LOOKS), rng.randint(0 if MOST_FIGURES[shot] != 1 else 1, MOST_FIGURES[shot]))
    most = {Shot.EXTREME_CLOSE: 1, Shot.CLOSE: 1}.get(shot, 2)
    texts = rng.choice((0, 1, 1, 2)) if letters > 12 else 0
    parts = _parts(rng, number, keys, min(most, texts), kind)
    emotion = rng.choice(list(Emotion))
    return PanelDraft(
        key=f"b{number:04d}",
        beats=(f"b{number:04d}",),
        scene="s01",
        role=rng.choice([role for role in Role if role is not Role.SPLASH]),
        importance=rng.choice((1, 2, 2, 3, 3, 4, 5)),
        direction=SceneDirection(
            shot=shot,
            angle=rng.choice((Angle.EYE, Angle.EYE, Angle.HIGH, Angle.LOW)),
            figures=tuple(_figures(rng, keys, kind)),
            setting=rng.choice(PLACES),
            emotion=emotion,
            effects=rng.choice(((), (), ("focus_lines",), ("speed_lines",))),
            seen=f"{number}",
        ),
        dialogue=DialogueLayout(parts=parts),
    )


def _parts(rng: Random, number: int, keys: Sequence[str], count: int, kind: Kind) -> tuple[LinePart, ...]:
    """The first to speak stands where reading begins."""
    speakers = list(keys[:count]) + [None] * (count - len(keys[:count]))
    return tuple(_part(rng, number, i, speaker, kind) for i, speaker in enumerate(speakers, start=1))


def _part(rng: Random, number: int, i: int, speaker: str | None, kind: Kind) -> LinePart:
    words = [rng.choice(JAPANESE if kind.vertical else ENGLISH) for _ in range(rng.randint(1, 4))]
    end = rng.choice(("", "！", "？", "……") if kind.vertical else (".", "!", "?", "--"))
    spoken = (LineKind.SPEECH, LineKind.SPEECH, LineKind.SPEECH, LineKind.SHOUT, LineKind.THOUGHT)
    line = f"l{number:04d}"
    return LinePart(
        key=f"{line}.{i}",
        line=line,
        kind=rng.choice(spoken) if speaker else LineKind.NARRATION,
        text=("" if kind.vertical else " ").join(words) + end,
        span=Span(start=100 * number + 10 * i, end=100 * number + 10 * i + 1),
        speaker=speaker,
    )


def _figures(rng: Random, keys: Sequence[str], kind: Kind) -> list[FigureDirection]:
    """Those who speak first stand where reading begins; two who stand together look at each other."""
    found = []
    for i, key in enumerate(keys):
        x = SIDES[len(keys)][i]
        ahead = "left" if x > 0.5 else "right"
        facing = rng.choice((ahead, ahead, "front"))
        if kind.direction is Direction.LTR:
            x, facing = round(1 - x, 3), {"left": "right", "right": "left"}.get(facing, facing)
        look, pose = rng.choice(list(Expression)), rng.choice(POSES)
        found.append(
            FigureDirection.model_validate(
                {"character": key, "x": x, "facing": facing, "expression": look, "pose": pose}
            )
        )
    return found


def graph_of(draft: PageDraft, kind: Kind, seed: int) -> PageGraph:
    """A draft as a finished page without ink."""
    paper = PAPERS[kind.paper]
    side = Random(seed).choice((first_side(kind.direction), first_side(kind.direction).other))
    page = _laid(draft, kind, side, seed)
    rooms = breakouts(Storyboard(pages=(page,)), paper)
    art = {panel.key: _art(panel, page, seed, rooms.get(panel.key)) for panel in page.panels}
    manner = Manner(
        paper=paper,
        direction=kind.direction,
        language=kind.language,
        punctuation="magazine",
        with_ruby=False,
        seed=seed,
        folders=standard_folders(),
    )
    lettered = letter_page(page, art, manner)
    facts = BookFacts("", None, kind.language.value, kind.direction, paper)
    return body_page(page, art, lettered.page, facts, seed + 1)


def _laid(draft: PageDraft, kind: Kind, side: Side, seed: int) -> StoryPage:
    paper = PAPERS[kind.paper]
    layout = lay_out(draft, paper=paper, side=side, direction=kind.direction, vertical=kind.vertical, seed=seed)
    return StoryPage(key=draft.key, number=draft.number, side=side, layout=layout, panels=draft.panels)


def _art(panel: PanelDraft, page: StoryPage, seed: int, room: BreakoutRoom | None) -> PanelArt:
    """Where the artist would place the figures; no picture."""
    polygon = page.frame(panel.key).polygon
    box = bounds(polygon)
    outline = tuple((x - box.x, y - box.y) for x, y in polygon)
    talking = tuple(dict.fromkeys(part.speaker for part in panel.dialogue.parts if part.speaker))
    request = brief_for(
        box.width, box.height, panel.direction, LOOKS, seed=seed, outline=outline, speakers=talking, room=room
    )
    return PanelArt(
        panel=panel.key,
        blob=f"blob-{panel.key}",
        media_type="application/x-manga-art+json",
        width=box.width,
        height=box.height,
        figures=expected_anchors(request),
        breakout=expected_breakout(request),
        made=Made(model="expected"),
    )
