"""How an author's single work fares while models take their time: what the service adds to it, how well it keeps a
provider's five places busy, and how soon there is something to see. Nothing is remembered: all that is drawn is drawn.

python -m benchmarks.one_work [--speed 2] [--figures FILE]

The story is drawn once without any waiting, which is not measured: so the stub of the models has its pictures, and
takes for each call what a model would, divided by `--speed`: 8 to 12 s for words, and for a picture 8 s on the whole,
some half and some twice as long. What the service adds does not depend on that speed, so it is compared with what real
models take. A makespan is told as it was: inking is a larger part of it than with real models.
"""

import argparse
import heapq
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, told
from benchmarks.real_service import BOOK, STORY, RealService, Story, own_stores, service_on
from tests.end_to_end.crew import is_panel
from tests.gemini.calls import Call

TEXT_S: Final = {"concept": 10.0, "characters": 12.0, "plot": 8.0, "storyboard": 12.0}
PICTURE_S: Final = 8.0
SPREAD: Final = 0.4
"""Of the logarithm."""
AT_ONCE: Final = 5
MOST_ADDED: Final = 0.05
"""Of the models' time, drawing included."""
MOST_MAKESPAN: Final = 1.1
"""Of what places take that are never idle. Lengths are known to nobody before: of 2,000 sets of 21 that are drawn as
these are, such places need more than 1.2 times the bound for 18 %, and no service could do better."""
FIRST_EVENT_S: Final = 0.1
FIRST_PREVIEW: Final = 1.03
"""Of the time that the first model takes."""

Span = tuple[float, float]


def model_seconds(speed: float) -> Callable[[Call], float]:
    """What a call takes; the same call always takes the same."""

    def seconds(call: Call) -> float:
        if call.prompt_id in TEXT_S:
            return TEXT_S[call.prompt_id] / speed
        if not is_picture(call):
            return 0.0
        return PICTURE_S * random.Random(call.digest).lognormvariate(0, SPREAD) / speed

    return seconds


def is_picture(call: Call) -> bool:
    """Of a panel or a sheet."""
    return call.prompt_id in ("artwork", "artwork_simplified", "sheet")


def covered(spans: Iterable[Span]) -> float:
    """Seconds in which at least one of them lasts."""
    total, end = 0.0, float("-inf")
    for begin, stop in sorted(spans):
        total += max(0.0, stop - max(begin, end))
        end = max(end, stop)
    return total


def makespan(spans: Sequence[Span]) -> tuple[float, float, float]:
    """From the first beginning to the last end; what places that are never idle take for the same calls in the same
    order; and the least that it could be if the lengths were known beforehand."""
    lengths = [stop - begin for begin, stop in sorted(spans)]
    took = max(stop for _, stop in spans) - min(begin for begin, _ in spans)
    return took, never_idle(lengths), max(sum(lengths) / AT_ONCE, *lengths)


def never_idle(lengths: Iterable[float]) -> float:
    """Seconds until all are done where each begins as soon as one of the places is free."""
    places = [0.0] * AT_ONCE
    for length in lengths:
        heapq.heapreplace(places, places[0] + length)
    return max(places)


@dataclass(frozen=True, slots=True)
class Watched:
    """A work, and the calls of models that it made."""

    story: Story
    calls: Sequence[Call]
    speed: float

    def spans(self, wanted: Callable[[Call], bool] = lambda call: True) -> list[Span]:
        return [(call.began, call.ended) for call in self.calls if wanted(call)]


def watched(service: RealService, text: str, speed: float) -> Watched:
    """The work of the story. The stub has its pictures already."""
    service.gemini.take(model_seconds(speed))
    before = len(service.gemini.calls)
    try:
        story = service.draw(text, BOOK)
    finally:
        service.gemini.take(lambda call: 0.0)
    return Watched(story, service.gemini.calls[before:], speed)


def figures(seen: Watched) -> list[Figure]:
    """Seconds that the service adds are told as they are; the models' as real ones would take them."""
    story, speed = seen.story, seen.speed
    models = covered(seen.spans())
    added, pictures = story.took_s - models, seen.spans(is_panel)
    took, busy, bound = makespan(pictures)
    first_words = min((call for call in seen.calls), key=lambda call: call.began)
    preview = story.first("phase_complete")
    late = preview - (first_words.ended - first_words.began)
    real_first = speed * (first_words.ended - first_words.began)
    return [
        Figure("added by the service to its models' time, drawing included", added, "s", peer=speed * models,
               peer_name="models", times=MOST_ADDED),
        *(Figure(f"  after {name}", seconds, "s") for name, seconds in gaps(seen)),
        Figure(f"makespan of {len(pictures)} panels, models x{speed:g}", took, "s", peer=busy,
               peer_name=f"{AT_ONCE} places, never idle", times=MOST_MAKESPAN),
        Figure("  the same, had the lengths been known beforehand", took, "s", peer=bound,
               peer_name=f"bound of {AT_ONCE} places"),
        Figure("first event after the story was sent", story.events[0].at_s, "s", FIRST_EVENT_S),
        Figure("first preview after the story was sent", real_first + late, "s", peer=real_first,
               peer_name="first model", times=FIRST_PREVIEW),
    ]  # fmt: skip


def gaps(seen: Watched, least_s: float = 0.1) -> list[tuple[str, float]]:
    """When no model was at work for longer than so much: what was the last to end, and how long."""
    begun = seen.story.asked_at
    marks = [("the story was sent", (begun, begun))]
    marks += [(call.prompt_id or "a call", (call.began, call.ended)) for call in seen.calls]
    marks += [("", (begun + seen.story.took_s,) * 2)]
    marks.sort(key=lambda mark: mark[1])
    found, last = list[tuple[str, float]](), marks[0]
    for _, mark in pairwise(marks):
        if mark[1][0] - last[1][1] > least_s:
            found.append((last[0], mark[1][0] - last[1][1]))
        last = max(last, mark, key=lambda one: one[1][1])
    return found


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for. Ends the program with a line on what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one_work")
    parser.add_argument("--speed", type=float, default=2.0, help="of models; real ones have 1")
    parser.add_argument("--figures", type=Path, help="a file for the figures, as JSON")
    chosen = parser.parse_args(arguments)
    if not 0 < chosen.speed <= 100:
        parser.error("--speed is more than 0 and at most 100")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; 1 when one is out of bounds."""
    chosen = parsed(arguments)
    with own_stores() as stores, service_on(stores) as service:
        service.draw(STORY.read_text(encoding="utf-8"), BOOK)
        found = figures(watched(service, STORY.read_text(encoding="utf-8"), chosen.speed))
    return told(found, chosen.figures)


if __name__ == "__main__":
    sys.exit(main())
