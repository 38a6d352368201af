"""Every field of the registry can be set, and shows."""

from typing import Any

import pytest

from editing.accept_edits import accepted
from editing.edit_registry import REGISTRY, Field, adapter
from editing.edit_status import raw_value
from editing.phase_results import edits_of, pictures_of, result_json
from editing.placement_edits import placings, takes
from manga.characters import Look, OtherShape
from manga.element_addresses import ElementKind
from manga.errors import EditRejected
from manga.geometry import bounds
from manga.phases import Phase
from tests.editing.works import PAGES, board, edited, last_id, panels, parts, sent, state, without

FIELDS: dict[ElementKind, tuple[str, dict[str, Any]]] = {
    "concept": ("concept", {
        "title": "別の題", "logline": "短く", "theme": "友情", "target_readers": "大人", "mood": "明るい",
        "world.place": "町", "art_style": "劇画", "genres": ["comedy"], "world.period": "modern",
        "world.culture": "west", "direction": "ltr",
        "start_side": "right",
    }),
    "character": ("c01", {
        "name": "ごんぎつね", "age_text": "十歳", "personality": "いたずら", "description": "小さな狐",
        "costume": "なし", "aliases": ["ごん"], "speech.first_person": "おれ", "speech.endings": ["だ"],
        "role": "protagonist", "speech.politeness": "rough", "speech.voice": "hushed",
        "look.kind": "fox", "look.gender": "male",
        "look.age": "child", "look.build": "small", "look.hair_style": "long", "look.hair_color": "white",
        "look.eyes": "sharp", "look.brows": "thick", "look.facial_hair": "beard", "look.glasses": True,
        "look.hat": "straw",
        "look.outfit": "kimono", "look.outfit_tone": "dark", "look.marks": ["傷"],
        "other.description": "白い狐", "other.costume": "なし", "other.look.marks": ["九つの尾"],
        **{f"other.look.{name}": value for name, value in {
            "kind": "fox", "gender": "male", "age": "child", "build": "small", "hair_style": "long",
            "hair_color": "white", "eyes": "sharp", "brows": "thick", "facial_hair": "beard", "glasses": True,
            "hat": "straw", "outfit": "kimono", "outfit_tone": "dark"}.items()},
    }),
    "scene": ("s01", {
        "heading": "朝", "place": "山", "what_happens": "歩く", "setting": "forest", "time_of_day": "night",
        "weather": "rain", "ground": "wet", "emotion": "fear", "flashback": True, "importance": 5,
    }),
    "thing": ("t01", {
        "marks": [{"surface": "dark", "path": "O50 50 50 20"}], "cm": 90.0, "grip": "handle", "view": "flat",
        "grip_x": 10.0, "grip_y": 20.0,
    }),
    "panel": ("b0001", {
        "seen": "雲", "place": "岸", "setting": "shore", "lighting": "逆光", "props": ["舟"], "shot": "long",
        "angle": "low", "background": "none", "time_of_day": "night", "weather": "rain", "ground": "wet",
        "emotion": "fear", "fixed_camera": True, "flashback": True, "in_frame": True,
        "effects": ["rain"], "role": "act", "importance": 5,
        "figures.c01.expression": "cry", "figures.c01.pose": "run", "figures.c01.facing": "left",
        "figures.c01.depth": "foreground", "figures.c01.x": 0.9, "figures.c01.holds": "魚",
        "figures.c01.present": False, "figures.c01.shape": "other",
        "changes": [{"who": "c01", "aspect": "hair", "to": "short", "words": ""}],
    }),
    "balloon": ("l0001.1", {
        "text": "まって", "ruby": [{"start": 0, "end": 1, "reading": "せ"}], "kind": "shout", "speaker": "c02",
        "off_panel": True, "place": "top_left",
    }),
}  # fmt: skip
PLACES = ("move", "at", "tail", "tail_at", "scale", "turn_deg", "runs", "face", "ink")
STRUCTURE = {"insert_page", "lines", "position", "delete", "insert_panel", "split", "merge", "border", "insert_line",
             "insert_sound", "strip_title", "panel", "picture", "take", "shown", "whole", "same_as"}  # fmt: skip
SAMPLES = [(kind, key, name, value) for kind, (key, values) in FIELDS.items() for name, value in values.items()]


def _change_of(kind: ElementKind, name: str) -> str:
    return min(_field(kind, name).by)


