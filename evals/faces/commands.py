"""`python -m evals faces`: faces that balloons and drawn sounds cover in other people's pictures."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from evals.faces.covered_faces import Cover, cover_of
from evals.faces.lettered_pages import TOLD, Told, dealt, lettered, own_pictures
from evals.faces.others_pictures import OthersPicture, pictures_in
from evals.faces.placed_sounds import SoundCover, sound_cover
from evals.terminal_tables import wide
from evals.told_boards import Board, add_stories, boards

MOST: Final[dict[Told, float]] = {"none": 0.06, "right": 0.01, "off": 0.08}
"""The share of faces that letters may cover, by what is told of faces."""

MOST_HAIR, MOST_VETOED = 0.05, 0.03
"""Of heads with right boxes, those of whose hair more than a tenth is covered; of right boxes, those struck out."""
MOST_SOUNDS: Final = 0.05
"""The share of drawn sounds that may hide one kind of thing: some panels have no free place."""


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    """Options of `faces`."""
    top = commands.add_parser("faces", help="faces that letters cover in pictures that our artist did not draw")
    add_stories(top)
    top.add_argument("--told", nargs="*", default=TOLD, choices=TOLD, help="which boxes are told of faces and hands")
    top.add_argument("--pictures", type=Path, metavar="DIR", help="with these pictures too")
    top.add_argument("--boxes", type=Path, metavar="JSON", help="where people are in them, set by hand")


def faces(told: argparse.Namespace, console: Console) -> int:
    """The exit code: 1 where too many faces are covered."""
    if (told.pictures is None) != (told.boxes is None):
        raise ValueError("--pictures and --boxes go together")
    others = pictures_in(told.pictures, told.boxes) if told.pictures is not None else ()
    found, sounds = asyncio.run(_measured(told.stories, others, told.told))
    if not any(cover.faces for _, cover in found):
        raise ValueError("no panel of these stories has a face")
    wide(console).print(_table(found))
    wide(console).print(_sound_table(sounds))
    too_many = [name for name, cover in found if cover.share > MOST[name[1]]]
    wrong = [name for name, cover in found if name[1] == "right" and not _held(cover)]
    for source, how in too_many:
        console.print(f"too many faces are covered: {source}, boxes {how}", markup=False)
    for source, _ in wrong:
        console.print(f"right boxes: something that must stay free is covered, or struck out: {source}", markup=False)
    hiding = max(sounds.counts()[1:]) > MOST_SOUNDS * sounds.sounds
    if hiding:
        console.print("too many drawn sounds are too large or hide something", markup=False)
    return int(bool(too_many or wrong) or hiding)


def _held(cover: Cover) -> bool:
    """Of right boxes: features and hands in contact free, hair almost, and few boxes struck out."""
    hair, vetoed = MOST_HAIR * cover.heads, MOST_VETOED * cover.told
    return not cover.features and not cover.hidden and cover.hair <= hair and cover.vetoed <= vetoed


async def _measured(
    stories: list[str], others: tuple[OthersPicture, ...], ways: Sequence[Told]
) -> tuple[list[tuple[tuple[str, Told], Cover]], SoundCover]:
    found: dict[tuple[str, Told], Cover] = {}
    sounds = SoundCover()
    async for board in boards(stories):
        for name, cover in _of_board(board, others, ways):
            found[name] = found.get(name, Cover()) + cover
        sounds += sound_cover(board)
    return sorted(found.items(), key=lambda one: (one[0][0], TOLD.index(one[0][1]))), sounds


def _of_board(
    board: Board, others: tuple[OthersPicture, ...], ways: Sequence[Told]
) -> Iterator[tuple[tuple[str, Told], Cover]]:
    sources = {"our artist, astray": own_pictures(board)}
    if others:
        sources["pictures by option"] = dealt(board, others)
    for source, pictures in sources.items():
        for how in ways:
            yield (source, how), cover_of(lettered(board, pictures, how))


def _table(found: list[tuple[tuple[str, Told], Cover]]) -> Table:
    table = Table(title="Covered by balloons and drawn sounds")
    counted = ("pictures", "faces", "covered", "eyes, nose, mouth", "hair", "hands", "told, vetoed")
    for name in ("pictures of", "boxes told", *counted):
        table.add_column(name)
    for (source, how), c in found:
        table.add_row(
            source, how, str(c.pictures), str(c.faces), f"{c.covered} ({100 * c.share:.1f} %)", str(c.features),
            f"{c.hair} of {c.heads}", f"{c.hidden} of {c.hands}", f"{c.told}, {c.vetoed}",
        )  # fmt: skip
    return table


def _sound_table(cover: SoundCover) -> Table:
    table = Table(title="Drawn sounds, one in every panel with people, on our artist's pictures")
    for name in (
        "sounds",
        "too large",
        "on a face",
        "on hair",
        "on a hand",
        "on a thing",
        "on another panel's subject",
    ):
        table.add_column(name)
    table.add_row(*map(str, cover.counts()))
    return table
