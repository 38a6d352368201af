"""What is seen on the pages of four known stories: their scene graphs hold who and what the stories are about."""

from collections.abc import Callable
from functools import cache
from types import MappingProxyType

import pytest

from agents.artwork import panel_briefs
from agents.continuity import make_bible, with_hands
from drawing.art.panel import DrawnPanel, PanelRequest, draw_panel
from drawing.art.peering import CAT, KEYHOLE
from drawing.layout.pages import lay_out_book
from drawing.lettering.fonts import standard_folders
from drawing.lettering.page import Manner, letter_page
from drawing.pages.scene import BookFacts, body_page
from manga.artwork import Made, PanelArt
from manga.book import PageGraph, PanelNode
from manga.brief import Language, Settings
from manga.characters import Kind
from manga.geometry import bounds
from manga.paper import PAPERS, PaperName
from manga.storyboard import PanelDraft, Pose, Shot, Storyboard, StoryPage
from providers.base import PanelBrief
from providers.offline.storyboard import draft_storyboard
from tests.providers.offline.storyboard_plots import STORIES, Inputs, story

pytestmark = pytest.mark.skipif(not STORIES.is_dir(), reason=f"the stories are not there: {STORIES}")
B5 = PAPERS[PaperName.B5]
Wanted = Callable[[PanelDraft, dict[str, Kind]], bool]


@cache
def told(key: str) -> tuple[Inputs, Storyboard, MappingProxyType[str, PanelBrief]]:
    given = story(key)
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    draft = with_hands(draft, make_bible(given.plot), given.cast)
    concept = given.concept
    vertical = concept.language is Language.JA
    board = lay_out_book(
        draft, paper=B5, start_side=concept.start_side, direction=concept.direction, vertical=vertical
    )  # fmt: skip
    briefs = panel_briefs(board, given.cast, concept, Settings(), plot=given.plot)
    return given, board, MappingProxyType({brief.panel: brief for brief in briefs})


def panels_with(key: str, wanted: Wanted) -> list[tuple[StoryPage, PanelDraft]]:
    given, board, _ = told(key)
    kinds = {person.key: person.look.kind for person in given.cast.characters}
    return [(page, panel) for page in board.pages for panel in page.panels if wanted(panel, kinds)]


def drawn(key: str, panel: str) -> DrawnPanel:
    brief = told(key)[2][panel]
    looks = {person.key: person.look for person in brief.cast}
    return draw_panel(PanelRequest(brief.width_mm, brief.height_mm, brief.direction, looks, brief.period))


def node_of(key: str, page: StoryPage, panel: PanelDraft) -> PanelNode:
    """The panel in its page's scene graph, drawn and lettered."""
    return next(node for node in graph_of(key, page).panels if node.key == panel.key)


def graph_of(key: str, page: StoryPage) -> PageGraph:
    concept = told(key)[0].concept
    art = {panel.key: _art(key, panel.key) for panel in page.panels}
    manner = Manner(B5, concept.direction, concept.language, "magazine", False, 0, standard_folders())
    facts = BookFacts(concept.title, None, concept.language.value, concept.direction, B5)
    return body_page(page, art, letter_page(page, art, manner).page, facts, page.number)


def _art(key: str, panel: str) -> PanelArt:
    brief, made = told(key)[2][panel], drawn(key, panel)
    return PanelArt(
        panel=panel,
        blob=f"blob-{panel}",
        media_type="application/x-manga-art+json",
        width=brief.width_mm,
        height=brief.height_mm,
        figures=made.figures,
        ink=made.ink,
        made=Made(model="drawn", missing=made.missing),
    )


def who(panel: PanelDraft, kinds: dict[str, Kind]) -> list[Kind]:
    return [kinds[figure.character] for figure in panel.direction.figures]


def holding(panel: PanelDraft, thing: str) -> list[str]:
    return [figure.character for figure in panel.direction.figures if figure.holds == thing]


def test_gongitsune_shows_a_fox_that_acts() -> None:
    key = "ja_gongitsune"
    found = panels_with(key, lambda panel, kinds: Kind.FOX in who(panel, kinds))
    assert len(found) > len(told(key)[2]) / 2
    poses = {figure.pose for _, panel in found for figure in panel.direction.figures if figure.character == "c01"}
    assert len(poses) >= 5
    page, panel = next((page, panel) for page, panel in found if holding(panel, "chestnuts"))
    fox = next(f for f in node_of(key, page, panel).figures if f.character == "c01")
    assert fox.body.area > 0
    assert drawn(key, panel.key).missing == ()


