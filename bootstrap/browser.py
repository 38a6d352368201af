"""Copies the modules that the web studio runs in a browser from the npm packages that `bootstrap.fonts` fetches.

They come by the same hashed lock, and lie beside the fonts. Without them the service still starts: its pages say what
is missing.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MODULES: Final[Mapping[str, str]] = {
    "preact.mjs": "preact/dist/preact.mjs",
    "hooks.mjs": "preact/hooks/dist/hooks.mjs",
    "signals-core.mjs": "@preact/signals-core/dist/signals-core.mjs",
    "signals.mjs": "@preact/signals/dist/signals.mjs",
    "htm.mjs": "htm/dist/htm.mjs",
    "htm-preact.mjs": "htm/preact/index.mjs",
}
"""Names under which the studio's import map finds them, and where they lie in `node_modules`."""
LICENCES: Final[Mapping[str, str]] = {
    "preact.LICENSE.txt": "preact/LICENSE",
    "signals.LICENSE.txt": "@preact/signals/LICENSE",
    "htm.LICENSE.txt": "htm/LICENSE",
}


def browser_folder(fonts: Path) -> Path:
    """Where they lie, by where the fonts lie."""
    return fonts.parent / "browser"


def copy_modules(node_modules: Path, place: Path) -> None:
    """A module is whole or not there. Raises `OSError`."""
    place.mkdir(parents=True, exist_ok=True)
    for name, source in {**MODULES, **LICENCES}.items():
        partial = place / f".{name}.partial"
        text = (node_modules / source).read_text(encoding="utf-8")
        partial.write_text(_without_map(text), encoding="utf-8")
        shutil.move(partial, place / name)


def _without_map(text: str) -> str:
    """Nobody serves the map that a module's last line names."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("//# sourceMappingURL="))
