"""Figures of one answer alone, from its question and plain JSON: 1 is good, 0 is not. No product code makes them.

`figures_of` gives the figures of a prompt by name, `FLOORS` what each of them has to reach. A prompt that has none here
is judged by its shape only.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, TypeAlias

Json: TypeAlias = Mapping[str, Any]
Figures: TypeAlias = dict[str, float]
Shares: TypeAlias = dict[str, float | None]
"""None: there is nothing in the answer that the figure could be told of."""

_QUOTED: Final = re.compile(r"「([^「」]{2,})」|[“\"]([^“”\"]*)[”\"]")
_LEAST_QUOTED: Final = 4
"""English letters that somebody must have said; shorter ones are read all the same, as plain quotation marks pair."""
_WAITS: Final = re.compile(r"[、,;]$|\b(?:and|but|or|until|because|which|the|an?|of|to|with)$")
_KEYS: Final = re.compile(r"\b(?:[cgbst]\d{2,5}(?:\+\d+)?|l\d{4,5}(?:\.\d+)?)\b")
FLOOR: Final = 0.9
FLOORS: Final[Mapping[str, float]] = {
    "voiced": 0.8, "views": 0.75, "ends": 0.85, "heard": 0.5, "turns": 0.8, "breath": 0.7, "shown": 0.85, "unlike": 0.8,
    "point": 0.75, "read": 0.75,
}  # fmt: skip
"""Of figures that good answers do not fill; all others are held to `FLOOR`."""


def figures_of(prompt_id: str, inputs: Json, answer: Json) -> Figures:
    """Those that can be told of the answer. Empty for a prompt that has none, and for a wish that is refused as a
    whole."""
    figures = _FIGURES.get(prompt_id)
    found = figures(inputs, answer) if figures is not None and answer.keys() - {"refused"} else {}
    return {name: value for name, value in found.items() if value is not None}


def fallen(figures: Mapping[str, float]) -> tuple[str, ...]:
    """The names of those below their floors."""
    return tuple(name for name, value in figures.items() if value < FLOORS.get(name, FLOOR))


def _share(held: Iterable[object]) -> float | None:
    """Of what holds; None where there is nothing to hold."""
    every = [bool(one) for one in held]
    return sum(every) / len(every) if every else None


def _letters(text: str) -> str:
    return "".join(letter.lower() for letter in re.sub(r"《[^》]*》|[｜|]", "", text) if letter.isalnum())


def _concept(inputs: Json, answer: Json) -> Shares:
    logline = answer.get("logline", "")
    return {
        "title": float(0 < len(answer.get("title", "")) <= 80),
        "logline": float(20 <= len(logline) <= 500 and not logline.rstrip().endswith(("?", "？"))),
        "language": float((answer.get("language") == "ja") == bool(re.search("[ぁ-ん]", inputs["story"]))),
    }


def _cast(inputs: Json, answer: Json) -> Shares:
    story, people = _letters(inputs["story"]), answer["characters"]
    names = ((one["name"], *one.get("aliases", ())) for one in people)
    outlines = [
        tuple(one["look"].get(name) for name in ("kind", "hair_style", "build", "age", "outfit", "outfit_tone"))
        for one in people
    ]
    return {
        "named": _share(any(_letters(name) in story for name in own) for own in names),
        "unlike": _share(outlines.count(one) == 1 for one in outlines),
        "led": float([one.get("role") for one in people].count("protagonist") == 1),
        "described": _share(len(one.get("description", "")) >= 40 for one in people),
    }


def _plot(inputs: Json, answer: Json) -> Shares:
    story = _letters(inputs["story"])
    beats = [beat for scene in answer["scenes"] for beat in scene["beats"]]
    lines = [line for beat in beats for line in beat.get("lines", ())]
    said = _letters("".join(line["text"] for line in lines))
    quoted = _QUOTED.findall(inputs["story"])
    spoken = [_letters(ja or en) for ja, en in quoted if ja or len(en) >= _LEAST_QUOTED]
    people = {one["key"] for one in inputs["cast"]}
    named = [who for beat in beats for who in beat.get("present", ())]
    named += [line["speaker"] for line in lines if line.get("speaker")]
    return {
        "quoted": _share(
            _letters(words) in story
            for words in (
                *(b["evidence"] for b in beats),
                *map(_text, lines),
                *(w for b in beats for w in b.get("captions", ())),
            )
        ),
        "voiced": _share(words in said for words in spoken if words),
        "known": _share(who in people for who in named),
        "weighed": float(sum(beat.get("importance", 2) >= 4 for beat in beats) <= 0.45 * len(beats)),
        "answered": _share(a == b for a, b in _bound(beats)),
        "ending": float(_has_its_end(inputs, beats)),
        "point": _share(_is_brief(line) for line in lines if line.get("brief")),
    }


def _has_its_end(inputs: Json, beats: Sequence[Json]) -> bool:
    """Whether the story's ending is not cut; of a part like `2 of 5` it is in another one."""
    number, _, count = inputs.get("part", "").partition(" of ")
    return number != count or not beats[-1].get("cut")


