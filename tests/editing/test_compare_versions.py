"""What differs between two versions, in words: the field, the panel, the line, and never another number alone."""

from copy import deepcopy
from typing import Any

import pytest

from editing.compare_versions import Difference, difference
from editing.state_as_json import Json
from editing.version_changes import Matched
from graph.state import State
from manga.edits import Edit
from manga.geometry import Rect
from manga.phases import Phase
from tests.graph.told import CAST, CONCEPT, plot_of, storyboard_of


@pytest.fixture
def old() -> State:
    return {
        "concept": CONCEPT.to_json(),
        "characters": CAST.to_json(),
        "plot": plot_of(4).to_json(),
        "storyboard": storyboard_of(4).to_json(),
        "artwork": {f"b{n:04}": {"blob": f"blob{n}", "status": "drawn"} for n in range(4)},
        "lettering": {"pages": [{"page": "g001", "balloons": [_balloon(n) for n in range(4)], "sfx": []}]},
        "finishing": {"title": "狐の話", "pages": [{"number": n, "image": f"image{n}"} for n in (0, 1)]},
    }


@pytest.fixture
def new(old: State) -> State:
    return deepcopy(old)


def _balloon(number: int) -> Json:
    polygon = Rect(x=5, y=number * 20 + 2, width=10, height=8).polygon()
    return {
        "key": f"l{number:04}.1", "line": f"l{number:04}", "panel": f"b{number:04}", "kind": "speech",
        "text": {"source": f"line {number}"}, "polygon": polygon,
    }  # fmt: skip


def words(old: State, new: State, phase: Phase | None = None) -> list[str]:
    found = difference(old, new)
    return [str(change) for change in (found.changes if phase is None else found.of(phase))]


def panels(state: State) -> Any:
    return state["storyboard"]["pages"][0]["panels"]


def frames(state: State) -> Any:
    return state["storyboard"]["pages"][0]["layout"]["frames"]


def test_equal_versions_do_not_differ(old: State, new: State) -> None:
    assert not difference(old, new)
    assert difference(old, new) == Difference()


def test_a_change_of_the_concept_names_its_field(old: State, new: State) -> None:
    new["concept"] |= {"mood": "dark", "world": {**new["concept"]["world"], "place": "a town"}}
    assert words(old, new) == ["concept: place a village → a town", "concept: mood quiet → dark"]


def test_a_change_of_looks_names_the_person_and_the_field(old: State, new: State) -> None:
    look = new["characters"]["characters"][1]["look"]
    look |= {"hair_style": "long", "seed": 9, "glasses": True}
    assert words(old, new) == ["兵十: hair style short → long", "兵十: glasses no → yes"]
    assert difference(old, new).changes[0].to_json()["field"] == "look.hair_style"


def test_long_texts_are_told_from_where_they_part(old: State, new: State) -> None:
    for state, end in ((old, "short hair."), (new, "long hair.")):
        state["characters"]["characters"][0]["description"] = "A fox of the hills. " * 10 + end
    assert words(old, new) == ["ごん: description …A fox of the hills. short hair. → …A fox of the hills. long hair."]


def test_people_come_and_go(old: State, new: State) -> None:
    gone = new["characters"]["characters"].pop(0)
    new["characters"]["characters"].append({**gone, "key": "c03", "name": "加助", "description": "a neighbour"})
    assert words(old, new) == ["ごん went: a small fox", "加助 came: a neighbour"]


def test_scenes_and_lines_of_the_plot(old: State, new: State) -> None:
    scene = new["plot"]["scenes"][0]
    scene["weather"] = "rain"
    scene["beats"][1]["lines"][0] |= {"text": "待って!", "speaker": "c02"}
    scene["beats"][3]["lines"] = []
    assert words(old, new, Phase.PLOT) == [
        "s01 river: weather clear → rain",
        "s01 l0003 went: line 3",
        "s01 l0001: text line 1 → 待って!",
        "s01 l0001: speaker ごん → 兵十",
    ]


def test_a_scene_that_changed_its_place_is_the_only_one_that_moved(old: State, new: State) -> None:
    scenes = [{**old["plot"]["scenes"][0], "key": f"s0{n}", "beats": []} for n in range(1, 5)]
    old["plot"]["scenes"], new["plot"]["scenes"] = scenes, [scenes[3], *scenes[:3]]
    assert words(old, new, Phase.PLOT) == ["s04 river: moved, scene 4 → scene 1"]


def test_what_a_panel_shows_is_told_by_its_address(old: State, new: State) -> None:
    direction = panels(new)[2]["direction"]
    direction |= {"shot": "close", "effects": ["rain"]}
    direction["figures"] = [{**direction["figures"][0], "expression": "cry", "x": 0.9}]
    assert words(old, new) == [
        "p01.k3: shot bust → close",
        "p01.k3: effects nothing → rain",
        "p01.k3 ごん: expression neutral → cry",
        "p01.k3 ごん: from left 50% → 90%",
    ]


def test_who_is_in_a_panel(old: State, new: State) -> None:
    panels(new)[0]["direction"]["figures"].append({**panels(new)[1]["direction"]["figures"][0]})
    assert words(old, new) == ["p01.k1: present ごん → ごん, 兵十"]


def test_a_page_that_is_put_in_at_the_front_moves_nothing(old: State, new: State) -> None:
    page = new["storyboard"]["pages"][0]
    first = deepcopy(page) | {"key": "g000", "panels": [{**panels(new)[0], "key": "b0000+1"}]}
    first["panels"][0]["dialogue"] = {"parts": []}
    first["layout"]["frames"] = [{**frames(new)[0], "key": "b0000+1"}]
    page["number"] = 2
    new["storyboard"]["pages"].insert(0, first)
    assert words(old, new) == ["book: pages 1 → 2", "p01.k1 (b0000+1) came: panel 0"]


