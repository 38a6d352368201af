"""What the offline writer needs for a long story. Out: a line a length, and whether the lengths lie on a line.

python -m benchmarks.writer_speed [STORY]

Without a story, one of the project's own is repeated. Seconds are those of the processor; the memory is the
greatest that the process has held. Exit code 1 when a bound is broken.
"""

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from manga.brief import Settings
from manga.story_source import read_source
from offline.writer import read, write_characters, write_concept, write_plot, write_storyboard

LENGTHS = (5_000, 10_000, 25_000, 50_000)
BOUND_S, BOUND_MB, BEND = 6.0, 600.0, 1.6
"""For the longest text; and how much more a letter of it may cost than a letter of a text of 10,000."""
OWN = Path(__file__).parents[1] / "examples" / "hoshi_no_kagi.txt"


@dataclass(frozen=True, slots=True)
class Timing:
    """One length, the seconds until it was read, and until its storyboard was drafted."""

    characters: int
    reading_s: float
    storyboard_s: float
    pages: int

    @property
    def micro_s(self) -> float:
        """For each character."""
        return self.storyboard_s / self.characters * 1e6

    def __str__(self) -> str:
        return (
            f"{self.characters:>7,} characters  read {self.reading_s:6.2f} s  storyboard {self.storyboard_s:6.2f} s  "
            f"{self.micro_s:5.0f} µs a character  {self.pages:>3} pages"
        )


def measured(story: str) -> Timing:
    """Reads, plots and drafts a story as the phases do."""
    settings = Settings()
    start = time.process_time()
    read(read_source(story))
    reading = time.process_time() - start
    read.cache_clear()  # the whole has its own reading in it
    start = time.process_time()
    concept = write_concept({"story": story, "settings": settings})
    cast = write_characters({"story": story, "concept": concept, "settings": settings})
    plot = write_plot({"story": story, "concept": concept, "cast": cast, "settings": settings})
    write_storyboard({"plot": plot, "concept": concept, "cast": cast, "settings": settings})
    return Timing(len(story), reading, time.process_time() - start, len(plot.pages))


def lengths_of(story: str) -> Iterator[str]:
    longest = story * (LENGTHS[-1] // len(story) + 1)
    return (longest[:length] for length in LENGTHS)


def main(arguments: list[str]) -> int:
    """Prints the table."""
    story = Path(arguments[0] if arguments else OWN).read_text(encoding="utf-8")
    measured(story[:1500])
    figures = []
    for text in lengths_of(story):
        figures.append(measured(text))
        print(figures[-1], flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bend = figures[-1].micro_s / figures[1].micro_s
    rows = (
        ("seconds", figures[-1].storyboard_s, BOUND_S),
        ("megabytes", memory, BOUND_MB),
        ("bend", bend, BEND),
    )
    for name, found, bound in rows:
        print(f"{'ok' if found <= bound else 'OVER':<5} {name:<10} {found:8.2f} of {bound}")
    return int(any(found > bound for _, found, bound in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