def _text(line: Json) -> str:
    return str(line["text"])


def _bound(beats: Sequence[Json]) -> Iterator[tuple[bool, bool]]:
    """Whether a question and its answer are cut."""
    for one, other in pairwise(beats):
        asked, answered = one.get("lines", ()), other.get("lines", ())
        if not asked or not answered or asked[-1].get("speaker") == answered[0].get("speaker"):
            continue
        if asked[-1]["text"].rstrip('」』”"').endswith(("?", "？")):
            yield bool(one.get("cut")), bool(other.get("cut"))


def _is_brief(line: Json) -> bool:
    whole, kept = _letters(line["text"]), [_letters(words) for words in line["brief"]]
    numbers = set(re.findall(r"\d+|[二三四五六七八九十百千]+(?=[両円人日年月匹つ])|一(?=[両円年月匹])", line["text"]))
    return all(words in whole for words in kept) and len("".join(kept)) < len(whole) and (
        not numbers or any(number in "".join(line["brief"]) for number in numbers)
    )  # fmt: skip


def _plan(inputs: Json, answer: Json) -> Shares:
    pages = answer["pages"]
    order = {beat["key"]: n for n, beat in enumerate(b for s in inputs["outline"]["scenes"] for b in s["beats"])}
    places = [order.get(key, -1) for page in pages for key in page["beats"]]
    panels, most = sum(len(page["weights"]) for page in pages), inputs["limits"].get("panels") or 9 * len(pages)
    return {
        "told": _share(0 <= a <= b for a, b in pairwise(places)),
        "breath": _share(2 < len(page["weights"]) <= 7 for page in pages),
        "turns": _share(page.get("hook") for page in pages[:-1] if page["number"] % 2),
        "sided": _share(
            not set(s.get("read_first", ())) & set(s.get("read_last", ())) for s in answer.get("sides", ())
        ),
        "counted": float(panels <= most * 1.15),
    }


def _pages(inputs: Json, answer: Json) -> Shares:
    beats = [beat for scene in inputs["plot"] for beat in scene["beats"]]
    lines = {line["key"]: line for beat in beats for line in beat.get("lines", ())}
    tasks = {task["number"]: task for task in inputs["pages"]}
    pages = [page for page in answer["pages"] if page["number"] in tasks]
    panels = [panel for page in pages for panel in page["panels"]]
    parts = [part for panel in panels for part in panel.get("dialogue", {}).get("parts", ())]
    words = [part for part in parts if part["kind"] != "sfx"]
    spoken = {key for key, line in lines.items() if line["kind"] != "narration"}
    shots = [[panel["direction"]["shot"] for panel in page["panels"]] for page in pages]
    last = {part["line"]: part for part in words}
    return {
        "asked": float({page["number"] for page in answer["pages"]} == set(tasks)),
        "shown": _share(
            any(key in panel["beats"] for panel in page["panels"])
            for page in pages for key in tasks[page["number"]]["beats"]
        ),
        "own": _share(_is_own(part, lines.get(part["line"])) for part in words),
        "heard": _share(key in {part["line"] for part in words} for key in spoken),
        "ends": _share(not _breaks_off(part, lines.get(part["line"], {})) for part in last.values()),
        "views": _share(len(set(run)) > 1 for row in shots for run in zip(row, row[1:], row[2:], strict=False)),
        "roomy": _share(len(panel.get("dialogue", {}).get("parts", ())) <= 4 for panel in panels),
        "seen": _share(len(panel["direction"].get("seen", "")) >= 15 for panel in panels),
        "read": _share(
            _letters(must) in _letters("".join(part["text"] for part in words if part["line"] == key))
            for key, line in lines.items() for must in line.get("must", "").split(" … ") if must
        ),
        "counted": _share(len(page["panels"]) <= len(tasks[page["number"]]["weights"]) + 1 for page in pages),
    }  # fmt: skip


