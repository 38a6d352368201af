"""What was said and is not in the book, listed with its reason; and cuts that are taken back one by one."""

from typing import Any

import pytest

from editing.list_losses import (
    losses_counted,
    losses_of,
    losses_told,
    lost_of_pictures,
    lost_of_plot,
    lost_of_storyboard,
    lost_shapes,
)
from editing.overlay import with_beat_shown, with_line_whole
from manga.artwork import Drawn, DrawnFigure, Made, PanelArt
from manga.brief import Language
from manga.characters import Cast, Character, Look, OtherShape
from manga.continuity import Aspect, Change
from manga.fit_story_to_pages import plan_book
from manga.losses import Loss, LossKind, Reason, told
from manga.phases import Phase
from manga.plot import Act, Deed, Plot
from manga.storyboard import FigureDirection, Storyboard
from tests.editing.works import edited as with_edit
from tests.editing.works import sent, state
from tests.offline.storyboard_plots import Teller, scene

SPEECH = "むかしの話だ。山の上に鬼がいた。おれは鬼を見たのだ！ それは大きな鬼で、角が二本あった。村の者は逃げた。"


def cut_plot() -> Plot:
    teller = Teller()
    scenes = (scene(1, *(teller.beat(teller.line(SPEECH, "c01")) for _ in range(12))),)
    made = plan_book(scenes, Language.JA, 100, 2, "faithful")
    return Plot(acts=(Act(name="development", scenes=("s01",)),), scenes=scenes, pages=made.pages, cuts=made.cuts)


def brief(losses: Any) -> list[tuple[str, str, str, str]]:
    return [(loss.kind.value, loss.element, loss.what, loss.reason.value) for loss in losses]


def test_every_beat_on_no_page_and_every_abridged_speech_is_listed() -> None:
    plot = cut_plot()
    shown = {key for page in plot.pages for key in page.beats}
    found = list(lost_of_plot(plot, None))
    assert {loss.element for loss in found if loss.what == "beat"} == {b.key for b in plot.beats()} - shown
    assert {loss.reason for loss in found if loss.what == "beat"} == {Reason.NO_ROOM}
    short = [loss for loss in found if loss.kind is LossKind.SHORTENED]
    assert short
    assert all(loss.instead in SPEECH and loss.reason is Reason.ABRIDGED for loss in short)


def test_cuts_are_taken_back_one_by_one_and_drive_nothing_out() -> None:
    plot: Any = cut_plot().to_json()
    lost = list(lost_of_plot(Plot.of(plot), None))
    for loss in lost:
        back = with_beat_shown(plot, loss.element) if loss.what == "beat" else with_line_whole(plot, loss.element)
        before, left = ({(one.element, one.what) for one in lost_of_plot(Plot.of(seen), None)} for seen in (plot, back))
        assert before - left == {(loss.element, loss.what)}
        assert not left - before
        plot = back
    assert list(lost_of_plot(Plot.of(plot), None)) == []
    order = [beat.key for beat in Plot.of(plot).beats()]
    assert [key for page in plot["pages"] for key in page["beats"]] == order


def test_a_moment_that_nobody_cut_stays_where_it_is() -> None:
    plot = cut_plot().to_json()
    shown = plot["pages"][0]["beats"][0]  # type: ignore[index] # plain JSON
    assert with_beat_shown(plot, shown) is plot
    assert with_beat_shown(plot, "b9999") is plot


def test_an_edit_brings_a_moment_back_through_the_common_door() -> None:
    before: Any = state()
    plot = before["plot"]
    beats = [beat["key"] for one in plot["scenes"] for beat in one["beats"]]
    cut = beats[-1]
    plot = {
        **plot,
        "pages": [{**page, "beats": [key for key in page["beats"] if key != cut]} for page in plot["pages"]],
    }
    plot["pages"] = [page for page in plot["pages"] if page["beats"]]
    now: Any = {name: value for name, value in before.items() if name not in ("storyboard", "artwork", "lettering")}
    now |= {"plot": plot, "feedback": {"asked_at": "plot", "version": "v1"}}
    assert cut in {loss.element for loss in losses_of(now, (Phase.PLOT,))}
    after = with_edit(now, sent(cut, "selection", shown=True))
    assert cut not in {loss.element for loss in losses_of(after, (Phase.PLOT,))}


def test_what_a_person_has_set_since_is_lost_no_more() -> None:
    seen: Any = state()
    person = seen["characters"]["characters"][0]["key"]
    said = {"what": "outfit", "said": "a wimple", "instead": "kimono", "reason": Reason.NEAREST}
    replaced = Loss.of({"kind": LossKind.REPLACED, "phase": Phase.CHARACTERS, "element": person, **said})
    other = replaced.model_copy(update={"what": "hat"})
    stored = {**seen["characters"], "losses": [replaced.to_json(), other.to_json()]}
    now: Any = seen | {"characters": stored, "feedback": {"asked_at": "characters", "version": "v1"}}
    assert brief(losses_of(now, (Phase.CHARACTERS,))) == brief([replaced, other])
    after = with_edit(now, sent(person, "selection", **{"look.outfit": "robe"}))
    assert brief(losses_of(after, (Phase.CHARACTERS,))) == brief([other])


@pytest.fixture
def board() -> tuple[Plot, Storyboard]:
    seen: Any = state()
    return Plot.of(seen["plot"]), Storyboard.of(seen["storyboard"])


