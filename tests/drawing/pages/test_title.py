"""The title page: any title fits, no face lies under it, the people of the story stand before its place."""

import io
import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.paths import rect
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit_text import drawn as words_of
from drawing.pages.cover import CoverArt, CoverPlan, cover_files, leads_of, scene_of
from drawing.pages.cover_people import Lead, arranged
from drawing.pages.files import page_files
from drawing.pages.scene import BookFacts
from drawing.pages.title import OURS, cover_plan, title_page
from drawing.pages.title_type import display_face, in_columns, set_title
from manga.artwork import Breakout, FigureAnchors, Made, PanelArt
from manga.book import PageGraph
from manga.characters import Age, Cast, Character, Kind, Look
from manga.concept import Genre
from manga.geometry import Rect
from manga.paper import PAPERS, Direction, PaperName, Side
from manga.storyboard import Expression, FigureDirection, PanelDraft, SceneDirection, Shot, Storyboard
from tests.drawing.lettering.desk import board, drawn, panel

FOLDERS = standard_folders()
FACES = faces(FOLDERS)
JAPANESE = "山川海空星月花鳥風雨あいうえおかきくけこのはをにがアイウエオー、。！？…"
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


@pytest.mark.parametrize("paper", list(PaperName))
@given(title=st.text(JAPANESE, min_size=1, max_size=60).filter(lambda t: t.strip("ー、。！？…")))
@settings(max_examples=25, deadline=None)
def test_a_japanese_title_of_1_to_60_letters_fits_and_is_whole(paper: PaperName, title: str) -> None:
    page = title_page(facts(title, paper=paper), Side.RIGHT, story("c01"), {}, FACES)
    (text,) = page.balloons
    assert PAPERS[paper].text_area.contains(text.text.box, 0.01)
    assert all(PAPERS[paper].text_area.contains(glyph.box, 0.01) for glyph in text.text.glyphs)
    assert words_of(text.text) == title
    assert text.text.size_q * 0.25 >= 5 * PAPERS[paper].scale


@pytest.mark.parametrize("paper", list(PaperName))
@given(title=st.text("ABCDEghijk lmno", min_size=1, max_size=60).filter(lambda t: t.strip()))
@settings(max_examples=25, deadline=None)
def test_an_english_title_of_1_to_60_letters_fits_and_is_whole(paper: PaperName, title: str) -> None:
    page = title_page(facts(title, "en", paper), Side.LEFT, story("c01"), {}, FACES)
    (text,) = page.balloons
    assert PAPERS[paper].text_area.contains(text.text.box, 0.01)
    assert words_of(text.text).replace(" ", "") == title.upper().replace(" ", "")
    assert text.text.size_q * 0.25 >= 5 * PAPERS[paper].scale


@pytest.mark.parametrize(
    "people", [("c01",), ("c02",), ("c03",), ("c01", "c02"), ("c02", "c03"), ("c01", "c02", "c03")]
)
@pytest.mark.parametrize(("title", "language"), [("狐", "ja"), ("星" * 60, "ja"), ("A", "en"), ("WORD " * 12, "en")])
def test_no_face_lies_under_the_words(title: str, language: str, people: tuple[str, ...]) -> None:
    page = page_of(title, language, PaperName.B5, *people)
    heads = [head for figure in page.panels[0].figures if (head := figure.head) is not None]
    assert len(heads) == len(people)
    assert all(head.overlap(text.text.box) == 0 for head in heads for text in page.balloons)
    assert all(page.trim.contains(head) for head in heads)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_face_lies_behind_another_head(language: str) -> None:
    page = page_of("星の鍵", language, PaperName.B5, "c01", "c02", "c03")
    heads = [figure.head for figure in page.panels[0].figures if figure.head is not None]
    assert all(a.overlap(b) == 0 for i, a in enumerate(heads) for b in heads[i + 1 :])


def test_the_hero_is_the_largest_of_equals() -> None:
    leads = tuple(Lead(f"c0{i}", Look()) for i in range(3))
    title = Rect(x=140, y=10, width=30, height=100)
    people = {p.lead.character: p.head.height for p in arranged(leads, 188, 263, title, on_top=False)}
    assert max(people, key=lambda key: people[key]) == "c00"


def test_the_picture_runs_over_all_edges_without_a_box() -> None:
    (node,) = page_of("星の鍵", "ja", PaperName.B5, "c01").panels
    assert node.borderless
    assert node.picture_box == PAPERS[PaperName.B5].bleed
    assert set(node.bleeds) == {"top", "bottom", "left", "right"}


def test_the_same_story_gives_the_same_picture() -> None:
    plan, art = cover("星の鍵", "ja", PaperName.B5, "c01", "c02")
    assert cover_files(plan) == art
    assert Drawing.of(json.loads(art.data)).width == 188


