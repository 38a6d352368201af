"""All balloons of a page: every piece has a spot, none overlaps, crowded panels are mended, a full page is told."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.lettering.balloon_spots import FACE_LIMIT, TAILLESS, covered, spots
from drawing.lettering.beam_search import Layout, overlap, reads_before
from drawing.lettering.place_balloons import CROWD, place
from drawing.lettering.placed_pieces import TextPiece, Variant
from drawing.lettering.repair_layout import FAULTY, mended
from manga.geometry import Rect, inside
from tests.drawing.lettering.spots_desk import page_of, panel_at, person, piece_of, variant_of

UPPER = panel_at(Rect(x=12, y=12, width=150, height=90), [person("a", 50, 60), person("b", 120, 60)])
LOWER = panel_at(Rect(x=12, y=110, width=150, height=90), [person("a", 90, 160)], index=1)
PAGE = page_of(UPPER, LOWER)


def talk(text: str = "それはだめだよ") -> list[TextPiece]:
    return [
        piece_of(text, UPPER, who="b", rank=0, count=2),
        piece_of(text, UPPER, who="a", rank=1, count=2),
        piece_of(text, LOWER, who="a"),
    ]


@settings(max_examples=15)
@given(st.lists(st.text(alphabet="あいう漢字、！", min_size=1, max_size=30), min_size=3, max_size=3))
def test_every_piece_has_its_spot_and_none_overlaps_another(texts: list[str]) -> None:
    pieces = [replace(piece, variants=(variant_of(f"あ{text}"),)) for piece, text in zip(talk(), texts, strict=True)]
    placed = place(pieces, PAGE)
    assert [spot.piece.key for spot in placed.spots] == [piece.key for piece in pieces]
    assert not any(overlap(a, b, 0.01) for i, a in enumerate(placed.spots) for b in placed.spots[i + 1 :])


def test_two_speakers_are_read_in_turn_and_the_second_begins_clearly_lower() -> None:
    first, second, _ = place(talk(), PAGE).spots
    assert reads_before(first.seen, second.seen, rtl=True)
    assert second.box.y - first.box.y >= 0.25 * first.box.height
    assert first.tail is not None
    assert second.tail is not None


def test_no_tail_lies_on_another_balloon() -> None:
    placed = place(talk(), PAGE).spots
    for spot in placed:
        assert spot.tail is not None
        for other in placed:
            if other is not spot:
                depths = [
                    other.variant.body.depth(x - other.centre[0], y - other.centre[1]) for x, y in spot.tail.samples()
                ]
                assert min(depths) >= 1


def test_a_page_that_is_too_full_says_how_much_room_it_has() -> None:
    full = [piece_of("ながいながいはなしだよ" * 4, LOWER, rank=i, count=30) for i in range(30)]
    placed = place(full, PAGE)
    assert placed.spots == ()
    assert 0 < placed.room < 1
    assert len(placed.unplaced) == 30


def test_a_crowd_is_placed_without_overlaps() -> None:
    crowd = [piece_of("ああ", UPPER, rank=i, count=CROWD + 4) for i in range(CROWD + 4)]
    spots_ = place(crowd, PAGE).spots
    assert not any(overlap(a, b, 0.01) for i, a in enumerate(spots_) for b in spots_[i + 1 :])


def test_a_faulty_panel_is_set_anew_and_the_others_stay() -> None:
    pieces = talk()
    good = place(pieces, PAGE)
    bad = Layout()
    for i, spot in enumerate(good.spots):
        wrong = replace(spot, tail=None, cost=TAILLESS) if i == 2 else spot
        bad = bad.joined(wrong, wrong.cost)
    better = mended(bad, pieces, PAGE, lambda _: ())
    assert better.worst < FAULTY
    assert better.chosen[:2] == bad.chosen[:2]
    assert [spot.piece.key for spot in better.chosen] == [piece.key for piece in pieces]


def test_smaller_type_is_asked_for_only_where_nothing_else_is_without_fault() -> None:
    narrow = panel_at(Rect(x=20, y=20, width=24, height=34), [person("a", 32, 40, 12)])
    page = page_of(narrow)
    asked: list[str] = []

    def smaller(piece: TextPiece) -> tuple[Variant, ...]:
        asked.append(piece.key)
        return ()

    place([piece_of("ああ", LOWER, who="a")], PAGE, smaller)
    assert asked == []
    hard = piece_of("それはだめだよ、きみ、かえそう", narrow, who="a")
    assert all(spot.cost > FAULTY for spot in spots(hard, page, hard.variants))
    place([hard], page, smaller)
    assert set(asked) <= {hard.key}


def test_a_text_with_no_good_place_lies_over_art_of_its_panel_before_it_goes_to_another() -> None:
    """Three long texts beside two people in a panel of a strip: the last one has no place without a fault."""
    small = panel_at(Rect(x=60, y=60, width=62, height=46), [person("a", 80, 90, 14), person("b", 104, 90, 14)])
    page = page_of(small, panel_at(Rect(x=60, y=112, width=62, height=46), index=1))
    pieces = [
        piece_of("それはだめだよと言った", small, who=who, rank=i, count=3) for i, who in enumerate(("a", "b", "a"))
    ]
    for spot in place(pieces, page).spots:
        assert inside(spot.variant.text_at(spot.centre).centre, small.polygon)


def test_a_text_that_lies_elsewhere_has_no_tail_out_of_another_panel() -> None:
    tiny = panel_at(Rect(x=10, y=10, width=8, height=8), [person("a", 12, 12, 1)])
    (spot,) = place([piece_of("それはだめだよ", tiny, who="a")], page_of(tiny)).spots
    assert not inside(spot.centre, tiny.polygon)
    assert spot.tail is None


def test_a_text_without_any_place_in_its_panel_still_follows_what_was_said_before_it() -> None:
    tiny = panel_at(Rect(x=70, y=110, width=10, height=10))
    page = page_of(tiny)
    pieces = [piece_of("それはだめだよ", tiny, rank=rank, count=2) for rank in range(2)]
    first, second = place(pieces, page).spots
    assert reads_before(first.seen, second.seen, rtl=True)


def test_a_text_without_room_in_its_panel_does_not_go_onto_a_neighbours_face() -> None:
    narrow = panel_at(Rect(x=82, y=110, width=10, height=90))
    others = [
        panel_at(Rect(x=x, y=110, width=68, height=90), [person("a", at, 156, 24)], index=index)
        for index, (x, at) in enumerate(((12, 74), (94, 100)), start=1)
    ]
    page = page_of(narrow, *others)
    (spot,) = place([piece_of("それはだめだよ", narrow)], page).spots
    shape = tuple((spot.centre[0] + x, spot.centre[1] + y) for x, y in spot.variant.flat)
    assert max(share for panel in others for share in covered(shape, panel.faces)) <= FACE_LIMIT
