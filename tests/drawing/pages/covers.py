"""A small story and its title page: what is asked of titles, drawn covers and borrowed pictures."""

from functools import cache

from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.scene_graph import BookFacts
from drawing.pages.title_page import OURS, cover_plan, title_page
from drawing.pages.title_picture import CoverArt, CoverPlan, cover_files
from manga.artwork import Made, PanelArt
from manga.book import PageGraph
from manga.characters import Age, Cast, Character, Kind, Look
from manga.concept import Genre
from manga.geometry import Rect
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.storyboard import Expression, FigureDirection, PanelDraft, SceneDirection, Shot, Storyboard
from tests.drawing.lettering.desk import board, panel

FOLDERS = standard_folders()
FACES = faces(FOLDERS)
CAST = Cast(
    characters=(
        Character(key="c01", name="狐", role="protagonist", look=Look(kind=Kind.FOX), description=""),
        Character(key="c02", name="男", role="main", look=Look(hat="straw"), description=""),
        Character(key="c03", name="子", role="supporting", look=Look(age=Age.CHILD), description=""),
        Character(key="c04", name="客", role="minor", look=Look(), description=""),
    )
)


def facts(title: str, language: str = "ja", paper: PaperName = PaperName.B5, author: str | None = None) -> BookFacts:
    direction = Direction.RTL if language == "ja" else Direction.LTR
    return BookFacts(title, author, language, direction, PAPERS[paper], Genre.FOLK_TALE)


def shown(number: int, who: tuple[str, ...], **direction: object) -> PanelDraft:
    """A panel with some people in it."""
    draft = panel(number)
    people = tuple(FigureDirection(character=c, x=0.5, expression=Expression.SMILE, holds="key") for c in who)
    told = draft.direction.model_copy(update={"figures": people, **direction})
    return draft.model_copy(update={"direction": SceneDirection.of(told.to_json())})


@cache
def story(*people: str) -> Storyboard:
    indoors = {"setting": "room", "place": "home"}
    river = {"setting": "river", "place": "the river", "shot": Shot.LONG}
    return board([shown(1, people, **indoors), shown(2, people, **indoors), shown(3, people, **river)])


@cache
def cover(title: str, language: str, paper: PaperName, *people: str) -> tuple[CoverPlan, CoverArt]:
    plan = cover_plan(facts(title, language, paper), story(*people), CAST, {}, FACES, "old_japan")
    assert plan is not None
    return plan, cover_files(plan)


def page_of(title: str, language: str, paper: PaperName, *people: str) -> PageGraph:
    plan, art = cover(title, language, paper, *people)
    kept = PanelArt(
        panel="title",
        blob="cover",
        media_type=OURS,
        width=plan.width_mm,
        height=plan.height_mm,
        figures=art.figures,
        made=Made(model=art.model),
    )
    return title_page(facts(title, language, paper), Side.RIGHT, story(*people), {}, FACES, kept)


def bounding(polygon: tuple[tuple[float, float], ...]) -> Rect:
    (x0, y0), _, (x1, y1), _ = polygon
    return Rect(x=x0, y=y0, width=x1 - x0, height=y1 - y0)