def test_a_title_page_is_drawn_with_ink_on_it() -> None:
    _, art = cover("星の鍵", "ja", PaperName.B5, "c01", "c02")
    files = page_files(page_of("星の鍵", "ja", PaperName.B5, "c01", "c02"), {"cover": art.data}, FOLDERS, 300)
    assert 0.08 < files.ink < 0.7


def black_around_the_words(page: PageGraph, ground: int) -> float:
    """The share of black in the box of the title's words before a picture of one grey."""
    canvas = Canvas(188, 263)
    canvas.fill(rect(0, 0, 188, 263), ground)
    plain = page.model_copy(update={"panels": (page.panels[0].model_copy(update={"picture": "plain"}),)})
    files = page_files(plain, {"plain": json.dumps(canvas.finish().to_json()).encode()}, FOLDERS, 300)
    picture = Image.open(io.BytesIO(files.png)).convert("L")
    box, share = bounding(page.balloons[0].polygon), picture.width / page.trim.width
    words = picture.crop((box.x * share, box.y * share, box.right * share, box.bottom * share))
    return sum(words.histogram()[:64]) / (words.width * words.height)


@pytest.mark.parametrize(("title", "language"), [("星の鍵", "ja"), ("The Star Key", "en")])
def test_words_of_a_title_stand_on_the_picture_and_nothing_is_cut_out_for_them(title: str, language: str) -> None:
    page = page_of(title, language, PaperName.B5, "c01")
    assert black_around_the_words(page, 0) > black_around_the_words(page, 255) + 0.1


def test_the_author_stands_beside_the_foot_of_a_japanese_title_and_below_an_english_one() -> None:
    title, author = title_page(facts("星の鍵", author="山田"), Side.RIGHT, story("c01"), {}, FACES).balloons
    assert author.text.box.right < title.text.box.x
    assert author.text.box.bottom == pytest.approx(title.text.box.bottom)
    title, author = title_page(facts("Key", "en", author="Ann Lee"), Side.LEFT, story("c01"), {}, FACES).balloons
    assert author.text.box.y > title.text.box.bottom


def test_leads_are_those_of_rank_who_are_often_seen() -> None:
    pages = [shown(i, ("c02", "c01")) for i in range(1, 7)]
    found = leads_of(board([*pages, shown(8, ("c03",)), shown(9, ("c04", "c04"))]), CAST)
    assert [lead.character for lead in found] == ["c01", "c02"]
    assert found[0].expression is Expression.SMILE
    assert found[0].holds == "key"


def test_somebody_leads_even_when_nobody_has_a_rank() -> None:
    assert [lead.character for lead in leads_of(board([shown(1, ("c04",))]), CAST)] == ["c04"]
    assert leads_of(board([shown(1, ())]), CAST) == ()


def test_nobody_holds_up_what_would_hide_him() -> None:
    draft = shown(1, ("c02",))
    figure = draft.direction.figures[0].model_copy(update={"holds": "door"})
    behind = draft.model_copy(update={"direction": draft.direction.model_copy(update={"figures": (figure,)})})
    assert leads_of(board([behind]), CAST)[0].holds == ""


def test_open_air_stands_behind_the_people_rather_than_a_wall() -> None:
    scene = scene_of(story("c01"), "old_japan")
    assert scene is not None
    assert (scene.setting, scene.figures, scene.shot) == ("river", (), Shot.ESTABLISHING)


def test_a_book_without_a_place_or_people_borrows_a_picture() -> None:
    bare = board([shown(1, (), background="none")])
    assert scene_of(bare, "modern") is None
    assert cover_plan(facts("星"), bare, CAST, {}, FACES, "modern") is None
    assert cover_plan(facts("星"), story("c01"), Cast(characters=()), {}, FACES, "modern") is None


def test_painted_pictures_are_not_mixed_with_drawn_ones() -> None:
    art, _ = drawn(story("c01"))
    painted = {key: found.model_copy(update={"media_type": "image/png"}) for key, found in art.items()}
    assert cover_plan(facts("星"), story("c01"), CAST, painted, FACES, "modern") is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_borrowed_picture_keeps_beside_the_words(language: str) -> None:
    art, _ = drawn(story("c01"))
    page = title_page(facts("星の鍵", language), Side.RIGHT, story("c01"), art, FACES)
    (node,) = page.panels
    assert all(node.picture_box.width > 0 and b.text.box.overlap(bounding(node.polygon)) == 0 for b in page.balloons)
    assert not node.borderless, "a picture that ends on the page ends in a line"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("left", [0.02, 0.4, 0.72])
