"""The contact sheets hold every kind of thing that is drawn, and pages of a book lie side by side."""

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image

from drawing.art.settings.place_painters import PLACES
from drawing.gallery import people, places_and_things
from drawing.gallery.__main__ import first_pages
from drawing.gallery.contact_sheet import Sheet, webp_of
from manga.characters import Age, Kind
from manga.storyboard import Expression, Pose
from manga.vocabulary.clothes_and_hair import outfits
from manga.vocabulary.things import things


def absent(wanted: Iterable[str], *sheets: Sheet) -> list[str]:
    """Those that no cell is named after."""
    told = "\n".join(cell.word for sheet in sheets for cell in sheet.cells)
    return [word for word in wanted if word not in told]


def test_every_kind_of_thing_has_a_cell() -> None:
    assert absent(Pose, people.poses()) == []
    assert absent(Expression, people.expressions()) == []
    assert absent(Age, people.ages()) == []
    assert absent(outfits().entries, people.clothes()) == []
    assert absent((entry.key for entry in things().values() if not entry.like), *places_and_things.thing_sheets()) == []
    assert absent((kind for kind in Kind if kind not in (Kind.HUMAN, Kind.THING)), places_and_things.animals()) == []
    hours = ("day", "evening", "night")
    assert absent((f"{name}: {hour}" for name in PLACES for hour in hours), *places_and_things.settings()) == []


def test_a_sheet_is_a_small_picture_with_ink_in_every_cell() -> None:
    sheet = people.hands()
    data = webp_of(sheet)
    assert len(data) < 60_000
    with Image.open(io.BytesIO(data)) as image:
        grey = image.convert("L")
    wide = grey.width // sheet.columns
    for column in range(sheet.columns):
        darkest, _ = grey.crop((column * wide, 0, (column + 1) * wide, wide)).getextrema()
        assert darkest == 0


def test_the_first_eight_pages_of_a_book_lie_side_by_side(tmp_path: Path) -> None:
    pages = tmp_path / "a book" / "pages"
    pages.mkdir(parents=True)
    for number in range(10):
        Image.new("L", (60, 90), number * 20).save(pages / f"{number:03}.png")
    with Image.open(io.BytesIO(first_pages(tmp_path))) as sheet:
        greys = {grey for _, grey in sheet.convert("L").getcolors() or []}
    assert len(greys) == 9  # eight pages and the table that they lie on


def test_a_folder_without_pages_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="draw the book first"):
        first_pages(tmp_path)
