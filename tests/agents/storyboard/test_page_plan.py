"""The page plan: what is refused by name, what code mends, and how lines and panels are shared out."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.storyboard.page_plan import (
    SAID_LETTERS,
    beats_planned,
    faults_of,
    limits_of,
    mended,
    outline_of,
    plan_from,
    plan_of,
    with_losses,
)
from agents.storyboard.page_words import lines_by_page
from manga.brief import Settings
from manga.paper import Direction
from manga.plot import spoken_in
from manga.storyboard import StoryboardDraft
from manga.storyboard_plan import BookPlan, Limits, PlannedPage
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene


def _told(pages: int = 4, beats: int = 3, lines: int = 1, importance: int = 2) -> Inputs:
    teller = Teller()
    keys, scenes = [], []
    for number in range(1, pages + 1):
        told = [
            teller.beat(*(teller.line(f"これは{n}の{m}だ。", "c01") for m in range(lines)), importance=importance)
            for n in range(beats)
        ]
        scenes.append(scene(number, *told))
        keys.append(tuple(beat.key for beat in told))
    return inputs(*scenes, pages=tuple(keys))


def _faults(plan: BookPlan, told: Inputs, *, faithful: bool = True, pages: int = 64) -> list[str]:
    return [fault.message for fault in faults_of(plan, told.plot, Limits(pages=pages), faithful=faithful)]


def _with_beats(plan: BookPlan, number: int, *beats: str) -> BookPlan:
    pages = (page.model_copy(update={"beats": beats}) if page.number == number else page for page in plan.pages)
    return plan.model_copy(update={"pages": tuple(pages)})


def test_the_plots_own_pages_are_a_plan_that_holds() -> None:
    told = _told()
    plan = plan_of(told.plot)
    assert _faults(plan, told) == []
    assert [page.beats for page in plan.pages] == [page.beats for page in told.plot.pages]
    assert [page.key for page in plan.pages] == ["g001", "g002", "g003", "g004"]


@pytest.mark.parametrize(
    ("beats", "named"),
    [
        (("b0004", "b0005"), "b0006 is on no page"),
        (("b0004", "b0005", "b0005", "b0006"), "b0005 on page 2 is there twice"),
        (("b0005", "b0004", "b0006"), "b0004 on page 2 comes after later beats"),
        (("b0001", "b0004", "b0005", "b0006"), "b0001 on page 2 comes after later beats"),
        (("b0004", "b0005", "b0006", "b0666"), "b0666, which is no beat"),
        (("b0003", "b0004", "b0005", "b0006"), "b0003 on page 2 is there twice"),
    ],
)
def test_a_plan_that_loses_doubles_or_turns_round_beats_is_refused_by_name(beats: tuple[str, ...], named: str) -> None:
    told = _told()
    assert any(named in fault for fault in _faults(_with_beats(plan_of(told.plot), 2, *beats), told))


def test_a_beat_of_several_lines_may_go_on_over_the_leaf() -> None:
    told = _told(lines=4)
    plan = _with_beats(plan_of(told.plot), 2, "b0003", "b0004", "b0005", "b0006")
    assert _faults(plan, told) == []
    lines = {number: list(shown) for number, shown in lines_by_page(plan.pages, told.plot.beats()).items()}
    assert (lines[1][-2:], lines[2][:3]) == (["l0009", "l0010"], ["l0011", "l0012", "l0013"])


def test_a_long_line_goes_on_over_the_leaf_between_two_sentences() -> None:
    teller = Teller()
    words = (
        "兵十のおっ母は、床についていて、うなぎが食べたいと言ったにちがいない。それで兵十がはりきり網をもち出したんだ。"
    )
    long, short = teller.beat(teller.line(words, "c01")), teller.beat(teller.line("ちょっ。だめだ。", "c01"))
    told = inputs(scene(1, long, short), pages=(("b0001", "b0002"),))
    plan = BookPlan(
        pages=(
            PlannedPage(number=1, beats=("b0001",), weights=(3,)),
            PlannedPage(number=2, beats=("b0001", "b0002"), weights=(2,)),
        )
    )
    assert _faults(plan, told) == []
    shown = lines_by_page(plan.pages, told.plot.beats())
    first, second = shown[1]["l0001"], shown[2]["l0001"]
    assert (first.text, second.text) == (words[:35], words[35:])
    assert (first.span.end, second.span.end) == (second.span.start, len(words))
    again = _with_beats(_with_beats(plan, 1, "b0001", "b0002"), 2, "b0002")
    assert any("b0002 on page 2 is there twice" in fault for fault in _faults(again, told))


def test_an_adaptation_may_leave_out_what_matters_little() -> None:
    told, great = _told(), _told(importance=4)
    short = _with_beats(plan_of(told.plot), 2, "b0004")
    assert _faults(short, told, faithful=False) == []
    assert any("too important" in fault for fault in _faults(short, great, faithful=False))


def test_pages_are_counted_and_no_more_than_allowed() -> None:
    told = _told()
    plan = plan_of(told.plot)
    assert "numbered" in _faults(plan.model_copy(update={"pages": plan.pages[:2] + plan.pages[3:]}), told)[0]
    assert _faults(plan, told, pages=3) == ["There are 4 pages; 3 are allowed."]


@pytest.mark.parametrize(
    ("wishes", "panels"),
    [
        ({}, None),
        ({"fidelity": "adapted"}, 50),
        ({"fidelity": "adapted", "pages": 30}, None),
        ({"fidelity": "adapted", "max_images": 80}, 80),
        ({"max_images": 12}, 12),
        ({"max_images": 0}, None),
    ],
)
def test_how_many_panels_a_book_may_have(wishes: dict[str, object], panels: int | None) -> None:
    assert limits_of(_told().plot, Settings.of(wishes)).panels == panels


def test_a_longer_plot_than_allowed_was_wished_for() -> None:
    assert limits_of(_told().plot, Settings(pages=2)).pages == 4


def test_the_outline_tells_what_is_said_and_how_long_a_speech_is_of_which_it_tells_the_beginning() -> None:
    told = _told(lines=2)
    first = next(beat for scene in outline_of(told.plot).scenes for beat in scene.beats)
    said = spoken_in(told.plot.beats()[0])
    assert [(line.speaker, line.text, line.letters) for line in first.lines] == [(n.speaker, n.text, 0) for n in said]
    speech = said[0].model_copy(update={"text": "長" * 300})
    beat = told.plot.beats()[0].model_copy(update={"lines": (speech,)})
    scene = told.plot.scenes[0].model_copy(update={"beats": (beat,)})
    (line,) = outline_of(told.plot.model_copy(update={"scenes": (scene,)})).scenes[0].beats[0].lines
    assert (len(line.text), line.letters) == (SAID_LETTERS, 300)
    longer = told.plot.model_copy(update={"scenes": (scene.model_copy(update={"room": 2}),)})
    assert outline_of(longer).scenes[0].room == 2, "a book that is planned anew does not forget what was wished"


WEIGHTS = st.lists(st.integers(1, 5), min_size=1, max_size=9).map(tuple)


@settings(max_examples=150, deadline=None)
@given(st.lists(WEIGHTS, min_size=1, max_size=12), st.one_of(st.none(), st.integers(1, 60)))
def test_a_mended_plan_keeps_every_beat_within_the_limit_and_no_two_neighbours_weigh_the_same(
    weights: list[tuple[int, ...]], most: int | None
) -> None:
    told = _told(pages=len(weights))
    pages = zip(told.plot.pages, weights, strict=True)
    plan = BookPlan(pages=tuple(PlannedPage(number=p.number, beats=p.beats, weights=w) for p, w in pages))
    found = mended(plan, told.plot, Limits(pages=64, panels=most))
    assert [key for page in found.pages for key in page.beats] == [beat.key for beat in told.plot.beats()]
    assert [page.number for page in found.pages] == list(range(1, len(found.pages) + 1))
    assert sum(len(page.weights) for page in found.pages) <= (most or 1000)
    assert all(a.weights != b.weights for a, b in pairwise(found.pages) if len(b.weights) > 1)
    assert all(page.big in page.beats for page in found.pages)
    assert BookPlan.of(found.to_json()) == found
    if most is None or sum(map(len, weights)) <= most:
        assert [len(page.weights) for page in found.pages] == [len(run) for run in weights]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_line_is_shown_on_exactly_one_page_in_order(data: st.DataObject) -> None:
    told = _told(pages=3, beats=2, lines=data.draw(st.integers(0, 5)))
    keys = list(beats_planned(told.plot))
    ends = sorted(data.draw(st.lists(st.integers(1, len(keys) - 1), min_size=0, max_size=4, unique=True)))
    groups = [keys[a:b] for a, b in pairwise([0, *ends, len(keys)])]
    for n in range(1, len(groups)):
        if data.draw(st.booleans()):
            groups[n] = [groups[n - 1][-1], *groups[n]]
    pages = (PlannedPage(number=n, beats=tuple(group), weights=(2,)) for n, group in enumerate(groups, start=1))
    shared = lines_by_page(tuple(pages), told.plot.beats())
    lines = [line for beat in told.plot.beats() for line in beat.lines]
    assert [line for page in shared.values() for line in page.values()] == lines


def test_beats_share_a_panel_where_they_are_neighbours_and_what_cannot_be_is_listed() -> None:
    told = _told()
    plan = plan_of(told.plot)
    first, second, third = plan.pages[0].beats
    rows = ((first, second), (third, "b0999"), (third, first))
    said = plan.model_copy(update={"pages": (plan.pages[0].model_copy(update={"together": rows}), *plan.pages[1:])})
    made = with_losses(said, mended(said, told.plot, Limits(pages=9)), told.plot, told.cast)
    assert made.pages[0].together == ((first, second),)
    assert sorted(loss.said for loss in made.losses if loss.what == "together") == sorted(map(" ".join, rows[1:]))


def test_a_plan_says_whose_each_further_panel_is_and_of_no_more_than_there_are() -> None:
    told = _told(pages=1)
    first, second, third = plan_of(told.plot).pages[0].beats
    page = PlannedPage(number=1, beats=(first, second, third), weights=(3, 2, 2, 2), more=("b0999", third, first))
    assert mended(BookPlan(pages=(page,)), told.plot, Limits(pages=9)).pages[0].more == (third,)
    panels = [
        {
            "key": key, "beats": beats, "scene": "s01", "role": "act", "importance": 2,
            "direction": {"shot": "medium", "setting": "room"},
        }
        for key, beats in ((first, [first]), (second, [second, third]), (f"{second}+1", [second]))
    ]  # fmt: skip
    draft = StoryboardDraft.of({"pages": [{"key": "g001", "number": 1, "panels": panels}]})
    assert plan_from(draft).pages[0].more == (second,)


def test_the_plan_of_a_revision_knows_who_stands_where_and_what_pages_held_back() -> None:
    figures = [{"character": "c01", "x": 0.8}, {"character": "c02", "x": 0.2}]
    panel = {
        "key": "b0001", "beats": ["b0001"], "scene": "s01", "role": "talk", "importance": 2,
        "direction": {"shot": "medium", "setting": "room", "figures": figures},
    }  # fmt: skip
    draft = StoryboardDraft.of(
        {"pages": [{"key": "g001", "number": 1, "panels": [panel], "hook": "who?", "pace": "tense"}]}
    )
    for direction, first in ((Direction.RTL, "c01"), (Direction.LTR, "c02")):
        plan = plan_from(draft, direction)
        assert (plan.pages[0].hook, plan.pages[0].pace) == ("who?", "tense")
        assert [side.read_first for side in plan.sides] == [(first,)]
