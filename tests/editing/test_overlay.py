"""What holds for all edits, whichever they are: properties over random series of them."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from editing.accept_edits import accepted
from editing.phase_results import result_json
from editing.state_as_json import Json
from manga.element_addresses import parse
from manga.errors import EditRejected
from manga.phases import Phase
from tests.editing.works import PAGES, PANELS, board, edited, last_id, panels, parts, sent, state, without

BEFORE = state()
LAYERS = (Phase.CONCEPT, Phase.CHARACTERS, Phase.PLOT, Phase.STORYBOARD)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

pages = st.integers(1, PAGES).map(lambda n: f"p{n:02}")
places = st.tuples(pages, st.integers(1, PANELS)).map(lambda place: f"{place[0]}.k{place[1]}")
texts = places.map(lambda place: f"{place}.b1")


def _dragged(elements: Any, **fields: Any) -> Any:
    return st.builds(lambda e, data: sent(e, "drag_drop", **data), elements, st.fixed_dictionaries(fields))


STRUCTURAL = st.one_of(
    _dragged(places, delete=st.just(True)),
    _dragged(pages, delete=st.just(True)),
    _dragged(pages, position=st.fixed_dictionaries({"before": st.one_of(pages, st.just(""))})),
    _dragged(places, position=st.fixed_dictionaries({"page": pages})),
    _dragged(places, merge=places),
    _dragged(st.just("storyboard"), insert_page=st.fixed_dictionaries({"before": st.one_of(pages, st.just(""))})),
    _dragged(pages, insert_panel=st.fixed_dictionaries({"importance": st.integers(1, 5)})),
    _dragged(texts, panel=st.fixed_dictionaries({"panel": places})),
    _dragged(places, split=st.just("across")),
)
SIMPLE = st.one_of(
    st.builds(lambda e, t: sent(e, text=t), texts, st.text(st.characters(categories=["L"]), min_size=1, max_size=40)),
    st.builds(lambda e, k: sent(e, "selection", kind=k), texts, st.sampled_from(["shout", "thought", "whisper"])),
    st.builds(lambda e, s: sent(e, "selection", shot=s), places, st.sampled_from(["long", "close", "bust"])),
    st.builds(lambda e, n: sent(e, "selection", importance=n), places, st.integers(1, 5)),
    st.builds(
        lambda e, x: sent(e, "selection", **{"figures.c01.expression": x}), places, st.sampled_from(["cry", "smile"])
    ),
    st.builds(lambda t: sent("concept", title=t), st.sampled_from(["一", "二"])),
    st.builds(lambda s: sent("c01", "selection", **{"look.hair_style": s}), st.sampled_from(["long", "bun"])),
    st.builds(lambda p: sent("s01", place=p), st.sampled_from(["海", "山"])),
)


def _tried(of: Any, edit: Json) -> Any:
    """With the edit where it is allowed; the state as it was where it is refused."""
    split = edit["change_data"].get("split")
    try:
        return edited(of, _cut_across(of, edit) if split else edit)
    except EditRejected:
        return of


def _cut_across(of: Any, edit: Json) -> Json:
    """A cut from the middle of one side of the frame to the middle of the other."""
    address = parse(edit["element_id"])
    assert address is not None
    assert address.panel is not None
    storyboard = board(of)
    if address.page > len(storyboard.pages) or address.panel > len(storyboard.pages[address.page - 1].panels):
        return edit
    a, b, c, d, *_ = (*storyboard.pages[address.page - 1].layout.frames[address.panel - 1].polygon, (0, 0))
    ends = [[(p[0] + q[0]) / 2, (p[1] + q[1]) / 2] for p, q in ((a, d), (b, c))]
    return sent(edit["element_id"], "drag_drop", split={"a": ends[0], "b": ends[1]})


def _shown(of: Any) -> list[Json]:
    return [result_json(of, phase) for phase in LAYERS]


@QUICK
@given(st.lists(st.one_of(STRUCTURAL, SIMPLE), min_size=1, max_size=5))
def test_an_edit_that_is_taken_back_leaves_exactly_what_was_there(series: list[Json]) -> None:
    now = BEFORE
    for edit in series:
        after = _tried(now, edit)
        if after is not now:
            assert _shown(without(after, last_id(after))) == _shown(now)
        now = after


@QUICK
@given(st.lists(STRUCTURAL, min_size=1, max_size=5))
def test_structural_edits_keep_every_line_exactly_once(series: list[Json]) -> None:
    now = BEFORE
    for edit in series:
        now = _tried(now, edit)
        assert sorted(parts(now)) == sorted(parts(BEFORE))
        assert len(set(panels(now))) == len(panels(now))


@QUICK
@given(SIMPLE, st.one_of(SIMPLE, STRUCTURAL))
def test_edits_on_different_elements_commute(one: Json, two: Json) -> None:
    first, second = _elements(one), _elements(two)
    assume(not first & second)
    there, back = _tried(_tried(BEFORE, one), two), _tried(_tried(BEFORE, two), one)
    assume(len(there.get("edits", ())) == len(back.get("edits", ())) == 2)
    by_id = {edit["id"]: edit for edit in there["edits"]}
    swapped = {**there, "edits": list(reversed(list(by_id.values())))}
    assert _shown(there) == _shown(swapped)


def _elements(edit: Json) -> set[str]:
    """Pages that an edit is about; elements apart from pages by themselves."""
    names = [edit["element_id"], *(str(v) for v in _values(edit["change_data"]))]
    found = {name.partition(".")[0] for name in names if parse(name) is not None}
    return found or {edit["element_id"]}


def _values(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return [hit for child in node.values() for hit in _values(child)]
    return [node]


@QUICK
@given(st.lists(SIMPLE, min_size=1, max_size=6))
def test_a_page_at_the_front_leaves_all_other_edits_on_their_own_panels(series: list[Json]) -> None:
    now = BEFORE
    for edit in series:
        now = _tried(now, edit)
    after = edited(now, sent("storyboard", "drag_drop", insert_page={"before": "p01"}))
    own, moved = board(now), board(after)
    assert [page.panels for page in moved.pages[1:]] == [page.panels for page in own.pages]
    assert [edit["element_key"] for edit in after["edits"][:-1]] == [
        edit["element_key"] for edit in now.get("edits", ())
    ]


@QUICK
@given(st.lists(st.one_of(STRUCTURAL, SIMPLE), min_size=1, max_size=4))
def test_pages_that_no_edit_names_keep_their_geometry_byte_for_byte(series: list[Json]) -> None:
    """But for what bleeds: it bleeds over the outer edge, which may be the other one now."""
    now = BEFORE
    for edit in series:
        now = _tried(now, edit)
    old = {page.key: page for page in board(BEFORE).pages}
    for page in board(now).pages:
        before = old.get(page.key)
        if before is None or page.panels != before.panels:
            continue
        for frame, was in zip(page.layout.frames, before.layout.frames, strict=True):
            assert frame == was or (page.side is not before.side and {*frame.bleeds, *was.bleeds})


def test_an_accepted_edit_can_be_sent_again_and_means_the_same() -> None:
    split = _cut_across(BEFORE, sent("p01.k1", "drag_drop", split="x"))
    for edit in (split, sent("p01", "drag_drop", insert_panel={"before": "p01.k2"}), sent("p01.k1.b1", text="x")):
        once = accepted(BEFORE, [edit])[0]
        assert accepted(BEFORE, [once.to_json()])[0].change_data == once.change_data
