"""A spoiled answer fails by a figure, a spoiled prompt in the lint; words that nobody has measured are never green."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from evals.answering_models import RECORDINGS
from evals.lint_prompts import demands, lint
from evals.prompt_verdicts import (
    LEAST,
    PromptVerdict,
    Standing,
    TapedAnswer,
    judged,
    taped_answers,
    verdict_of,
    verdicts,
)
from evals.quality_of_answers import fallen, figures_of
from prompts.library import Prompt, PromptLibrary, load_prompts

TAPES = [*taped_answers(RECORDINGS)]
Spoil = Callable[[Any], None]


def _each(path: str, change: Callable[[Any], Any]) -> Spoil:
    """Changes every value at a path of names and `*`."""

    def spoil(answer: Any) -> None:
        *steps, last = path.split(".")
        rows = [answer]
        for step in steps:
            rows = [inner for row in rows for inner in (row if step == "*" else [row.get(step) or {}])]
        for row in rows:
            if last in row:
                row[last] = change(row[last])

    return spoil


def _set(path: str, value: Any) -> Spoil:
    def spoil(answer: Any) -> None:
        *steps, last = path.split(".")
        rows = [answer]
        for step, further in pairwise([*steps, last]):
            usual = list if further == "*" else dict
            rows = [inner for row in rows for inner in (row if step == "*" else [row.setdefault(step, usual())])]
        for row in rows:
            row[last] = value

    return spoil


def _ending_cut(answer: Any) -> None:
    answer["scenes"][-1]["beats"][-1]["cut"] = True


def _in_another_order(answer: Any) -> None:
    for page in answer["pages"]:
        page["beats"].reverse()


def _on_both_sides(answer: Any) -> None:
    for side in answer["sides"]:
        side["read_last"] = list(side["read_first"])


def _strangers(answer: Any) -> None:
    for person in answer["characters"]:
        person |= {"name": "Xqzzqx", "aliases": []}


def _two_heroes(answer: Any) -> None:
    for person in answer["characters"][:2]:
        person["role"] = "protagonist"


def _twins(answer: Any) -> None:
    answer["characters"] = [dict(person) for person in answer["characters"][:4]]
    answer["characters"][1]["look"] = answer["characters"][0]["look"]


def _first_panels_only(answer: Any) -> None:
    for page in answer["pages"]:
        page["panels"] = page["panels"][:1]


def _more_panels(answer: Any) -> None:
    for page in answer["pages"]:
        page["panels"] = (page["panels"] * 3)[:9]


def _halves(answer: Any) -> None:
    """Every text breaks off after a comma that is its own."""
    for page in answer["pages"]:
        for panel in page["panels"]:
            for part in panel.get("dialogue", {}).get("parts", ()):
                part["text"] = part["text"][: max(1, len(part["text"]) // 2)].rstrip(",、。. ") + "、"


def _silent(answer: Any) -> None:
    for page in answer["pages"]:
        for panel in page["panels"]:
            panel.pop("dialogue", None)


def _twice(answer: Any) -> None:
    answer["changes"] = answer["changes"] * 2


def _a_page_less(answer: Any) -> None:
    del answer["pages"][1:]


def _nothing(answer: Any) -> None:
    answer["changes"] = [{"key": one["key"]} for one in answer["changes"]]


def _unsaid(answer: Any) -> None:
    answer["things"] = [{**one, "marks": [], "why_not": ""} for one in answer["things"]]


SPOILT: tuple[tuple[str, str, Spoil], ...] = (
    ("concept", "fits", _set("title", "")),
    ("concept", "logline", _set("logline", "What will he do now that all is lost?")),
    ("concept", "language", _set("language", "ja")),
    ("characters", "named", _strangers),
    ("characters", "unlike", _set("characters.*.look", {})),
    ("characters", "unlike", _twins),
    ("characters", "led", _two_heroes),
    ("characters", "described", _set("characters.*.description", "a man")),
    ("plot", "quoted", _each("scenes.*.beats.*.evidence", lambda words: "somebody did something else")),
    ("plot", "voiced", _set("scenes.*.beats.*.lines", [])),
    ("plot", "known", _each("scenes.*.beats.*.present", lambda keys: ["c99"])),
    ("plot", "weighed", _set("scenes.*.beats.*.importance", 5)),
    ("plot", "ending", _ending_cut),
    ("storyboard_plan", "told", _in_another_order),
    ("storyboard_plan", "breath", _set("pages.*.weights", [5])),
    ("storyboard_plan", "turns", _set("pages.*.hook", "")),
    ("storyboard_plan", "sided", _on_both_sides),
    ("storyboard_plan", "counted", _set("pages.*.weights", [2] * 9)),
    ("storyboard_pages", "asked", _a_page_less),
    ("storyboard_pages", "shown", _first_panels_only),
    ("storyboard_pages", "own", _each("pages.*.panels.*.dialogue.parts.*.text", lambda text: f"Well, {text} indeed")),
    ("storyboard_pages", "heard", _silent),
    ("storyboard_pages", "ends", _halves),
    ("storyboard_pages", "views", _set("pages.*.panels.*.direction.shot", "bust")),
    ("storyboard_pages", "seen", _set("pages.*.panels.*.direction.seen", "")),
    ("storyboard_pages", "counted", _more_panels),
    ("storyboard_pages", "fits", _set("pages.*.panels.*.importance", 9)),
    ("lettering_proposal", "known", _each("changes.*.key", lambda key: "l9999.1")),
    ("lettering_proposal", "sparing", _set("sounds", [{"panel": "b0001", "text": "BANG"}] * 40)),
    ("finishing", "placed", _set("notes.*.page", 99)),
    ("feedback", "known", _each("items.*.scope", lambda keys: ["c77"])),
    ("storyboard_revision", "known", _each("changes.*.panel", lambda key: "b9999")),
    ("storyboard_revision", "once", _twice),
    ("redrawing", "known", _each("changes.*.panel", lambda key: "b9999")),
    ("plot_revision", "known", _each("scenes.*.beats.*.key", lambda key: "b9999")),
    ("plot_revision", "otherwise", _set("scenes.*.beats.*.cut", False)),
    ("plot_revision", "otherwise", _each("scenes.*.beats.*.key", lambda key: "b9999")),
    ("lettering", "known", _each("changes.*.key", lambda key: "l9999.1")),
    ("lettering", "otherwise", _nothing),
    ("lettering", "otherwise", _each("changes.*.key", lambda key: "l9999.1")),
    ("lettering", "glance", _set("changes.*.text", "a word and another " * 9)),
    ("thing_shapes", "asked", _each("things.*.key", lambda key: "t99")),
    ("thing_shapes", "said", _unsaid),
    ("thing_shapes", "paths", _each("things.*.marks.*.path", str.lower)),
    ("thing_shapes", "parts", _set("things.*.marks.*.surface", "white")),
    ("thing_shapes", "large", _set("things.*.marks.*.path", "O 50 50 5 5")),
)


def _can_fall(one: TapedAnswer, figure: str) -> bool:
    """A plan without a limit of panels cannot break it, nor a Japanese answer be in the wrong language by its key."""
    if one.prompt == "storyboard_plan" and figure == "counted":
        return bool(one.inputs["limits"].get("panels"))
    return not (figure == "language" and one.answer["language"] == "ja")


def _sound(prompt: str, figure: str, spoil: Spoil) -> TapedAnswer:
    """The first taped answer whose figure holds, and that the spoil can touch."""
    for one in TAPES:
        spoilt = deepcopy(one.answer)
        if one.prompt == prompt and _can_fall(one, figure) and figure not in fallen(judged(one)):
            try:
                spoil(spoilt)
            except (KeyError, IndexError):
                continue
            if spoilt != one.answer and (figure == "fits" or judged(replace(one, answer=spoilt))["fits"]):
                return one
    raise AssertionError(f"no tape of {prompt}")


@pytest.mark.parametrize(("prompt", "figure", "spoil"), SPOILT, ids=[f"{one[0]}-{one[1]}" for one in SPOILT])
def test_a_spoiled_answer_fails_by_a_figure(prompt: str, figure: str, spoil: Spoil) -> None:
    sound = _sound(prompt, figure, spoil)
    answer = deepcopy(sound.answer)
    spoil(answer)
    spoilt = replace(sound, answer=answer)
    assert figure in fallen(judged(spoilt))
    found = verdict_of(prompt, sound.hash, [spoilt] * LEAST)
    assert found.standing is Standing.FAILED
    assert figure in found.fallen


def test_every_taped_answer_is_read_by_todays_code() -> None:
    assert TAPES
    assert [one.prompt for one in TAPES if judged(one).get("fits") != 1.0] == []


def test_an_answer_to_any_prompt_is_read_by_its_type() -> None:
    broken = {"things": [{"key": "t01", "cm": "tall"}]}
    assert judged(TapedAnswer("thing_shapes", "ab", {"things": []}, broken)) == {"fits": 0.0}


def test_a_thing_is_known_in_an_answer_to_feedback() -> None:
    inputs = {"book": {"things": {"t01": "loom"}}}
    wish = {"items": [{"phase": "plot", "scope": ["t01"], "instruction": "a wider loom"}]}
    assert figures_of("feedback", inputs, wish)["known"] == 1.0


def test_short_cries_in_plain_quotation_marks_leave_the_others_as_they_are() -> None:
    story = '"No," said he, "I will not go there." She wept. "Then stay," she said.'
    lines = [{"text": text} for text in ("I will not go there.", "Then stay,")]
    beats = [{"evidence": "No", "lines": lines, "cut": True}]
    inputs = {"story": story, "cast": [], "part": "1 of 2"}
    figures = figures_of("plot_part", inputs, {"scenes": [{"beats": beats}]})
    assert figures["voiced"] == 1.0
    assert figures["ending"] == 1.0, "the story does not end in this part"
    assert figures_of("plot_part", inputs | {"part": "2 of 2"}, {"scenes": [{"beats": beats}]})["ending"] == 0.0
    assert "answered" not in figures, "there is no question in it"


def test_fewer_than_three_answers_are_insufficient_data() -> None:
    sound = next(one for one in TAPES if one.prompt == "concept")
    said = [verdict_of("concept", sound.hash, [sound] * count) for count in (LEAST - 1, LEAST)]
    assert [one.standing for one in said] == [Standing.INSUFFICIENT, Standing.HELD]
    assert "insufficient data" in str(said[0])


def test_answers_that_a_figure_cannot_be_told_of_do_not_hold_it() -> None:
    inputs = {"book": {"pages": ["g001"]}}
    back = TapedAnswer("feedback", "ab", inputs, {"question": "Which page?"})
    lost = replace(back, answer={"items": [{"phase": "plot", "scope": ["g009"], "instruction": "longer"}]})
    assert "known" not in judged(back)
    found = verdict_of("feedback", "ab", [*[back] * 9, lost])
    assert (found.standing, found.fallen) == (Standing.FAILED, ("known",))


def test_reworded_words_are_unmeasured_since_those_that_were_measured() -> None:
    library = load_prompts()
    old = library.get("concept")
    sound = replace(next(one for one in TAPES if one.prompt == "concept"), hash=old.hash)
    assert verdict_of("concept", old.hash, [sound] * LEAST).standing is Standing.HELD
    reworded = PromptLibrary({**library.prompts, "concept": Prompt(old.head, old.system + " ", old.user, "f" * 64)})
    found = {one.prompt: one for one in verdicts(reworded, [sound] * LEAST)}
    assert str(found["concept"]) == f"concept: unmeasured since {old.hash[:12]}"
    assert found["lettering"] == PromptVerdict("lettering", Standing.UNMEASURED)
    assert "artwork" not in found


def test_a_tape_tells_the_words_that_it_was_asked_with(tmp_path: Path) -> None:
    text = f"The data:\n```json\n{json.dumps({'prompt_id': 'finishing', 'pages': []})}\n```"
    kept = {"question": {"prompt_hash": "ab", "rendered": ["rules", text]}, "answer": {"notes": []}}
    (tmp_path / "finishing-1.json").write_text(json.dumps(kept))
    assert [*taped_answers(tmp_path)] == [TapedAnswer("finishing", "ab", {"pages": []}, {"notes": []})]


@pytest.mark.parametrize("name", sorted(demands()))
def test_a_prompt_that_loses_a_rule_fails_in_the_lint_that_names_it(name: str) -> None:
    """Of every rule that the craft demands: all words that name it are taken out, one rule at a time."""
    wanted = {name: demands()[name]}
    prompt = load_prompts().get(name)
    for rule, words in wanted[name].names.items():
        pattern, left = re.compile(words, re.IGNORECASE | re.DOTALL), f"{prompt.system}\n{prompt.user}"
        while (found := pattern.search(left)) is not None:
            left = left[: found.start()] + left[found.end() :]
        spoilt = Prompt(prompt.head, left, "", prompt.hash)
        faults = [str(fault) for fault in lint(PromptLibrary({name: spoilt}), wanted)]
        assert f"prompts/{name}.md: no longer names the rule: {rule}" in faults


def test_a_plot_that_loses_what_the_rest_needs_falls_by_a_figure() -> None:
    asks = {"key": "b0001", "lines": [{"speaker": "c01", "text": "Where is it?"}]}
    answers = {"key": "b0002", "lines": [{"speaker": "c02", "text": "Gone."}]}
    needs = {"key": "b0003", "needs": ["b0002"]}
    inputs = {"plot": [{"key": "s01", "beats": [asks, answers, needs]}, {"key": "s02", "told": "-"}]}

    def bound(*cut: str) -> float:
        patch = {"scenes": [{"key": "s01", "beats": [{"key": key, "cut": True} for key in cut]}]}
        return figures_of("plot_revision", inputs, patch)["bound"]

    assert bound("b0003") == bound("b0001", "b0002", "b0003") == 1.0
    assert bound("b0002") == 0.0
    assert bound("b0001", "b0002") == 0.5, "question and answer go together, and something needs the answer"


def test_what_must_be_read_and_is_in_no_caption_falls_by_a_figure() -> None:
    told = {"key": "l0001", "kind": "narration", "text": "He is deaf.", "must": "He is deaf."}
    plot = [{"beats": [{"key": "b0001", "lines": [told]}]}]
    inputs = {"plot": plot, "pages": [{"number": 1, "beats": ["b0001"], "weights": [3], "lines": ["l0001"]}]}
    part = {"key": "l0001.1", "line": "l0001", "kind": "narration", "text": "He is deaf."}
    panel = {"beats": ["b0001"], "direction": {"shot": "full", "seen": "An old man stands in a loft."}}
    silent = {"pages": [{"number": 1, "panels": [panel]}]}
    said = {"pages": [{"number": 1, "panels": [{**panel, "dialogue": {"parts": [part]}}]}]}
    assert figures_of("storyboard_pages", inputs, said)["read"] == 1.0
    assert figures_of("storyboard_pages", inputs, silent)["read"] == 0.0
