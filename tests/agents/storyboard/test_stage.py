"""Who stands where, and panels that become one."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.storyboard.join_panels import within
from agents.storyboard.page_plan import NEAREST, on_their_sides
from manga.paper import Direction
from manga.plot import LineKind
from manga.storyboard import LinePart, PanelDraft
from manga.storyboard_plan import Sides
from manga.values import Span

SIDES = (Sides(scene="s01", read_first=("c01",), read_last=("c02",)),)


def _panel(*figures: tuple[str, float], parts: int = 0, importance: int = 2, key: str = "b0001") -> PanelDraft:
    said = [
        LinePart(
            key=f"l{key[1:]}.{n}", line=f"l{key[1:]}", kind=LineKind.SPEECH, text="あ", span=Span(start=0, end=1)
        ).model_dump()
        for n in range(1, parts + 1)
    ]
    shown = [{"character": who, "x": x, "facing": "left" if x > 0.5 else "right"} for who, x in figures]
    return PanelDraft.of(
        {
            "key": key,
            "beats": [key],
            "scene": "s01",
            "role": "talk",
            "importance": importance,
            "direction": {"shot": "bust", "setting": "room", "figures": shown},
            "dialogue": {"parts": said},
        }
    )


def _places(panel: PanelDraft, direction: Direction = Direction.RTL) -> dict[str, float]:
    (staged,) = on_their_sides([panel], SIDES, direction)
    return {figure.character: figure.x for figure in staged.direction.figures}


def test_who_is_read_first_stands_on_the_right_of_a_japanese_book_and_on_the_left_of_an_english_one() -> None:
    nobody_said = _panel(("c02", 0.5), ("c01", 0.5))
    assert _places(nobody_said)["c01"] > _places(nobody_said)["c02"]
    assert _places(nobody_said, Direction.LTR)["c01"] < _places(nobody_said, Direction.LTR)["c02"]


def test_a_panel_in_which_they_have_changed_sides_is_turned_round() -> None:
    (turned,) = on_their_sides([_panel(("c01", 0.25), ("c02", 0.75))], SIDES, Direction.RTL)
    assert [(f.x, f.facing) for f in turned.direction.figures] == [(0.75, "left"), (0.25, "right")]
    kept = _panel(("c01", 0.75), ("c02", 0.25))
    assert on_their_sides([kept], SIDES, Direction.RTL) == (kept,)


def test_nobody_stands_in_anothers_place() -> None:
    xs = sorted(_places(_panel(("c01", 0.5), ("c02", 0.52), ("c03", 0.5))).values())
    assert all(b - a >= NEAREST for a, b in pairwise(xs))


PANEL = st.tuples(st.integers(1, 5), st.integers(0, 6))


@settings(max_examples=150, deadline=None)
@given(st.lists(PANEL, min_size=1, max_size=9), st.integers(1, 9))
def test_panels_become_as_few_as_are_allowed_and_no_beat_is_lost(drawn: list[tuple[int, int]], most: int) -> None:
    panels = [
        _panel(("c01", 0.5), parts=parts, importance=weight, key=f"b{n:04d}")
        for n, (weight, parts) in enumerate(drawn, start=1)
    ]
    found, gone = within(panels, most)
    assert len(found) == min(most, len(panels))
    assert len(gone) == len(panels) - len(found)
    assert [key for panel in found for key in panel.beats] == [panel.key for panel in panels]
    assert max(panel.importance for panel in found) == max(panel.importance for panel in panels)
    assert all(PanelDraft.of(panel.to_json()) == panel for panel in found)
    words = [part.key for panel in panels for part in panel.dialogue.parts]
    kept = [part.key for panel in found for part in panel.dialogue.parts]
    assert kept == [key for key in words if key in kept]
