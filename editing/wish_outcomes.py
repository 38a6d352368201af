"""Tells a person what became of each wish: what it changed, that it changed nothing, or why it was refused.

What was asked of a phase is held against the phase's result before and after; what changed within the wish's scope is
what was done. A wish that is refused in part is told with both.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from editing.compare_versions import changes_of
from editing.phase_results import book_of, result_json
from editing.state_as_json import Json, WorkState
from manga.phases import Phase

MOST_NAMED = 12
"""Changed places that are named; `count` tells of all."""


def with_outcomes(phase: Phase, before: WorkState, after: WorkState, refused: Iterable[Json] = ()) -> Json:
    """The state's change: the feedback with what became of its wishes for a phase that has just been entered, each
    `{phase, instruction, changed, count, reason}`. Nothing for phases that it is not about."""
    if not _asked_of(phase, after):
        return {}
    addresses = book_of(after)
    changes = changes_of(phase, before, after)
    changed = {change.element: addresses.address_of(change.element) or change.where for change in changes}
    return _told_of(phase, after, changed, refused)


def with_picture_outcomes(state: WorkState, panels: Iterable[str], refused: Iterable[Json] = ()) -> Json:
    """The same for pictures: `panels` are those that are drawn anew."""
    if not _asked_of(Phase.ARTWORK, state):
        return {}
    addresses = book_of(state)
    return _told_of(Phase.ARTWORK, state, {key: addresses.address_of(key) or key for key in panels}, refused)


def told_of_wishes(state: WorkState, phase: Phase) -> list[Json]:
    """What the person who looks at this phase is to be told of the feedback that is being carried out."""
    feedback: Json = state.get("feedback") or {}
    done: list[Json] = feedback.get("outcomes", []) if feedback.get("asked_at") else []
    return [one for one in done if Phase(one["phase"]).number <= phase.number]


def kept_outcomes(feedback: Json) -> Json:
    """What is kept of a feedback that is all done: the version says what was asked and what came of it."""
    return {"outcomes": feedback["outcomes"]} if feedback.get("outcomes") else {}


def outcome_lines(outcomes: Sequence[Json], refused: Sequence[Json] = ()) -> list[str]:
    """What became of each wish, and of wishes that were refused before anything was told of them."""
    told = {(one["phase"], one["instruction"]) for one in outcomes}
    alone = [one for one in refused if (one["phase"], one["instruction"]) not in told]
    lines = [f"Not done ({one['phase']}): {one['instruction']}: {one['reason']}" for one in alone]
    return [*map(_outcome_line, outcomes), *lines]


def _outcome_line(one: Json) -> str:
    where = ", ".join(one["changed"]) + (", ..." if one["count"] > len(one["changed"]) else "")
    wish = f"({one['phase']}): {one['instruction']}"
    if one["count"] and one["reason"]:
        return f"Done in part {wish}: {where}; not all of it: {one['reason']}"
    if one["count"]:
        return f"Done {wish}: {where}"
    return f"Not done {wish}: {one['reason'] or 'nothing was to be changed for it'}"


def _asked_of(phase: Phase, state: WorkState) -> list[Json]:
    """The wishes of this feedback for the phase that nothing is told of yet. What a person has edited needs no word."""
    feedback: Json = state.get("feedback") or {}
    if (feedback.get("answer") or {}).get("action") == "edit":
        return []
    done = {(one["phase"], one["instruction"]) for one in feedback.get("outcomes", ())}
    items = (feedback.get("plan") or {}).get("items", ()) if feedback.get("stops") is not None else ()
    return [item for item in items if item["phase"] == phase.value and (phase.value, item["instruction"]) not in done]


def _edited(item: Json, state: WorkState) -> bool:
    """Whether a wish was carried out as an edit, without asking a model."""
    wishes = (state.get("wishes") or {}).get(item["phase"], ())
    return bool(item.get("edit")) and all(wish["instruction"] != item["instruction"] for wish in wishes)


def _told_of(phase: Phase, state: WorkState, changed: Mapping[str, str], refused: Iterable[Json]) -> Json:
    feedback: Json = state.get("feedback") or {}
    names = _names(state)
    own_refusals = {one["instruction"]: one for one in refused if one["phase"] == phase.value}
    found = []
    for item in _asked_of(phase, state):
        scope = set(item.get("scope") or ())
        refusal = own_refusals.get(item["instruction"], {})
        whole = bool(refusal) and not refusal.get("kept")  # what changed there another wish has changed
        inside = {key: where for key, where in changed.items() if not scope or scope & names.get(key, {key})}
        own = {} if whole else inside
        if _edited(item, state):
            element = item["edit"]["element_key"]
            own = {element: book_of(state).address_of(element) or element}
        found.append(
            {
                "phase": phase.value,
                "instruction": item["instruction"],
                "changed": list(dict.fromkeys(own.values()))[:MOST_NAMED],
                "count": len(set(own.values())),
                "reason": refusal.get("reason", ""),
            }
        )
    return {"feedback": {**feedback, "outcomes": [*feedback.get("outcomes", ()), *found]}}


def _names(state: WorkState) -> dict[str, set[str]]:
    """By element key: the keys by which a scope may mean it."""
    found: dict[str, set[str]] = {}
    plot: Any = result_json(state, Phase.PLOT) if state.get("plot") else {}
    for scene in plot.get("scenes", ()):
        for beat in scene["beats"]:
            for key in (beat["key"], *(line["key"] for line in beat["lines"])):
                found[key] = {key, beat["key"], scene["key"]}
    board: Any = result_json(state, Phase.STORYBOARD) if state.get("storyboard") else {}
    for page in board.get("pages", ()):
        for panel in page["panels"]:
            parts = panel["dialogue"]["parts"]
            own = {panel["key"], page["key"], panel["scene"], *panel["beats"]}
            found[panel["key"]] = own | {key for part in parts for key in (part["key"], part["line"])}
            found |= {part["key"]: own | {part["key"], part["line"]} for part in parts}
    return found