def test_a_beat_without_a_panel_and_a_line_without_a_balloon_are_listed(board: tuple[Plot, Storyboard]) -> None:
    plot, pages = board
    before = brief(lost_of_storyboard(plot, pages))
    page = pages.pages[0]
    fewer = pages.model_copy(update={"pages": (page.model_copy(update={"panels": page.panels[1:]}), *pages.pages[1:])})
    new = [one for one in brief(lost_of_storyboard(plot, fewer)) if one not in before]
    assert new
    assert {(kind, reason) for kind, _, _, reason in new} <= {("cut", "not_shown"), ("not_drawn", "not_directed")}


def test_things_that_no_panel_is_directed_to_show_are_listed(board: tuple[Plot, Storyboard]) -> None:
    plot, pages = board
    first = plot.scenes[0].beats[0]
    deed = Deed(who="c01", action="read", thing="letter", span=first.span)
    richer = first.model_copy(update={"props": ("anchor",), "deeds": (deed,)})
    scenes = (plot.scenes[0].model_copy(update={"beats": (richer, *plot.scenes[0].beats[1:])}), *plot.scenes[1:])
    found = lost_of_storyboard(plot.model_copy(update={"scenes": scenes}), pages)
    things = [(loss.what, loss.said) for loss in found if loss.said in ("anchor", "letter")]
    assert things == [("prop", "anchor"), ("prop", "letter")]


def test_what_was_directed_and_is_not_seen_is_told_by_the_artists_own_account(board: tuple[Plot, Storyboard]) -> None:
    _, pages = board
    panel = pages.panels()[0]
    direction = panel.direction.model_copy(
        update={"props": ("basket", "anchor"), "figures": (
            FigureDirection(character="c01", holds="letter"), FigureDirection(character="c02", holds="net"),
        )}
    )  # fmt: skip
    one = pages.pages[0].model_copy(update={"panels": (panel.model_copy(update={"direction": direction}),)})
    art = PanelArt(
        panel=panel.key, blob="x", media_type="image/png", width=1, height=1,
        drawn=Drawn(figures=(DrawnFigure(character="c01"),), things=("basket",)),
        made=Made(model="m", missing=("prop: anchor", "prop: net (drawn as: cloth)")),
    )  # fmt: skip
    found = list(lost_of_pictures(pages.model_copy(update={"pages": (one,)}), {panel.key: art}))
    assert [(loss.kind.value, loss.what, loss.said, loss.instead) for loss in found] == [
        ("not_drawn", "prop", "anchor", ""),
        ("replaced", "prop", "net", "cloth"),
        ("not_drawn", "holds", "letter", ""),
        ("not_drawn", "figure", "c02", ""),
    ]
    silent = art.model_copy(update={"drawn": None})
    assert len(list(lost_of_pictures(pages.model_copy(update={"pages": (one,)}), {panel.key: silent}))) == 2


def test_what_an_image_model_lacked_is_listed_whatever_it_is_called(board: tuple[Plot, Storyboard]) -> None:
    _, pages = board
    panel = pages.panels()[0]
    lacked = f"the character sheet of Professor {'Bartholomew ' * 4}of Ex: eter"
    made = Made(model="m", missing=(lacked,))
    art = PanelArt(panel=panel.key, blob="x", media_type="image/png", width=1, height=1, made=made)
    found = list(lost_of_pictures(pages, {panel.key: art}))
    assert [(loss.what, loss.said, loss.instead) for loss in found] == [("", lacked, "")]
    assert told(found[0]).startswith('"the character sheet of Professor')


def test_losses_are_counted_in_a_line_and_told_in_the_books_language() -> None:
    loss = Loss(kind="cut", phase="plot", element="b0002", what="beat", said="A\x1b[2Jb", reason=Reason.NO_ROOM)
    assert losses_counted([loss.to_json(), loss.to_json()]).startswith("not as it was said: 2 cut;")
    assert losses_counted([]) == ""
    assert told(loss) == 'beat "A [2Jb": the book has no room for it'
    assert told(loss, japanese=True) == "場面の一こま「A [2Jb」：本に入りきらない"


def test_people_read_where_a_loss_stands() -> None:
    seen: Any = state()
    assert losses_told(seen) == []
    first, *others = seen["plot"]["scenes"]
    beats = [first["beats"][0] | {"props": ["anchor"]}, *first["beats"][1:]]
    (lost,) = losses_told(seen | {"plot": seen["plot"] | {"scenes": [first | {"beats": beats}, *others]}})
    assert (lost["kind"], lost["element"], lost["address"]) == ("not_drawn", beats[0]["key"], "p01.k1")
    assert "anchor" in lost["told"]


def test_whoever_takes_another_shape_and_has_only_one_is_listed() -> None:
    teller = Teller()
    change = Change(who="c01", aspect=Aspect.SHAPE, to="other")
    beat = teller.beat(teller.line(SPEECH, "c01")).model_copy(update={"changes": (change,)})
    made = plan_book((scene(1, beat),), Language.JA, 100, 2, "faithful")
    plot = Plot(acts=(Act(name="development", scenes=("s01",)),), scenes=(scene(1, beat),), pages=made.pages)
    person = Character(key="c01", name="葛の葉", look=Look(), description="女")
    two = person.model_copy(update={"other": OtherShape(look=Look())})
    found = [list(lost_shapes(plot, Cast(characters=(one,)))) for one in (person, two)]
    assert [brief(losses) for losses in found] == [[("not_drawn", beat.key, "change", "cannot_draw")], []]
