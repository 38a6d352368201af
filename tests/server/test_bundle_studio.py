"""Modules that are put together as they are sent: what they take and give stays what it was."""

import json
import subprocess
from pathlib import Path

import pytest

from server.bundle_studio import FIRST, NotJoined, join, read
from tests.node import node

NAMED = {"lib": "browser/lib.mjs", "lib/more": "browser/more.mjs"}
TEXTS = {
    "browser/lib.mjs": "var $=1,n=()=>2;export{$ as one,n as two};export default function(t){return t}",
    "browser/more.mjs": (
        'import{one as a}from"lib";import e from"lib";export{two}from"lib";var b=e(a+2);export{b as three};'
    ),
    "kept.js": "export const order = [];\nexport function note(what) {\n  order.push(what);\n}\n",
    "main.js": """
import { note } from "./kept.js";
import { one, two } from "lib";
await null;
note(`main ${one} ${two()}`);
""",
    "views/a.js": """
import { note, order } from "../kept.js";
import * as side from "./parts/side.js";
import { three as drei } from "lib/more";
export const words = ["frame", "desk"];
export const sheets = ["a.css"];
export class Thing {}
export async function View() {
  note(`a ${side.told} ${drei}`);
  return order;
}
""",
    "views/b.js": 'import { told } from "./parts/side.js";\nconst View = () => told;\nexport { View };\n',
    "views/parts/side.js": """
import { note } from "../../kept.js";
note("side");
export const told = import.meta.url.split("/at/")[1];
""",
}
RING = {
    "x.js": 'import { b } from "./y.js";\nexport const a = 1;\n',
    "y.js": 'import { a } from "./x.js";\nexport const b = 1;\n',
}


def test_what_every_view_needs_is_one_file_and_each_view_another() -> None:
    joined = join(TEXTS, NAMED)
    assert set(joined.files) == {FIRST, "views/a.js", "views/b.js"}
    assert joined.lists["views/a.js"] == {"words": ("frame", "desk"), "sheets": ("a.css",)}
    assert "browser/lib.mjs" in joined.files[FIRST]
    assert "browser/more.mjs" not in joined.files[FIRST]
    assert "views/parts/side.js" in joined.files["views/a.js"]


def test_a_module_is_begun_once_and_reached_by_all_that_take_of_it(tmp_path: Path) -> None:
    for name, text in join(TEXTS, NAMED).files.items():
        file = tmp_path / "at" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "run.js").write_text(
        'import "./at/first.js"; const a = await import("./at/views/a.js"); const b = await import("./at/views/b.js");'
        "console.log(JSON.stringify([await a.View(), b.View(), a.words, typeof a.Thing]));"
    )
    said = subprocess.run(
        [node(), "run.js"], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=30
    ).stdout
    order = ["main 1 2", "side", "a views/parts/side.js 3"]
    assert json.loads(said) == [order, "views/parts/side.js", ["frame", "desk"], "function"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"main.js": 'import { gone } from "./kept.js";\n'}, r"main.js .* kept.js has no gone"),
        ({"main.js": 'import { a } from "./nobody.js";\n'}, r"there is no nobody.js"),
        ({"main.js": 'import { a } from "nobody";\n'}, r"nobody is called nobody"),
        ({"main.js": "export let a = 1;\n"}, r"export let a = 1"),
        (RING, r"x.js .* it needs itself by way of x.js → y.js"),
    ],
)
def test_what_cannot_be_put_together_is_refused_by_name(texts: dict[str, str], told: str) -> None:
    with pytest.raises(NotJoined, match=told):
        join({**TEXTS, **texts}, NAMED)


def test_words_of_a_comment_are_no_import() -> None:
    module = read(
        "a.js", '/** @param {import("./b.js").B} b */\nexport const a = 1; // import { x } from "./c.js"\n', {}
    )
    assert (dict(module.needs), dict(module.gives)) == ({}, {"a": "a"})
