"""The vocabulary of things: every entry is whole, can be drawn, and says its words alone."""

import pytest

from drawing.art.things.draw_shape_file import shape_names
from drawing.art.things.find_drawing import how_drawn, set_pieces, thing_of
from manga.vocabulary.things import ThingEntry, thing_classes, things


@pytest.mark.parametrize("entry", things().values(), ids=lambda entry: entry.key)
def test_an_entry_has_one_way_to_be_drawn(entry: ThingEntry) -> None:
    ways = (entry.key in shape_names(), bool(entry.glyph), bool(entry.like))
    assert sum(ways) == 1
    assert not entry.like or not things()[entry.like].like


def test_every_shape_has_an_entry_and_what_more_is_told_of_it_a_drawing() -> None:
    pieces = set_pieces().entries
    assert shape_names() <= {*things(), *pieces}
    drawn = {entry.key for entry in (*things().values(), *pieces.values()) if not entry.like}
    assert set(how_drawn()) <= drawn


def test_what_a_direction_alone_names_is_no_thing_of_the_register_and_has_a_drawing() -> None:
    for key, piece in set_pieces().entries.items():
        assert key not in things()
        assert key in shape_names() or piece.like in things()
        for word in (*piece.words["en"], *piece.words["ja"]):
            assert thing_of(word) in {key, piece.like}, word


def test_every_entry_has_a_class_and_words() -> None:
    for entry in things().values():
        assert entry.kind in thing_classes()
        assert entry.words["en"], entry.key


def test_no_word_names_two_things() -> None:
    seen: dict[str, str] = {}
    for entry in things().values():
        for word in {*entry.words["en"], *entry.words["ja"]}:
            assert seen.setdefault(word, entry.key) == entry.key, word


def test_no_key_is_a_word_of_another() -> None:
    for entry in things().values():
        words = {word.replace(" ", "_") for words in entry.words.values() for word in words}
        assert not words & set(things()) - {entry.key}, entry.key


def test_classes_are_told_apart_from_things_and_stand_for_things() -> None:
    assert not set(thing_classes()) & set(things())
    for kind in thing_classes().values():
        assert not kind.like or kind.like in things()
        assert kind.words["en"]
        assert kind.words["ja"]


def test_line_art_is_not_used_for_what_needs_shapes_of_its_own() -> None:
    wide = {"vehicle", "building", "furniture", "scenery"}
    assert not [e.key for e in things().values() if e.glyph and (e.kind in wide or e.cm > 300)]