def _field(kind: ElementKind, name: str) -> Field:
    plain = f"figures.*.{name.split('.')[2]}" if name.startswith("figures.") else name
    return next(field for field in REGISTRY[kind] if field.name == plain)


def in_two_shapes() -> Any:
    """A work whose first character has another shape."""
    before: Any = state()
    before["characters"]["characters"][0]["other"] = OtherShape(look=Look(), description="狐").to_json()
    return before


@pytest.mark.parametrize(("kind", "key", "name", "value"), SAMPLES, ids=[f"{s[0]}.{s[2]}" for s in SAMPLES])
def test_a_field_shows_what_was_set(kind: ElementKind, key: str, name: str, value: Any) -> None:
    phase = _field(kind, name).layer
    before = in_two_shapes() if name.startswith("other.") else state()
    after = edited(before, sent(key, _change_of(kind, name), **{name: value}))
    edit = edits_of(after)[0]
    shown = raw_value(result_json(after, phase), edit, name)
    assert shown == value
    assert shown != raw_value(result_json(before, phase), edit, name)


def test_every_field_of_the_registry_is_tried_here() -> None:
    for kind, fields in REGISTRY.items():
        tried = {name.replace(".c01.", ".*.") for name in FIELDS.get(kind, ("", {}))[1]}
        left = {field.name for field in fields} - tried - STRUCTURE - set(PLACES)
        assert left <= ({"text", "speaker", "kind", "ruby"} if kind in ("line", "sfx") else set()), kind


@pytest.mark.parametrize("kind", REGISTRY)
def test_every_field_has_a_schema(kind: ElementKind) -> None:
    assert all(adapter(kind, field.name).json_schema() for field in REGISTRY[kind])


@pytest.mark.parametrize(("name", "value"), [("text", "新しい"), ("speaker", "c02"), ("kind", "thought")])
def test_a_line_is_changed_in_the_plot_while_there_is_no_storyboard(name: str, value: str) -> None:
    before: Any = {k: v for k, v in state().items() if k not in ("storyboard", "artwork", "lettering")}
    before["feedback"] = {"asked_at": "plot", "version": "v1"}
    after = edited(before, sent("l0003", **{name: value}))
    line = result_json(after, Phase.PLOT)["scenes"][0]["beats"][3]["lines"][0]
    assert line[name] == value
    assert edits_of(after)[0].phase is Phase.PLOT


def test_a_line_means_its_only_balloon_once_there_is_one() -> None:
    assert accepted(state(), [sent("l0003", text="x")])[0].element_key == "l0003.1"


def test_changes_of_looks_stand_in_the_first_panel_of_their_moment_and_are_of_the_cast() -> None:
    change = {"who": "c09", "aspect": "hair", "to": "short"}
    with pytest.raises(EditRejected, match="nobody"):
        accepted(state(), [sent("b0001", "selection", changes=[change])])


def test_places_sizes_and_turns_are_kept_for_the_lettering() -> None:
    after = edited(
        state(),
        sent("p01.k1.s1", "drag_drop", move={"dx_mm": 1, "dy_mm": 2}, scale=0.5, turn_deg=-20),
        sent("p01.k2.b1", "drag_drop", scale=1.2),
    )
    found = placings(edits_of(after))
    assert (found["l0500.1"].scale, found["l0500.1"].turn_deg, found["l0001.1"].scale) == (0.5, -20, 1.2)
    assert found["l0500.1"].x is not None
    assert found["l0001.1"].x is None


def test_a_tail_the_way_type_runs_and_the_ink_of_sounds_are_kept_for_the_lettering() -> None:
    before: Any = state()
    page = board(before).pages[0]
    box = bounds(page.frame("b0001").polygon)
    balloon = {"key": "l0001.1", "kind": "speech"}
    before["lettering"]["pages"][0] = {**before["lettering"]["pages"][0], "balloons": [balloon]}
    after = edited(
        before,
        sent("p01.k2.b1", "drag_drop", tail={"x_mm": box.x + box.width / 4, "y_mm": box.y}),
        sent("p01.k2.b1", "selection", runs="level", face="hand"),
        sent("p01.k1.s1", "style_adjust", ink="white"),
    )
    found = placings(edits_of(after))
    assert (found["l0001.1"].tip, found["l0001.1"].runs, found["l0500.1"].ink) == ((0.25, 0.0), "level", "white")
    assert found["l0001.1"].face == "hand"
    assert found["l0001.1"].x is None
    balloon["kind"] = "caption"
    with pytest.raises(EditRejected, match="no tail"):
        accepted(before, [sent("p01.k2.b1", "drag_drop", tail={"x_mm": 1, "y_mm": 1})])


