"""The title page: any title fits, no face lies under it, the people of the story stand before its place."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drawing.ink.canvas import Canvas, Drawing
from drawing.ink.paths import rect
from drawing.pages.audit_text import drawn as words_of
from drawing.pages.page_files import page_files
from drawing.pages.title_lettering import display_face, in_columns, set_title
from drawing.pages.title_page import title_page
from drawing.pages.title_picture import cover_files, leads_of, scene_of
from drawing.pages.title_picture_people import Lead, arranged
from manga.artwork import FigureAnchors
from manga.book import PageGraph
from manga.characters import Look
from manga.geometry import Rect
from manga.paper import PAPERS, PaperName, Side
from manga.storyboard import Expression, Shot
from tests.drawing.lettering.desk import board
from tests.drawing.pages.covers import CAST, FACES, FOLDERS, bounding, cover, facts, page_of, shown, story

JAPANESE = "山川海空星月花鳥風雨あいうえおかきくけこのはをにがアイウエオー、。！？…"


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


@pytest.mark.parametrize("word", ["phone", "スマホ"])
def test_nobody_looks_out_of_a_title_page_with_a_telephone_at_the_ear(word: str) -> None:
    draft = shown(1, ("c01",))
    figure = draft.direction.figures[0].model_copy(update={"holds": word})
    calls = draft.model_copy(update={"direction": draft.direction.model_copy(update={"figures": (figure,)})})
    assert leads_of(board([calls]), CAST)[0].holds == ""


def test_nobody_holds_up_what_would_hide_him() -> None:
    draft = shown(1, ("c02",))
    figure = draft.direction.figures[0].model_copy(update={"holds": "door"})
    behind = draft.model_copy(update={"direction": draft.direction.model_copy(update={"figures": (figure,)})})
    assert leads_of(board([behind]), CAST)[0].holds == ""


def test_open_air_stands_behind_the_people_rather_than_a_wall() -> None:
    scene = scene_of(story("c01"))
    assert scene is not None
    assert (scene.setting, scene.figures, scene.shot) == ("river", (), Shot.ESTABLISHING)


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
