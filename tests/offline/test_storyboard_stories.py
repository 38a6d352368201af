"""The editors' gates on stories of our own: long and short, with and without talk, with readings and without."""

from itertools import pairwise

import pytest

from drawing.layout.lay_out_pages import lay_out_book
from drawing.layout.reading_order import reading_order
from manga.brief import Language
from manga.geometry import area, overlap_area
from manga.paper import PAPERS, PaperName
from manga.plot import LineKind
from manga.storyboard import PanelDraft, Role, Storyboard, StoryboardDraft
from manga.text_capacity import TOLD_A_PAGE
from offline.directing.choose_captions import MOST_BOXES, THIN_PAGE
from offline.directing.storyboard import draft_storyboard
from tests.offline.storyboard_plots import Inputs, story

UNSPOKEN = "ja_mizuyari"
"""Short, and nobody speaks in it."""
GIVES_ROOM = 0.65
"""Rank correlation of weight and area; evaluations ask for 0.5 (`importance_area_rho`)."""

KEYS = ("ja_tokei", "ja_jizou", UNSPOKEN, "en_mole", "en_goose", "en_remarks")
pytestmark = pytest.mark.parametrize("key", KEYS)


def _drafted(key: str) -> tuple[Inputs, StoryboardDraft]:
    given = story(key)
    return given, draft_storyboard(given.plot, given.cast, given.concept, given.settings)


def _board(given: Inputs, draft: StoryboardDraft) -> Storyboard:
    return lay_out_book(
        draft,
        paper=PAPERS[PaperName.B5],
        start_side=given.concept.start_side,
        direction=given.concept.direction,
        vertical=given.concept.language is Language.JA,
    )


def _texts(panel: PanelDraft) -> list[str]:
    return [part.text for part in panel.dialogue.parts if part.kind != "sfx"]


def _captions(panel: PanelDraft) -> list[str]:
    return [part.text for part in panel.dialogue.parts if part.kind == LineKind.NARRATION]


def _rank_correlation(pairs: list[tuple[float, float]]) -> float:
    ranked = [_ranks([pair[i] for pair in pairs]) for i in (0, 1)]
    mean = (len(pairs) + 1) / 2
    both = sum((a - mean) * (b - mean) for a, b in zip(*ranked, strict=True))
    spread = [sum((a - mean) ** 2 for a in ranks) ** 0.5 for ranks in ranked]
    return float(both / (spread[0] * spread[1]))


def _ranks(values: list[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def test_every_line_is_spoken_in_the_storys_own_words(key: str) -> None:
    given, draft = _drafted(key)
    words: dict[str, str] = {}
    for panel in (panel for page in draft.pages for panel in page.panels):
        for part in panel.dialogue.parts:
            if part.kind != "sfx":
                words[part.line] = words.get(part.line, "") + part.text
    lines = [line for beat in given.plot.beats() for line in beat.lines if line.kind is not LineKind.NARRATION]
    assert sum(words.get(line.key) == line.text for line in lines) >= 0.98 * len(lines)
    assert {key for page in draft.pages for panel in page.panels for key in panel.beats} == {
        beat.key for beat in given.plot.beats()
    }


def test_pages_are_as_full_as_editors_want_them(key: str) -> None:
    given, draft = _drafted(key)
    letters = [sum(len(text) for panel in page.panels for text in _texts(panel)) for page in draft.pages]
    texts = [sum(len(_texts(panel)) for panel in page.panels) for page in draft.pages]
    if given.concept.language is Language.JA:
        assert 70 <= sum(letters) / len(letters) <= 120
        assert max(letters) <= 160
        source = sum(len(line.text) for beat in given.plot.beats() for line in beat.lines)
        assert 150 <= source / len(draft.pages) <= 250
    else:
        words = [sum(len(t.split()) for panel in page.panels for t in _texts(panel)) for page in draft.pages]
        assert max(words) <= 120
    assert sum(texts) / len(texts) <= 7.5
    assert max(texts) <= 11


def test_panels_a_page_and_silence_are_in_measure(key: str) -> None:
    _, draft = _drafted(key)
    panels = [panel for page in draft.pages for panel in page.panels]
    silent = sum(not _texts(panel) for panel in panels)
    assert 0.10 <= silent / len(panels) <= 0.25
    body = [p for p in draft.pages[1:-1] if all(panel.role is not Role.SPLASH for panel in p.panels)]
    assert 4.5 <= sum(len(page.panels) for page in body) / len(body) <= 5.8
    assert len(draft.pages[0].panels) <= 5


def test_captions_and_balloons_keep_their_limits(key: str) -> None:
    given, draft = _drafted(key)
    japanese = given.concept.language is Language.JA
    for page in draft.pages:
        captions = sum(len(_captions(panel)) for panel in page.panels)
        texts = sum(part.kind != "sfx" for panel in page.panels for part in panel.dialogue.parts)
        few = texts <= THIN_PAGE  # a page that would stay too empty has a caption more; captions tell what nobody says
        assert captions <= (TOLD_A_PAGE if key == UNSPOKEN else MOST_BOXES if few else 2)
        for panel in page.panels:
            assert all(len(text.strip()) <= (35 if japanese else 96) for text in _captions(panel))
            spoken = [p for p in panel.dialogue.parts if p.kind not in ("sfx", LineKind.NARRATION)]
            assert all(len(part.text.strip()) <= (32 if japanese else 95) for part in spoken)
            assert len(spoken) <= 3


def test_layouts_are_read_in_order_and_give_what_matters_room(key: str) -> None:
    given, draft = _drafted(key)
    board = _board(given, draft)
    pairs: list[tuple[float, float]] = []
    for page in board.pages:
        polygons = [frame.polygon for frame in page.layout.frames]
        assert reading_order(polygons, given.concept.direction) == tuple(range(len(polygons)))
        assert all(overlap_area(a, b) == 0 for i, a in enumerate(polygons) for b in polygons[:i])
        pairs += [(frame.importance, area(frame.polygon)) for frame in page.layout.frames]
    assert _rank_correlation(pairs) >= GIVES_ROOM
    shapes = [tuple(frame.polygon for frame in page.layout.frames) for page in board.pages]
    assert all(a != b for a, b in pairwise(shapes))


def test_no_shot_is_used_three_times_running(key: str) -> None:
    _, draft = _drafted(key)
    shots = [panel.direction.shot for page in draft.pages for panel in page.panels]
    assert not any(a == b == c for a, b, c in zip(shots, shots[1:], shots[2:], strict=False))
