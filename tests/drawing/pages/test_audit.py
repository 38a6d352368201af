"""The audit measures and trusts nothing: a right book holds every gate, a fault breaks the gate that it belongs to."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.ink.paths import (
    from_data,
    poly,
    rect,
    to_data,
    union,
)
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit import NAMES, Sheaf, audit, gates_json, spearman
from manga.book import PageGraph
from manga.geometry import Rect
from manga.lettering import Balloon, BalloonKind, Sfx
from tests.drawing.pages.faults import OTHER_FAULTS, talkative
from tests.drawing.pages.made import (
    BOXES,
    IMPORTANCE,
    WORDS,
    book,
    each,
    run,
    silenced,
    with_balloon,
    with_panel,
    without_panel,
)

Book = tuple[PageGraph, ...]
FACES = faces(standard_folders())
INK = dict.fromkeys(range(1, 9), 0.25)


def broken(pages: Book, ink: dict[int, float] | None = None) -> set[str]:
    return {gate.name for gate in audit(pages, FACES, INK if ink is None else ink) if not gate.ok}


def _on_third(change: Callable[[PageGraph], PageGraph]) -> Book:
    return tuple(change(page) if page.number == 3 else page for page in book())


def _balloon_of_third(change: Callable[[Balloon], Balloon], at: int = 1) -> Book:
    return _on_third(lambda page: with_balloon(page, at, change))


def _page_without_panels() -> Book:
    first, *others = book()
    return (first.model_copy(update={"panels": (), "balloons": ()}), *others)


def _pages_of_four() -> Book:
    first, *usual, last = book()
    return (first, *each(usual, lambda page: without_panel(page, 3)), last)


def _panels_in_wrong_order() -> Book:
    return _on_third(
        lambda page: page.model_copy(update={"panels": (*page.panels[:3], page.panels[4], page.panels[3])})
    )


def _balloons_in_wrong_order() -> Book:
    def swapped(page: PageGraph) -> PageGraph:
        a, b, *rest = page.balloons
        orders = (b.model_copy(update={"order": 0}), a.model_copy(update={"order": 1}))
        return page.model_copy(update={"balloons": (*orders, *rest)})

    return _on_third(swapped)


def _answer_before_question() -> Book:
    """Two balloons in one panel, of which the left one is to be read first, although people begin at the right."""

    def two(page: PageGraph) -> PageGraph:
        first, *others = page.balloons
        text = run("あい", 90, BOXES[0].y + 4, 990)
        body = text.box.inset(-1)
        left = {"order": 0, "text": text, "polygon": body.polygon(), "outline": to_data(poly(body.polygon()))}
        boxed = {"kind": BalloonKind.CAPTION, "tail_tip": None, "speaker": None}
        one = first.model_copy(update=left | boxed)
        found = (one, *(b.model_copy(update={"order": b.order + 1}) for b in (first, *others)))
        return page.model_copy(update={"balloons": found})

    return _on_third(two)


def _panel_over_its_neighbour() -> Book:
    box = BOXES[4]
    wide = Rect(x=box.x, y=box.y, width=box.width + 8, height=box.height)
    return _on_third(lambda page: with_panel(page, 4, polygon=wide.polygon()))


def _balloon_into_another() -> Book:
    def grown(b: Balloon) -> Balloon:
        reach = rect(b.polygon[0][0], 40, 10, 70)
        return b.model_copy(update={"outline": to_data(union(from_data(b.outline), reach))})

    return _balloon_of_third(grown)


def _balloon_over_a_face() -> Book:
    face = Rect(x=BOXES[2].centre[0] - 6, y=BOXES[2].y + 46, width=30, height=13)  # the drawn border stays
    return _balloon_of_third(lambda b: b.model_copy(update={"polygon": face.polygon()}))


def _tail_into_the_air() -> Book:
    return _balloon_of_third(lambda b: b.model_copy(update={"tail_tip": (b.polygon[0][0], BOXES[2].y + 60)}))


def _speech_without_a_tail() -> Book:
    def two_people(page: PageGraph) -> PageGraph:
        one = page.panels[2].figures[0]
        other = one.model_copy(update={"character": "c02", "face": None, "mouth": (60.0, 149.5)})
        page = with_panel(page, 2, figures=(one, other))
        return with_balloon(page, 1, lambda b: b.model_copy(update={"tail_tip": None}))

    return _on_third(two_people)


def _words_cut_off() -> Book:
    return _balloon_of_third(
        lambda b: b.model_copy(update={"text": b.text.model_copy(update={"source": b.text.source + "のは"})})
    )


def _words_without_a_balloon() -> Book:
    return _on_third(lambda page: page.model_copy(update={"balloons": page.balloons[:-1]}))


def _written(words: str, size: float = 4.0) -> Book:
    def changed(b: Balloon) -> Balloon:
        return b.model_copy(update={"text": run(words, b.polygon[1][0] - 2, b.polygon[0][1] + 2, 32, size)})

    def page_of(page: PageGraph) -> PageGraph:
        found = with_balloon(page, 1, changed)
        return with_panel(found, 2, spans=(found.balloons[1].text.span,))

    return _on_third(page_of)


def _crowded() -> Book:
    def more(page: PageGraph) -> PageGraph:
        made = []
        for i in range(8):
            text = run("あ", 160 - 8 * i, BOXES[2].y + 63, 900 + i)
            outline = text.box.inset(-0.5)
            made.append(
                page.balloons[1].model_copy(
                    update={
                        "key": f"l{900 + i:04}.1",
                        "speaker": None,
                        "tail_tip": None,
                        "text": text,
                        "polygon": outline.polygon(),
                        "outline": to_data(poly(outline.polygon())),
                    }
                )
            )
        found = (*page.balloons[:2], *made, *page.balloons[2:])
        return page.model_copy(
            update={"balloons": tuple(b.model_copy(update={"order": n}) for n, b in enumerate(found))}
        )

    return _on_third(more)


def _weights_upside_down() -> Book:
    def turned(page: PageGraph) -> PageGraph:
        for i, weight in enumerate(IMPORTANCE):
            page = with_panel(page, i, importance=5 - weight)
        return page

    return each(book(), turned)


FAULTS: dict[str, tuple[str, Callable[[], Book]]] = {
    "a page without panels": ("panels", _page_without_panels),
    "too few panels a page": ("panels_per_page", _pages_of_four),
    "panels in wrong order": ("reading_order_ok", _panels_in_wrong_order),
    "balloons in wrong order": ("reading_order_ok", _balloons_in_wrong_order),
    "an answer before its question": ("reading_order_ok", _answer_before_question),
    "a panel over its neighbour": ("panel_overlaps", _panel_over_its_neighbour),
    "a balloon into another": ("balloon_overlaps", _balloon_into_another),
    "a balloon over a face": ("faces_covered", _balloon_over_a_face),
    "a tail that ends elsewhere": ("tails_right", _tail_into_the_air),
    "speech without a tail between two people": ("tails_right", _speech_without_a_tail),
    "words cut off": ("text_lost_chars", _words_cut_off),
    "words without a balloon": ("text_lost_chars", _words_without_a_balloon),
    "a column that begins with a small letter": ("kinsoku_violations", lambda: _written("あいうえおかきくょけこさ")),
    "a letter that no face has": ("missing_glyphs", lambda: _written(WORDS[:-1] + "\U0001f98a")),
    "small type": ("min_font_q", lambda: _written(WORDS, 3.4)),
    "too many letters": ("chars_per_page", talkative),
    "too many texts": ("texts_per_page", _crowded),
    "too many silent panels": ("silent_panels", lambda: each(book(), lambda page: silenced(page, 2))),
    "large trifles": ("importance_area_rho", _weights_upside_down),
    **OTHER_FAULTS,
}


def test_a_right_book_holds_every_gate() -> None:
    assert broken(book()) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_breaks_its_gate_and_no_other(fault: str) -> None:
    gate, made = FAULTS[fault]
    assert broken(made()) == {gate}


@pytest.mark.parametrize("share", [0.02, 0.8])
def test_pages_too_white_or_too_black_break_the_ink_gate(share: float) -> None:
    assert broken(book(), dict.fromkeys(range(1, 9), share)) == {"ink_ratio"}


def test_every_gate_has_a_fault_that_breaks_it() -> None:
    assert {gate for gate, _ in FAULTS.values()} | {"ink_ratio", "pages"} == set(NAMES)


def test_a_book_without_pages_is_no_book() -> None:
    assert {"pages", "panels"} <= broken(())


def test_a_broken_gate_names_the_page() -> None:
    gates = {gate.name: gate for gate in audit(_tail_into_the_air(), FACES, INK)}
    assert gates["tails_right"].pages == (3,)


def test_a_title_page_counts_as_a_page_and_spoils_nothing() -> None:
    title = book()[0].model_copy(update={"kind": "title", "number": 0, "panels": (), "balloons": ()})
    gates = {gate.name: gate for gate in audit((title, *book()), FACES, INK)}
    assert gates["pages"].value == 9
    assert all(gate.ok for gate in gates.values())


def test_a_short_book_is_not_measured_by_averages() -> None:
    assert broken(each(book(3), lambda page: without_panel(page, 0))) == set()


def test_a_moment_of_several_panels_is_answered_after_the_last_of_them() -> None:
    def told(graph: PageGraph, key: str) -> PageGraph:
        graph = graph.model_copy(update={"balloons": graph.balloons[:1]})
        for at, more in ((1, ""), (2, "+1"), (3, "+2")):
            graph = with_panel(graph, at, importance=5, shot="insert", key=f"{key}{more}")
        return with_panel(graph, 4, role="react")

    assert "unanswered_moments" not in broken(_on_third(lambda graph: told(graph, "b0099")))
    assert "unanswered_moments" in broken(_on_third(lambda graph: with_panel(told(graph, "b0099"), 2, key="b0098")))


def test_a_book_without_talk_is_told_by_up_to_five_captions_a_page() -> None:
    def told(graph: PageGraph) -> PageGraph:
        for at in range(4):
            graph = with_balloon(graph, at, lambda b: b.model_copy(update={"kind": BalloonKind.CAPTION}))
        return graph

    assert not {"captions", "caption_letters"} & broken(each(book(), told))
    assert "captions" in broken(_on_third(told))


def test_strips_may_stand_still_and_hold_captions_each() -> None:
    def still(graph: PageGraph) -> PageGraph:
        for at in range(len(graph.panels)):
            graph = with_panel(graph, at, shot="full")
        for at in range(4):
            graph = with_balloon(graph, at, lambda b: b.model_copy(update={"kind": BalloonKind.CAPTION}))
        return graph.model_copy(update={"layout": "yonkoma"})

    assert not {"equal_shots", "captions"} & broken(_on_third(still))


def test_a_sound_that_no_face_can_draw_is_counted() -> None:
    sound = Sfx(key="s", panel="b0030", text="\U0001f98a", outline="", polygon=BOXES[0].polygon())
    assert broken(_on_third(lambda page: page.model_copy(update={"sfx": (sound,)}))) == {"missing_glyphs"}


def test_letters_of_other_papers_are_measured_as_on_b5() -> None:
    small = each(book(), lambda page: page.model_copy(update={"paper": "A5"}))
    assert broken(small) == set()
    assert {gate.name: gate.value for gate in audit(small, FACES, INK)}["min_font_q"] > 16


def test_gates_are_printed_by_name() -> None:
    printed = gates_json(audit(book(), FACES, INK))
    assert tuple(printed) == NAMES
    assert printed["pages"] == {"value": 8, "gate": ">= 1", "ok": True, "pages": []}


def test_first_last_and_splash_pages_are_not_usual() -> None:
    pages = _on_third(lambda page: with_panel(page, 2, role="splash"))
    assert [page.number for page in Sheaf(pages, FACES).usual] == [2, 4, 5, 6, 7]


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=9, unique=True))
def test_rank_correlation_knows_only_ranks(values: list[float]) -> None:
    assert spearman(values, values) == pytest.approx(1)
    assert spearman(values, [-v for v in values]) == pytest.approx(-1)
    assert spearman([1.0] * len(values), values) == 0