def _breaks_off(part: Json, line: Json) -> bool:
    """Waits for more, where the line goes on: a comma before `she said` is the story's own."""
    whole = line.get("whole") or line.get("text", "")
    return bool(_WAITS.search(part["text"].strip())) and not _letters(whole).endswith(_letters(part["text"]))


def _is_own(part: Json, line: Json | None) -> bool:
    whole = _letters((line or {}).get("whole") or (line or {}).get("text", ""))
    return _letters(part["text"]) in whole or _letters(part["text"]) in _letters((line or {}).get("text", ""))


def _proposal(inputs: Json, answer: Json) -> Shares:
    told = {panel: own["parts"] if isinstance(own, dict) else own for panel, own in inputs["parts"].items()}
    texts = {part["key"]: part["text"] for own in told.values() for part in own}
    changes = answer.get("changes", ())
    return {
        "known": _share((*(one["key"] in texts for one in changes), *(s["panel"] in inputs["seen"]
                         for s in answer.get("sounds", ())))),
        "shorter": _share(len(one["text"]) < len(texts.get(one["key"], "")) for one in changes if one.get("text")),
        "sparing": float(len(answer.get("sounds", ())) <= 2 + len(inputs["seen"]) / 16),
    }  # fmt: skip


def _notes(inputs: Json, answer: Json) -> Shares:
    pages = {page["number"]: {panel["key"] for panel in page["panels"]} for page in inputs["pages"]}
    notes = answer.get("notes", ())
    placed = (one.get("panel") is None or one["panel"] in pages.get(one["page"], ()) for one in notes)
    return {"placed": _share(placed), "sparing": float(len(notes) <= 10)}


def _feedback(inputs: Json, answer: Json) -> Shares:
    known = set(_KEYS.findall(str(inputs["book"])))
    scopes = [key for item in answer.get("items", ()) for key in item.get("scope", ())]
    return {
        "known": _share(key in known or key == "concept" for key in scopes),
        "answered": float(bool(answer.get("items") or answer.get("question"))),
    }


def _patch(inputs: Json, answer: Json) -> Shares:
    """Of panels: known, not doubled, and each says something."""
    told = inputs["pages"] if "pages" in inputs else {"": inputs["panels"]}
    known = {panel["key"] for panels in told.values() for panel in panels}
    changes = answer.get("changes", ())
    keys = [one["panel"] for one in changes]
    return {
        "known": _share((*(key in known for key in keys), *(key in told for key in answer.get("anew", ())))),
        "once": float(len(keys) == len(set(keys))),
        "says": _share(len(one) > 1 for one in changes),
    }


def _proof(inputs: Json, answer: Json) -> Shares:
    """Of faults: who is missing or looks otherwise is called by a name of the cast, and none is said twice."""
    names = [person["name"] for person in inputs["cast"]]
    faults = answer.get("faults", ())
    said = [fault["what"] for fault in faults]
    return {
        "named": _share(
            any(name in one["what"] for name in names) for one in faults if one["kind"] in {"missing", "looks"}
        ),
        "once": float(len(said) == len(set(said))),
    }


def _changed_plot(inputs: Json, answer: Json) -> Shares:
    """Of a plot that stands: known, otherwise than it is told, and nothing gone that what stays counts on."""
    scenes = {scene["key"]: scene for scene in inputs["plot"]}
    beats = {beat["key"]: beat for scene in scenes.values() for beat in scene.get("beats", ())}
    patches = answer.get("scenes", ())
    changed = [(scenes.get(scene["key"], {}), beat) for scene in patches for beat in scene.get("beats", ())]
    named = (
        *(key in scenes for key in (*(scene["key"] for scene in patches), *answer.get("anew", ()))),
        *(any(one["key"] == beat["key"] for one in scene.get("beats", ())) for scene, beat in changed),
    )
    told = [*((scenes.get(scene["key"]), scene, 3) for scene in patches)]
    told += [(beats.get(beat["key"]), beat, 2) for _, beat in changed]
    after = [{**beat, **{n: one["cut"] for _, one in changed if one["key"] == key for n in one if n == "cut"}}
             for key, beat in beats.items()]  # fmt: skip
    out = {beat["key"] for beat in after if beat.get("cut")}
    kept = (needed not in out for beat in after if beat["key"] not in out for needed in beat.get("needs", ()))
    return {
        "known": _share(named),
        "otherwise": _share(one for before, now, usual in told for one in _otherwise(before, now, importance=usual)),
        "bound": _share((*kept, *(a == b for a, b in _bound(after)))),
    }


