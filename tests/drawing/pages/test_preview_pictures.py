"""Pictures of previews: legible, complete at the edges of what can be, the same bytes every time."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drawing.ink.canvas import Canvas
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.pdf_to_pixels import png
from drawing.pages.preview_early_phases import shown_cast, shown_concept, shown_plot, shown_sheets
from drawing.pages.preview_pictures import PreviewPicture, shown_file, shown_page
from drawing.pages.preview_storyboard import NameFacts, shown_name
from drawing.pages.preview_text import CLOSING, TextWriter, in_columns
from drawing.pages.preview_words import said as said_in
from manga.brief import Language
from manga.characters import Age, Cast, Character, Kind, Look
from manga.concept import Genre, Period
from manga.geometry import Rect
from manga.paper import PAPERS, PaperName
from manga.plot import Emotion, LineKind, TimeOfDay, Weather
from manga.storyboard import (
    Angle,
    DialogueLayout,
    Expression,
    PanelFrame,
    PanelLayout,
    Pose,
    Role,
    Shot,
    StoryPage,
)
from manga.thing_shapes import ThingShape
from tests.drawing.lettering.desk import board, panel, part
from tests.drawing.pages.made import B5, BOXES, book
from tests.graph.told import CAST, CONCEPT, plot_of

FOLDERS = standard_folders()
NAMES = {"c01": "ごん", "c02": "兵十"}
BOARD = board(
    *(
        [
            panel(9 * page + n, (part(9 * page + n, "待って、行かないで！"),), (("c01", 0.2), ("c02", 0.8)))
            for n in range(4)
        ]
        for page in range(2)
    )
)
JAPANESE = NameFacts(B5, vertical=True, names=NAMES)
ENGLISH = NameFacts(B5, vertical=False, names=NAMES)


def opened(shown: PreviewPicture) -> Image.Image:
    image = Image.open(io.BytesIO(shown.png))
    assert image.size == (shown.width, shown.height)
    return image


def ink(shown: PreviewPicture, box: tuple[int, int, int, int] | None = None) -> float:
    grey = opened(shown).convert("L").crop(box) if box else opened(shown).convert("L")
    return sum((255 - value) * count for value, count in enumerate(grey.histogram())) / (255 * grey.width * grey.height)


def person(number: int, **look: object) -> Character:
    return Character(key=f"c{number:02}", name=f"名前{number}", look=Look.of(look), description="a coat " * 40)


def one_panel(**changes: object) -> StoryPage:
    """Page 1 with its first panel alone, over the whole live area."""
    page = BOARD.pages[0]
    panel = page.panels[0].model_copy(update=changes)
    frame = PanelFrame(key=panel.key, polygon=B5.live.polygon(), importance=3)
    return page.model_copy(update={"panels": (panel,), "layout": PanelLayout(frames=(frame,), flow="rtl")})


def said(*texts: str) -> DialogueLayout:
    return DialogueLayout(parts=tuple(part(n, text) for n, text in enumerate(texts)))


def test_a_page_is_shown_trimmed_at_the_width_that_was_asked_for() -> None:
    page = book(1)[0]
    shown = shown_page(page, {}, FOLDERS, 320)
    assert shown.width == 320
    assert shown.height == pytest.approx(320 * page.trim.height / page.trim.width, abs=1)
    assert ink(shown) > 0.01


def test_a_page_without_letters_has_less_on_it() -> None:
    page = book(1)[0]
    bare = page.model_copy(update={"balloons": (), "sfx": ()})
    assert ink(shown_page(bare, {}, FOLDERS, 320)) < ink(shown_page(page, {}, FOLDERS, 320))


def test_a_picture_in_colour_stays_in_colour() -> None:
    page = book(1)[0]
    file = png(Image.new("RGB", (40, 40), (200, 30, 30)))
    panels = (page.panels[0].model_copy(update={"picture": "own", "media_type": "image/png"}), *page.panels[1:])
    panels = (panels[0].model_copy(update={"picture_box": BOXES[0]}), *panels[1:])
    image = opened(shown_page(page.model_copy(update={"panels": panels}), {"own": file}, FOLDERS, 320))
    assert image.mode == "RGB"
    x, y = (round(v * 320 / page.trim.width) for v in BOXES[0].centre)
    assert image.getpixel((x, y)) == (200, 30, 30)


def test_grey_previews_have_few_shades() -> None:
    image = opened(shown_page(book(1)[0], {}, FOLDERS, 320))
    assert len(image.getcolors() or ()) <= 16


def test_a_finished_page_is_made_smaller_but_never_larger() -> None:
    file = png(Image.new("L", (640, 900), 255))
    assert opened(shown_file({"a": file}, (), 320)).size == (320, 450)
    assert opened(shown_file({"a": file}, (), 1200)).size == (640, 900)
    with pytest.raises(OSError, match="cannot identify"):
        shown_file({"a": b"no picture"}, (), 320)


@pytest.mark.parametrize("facts", [JAPANESE, ENGLISH])
def test_a_name_page_shows_frames_figures_and_words(facts: NameFacts) -> None:
    silent = one_panel(dialogue=said())
    spoken = one_panel(dialogue=said("待って、行かないで！", "Do not go there alone, my friend."))
    assert ink(shown_name(spoken, facts, FOLDERS, 640)) > ink(shown_name(silent, facts, FOLDERS, 640)) > 0.005


def test_words_stand_at_the_right_in_japanese_and_at_the_left_in_english() -> None:
    page = one_panel(dialogue=said("待って"))
    left, right = (50, 110, 300, 500), (340, 110, 590, 500)
    japanese, english = shown_name(page, JAPANESE, FOLDERS, 640), shown_name(page, ENGLISH, FOLDERS, 640)
    assert ink(japanese, right) > ink(english, right)
    assert ink(english, left) > ink(japanese, left)


@pytest.mark.parametrize("paper", list(PaperName))
def test_a_name_page_fits_every_paper_and_level(paper: PaperName) -> None:
    facts = NameFacts(PAPERS[paper], vertical=True, names=NAMES)
    for width in (320, 1200):
        shown = shown_name(BOARD.pages[1], facts, FOLDERS, width)
        assert shown.width == width
        assert shown.height == pytest.approx(width * facts.paper.trim.height / facts.paper.trim.width, abs=1)


def test_what_a_panel_shows_is_written_only_where_it_can_be_read() -> None:
    page = one_panel(dialogue=said())
    told = one_panel(dialogue=said(), direction=page.panels[0].direction.model_copy(update={"seen": "狐が走る。" * 20}))
    assert shown_name(page, JAPANESE, FOLDERS, 320).png == shown_name(told, JAPANESE, FOLDERS, 320).png
    assert shown_name(page, JAPANESE, FOLDERS, 900).png != shown_name(told, JAPANESE, FOLDERS, 900).png


def test_a_panel_outside_the_page_or_a_sliver_of_one_is_no_trouble() -> None:
    page = one_panel()
    for box in (Rect(x=500, y=0, width=50, height=50), Rect(x=10, y=10, width=1.2, height=200)):
        frame = page.layout.frames[0].model_copy(update={"polygon": box.polygon()})
        layout = page.layout.model_copy(update={"frames": (frame,)})
        assert shown_name(page.model_copy(update={"layout": layout}), JAPANESE, FOLDERS, 320).png


@pytest.mark.parametrize("people", [0, 1, 2, 7, 60])
def test_a_cast_of_any_size_fits_its_sheet(people: int) -> None:
    kinds = list(Kind)
    cast = Cast(characters=tuple(person(n, kind=kinds[n % len(kinds)]) for n in range(people)))
    shown = shown_cast(cast, FOLDERS, 640)
    assert shown.width == 640
    assert (ink(shown) > 0.02) == (people > 0)
    assert shown.height < 12 * 640


def test_other_hair_is_another_sheet() -> None:
    sheets = [shown_cast(Cast(characters=(person(1, hair_style=hair),)), FOLDERS, 640) for hair in ("bob", "long")]
    assert sheets[0].png != sheets[1].png


def test_a_child_and_an_elder_fill_their_boxes_alike() -> None:
    for age in Age:
        shown = shown_cast(Cast(characters=(person(1, age=age.value),)), FOLDERS, 640)
        assert ink(shown) > 0.02


def test_a_plot_is_as_high_as_it_has_scenes() -> None:
    plot = plot_of(6)
    twice = plot.model_copy(update={"scenes": plot.scenes * 2})
    short, long = shown_plot(plot, NAMES, FOLDERS, 640), shown_plot(twice, NAMES, FOLDERS, 640)
    assert long.height > short.height
    assert ink(short) > 0.005


def test_things_of_the_works_own_are_shown_below_the_plot() -> None:
    marks = [{"surface": "black", "path": "M 0 0 L 100 0 L 100 100 L 0 100 Z"}]
    things = tuple(ThingShape.of({"key": f"t{n:02}", "word": "loom", "cm": 9, "marks": marks}) for n in range(1, 10))
    none, one, nine = (
        shown_plot(plot_of(6).model_copy(update={"things": things[:count]}), NAMES, FOLDERS, 640) for count in (0, 1, 9)
    )
    assert none.height < one.height < nine.height
    assert ink(none) < ink(one) < ink(nine)


def test_a_card_grows_with_what_it_tells() -> None:
    told = CONCEPT.model_copy(update={"logline": "むかし" * 100, "author": "作者" * 40, "title": "題" * 100})
    assert shown_concept(told, FOLDERS, 640).height > shown_concept(CONCEPT, FOLDERS, 640).height


def test_the_same_input_gives_the_same_bytes() -> None:
    page = BOARD.pages[0]
    assert shown_name(page, JAPANESE, FOLDERS, 480) == shown_name(page, JAPANESE, FOLDERS, 480)
    assert shown_cast(CAST, FOLDERS, 480) == shown_cast(CAST, FOLDERS, 480)


@given(st.text("あいうABC de.、。！？「」…ー", max_size=60), st.integers(3, 12))
@settings(deadline=None)
def test_columns_keep_every_letter_and_none_begins_with_a_closing_mark(text: str, length: int) -> None:
    columns = in_columns(text, length, 99)
    assert "".join(columns) == "".join(text.split())
    assert not any(column[0] in CLOSING for column in columns[1:])


@given(st.text("あいうABC de.、。！？「」…ー", max_size=60), st.floats(8, 60))
@settings(deadline=None)
def test_lines_keep_every_letter_and_stay_in_their_width(text: str, width: float) -> None:
    hand = TextWriter(Canvas(10, 10), faces(FOLDERS))
    lines = hand.wrapped(text, 4, width, 99)
    assert "".join("".join(lines).split()) == "".join(text.split())
    hanging = [line.rstrip(CLOSING) for line in lines]
    assert all(hand.faces["gothic"].width(line) * 4 <= width + 0.01 for line in hanging if len(line) > 1)


def test_what_is_cut_says_that_there_is_more() -> None:
    hand = TextWriter(Canvas(10, 10), faces(FOLDERS))
    assert hand.wrapped("あ" * 100, 4, 40, 2)[-1].endswith("…")
    assert in_columns("あ" * 100, 10, 3)[-1].endswith("…")


def _flat(grey: int, size: tuple[int, int], mode: str = "L") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, grey if mode == "L" else (grey, 0, 0)).save(out, "PNG")
    return out.getvalue()


def _cast_with(*names: str) -> Cast:
    people = zip(CAST.characters, names, strict=True)
    return Cast(characters=tuple(p.model_copy(update={"reference_images": (name,)}) for p, name in people))


FIRST_CELL, SECOND_CELL = (40, 40, 300, 220), (360, 40, 620, 220)
"""Inside the two frames of a cast of two, at 640 pixels."""


def test_who_has_a_character_sheet_is_seen_as_drawn_there() -> None:
    cast = _cast_with("a", "b")
    plain = shown_cast(cast, FOLDERS, 640)
    sheets = shown_sheets(cast, {"a": _flat(0, (1200, 800))}, FOLDERS, 640)
    assert (sheets.width, sheets.height) == (plain.width, plain.height)
    assert ink(sheets, FIRST_CELL) > 0.95
    assert ink(sheets, SECOND_CELL) == ink(plain, SECOND_CELL) < 0.6
    assert opened(sheets).mode == "L"
    assert sheets.png == shown_sheets(cast, {"a": _flat(0, (1200, 800))}, FOLDERS, 640).png


def test_a_tall_sheet_is_seen_whole_and_colours_stay_colours() -> None:
    sheets = shown_sheets(_cast_with("a", "b"), {"a": _flat(200, (400, 1200), "RGB")}, FOLDERS, 640)
    image = opened(sheets)
    assert image.mode == "RGB"
    row = [image.getpixel((x, 120)) for x in range(30, 310)]
    red = [x for x, pixel in enumerate(row) if pixel == (200, 0, 0)]
    assert 40 < len(red) < 80
    assert red == list(range(red[0], red[-1] + 1))


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n broken", b"<svg/>"])
def test_a_sheet_that_cannot_be_read_leaves_the_drawn_figure(data: bytes) -> None:
    cast = _cast_with("a", "b")
    assert shown_sheets(cast, {"a": data}, FOLDERS, 640).png == shown_cast(cast, FOLDERS, 640).png


def test_sheets_speak_the_language_of_whoever_looks() -> None:
    def drawn(language: Language) -> list[bytes]:
        facts = NameFacts(B5, vertical=True, names=NAMES, language=language)
        sheets = (
            shown_concept(CONCEPT, FOLDERS, 480, language),
            shown_cast(CAST, FOLDERS, 480, language),
            shown_plot(plot_of(4), NAMES, FOLDERS, 480, language),
            shown_name(BOARD.pages[0], facts, FOLDERS, 900),
        )
        return [shown.png for shown in sheets]

    assert [ja != en for ja, en in zip(drawn(Language.JA), drawn(Language.EN), strict=True)] == [True] * 4


def test_every_word_of_the_vocabulary_that_a_sheet_or_a_script_says_has_a_japanese_one() -> None:
    told = (Genre, Period, Emotion, TimeOfDay, Weather, Shot, Angle, Role, Age, Expression, Pose, LineKind)
    for kind in told:
        for value in kind:
            assert not said_in(value.value, Language.JA).isascii() or value.value == "science_fiction", value
    assert said_in("slice_of_life", Language.EN) == "slice of life"
    assert said_in("四十七", Language.JA) == "四十七"
