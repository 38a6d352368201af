"""Two versions' pages in one picture: both are there, and a frame is around what differs and nothing else."""

import io

from PIL import Image, ImageDraw

from works.versions.compare_versions import PAGE_WIDTH_PX, Pair, side_by_side

MARK = (214, 40, 40)


def page(*boxes: tuple[int, int, int, int], size: tuple[int, int] = (1120, 1600)) -> bytes:
    image = Image.new("L", size, 255)
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def drawn(*pairs: Pair) -> Image.Image:
    return Image.open(io.BytesIO(side_by_side(pairs, ("old", "new")))).convert("RGB")


def marks(sheet: Image.Image) -> int:
    return sum(count for count, colour in sheet.getcolors(1 << 24) or () if colour == MARK)


def test_both_pages_are_there_in_a_row_each() -> None:
    sheet = drawn(Pair("page 1", page(), page()), Pair("page 2", page(), page()))
    assert sheet.width > 2 * PAGE_WIDTH_PX
    assert sheet.height > 2 * PAGE_WIDTH_PX * 1600 / 1120
    assert marks(sheet) == 0


def test_what_differs_is_framed_in_both() -> None:
    same, moved = (100, 100, 300, 300), (700, 1200, 900, 1400)
    sheet = drawn(Pair("page 1", page(same), page(same, moved)))
    found = [(x, y) for x in range(sheet.width) for y in range(sheet.height) if sheet.getpixel((x, y)) == MARK]
    assert {x > sheet.width / 2 for x, _ in found} == {True, False}
    assert min(y for _, y in found) > 600
    assert marks(drawn(Pair("page 1", page(same), page(same)))) == 0


def test_two_places_are_two_frames() -> None:
    one = drawn(Pair("p", page(), page((100, 100, 160, 160))))
    both = drawn(Pair("p", page(), page((100, 100, 160, 160), (900, 1400, 960, 1460))))
    assert marks(both) > 1.8 * marks(one)


def test_a_page_that_only_one_version_has_leaves_its_place_empty() -> None:
    sheet = drawn(Pair("page 3", None, page((0, 0, 1120, 1600))))
    assert sheet.getpixel((sheet.width // 4, sheet.height // 2)) == (236, 236, 232)
    assert sheet.getpixel((sheet.width * 3 // 4, sheet.height // 2)) == (0, 0, 0)


def test_pages_of_another_paper_stand_beside_each_other_unmarked() -> None:
    assert marks(drawn(Pair("p", page(), page(size=(800, 1600))))) == 0


def test_the_same_pages_give_the_same_bytes() -> None:
    pair = Pair("p", page(), page((5, 5, 60, 60)))
    assert side_by_side([pair], ("a", "b")) == side_by_side([pair], ("a", "b"))