_USUAL: Final = {"cut": False, "reveal": False, "off_panel": False, "removed": False, "scale": 1.0, "right": 0.0,
                 "down": 0.0}  # fmt: skip


def _otherwise(before: Json | None, now: Json, **usual: object) -> Iterator[bool]:
    """Of each field that an answer names whether it says something else than what is told; of what is not told nothing
    does."""
    known: Json = {**_USUAL, **usual, **(before or {})}
    for name, value in now.items():
        if name not in ("key", "beats", "lines") and value is not None:
            yield before is not None and value != known.get(name, type(value)())


def _changed_letters(inputs: Json, answer: Json) -> Shares:
    """Of texts: known, where the wish is, otherwise than they are, and read at a glance."""
    parts = {part["key"]: part for own in inputs["parts"].values() for part in own}
    homes = {part["key"]: panel for panel, own in inputs["parts"].items() for part in own}
    changes, sounds, scopes = answer.get("changes", ()), answer.get("sounds", ()), inputs.get("scopes", ())
    wanted = {key for keys in scopes for key in keys} if all(scopes) else set()
    where = [{one["key"], homes.get(one["key"])} for one in changes] + [{one["panel"]} for one in sounds]
    words = [one["text"] for one in changes if one.get("text")]
    return {
        "known": _share((*(one["key"] in parts for one in changes), *(s["panel"] in inputs["parts"] for s in sounds))),
        "scoped": _share(not wanted or own & wanted for own in where),
        "otherwise": _share(any(_otherwise(parts.get(one["key"]), one)) for one in changes),
        "glance": _share(len(text) <= (40 if re.search("[ぁ-ん]", text) else 110) for text in words),
    }


_PATH_NUMBERS: Final = {"M": 2, "L": 2, "Q": 4, "C": 6, "O": 4, "Z": 0}


def _shapes(inputs: Json, answer: Json) -> Shares:
    """Of things: each answered once, in paths that can be drawn and fill the box, with parts that differ."""
    asked, given = ([one["key"] for one in told["things"]] for told in (inputs, answer))
    drawn = [one["marks"] for one in answer["things"] if one.get("marks")]
    return {
        "asked": _share((*(given.count(key) == 1 for key in asked), *(key in asked for key in given))),
        "said": _share(one.get("marks") or one.get("why_not") for one in answer["things"]),
        "paths": _share(_is_path(mark["path"]) for marks in drawn for mark in marks),
        "parts": _share(len({mark.get("surface", "white") for mark in marks}) > 1 for marks in drawn),
        "few": _share(sum(len(re.findall("[A-Z]", mark["path"])) for mark in marks) <= 60 for marks in drawn),
        "large": _share(_extent(marks) >= 60 for marks in drawn),
    }


def _is_path(path: str) -> bool:
    """Commands in capitals, each with its numbers, all within the box of 100 by 100 or a slip of the pen beside it."""
    rows = [(letter, len(_numbers(rest))) for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", path)]
    sizes = [(_PATH_NUMBERS.get(letter, -1), count) for letter, count in rows]
    counted = all(size == count == 0 or (size > 0 and count and count % size == 0) for size, count in sizes)
    return bool(rows) and rows[0][0] in "MO" and counted and all(-10 <= one <= 110 for one in _numbers(path))


def _numbers(text: str) -> list[float]:
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]


def _extent(marks: Sequence[Json]) -> float:
    """The longer side of the box around the points that paths are told by; of an ellipse, those of its own box."""
    points: list[tuple[float, float]] = []
    for letter, rest in (row for mark in marks for row in re.findall(r"([A-Z])([^A-Z]*)", mark["path"])):
        at = _numbers(rest)
        if letter == "O" and len(at) == _PATH_NUMBERS["O"]:
            at = [at[0] - at[2], at[1] - at[3], at[0] + at[2], at[1] + at[3]]
        points += zip(at[::2], at[1::2], strict=False)
    sides = [max(one) - min(one) for one in zip(*points, strict=True)]
    return max(sides, default=0.0)


_FIGURES: Final[Mapping[str, Callable[[Json, Json], Shares]]] = {
    "concept": _concept, "characters": _cast, "plot": _plot, "plot_part": _plot, "storyboard_plan": _plan,
    "storyboard_pages": _pages, "lettering_proposal": _proposal, "finishing": _notes, "feedback": _feedback,
    "storyboard_revision": _patch, "redrawing": _patch, "artwork_proof": _proof,
    "plot_revision": _changed_plot, "lettering": _changed_letters, "thing_shapes": _shapes,
}  # fmt: skip