def test_panels_that_change_places_and_pages_moved(old: State, new: State) -> None:
    page = new["storyboard"]["pages"][0]
    page["panels"] = [page["panels"][at] for at in (1, 2, 0)]
    second = deepcopy(page) | {"key": "g002", "number": 2, "panels": [panels(old)[3]]}
    new["storyboard"]["pages"].append(second)
    assert words(old, new)[1:] == ["p01.k3: moved, p01.k1 → p01.k3", "p02.k1: moved, p01.k4 → p02.k1"]


def test_a_panel_that_got_larger_tells_its_size(old: State, new: State) -> None:
    frames(new)[1]["polygon"] = Rect(x=0, y=20, width=50, height=30).polygon()
    assert words(old, new) == ["p01.k2: size 50×18 mm → 50×30 mm"]


def test_words_on_the_storyboard_are_told_once(old: State, new: State) -> None:
    panels(new)[1]["dialogue"]["parts"][0]["text"] = "待って!"
    new["lettering"]["pages"][0]["balloons"][1]["text"]["source"] = "待って!"
    assert words(old, new) == ["p01.k2 line: text line 1 → 待って!"]


def test_a_line_that_went_to_another_panel(old: State, new: State) -> None:
    panels(new)[0]["dialogue"]["parts"] += panels(new)[1]["dialogue"]["parts"]
    panels(new)[1]["dialogue"]["parts"] = []
    assert words(old, new) == ["p01.k1 line: moved, p01.k2 → p01.k1"]


def test_a_balloon_that_was_moved_and_words_that_only_the_letterer_changed(old: State, new: State) -> None:
    first, second = new["lettering"]["pages"][0]["balloons"][:2]
    first["polygon"] = [[x + 7, y] for x, y in first["polygon"]]
    second["text"]["source"] = "待て"
    assert words(old, new) == ["p01.k1 balloon: moved by 7 mm", "p01.k2 balloon: text line 1 → 待て"]


def test_edits_are_part_of_what_is_compared(old: State, new: State) -> None:
    edit = Edit(
        id="e", change_type="text_edit", phase=Phase.CONCEPT, element_key="concept", change_data={"title": "狐"},
        base_version="v",
    )  # fmt: skip
    new["edits"] = [edit.to_json()]
    assert words(old, new) == ["concept: title 狐の話 → 狐"]


def test_pictures_and_finished_pages_that_are_other_ones(old: State, new: State) -> None:
    new["artwork"]["b0002"]["blob"] = "other"
    new["finishing"]["pages"][1]["image"] = "other"
    new["finishing"]["pages"].append({"number": 2, "image": "image2"})
    found = difference(old, new)
    assert [str(change) for change in found.of(Phase.ARTWORK)] == ["p01.k3: another picture"]
    assert (found.pages, found.only_old, found.only_new) == ((1,), (), (2,))


def test_a_phase_that_only_one_has_come_to_is_one_change(old: State, new: State) -> None:
    del new["storyboard"], new["artwork"], new["lettering"], new["finishing"]
    assert words(old, new) == ["storyboard went", "artwork went", "lettering went", "finishing went"]
    assert words(new, old)[0] == "storyboard came"


def test_locks_are_told_apart(old: State, new: State) -> None:
    old["locks"] = {"c01": {"kind": "character"}}
    new["locks"] = {"b0001": {"kind": "panel"}}
    found = difference(old, new)
    assert (found.locked, found.unlocked) == (("b0001",), ("c01",))
    assert found


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [("abcde", "abcde", ""), ("abcde", "eabcd", "e"), ("abcd", "xbycda", "a"), ("abc", "cba", "bc"), ("", "a", "")],
)
def test_as_few_as_possible_have_moved(old: str, new: str, moved: str) -> None:
    found = Matched.of([{"key": key} for key in old], [{"key": key} for key in new])
    assert len(found.moved) == len(moved)
    assert found.moved <= set(old)


def test_moments_that_are_brought_back_or_left_out_are_told(old: State, new: State) -> None:
    plot: Any = new["plot"]
    shown = [key for page in plot["pages"] for key in page["beats"]]
    page = next(page for page in plot["pages"] if shown[-1] in page["beats"])
    page["beats"] = [key for key in page["beats"] if key != shown[-1]]
    scene = plot["scenes"][-1]["key"]
    assert words(old, new, Phase.PLOT) == [f"{scene} {shown[-1]}: shown yes → no"]
    assert words(new, old, Phase.PLOT) == [f"{scene} {shown[-1]}: shown no → yes"]


def test_a_scene_with_more_room_is_told(old: State, new: State) -> None:
    scene: Any = new["plot"]["scenes"][0]
    scene["room"] = 1
    assert [line.rpartition(": ")[2] for line in words(old, new, Phase.PLOT)] == ["room nothing → 1"]


def test_larger_letters_in_the_same_place_are_told(old: State, new: State) -> None:
    for state, size in ((old, 15.0), (new, 18.0)):
        letters: Any = state["lettering"]
        letters["pages"][0]["balloons"][0]["text"]["size_q"] = size
    assert words(old, new, Phase.LETTERING) == ["p01.k1 balloon: size 15 Q → 18 Q"]
    boards: Any = new["storyboard"]
    for frame in boards["pages"][0]["layout"]["frames"]:
        frame["polygon"] = [[x * 2, y * 2] for x, y in frame["polygon"]]
    assert words(old, new, Phase.LETTERING) == [], "in a panel of another size they have grown with it"
