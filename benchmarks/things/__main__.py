"""Of the most frequent concrete nouns, how many find a picture or at least a class: `python -m benchmarks.things`.

Counted are things that an insert shows, and what the artist draws elsewhere: places as settings, animals as figures.
`--sheet FOLDER` draws every picture that is found, a hundred to a sheet, to be looked at. Exit 1: too few are found.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from drawing.art.animals.species import breed_by_marks
from drawing.art.things.find_drawing import is_class, thing_named, thing_of
from drawing.gallery.contact_sheet import Sheet, SheetCell, webp_of
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.brief import Language
from manga.characters import Kind, Look
from manga.geometry import Rect
from manga.read_yaml import read_yaml
from manga.vocabulary.places import place_named
from manga.vocabulary.things import nearest_thing
from offline.reading.place_mentions import place_words
from offline.vocabulary_words import kinds_named

Found = Literal["thing", "place", "animal", "class", "nothing"]
COUNTED = 500
LEAST_PICTURE, LEAST_CLASS = 0.6, 0.9
_A_SHEET, _COLUMNS = 100, 10


def find(word: str) -> Found:
    """How a noun is served. Settings and beasts are found as the offline reader finds them."""
    name = thing_of(word)
    if name is not None and not is_class(name):
        return "thing"
    near = nearest_thing(word)
    kind = near.kind.key if near.kind else ""
    if kind == "creature" and _is_beast(word):
        return "animal"
    if kind in {"building", "scenery", ""} and _is_place(word):
        return "place"
    return "class" if kind else "nothing"


def _is_beast(word: str) -> bool:
    kinds = kinds_named(Language.EN if word.isascii() else Language.JA).all(word)
    return bool(kinds) or breed_by_marks(Look(kind=Kind.BEAST, marks=(word,))) is not None


def _is_place(word: str) -> bool:
    language = Language.EN if word.isascii() else Language.JA
    return place_named(word) is not None or word.lower() in place_words(language)


def main(words: Sequence[str]) -> int:
    """Print the table; draw sheets where a folder is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.things", description=__doc__)
    parser.add_argument("--sheet", type=Path, help="a folder for sheets of all pictures found")
    told = parser.parse_args(words)
    nouns = read_yaml(Path(__file__).with_name("nouns.yaml").read_text(encoding="utf-8"))
    print("nouns             thing  place animal  class nothing   picture  or class")
    enough = [_count(language, nouns[language]) for language in ("en", "ja")]
    if told.sheet is not None:
        _draw_sheets(told.sheet, nouns)
    return 0 if all(enough) else 1


def _count(language: str, nouns: Sequence[str]) -> bool:
    """Whether enough of the first 500 are found. The others were not looked at while words were added."""
    counted = _print_row(f"{language} 1-{COUNTED}", nouns[:COUNTED])
    _print_row(f"{language} {COUNTED + 1}-{len(nouns)}", nouns[COUNTED:])
    lost = [word for word in nouns[:COUNTED] if find(word) == "nothing"]
    print(f"  nothing: {' '.join(lost)}")
    return counted


def _print_row(title: str, nouns: Sequence[str]) -> bool:
    found = Counter(find(word) for word in nouns)
    picture = (found["thing"] + found["place"] + found["animal"]) / len(nouns)
    either = picture + found["class"] / len(nouns)
    counts = " ".join(f"{found[kind]:6d}" for kind in ("thing", "place", "animal", "class", "nothing"))
    print(f"{title:16s} {counts}    {picture:6.1%}    {either:6.1%}")
    return picture >= LEAST_PICTURE and either >= LEAST_CLASS


def _draw_sheets(folder: Path, nouns: Mapping[str, Sequence[str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for language, all_words in nouns.items():
        shown = [word for word in all_words[:COUNTED] if find(word) == "thing"]
        for first in range(0, len(shown), _A_SHEET):
            cells = tuple(_cell(word) for word in shown[first : first + _A_SHEET])
            file = folder / f"{language}_{first // _A_SHEET + 1}.webp"
            file.write_bytes(webp_of(Sheet(file.stem, cells, _COLUMNS, 1.0)))
            print(f"{file}: {len(cells)} pictures")


def _cell(word: str) -> SheetCell:
    name = thing_of(word) or ""

    def paint(canvas: Canvas, box: Rect) -> None:
        with canvas.moved(*box.centre, 0.8 * box.width):
            thing_named(name).draw(Pen.on(canvas))

    return SheetCell(word, paint)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
