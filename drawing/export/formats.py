"""Which files a book can be had as: the one list that the command line, the service and its documents read. Light."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Literal, TypeAlias, get_args

from manga.errors import UserError

FormatName: TypeAlias = Literal[
    "pdf", "pdf-print", "pdf-mono", "cbz", "epub", "webtoon", "psd", "svg", "png", "webp", "script"
]
ZIP: Final = "application/zip"


@dataclass(frozen=True, slots=True)
class Option:
    """A whole number that a format can be had with: what it means, and its bounds."""

    name: str
    default: int
    least: int
    most: int
    means: str


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. `ending` is its name's, with the dot; `good_for` is a line for whoever chooses."""

    name: FormatName
    media_type: str
    ending: str
    good_for: str
    options: tuple[Option, ...] = ()

    @property
    def file(self) -> str:
        """The file's name in a book's folder."""
        return f"book{self.ending}"


def _dpi(default: int, most: int = 1200) -> Option:
    return Option("dpi", default, 72, most, "dots an inch")


_WIDTH = Option("width", 1600, 400, 4800, "width of a page in pixels")
_SLICE = Option("slice", 1280, 400, 10_000, "the greatest height of a picture in pixels")

FORMATS: Final[Mapping[str, Format]] = {
    found.name: found
    for found in (
        Format("pdf", "application/pdf", ".pdf", "reading on a screen, as vectors"),
        Format(
            "pdf-print",
            "application/pdf",
            "-print.pdf",
            "a printer who takes vectors: bleed, crop marks, spine side; its words can be searched",
        ),
        Format(
            "pdf-mono",
            "application/pdf",
            "-mono.pdf",
            "a printer who wants 1-bit pictures: black or white at 600 dpi, with the bleed",
            (_dpi(600),),
        ),
        Format("cbz", "application/vnd.comicbook+zip", ".cbz", "comic readers and libraries"),
        Format("epub", "application/epub+zip", ".epub", "bookshops and e-readers: EPUB 3, fixed layout"),
        Format(
            "webtoon",
            ZIP,
            "-webtoon.zip",
            "reading downwards on a telephone: panels one below the other, balloons placed anew, in slices",
            (Option("width", 800, 400, 1600, "width of the strip in pixels"), _SLICE),
        ),
        Format(
            "psd",
            ZIP,
            "-psd.zip",
            "going on by hand: a PSD a page with frames, art, tones, balloons, text",
            (_dpi(300, 600),),
        ),
        Format("svg", ZIP, "-svg.zip", "drawing programs and the web: a page as vectors"),
        Format("png", ZIP, "-png.zip", "everything else: a picture a page", (_WIDTH,)),
        Format("webp", ZIP, "-webp.zip", "the web: a picture a page, smaller and without loss", (_WIDTH,)),
        Format("script", "text/markdown; charset=utf-8", "-script.md", "proof-reading: directions and lines"),
    )
}  # fmt: skip
NAMES: Final[tuple[str, ...]] = get_args(FormatName)


def format_of(name: str) -> Format:
    """Raises `UserError` for a format that there is not."""
    if name not in FORMATS:
        raise UserError(f"There is no format {name[:40]!r}.", remedy=f"Ask for {', '.join(NAMES)}.", element="format")
    return FORMATS[name]


def checked(wanted: Format, options: Mapping[str, int]) -> dict[str, int]:
    """All options of a format, with what was left out. Raises `UserError` for others, and for what is out of bounds."""
    known = {option.name: option for option in wanted.options}
    for name, value in options.items():
        if name not in known:
            offered = f"It takes {', '.join(known)}." if known else "It takes none."
            raise UserError(f"{wanted.name} has no option {name[:40]!r}.", remedy=offered, element=name)
        option = known[name]
        if not option.least <= value <= option.most:
            raise UserError(
                f"{wanted.name}: {name} is {value}.", remedy=f"Choose {option.least} to {option.most}.", element=name
            )
    return {name: options.get(name, option.default) for name, option in known.items()}


def by_file(name: str) -> Format | None:
    """The format whose files are called so."""
    return next((found for found in FORMATS.values() if found.file == name), None)


def format_json(wanted: Format) -> dict[str, object]:
    """A format as programs read it: by `format`, as they ask for it; `name` is what that was called before."""
    return {
        "format": wanted.name,
        "name": wanted.name,
        "media_type": wanted.media_type,
        "file": wanted.file,
        "good_for": wanted.good_for,
        "options": [asdict(option) for option in wanted.options],
    }