def test_a_borrowed_picture_is_cut_beside_its_heads(language: str, left: float) -> None:
    head = Rect(x=left, y=0.2, width=0.24, height=0.5)
    figure = FigureAnchors(character="c01", body=head, head=head, face=head.inset(0.05))
    wide = PanelArt(
        panel="b0001",
        blob="b",
        media_type="image/png",
        width=3000,
        height=1000,
        figures=(figure,),
        made=Made(model="m"),
    )
    (node,) = title_page(facts("星の鍵", language), Side.RIGHT, story("c01"), {"b0001": wide}, FACES).panels
    assert node.figures[0].head is not None
    assert node.picture_box.contains(bounding(node.polygon), 1e-3)
    assert bounding(node.polygon).contains(node.figures[0].head, 1e-3)


def test_nobody_steps_out_of_a_borrowed_picture() -> None:
    out = Breakout(character="c01", outlines=(((0.2, -0.1), (0.4, -0.1), (0.3, 0.1)),))
    art = {key: one.model_copy(update={"breakout": out}) for key, one in drawn(story("c01"))[0].items()}
    assert title_page(facts("星の鍵"), Side.RIGHT, story("c01"), art, FACES).panels[0].breakout is None


@given(st.integers(600, 3000), st.sampled_from(["ja", "en"]))
@settings(max_examples=30, deadline=None)
def test_a_borrowed_picture_reaches_the_edges_or_leaves_room(width: int, language: str) -> None:
    art = PanelArt(
        panel="b0001", blob="b", media_type="image/png", width=width, height=1000, made=Made(model="m"), figures=()
    )
    page = title_page(facts("星の鍵", language), Side.RIGHT, story("c01"), {"b0001": art}, FACES)
    box = bounding(page.panels[0].polygon)
    left_over = page.bleed.right - box.right
    assert left_over < 1e-6 or left_over > 0.1 * page.bleed.width
    assert box.y == page.bleed.y or box.y > page.bleed.y + 0.1 * page.bleed.height


def bounding(polygon: tuple[tuple[float, float], ...]) -> Rect:
    (x0, y0), _, (x1, y1), _ = polygon
    return Rect(x=x0, y=y0, width=x1 - x0, height=y1 - y0)


def test_the_best_borrowed_picture_shows_the_hero_alone_and_near() -> None:
    near = shown(1, ("a",))
    far = shown(2, ("a",), shot=Shot.LONG)
    storyboard = board([far, near])
    art, _ = drawn(storyboard)
    assert title_page(facts("星"), Side.RIGHT, storyboard, art, FACES).panels[0].picture == "blob-b0001"


def test_a_book_without_pictures_has_a_title_page_of_words() -> None:
    page = title_page(facts("星"), Side.RIGHT, story("c01"), {}, FACES)
    assert page.panels == ()
    assert [text.text.source for text in page.balloons] == ["星"]


def test_titles_break_at_phrases() -> None:
    columns = in_columns("注文の多い料理店", 2)
    assert ["".join(cell.text for cell in column) for column in columns] == ["注文の多い", "料理店"]


def test_a_title_with_letters_that_its_face_lacks_is_set_in_one_that_has_them() -> None:
    assert display_face(facts("星"), FACES) in {"antique", "gothic_heavy"}
    assert display_face(facts("Ж\u0e01"), FACES) == "gothic_heavy"


def test_the_block_of_words_holds_title_and_author() -> None:
    page = title_page(facts("星", author="山田"), Side.RIGHT, story("c01"), {}, FACES)
    block = set_title(page, facts("星", author="山田"), FACES).block
    assert all(block.contains(text.text.box) for text in page.balloons)


def test_anchors_of_a_cover_lie_where_its_people_are() -> None:
    _, art = cover("星の鍵", "ja", PaperName.B5, "c02")
    (figure,) = art.figures
    assert isinstance(figure, FigureAnchors)
    assert figure.face is not None
    assert figure.head is not None
    assert figure.head.inset(-0.01).contains(figure.face)


def test_three_beasts_on_a_cover_are_made_smaller_together() -> None:
    looks = (
        Look.of({"kind": "beast", "outfit": "none", "marks": ("mole",)}),
        Look.of({"kind": "fox", "outfit": "none", "build": "small"}),
        Look.of({"kind": "rabbit", "outfit": "none", "age": "elder"}),
    )
    leads = [Lead(f"c{n:02}", look) for n, look in enumerate(looks, start=1)]
    for high in (40, 110):
        placed = arranged(leads, 188, 263, Rect(x=14, y=10, width=160, height=high), on_top=True)
        sizes = [found.size / found.figure.scale for found in placed]
        assert max(sizes) == pytest.approx(min(sizes))
