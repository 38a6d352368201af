"""`audit DIR`: a book's folder in, its gates out; exit 1 when one is broken."""

import json
from pathlib import Path

from cli.output import data, note
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit import audit as measure
from drawing.pages.audit import gates_json
from manga.book import Gate, PageGraph
from manga.errors import BriefRejected, NotFound, UserError

_BLACK = 128


def audit(folder: Path, *, as_json: bool) -> int:
    """Measures the pages from their scene graphs, and the ink from their pictures."""
    graphs = read_graphs(folder)
    gates = measure(tuple(graphs.values()), faces(standard_folders()), _inks(graphs))
    broken = [gate for gate in gates if not gate.ok]
    if as_json:
        data(json.dumps(gates_json(gates), ensure_ascii=False))
    else:
        for gate in gates:
            data(_row(gate))
        note(f"{len(broken)} of {len(gates)} gates are broken." if broken else f"All {len(gates)} gates hold.")
    return 1 if broken else 0


def read_graphs(folder: Path) -> dict[Path, PageGraph]:
    """The scene graphs of a book by their files, in order. Raises `NotFound`, `BriefRejected`."""
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.", remedy="Name a book's folder, such as out/<title>.")
    files = sorted((folder / "pages").glob("*.json"))
    if not files:
        raise NotFound(f"There is no book in {folder}.", remedy="Name a folder that holds pages/001.json.")
    return {file: _read(file) for file in files}


def _read(file: Path) -> PageGraph:
    try:
        return PageGraph.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.", remedy="Check its permissions.") from error
    except ValueError as error:
        raise BriefRejected(f"{file} is not a scene graph of this version.", remedy="Draw the book again.") from error


def _inks(graphs: dict[Path, PageGraph]) -> dict[int, float]:
    """The share of black by page number, where a page has its picture."""
    return {
        page.number: _ink(file.with_suffix(".png"))
        for file, page in graphs.items()
        if file.with_suffix(".png").is_file()
    }


def _ink(file: Path) -> float:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(file, formats=("PNG",)) as image:
            counts = image.convert("L").histogram()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UserError(f"{file} is not a picture.", remedy="Draw the book again.") from error
    return sum(counts[:_BLACK]) / max(1, sum(counts))


def _row(gate: Gate) -> str:
    pages = f"  pages {', '.join(map(str, gate.pages[:12]))}" if gate.pages and not gate.ok else ""
    return f"{'ok' if gate.ok else 'BROKEN':<7} {gate.name:<20} {gate.value:>9g}  {gate.gate}{pages}"
