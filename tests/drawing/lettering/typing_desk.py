"""What tests of set type share: one size, one hand, the faces that are there, and a text set in one call."""

from drawing.lettering.break_into_columns import ways
from drawing.lettering.fonts import Faces, faces, standard_folders
from drawing.lettering.punctuation import Words, punctuated
from drawing.lettering.vertical_cells import cells
from drawing.lettering.vertical_text import TypeFaces, set_vertically
from manga.lettering import TextRun
from manga.values import Ruby, Span

NOWHERE = Span(start=0, end=0)
HAND = TypeFaces("antique", "gothic", 4.0)
ALPHABET = "あいうかきっゃー漢字兵十、。！？…「」『』—ＡＢab12 　\n"


def all_faces() -> Faces:
    return faces(standard_folders())


def columns_of(text: str) -> list[str]:
    """The columns of the best way to break a text."""
    best = ways(cells(Words(text)), text)[0]
    return ["".join(cell.text for cell in column) for column in best.columns]


def set_text(text: str, ruby: tuple[Ruby, ...] = ()) -> TextRun:
    words = punctuated(Words(text, ruby), "magazine")
    return set_vertically(ways(cells(words), words.text)[0].columns, text, NOWHERE, HAND, all_faces())