def test_a_thing_whose_shape_is_thrown_away_is_drawn_as_its_class() -> None:
    assert [thing["key"] for thing in result_json(state(), Phase.PLOT)["things"]] == ["t01"]
    assert not result_json(edited(state(), sent("t01", "drag_drop", delete=True)), Phase.PLOT).get("things")


@pytest.mark.parametrize(
    ("path", "why"),
    [("M 0 0 L 400 0", "outside the box"), ("<svg/>", "begins with M or O"), ("M 0 0" + " L 9 9" * 70, "commands")],
)
def test_a_shape_that_a_person_sends_keeps_to_the_limits(path: str, why: str) -> None:
    with pytest.raises(EditRejected, match=why):
        accepted(state(), [sent("t01", marks=[{"surface": "white", "path": path}])])


def test_a_take_is_chosen() -> None:
    now: Any = state()
    now["artwork"] = {"b0001": {"panel": "b0001"}}
    assert takes(edits_of(edited(now, sent("p01.k2", "selection", take=3)))) == {"b0001": 3}
    assert pictures_of(state()) == {}


def test_a_new_look_is_told_in_the_description_that_models_read() -> None:
    after = edited(state(), sent("c01", "selection", **{"look.hair_style": "bun"}))
    assert "[hair style: bun]" in result_json(after, Phase.CHARACTERS)["characters"][0]["description"]


def test_a_new_look_of_the_other_shape_is_told_in_its_own_description() -> None:
    once = edited(in_two_shapes(), sent("c01", **{"other.description": "白い狐"}))
    both = edited(once, sent("c01", "selection", **{"other.look.hat": "straw"}))
    person = result_json(both, Phase.CHARACTERS)["characters"][0]
    assert person["other"]["description"] == "白い狐 [hat: straw]"
    assert "[hat" not in person["description"]


def test_two_who_are_one_person_are_one_in_the_cast_and_two_again_without_the_edit() -> None:
    once = edited(state(), sent("c01", "selection", same_as="c02"))
    before, after = (result_json(each, Phase.CHARACTERS)["characters"] for each in (state(), once))
    assert [person["key"] for person in after] == [person["key"] for person in before if person["key"] != "c02"]
    assert before[1]["name"] in after[0]["aliases"]
    assert after[0]["mentions"] == before[0]["mentions"] + before[1]["mentions"]
    assert result_json(without(once, last_id(once)), Phase.CHARACTERS)["characters"] == before
    for other in ("c01", "c99"):
        with pytest.raises(EditRejected, match="nobody else in the cast"):
            accepted(state(), [sent("c01", "selection", same_as=other)])


def test_whoever_has_one_shape_gets_no_word_about_another() -> None:
    with pytest.raises(EditRejected, match="look: Field required"):
        accepted(state(), [sent("c01", **{"other.description": "白い狐"})])


def test_words_that_are_changed_lose_their_ruby_and_a_named_speaker_is_certain() -> None:
    ruby = [{"start": 0, "end": 1, "reading": "せ"}]
    once = edited(state(), sent("p01.k1.b1", ruby=ruby))
    twice = edited(once, sent("p01.k1.b1", text="ほか"), sent("p01.k1.b1", speaker="c02"))
    part = board(twice).pages[0].panels[0].dialogue.parts[0]
    assert (part.ruby, part.confidence, part.span) == (
        (),
        1.0,
        board(state()).pages[0].panels[0].dialogue.parts[0].span,
    )


def test_words_and_readings_of_one_edit_both_count_whatever_stands_first() -> None:
    ruby = [{"start": 0, "end": 1, "reading": "ほか"}]
    for data in ({"text": "外", "ruby": ruby}, {"ruby": ruby, "text": "外"}):
        part = board(edited(state(), sent("p01.k1.b1", **data))).pages[0].panels[0].dialogue.parts[0]
        assert (part.text, [each.model_dump() for each in part.ruby]) == ("外", ruby)


def test_the_small_work_is_what_these_tests_think_it_is() -> None:
    assert (len(board(state()).pages), len(panels(state())), len(parts(state()))) == (PAGES, 16, 22)
