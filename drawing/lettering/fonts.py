"""Typefaces by role: text in, glyph outlines in em units out (y downwards), by uharfbuzz.

A role's file is looked for in an ordered list of folders; a role without a file is played by gothic, which comes with
the environment, and `Faces.absent` says so. A character that a face lacks is set in gothic.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path as FilePath
from typing import get_args

import uharfbuzz
from platformdirs import user_data_dir

from drawing.ink.paths import Op, Path, mapped
from manga.lettering import FaceName

GOTHIC_PACKAGE = "manimgx_fonts_cjk"
GOTHIC_FILE = "NotoSansCJK-VF.otf.ttc"
GOTHIC_WEIGHTS: Mapping[FaceName, int] = {"gothic": 700, "gothic_heavy": 900, "round": 500, "ruby": 500}
FILES: Mapping[FaceName, str] = {
    "antique": "shippori-mincho-800.ttf",
    "sharp": "reggae-one.ttf",
    "heavy": "dela-gothic-one.ttf",
    "hand": "yusei-magic.ttf",
    "pop": "mochiy-pop-one.ttf",
    "comic": "comic-neue-700.ttf",
    "comic_sfx": "bangers.ttf",
}
_STAND_IN_WEIGHT = 800


@dataclass(frozen=True, slots=True)
class Shaped:
    """One shaped glyph: its number in the font, advance and offset in em."""

    glyph: int
    advance: float
    dx: float
    dy: float


@dataclass(slots=True)
class Typeface:
    """One font file, or one weight of a variable font. Outlines and shapes are remembered."""

    font: uharfbuzz.Font
    upem: int
    _outlines: dict[int, Path] = field(default_factory=dict)
    _letters: dict[tuple[str, bool], Path] = field(default_factory=dict)
    _shapes: dict[tuple[str, bool], tuple[Shaped, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, file: FilePath, weight: int | None = None) -> "Typeface":
        face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)), 0)
        font = uharfbuzz.Font(face)
        if weight is not None:
            font.set_variations({"wght": weight})
        return cls(font, face.upem)

    def has(self, character: str) -> bool:
        return self.font.get_nominal_glyph(ord(character)) is not None

    def shape(self, text: str, *, vertical: bool) -> tuple[Shaped, ...]:
        """Glyphs of a text. Vertical: origins at the top centre, advances downwards."""
        key = (text, vertical)
        if key not in self._shapes:
            self._shapes[key] = self._shape(text, vertical)
        return self._shapes[key]

    def _shape(self, text: str, vertical: bool) -> tuple[Shaped, ...]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ttb" if vertical else "ltr"
        buffer.language = "ja"
        features = {"vert": True, "vrt2": True} if vertical else {"kern": True, "liga": False}
        uharfbuzz.shape(self.font, buffer, features)
        k = 1 / self.upem
        return tuple(
            Shaped(
                glyph=info.codepoint,
                advance=(-position.y_advance if vertical else position.x_advance) * k,
                dx=position.x_offset * k,
                dy=-position.y_offset * k,
            )
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )

    def width(self, text: str) -> float:
        """Length of a horizontal text in em."""
        return sum(shaped.advance for shaped in self.shape(text, vertical=False))

    def outline(self, text: str, *, vertical: bool) -> Path:
        """All glyphs of a text as one path in em; the origin is the top centre, or the baseline's left end."""
        if len(text) > 1:
            return self._outline(text, vertical=vertical)
        if (text, vertical) not in self._letters:
            self._letters[text, vertical] = self._outline(text, vertical=vertical)
        return self._letters[text, vertical]

    def _outline(self, text: str, *, vertical: bool) -> Path:
        ops: list[Op] = []
        along = 0.0
        for shaped in self.shape(text, vertical=vertical):
            dx, dy = (shaped.dx, along + shaped.dy) if vertical else (along + shaped.dx, shaped.dy)
            ops.extend(_shifted(self._glyph(shaped.glyph), dx, dy))
            along += shaped.advance
        return tuple(ops)

    def _glyph(self, glyph: int) -> Path:
        if glyph not in self._outlines:
            self._outlines[glyph] = _drawn(self.font, glyph, 1 / self.upem)
        return self._outlines[glyph]


def _shifted(path: Path, dx: float, dy: float) -> Path:
    return mapped(path, lambda x, y: (x + dx, y + dy)) if dx or dy else path


def _drawn(font: uharfbuzz.Font, glyph: int, k: float) -> Path:
    ops: list[Op] = []
    pen = uharfbuzz.DrawFuncs()
    pen.set_move_to_func(lambda x, y, _: ops.append(("M", x * k, -y * k)))
    pen.set_line_to_func(lambda x, y, _: ops.append(("L", x * k, -y * k)))
    pen.set_quadratic_to_func(lambda a, b, x, y, _: ops.append(("Q", a * k, -b * k, x * k, -y * k)))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, _: ops.append(("C", a * k, -b * k, c * k, -d * k, x * k, -y * k)))
    pen.set_close_path_func(lambda _: ops.append(("Z",)))
    font.draw_glyph(glyph, pen)
    return tuple(ops)


class Faces:
    """The typefaces of one list of folders, opened when first asked for."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self.folders = folders
        self._open: dict[FaceName, Typeface] = {}

    @property
    def absent(self) -> tuple[FaceName, ...]:
        """Roles that gothic plays because their file is in none of the folders."""
        return tuple(role for role in get_args(FaceName) if role in FILES and self.file(role) is None)

    def __getitem__(self, role: FaceName) -> Typeface:
        if role not in self._open:
            self._open[role] = self._opened(role)
        return self._open[role]

    def setting(self, role: FaceName, text: str) -> Typeface:
        """The face that sets a text: the role's own, or gothic when it lacks a character."""
        face = self[role]
        return face if all(face.has(c) for c in text) else self["gothic"]

    def lacks(self, text: str) -> bool:
        """Whether gothic, the last resort, lacks a character of a text."""
        return not all(self["gothic"].has(c) for c in text if not c.isspace())

    def file(self, role: FaceName) -> FilePath | None:
        """Of one of the project's own fonts; None where no folder has it."""
        candidates = (FilePath(folder) / FILES[role] for folder in self.folders)
        return next((file for file in candidates if file.is_file()), None)

    def _opened(self, role: FaceName) -> Typeface:
        file = self.file(role) if role in FILES else None
        if file is not None:
            return Typeface.of(file)
        return Typeface.of(gothic_file(), GOTHIC_WEIGHTS.get(role, _STAND_IN_WEIGHT))


def gothic_file() -> FilePath:
    """The last resort's own file. Raises FileNotFoundError where its package is not installed."""
    spec = find_spec(GOTHIC_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {GOTHIC_PACKAGE} is not installed")
    return FilePath(spec.origin).with_name(GOTHIC_FILE)


def slice_of(file: FilePath, letters: Iterable[int]) -> bytes:
    """A font file with these code points alone, and the forms that they take in upright lines."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(letters)
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)), 0)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


@lru_cache(maxsize=4)
def faces(folders: tuple[str, ...]) -> Faces:
    """The faces of some folders, opened once a process."""
    return Faces(folders)


def standard_folders() -> tuple[str, ...]:
    """Where faces lie: `assets/fonts` of the checkout, then `fonts` under MANGA_HOME or the user's data folder."""
    home = os.environ.get("MANGA_HOME") or user_data_dir("mangaka", appauthor=False)
    return (str(FilePath(__file__).resolve().parents[2] / "assets/fonts"), str(FilePath(home) / "fonts"))
