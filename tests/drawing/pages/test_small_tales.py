"""What is seen on the pages of three small tales: their scene graphs hold who and what the tales are about."""

from collections.abc import Callable
from functools import cache
from types import MappingProxyType

from agents.appearance_timeline import make_bible, with_hands
from agents.artwork import panel_briefs
from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.layout.lay_out_pages import lay_out_book
from drawing.lettering.fonts import standard_folders
from drawing.lettering.letter_page import letter_page
from drawing.lettering.typesetting import Manner
from drawing.pages.scene_graph import BookFacts, body_page
from manga.artwork import Made, PanelArt
from manga.book import PageGraph, PanelNode
from manga.brief import Language, Settings
from manga.characters import Kind
from manga.panel_brief import PanelBrief, brief_for
from manga.paper import PAPERS, PaperName
from manga.storyboard import PanelDraft, Pose, Shot, Storyboard, StoryPage
from offline.directing.storyboard import draft_storyboard
from tests.drawing.pages.small_tales import CHESTNUTS, RACE, WINDOW
from tests.offline.storyboard_plots import Inputs, read

B5 = PAPERS[PaperName.B5]
Wanted = Callable[[PanelDraft, dict[str, Kind]], bool]


@cache
def told(text: str) -> tuple[Inputs, Storyboard, MappingProxyType[str, PanelBrief]]:
    given = read(text)
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    draft = with_hands(draft, make_bible(given.plot), given.cast)
    concept = given.concept
    vertical = concept.language is Language.JA
    board = lay_out_book(
        draft, paper=B5, start_side=concept.start_side, direction=concept.direction, vertical=vertical
    )  # fmt: skip
    briefs = panel_briefs(board, given.cast, concept, Settings(), plot=given.plot)
    return given, board, MappingProxyType({brief.panel: brief for brief in briefs})


def panels_with(text: str, wanted: Wanted) -> list[tuple[StoryPage, PanelDraft]]:
    given, board, _ = told(text)
    kinds = {person.key: person.look.kind for person in given.cast.characters}
    return [(page, panel) for page in board.pages for panel in page.panels if wanted(panel, kinds)]


def drawn(text: str, panel: str) -> DrawnPanel:
    brief = told(text)[2][panel]
    looks = {person.key: person.look for person in brief.cast}
    return draw_panel(brief_for(brief.width_mm, brief.height_mm, brief.direction, looks, brief.period))


def node_of(text: str, page: StoryPage, panel: PanelDraft) -> PanelNode:
    """The panel in its page's scene graph, drawn and lettered."""
    return next(node for node in graph_of(text, page).panels if node.key == panel.key)


def graph_of(text: str, page: StoryPage) -> PageGraph:
    concept = told(text)[0].concept
    art = {panel.key: _art(text, panel.key) for panel in page.panels}
    manner = Manner(B5, concept.direction, concept.language, "magazine", False, 0, standard_folders())
    facts = BookFacts(concept.title, None, concept.language.value, concept.direction, B5)
    return body_page(page, art, letter_page(page, art, manner).page, facts, page.number)


def _art(text: str, panel: str) -> PanelArt:
    brief, made = told(text)[2][panel], drawn(text, panel)
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


def test_a_fox_that_is_the_hero_acts_and_carries_what_it_found() -> None:
    found = panels_with(CHESTNUTS, lambda panel, kinds: Kind.FOX in who(panel, kinds))
    assert len(found) > len(told(CHESTNUTS)[2]) / 2
    poses = {figure.pose for _, panel in found for figure in panel.direction.figures if figure.character == "c01"}
    assert len(poses) >= 5
    page, panel = next((page, panel) for page, panel in found if holding(panel, "chestnuts"))
    fox = next(f for f in node_of(CHESTNUTS, page, panel).figures if f.character == "c01")
    assert fox.body.area > 0
    assert drawn(CHESTNUTS, panel.key).missing == ()


def test_small_things_that_a_story_turns_on_are_shown_and_held() -> None:
    combs = panels_with(WINDOW, lambda panel, _: "comb" in panel.direction.props)
    alone = panels_with(WINDOW, lambda panel, _: panel.direction.shot is Shot.INSERT and bool(panel.direction.props))
    chain = panels_with(WINDOW, lambda panel, _: bool(holding(panel, "chain")))
    assert combs
    assert alone
    assert len(chain) >= 3
    for page, panel in (combs[0], alone[0], chain[0]):
        assert node_of(WINDOW, page, panel).picture
        assert drawn(WINDOW, panel.key).missing == ()


def test_a_bell_that_does_not_ring_and_a_wish_to_howl_make_no_sound() -> None:
    _, board, _ = told(WINDOW)
    parts = [part for page in board.pages for panel in page.panels for part in panel.dialogue.parts]
    assert not {"RING", "HOWL", "POW"} & {part.text for part in parts if part.kind == "sfx"}


def test_two_beasts_of_a_fable_are_seen_together() -> None:
    both = panels_with(RACE, lambda panel, kinds: {Kind.RABBIT, Kind.TORTOISE} <= set(who(panel, kinds)))
    assert len(both) >= 3
    for page, panel in both:
        faces = [figure.face for figure in node_of(RACE, page, panel).figures]
        assert all(faces)
        assert all(a.overlap(b) == 0 for i, a in enumerate(faces) for b in faces[:i] if a and b)


def test_a_fable_is_told_by_its_pictures() -> None:
    """Six to ten: both are there, one sleeps while the other goes on, then wakes and runs."""
    given, board, _ = told(RACE)
    kinds = {person.look.kind: person.key for person in given.cast.characters}
    hare, tortoise = kinds[Kind.RABBIT], kinds[Kind.TORTOISE]
    panels = [panel for page in board.pages for panel in page.panels]
    assert 6 <= len(panels) <= 10
    poses = [{f.character: f.pose for f in panel.direction.figures} for panel in panels]
    assert {hare, tortoise} <= set(poses[0])
    asleep = [i for i, seen in enumerate(poses) if seen.get(hare) is Pose.LIE]
    assert len(asleep) == 1
    assert poses[asleep[0]].get(tortoise) is Pose.WALK
    assert any(seen.get(hare) is Pose.RUN for seen in poses[asleep[0] + 1 :])


def test_whoever_says_that_she_will_win_is_the_tortoise() -> None:
    given, board, _ = told(RACE)
    tortoise = next(person.key for person in given.cast.characters if person.look.kind is Kind.TORTOISE)
    parts = [part for page in board.pages for panel in page.panels for part in panel.dialogue.parts]
    assert next(part.speaker for part in parts if part.text.startswith("I will be at the mill")) == tortoise
