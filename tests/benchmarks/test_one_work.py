"""How the time of a work is told apart."""

import pytest

from benchmarks.one_work import TEXT_S, Watched, covered, figures, gaps, makespan, model_seconds, parsed
from benchmarks.real_service import Happened, Story
from tests.gemini.calls import Call


def call(prompt: str, began: float, ended: float, digest: str = "d") -> Call:
    model = "gemini-nano-banana-2.1" if prompt == "artwork" else "words"
    return Call(1, "v", model, prompt, "", {}, digest, paid=True, began=began, ended=ended)


def seen(*calls: Call, end: float, preview: float = 1.0, first: float = 0.01) -> Watched:
    told = (Happened(first, "accepted", {}), Happened(preview, "phase_complete", {}), Happened(end, "completed", {}))
    return Watched(Story("w", "t", 0.0, told), calls, speed=1.0)


def test_seconds_are_covered_once_however_many_calls_last() -> None:
    assert covered([(0, 2), (1, 3), (5, 6), (5.2, 5.5)]) == 4
    assert covered([]) == 0


def test_a_makespan_has_its_bound_in_the_places_or_in_the_longest_call() -> None:
    assert makespan([(0, 1)] * 10) == (1, 2, 2)
    assert makespan([(0, 8), (0, 1)]) == (8, 8, 8)


def test_places_that_are_never_idle_take_the_calls_in_their_order() -> None:
    short_first = [(0.0, 1.0)] * 5 + [(1.0, 5.0)]
    assert makespan(short_first) == (5, 5, 4)
    assert makespan([(0.0, 4.0)] + [(0.0, 1.0)] * 4 + [(1.0, 2.0)]) == (4, 4, 4)


def test_what_no_model_was_at_work_for_was_added_by_the_service() -> None:
    work = seen(call("concept", 1, 11), call("artwork", 12, 20), end=23, preview=12)
    added = figures(work)[0]
    assert (added.value, added.peer, added.ok) == (5, 18, False)
    assert gaps(work) == [("the story was sent", 1), ("concept", 1), ("artwork", 3)]


def test_a_first_preview_is_held_to_the_time_of_the_first_model() -> None:
    previews = [
        figures(seen(call("concept", 0.1, 10.1), call("artwork", 11, 12), end=13, preview=at))[-1].ok
        for at in (10.2, 10.6)
    ]
    assert previews == [True, False]


def test_the_same_call_takes_the_same_time_and_faster_models_take_less() -> None:
    real, fast = model_seconds(1), model_seconds(4)
    picture = call("artwork", 0, 0)
    assert real(picture) == real(picture) == 4 * fast(picture) > 0
    assert real(call("artwork", 0, 0, digest="another")) != real(picture)
    assert real(call("plot", 0, 0)) == TEXT_S["plot"]
    assert real(call("finishing", 0, 0)) == 0


def test_a_speed_that_is_none_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(["--speed", "0"])
    assert "--speed" in capsys.readouterr().err.splitlines()[-1]