def test_the_restaurant_of_many_orders_shows_two_gentlemen_with_guns_and_cats() -> None:
    key = "ja_chumon"
    armed = panels_with(key, lambda panel, _: len(holding(panel, "gun")) == 2)
    assert len(armed) >= 3
    page, panel = armed[0]
    node = node_of(key, page, panel)
    assert {"c01", "c02"} <= {figure.character for figure in node.figures}
    assert drawn(key, panel.key).missing == ()
    assert not panels_with(key, lambda panel, kinds: Kind.CAT in who(panel, kinds))
    for eyes in (KEYHOLE, CAT):
        page, panel = panels_with(key, lambda panel, _, eyes=eyes: eyes in panel.direction.props)[0]
        box = bounds(page.frame(panel.key).polygon)
        assert box.width * box.height > B5.live_width_mm * B5.live_height_mm / 10
        assert drawn(key, panel.key).missing == ()


def test_the_magi_show_combs_and_a_watch_chain() -> None:
    key = "en_magi"
    combs = panels_with(key, lambda panel, _: panel.direction.shot is Shot.INSERT and "comb" in panel.direction.props)
    chain = panels_with(key, lambda panel, _: bool(holding(panel, "chain")))
    assert combs
    assert len(chain) >= 3
    for page, panel in (combs[0], chain[0]):
        assert node_of(key, page, panel).picture
        assert drawn(key, panel.key).missing == ()


def test_the_hare_shows_a_hare_and_a_tortoise_together() -> None:
    key = "en_hare"
    both = panels_with(key, lambda panel, kinds: {Kind.RABBIT, Kind.TORTOISE} <= set(who(panel, kinds)))
    assert len(both) >= 3
    for page, panel in both:
        faces = [figure.face for figure in node_of(key, page, panel).figures]
        assert all(faces)
        assert all(a.overlap(b) == 0 for i, a in enumerate(faces) for b in faces[:i] if a and b)


def test_the_fable_is_told_by_its_pictures() -> None:
    """Six to ten: the hare mocks, the fox sets the course, both run, the hare sleeps, wakes and comes too late."""
    given, board, _ = told("en_hare")
    kinds = {person.look.kind: person.key for person in given.cast.characters}
    hare, tortoise, fox = kinds[Kind.RABBIT], kinds[Kind.TORTOISE], kinds[Kind.FOX]
    panels = [panel for page in board.pages for panel in page.panels]
    assert 6 <= len(panels) <= 10
    poses = [{f.character: f.pose for f in panel.direction.figures} for panel in panels]
    assert hare in poses[0]
    fixed = next(i for i, panel in enumerate(panels) if any("Fox" in p.text for p in panel.dialogue.parts))
    assert fox in poses[fixed]
    goes = (Pose.RUN, Pose.WALK)
    start = next(i for i, seen in enumerate(poses) if seen.get(hare) is Pose.RUN and seen.get(tortoise) in goes)
    asleep = [i for i, seen in enumerate(poses) if seen.get(hare) is Pose.LIE]
    assert len(asleep) == 1
    assert poses[asleep[0]].get(tortoise) is not Pose.LIE
    late = next(i for i, seen in enumerate(poses) if seen.get(hare) is Pose.RUN and seen.get(tortoise) is Pose.LIE)
    assert fixed < start < asleep[0] < late


def test_jim_is_not_seen_before_he_comes_home() -> None:
    given, board, _ = told("en_magi")
    jim = next(person.key for person in given.cast.characters if person.name == "Jim")
    panels = [panel for page in board.pages for panel in page.panels]
    comes = next(i for i, panel in enumerate(panels) if "Jim stepped in" in panel.direction.seen)
    seen = [i for i, panel in enumerate(panels) if jim in {f.character for f in panel.direction.figures}]
    assert seen[0] == comes
    sounds = [part.text for panel in panels[:comes] for part in panel.dialogue.parts if part.kind == "sfx"]
    assert not {"RING", "HOWL", "POW"} & set(sounds)


def test_it_is_the_tortoise_that_will_win_the_race() -> None:
    given, board, _ = told("en_hare")
    tortoise = next(person.key for person in given.cast.characters if person.look.kind is Kind.TORTOISE)
    parts = [part for page in board.pages for panel in page.panels for part in panel.dialogue.parts]
    assert next(part.speaker for part in parts if part.text.startswith("Though you be swift")) == tortoise
