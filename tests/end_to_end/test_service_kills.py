"""Workers that are killed: no work is lost, nothing is done twice, others go on soon."""

import os
import random
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final

import pytest

from manga.phases import PHASES
from tests.end_to_end.crew import KEY, Crew, check_whole, gemini, open_works, paid, repeated_by, text
from tests.end_to_end.figures import Figures
from tests.end_to_end.service_program import Api, OwnServers, own_servers, served, until
from tests.gemini.server import Gemini
from tests.patience import beside_others, patience

__all__ = ["gemini"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500 * patience())]

PICTURES_AT_ONCE: Final = 5
MOMENTS: Final = int(os.environ.get("MANGA_KILLS", "50"))
RECOVERY_S: Final = 10.0
UNPACED: Final = "100000"
"""So many pictures a minute. With 60, works that wait for their turns are all that there would be to kill."""
CREW: Final = 3
TRIES: Final = 5
"""To see a work just as it ends a phase."""
OPEN: Final = 4


def test_workers_killed_at_every_phase_boundary_and_at_random_moments_lose_nothing(
    tmp_path: Path, gemini: Gemini, figures: Figures
) -> None:
    env = {"GOOGLE_API_KEY": KEY, "MANGA_GOOGLE_BASE_URL": gemini.url, "MANGA_IMAGES_A_MINUTE": UNPACED}
    with own_servers(tmp_path, env) as servers, served(servers, "--no-workers") as api, ExitStack() as stack:
        crew = Crew(servers, stack)
        stack.callback(crew.hiring.shutdown)
        for _ in range(CREW):
            crew.hire()
        with crew.watched():
            works = killed_at_boundaries(crew, api)
            works += killed_at_moments(crew, servers, api, len(works))
            crew.until_recovered()
        for work in works:
            api.until(work, "completed", limit_s=300)
        check_whole(servers, works)
        tell(figures, crew, gemini, len(works))


def killed_at_boundaries(crew: Crew, api: Api) -> list[str]:
    """One work for each boundary of phases, all on their way at once."""
    works = list[str]()
    for done in range(1, len(PHASES)):
        for _ in range(TRIES):
            works.append(work := api.post(text(len(works))))
            if (number := crew.at_boundary(work, done)) in crew.members:
                break
        else:
            pytest.fail(f"nobody saw {TRIES} works end their phase {done}: the machine is too busy")
        crew.kill(number)
        crew.hire_soon()
        until(lambda: len(crew.members) > 1, 60, "two workers live")
    return works


def killed_at_moments(crew: Crew, servers: OwnServers, api: Api, first: int) -> list[str]:
    """Several works are on their way all the time, and somebody who is at one of them is killed."""
    works, numbers, dice = list[str](), count(first), random.Random(7)

    def victims() -> list[int]:
        works.extend(api.post(text(next(numbers))) for _ in range(OPEN - open_works(servers)))
        return crew.victims() if len(crew.members) > 1 else []

    for _ in range(MOMENTS):
        time.sleep(dice.uniform(0.2, 3.0))  # the moment itself is by chance
        crew.kill(dice.choice(until(victims, 180, "somebody is at work, and another lives")))
        crew.hire_soon()
    return works


def tell(figures: Figures, crew: Crew, gemini: Gemini, works: int) -> None:
    """The figures, and their bounds."""
    took = [kill.took_s for kill in crew.kills if kill.took_s is not None and kill.runs]
    again, pictures = repeated_by(gemini, crew.kills), paid(gemini)
    figures(
        f"kill -9 at {len(PHASES) - 1} phase boundaries and {MOMENTS} random moments",
        kills=len(crew.kills), runs_interrupted=sum(kill.runs for kill in crew.kills), works=works, lost=0,
        versions_doubled=0, pictures_paid=pictures.total(), repeated=sum(again), most_by_one_kill=max(again),
        recovery_median_s=median(took), longest_s=max(took),
    )  # fmt: skip
    assert len(crew.kills) == MOMENTS + len(PHASES) - 1
    assert len(took) >= len(crew.kills) // 2, "kills that interrupted something"
    assert sum(again) == pictures.total() - len(pictures) <= PICTURES_AT_ONCE * len(crew.kills)
    assert all(more <= PICTURES_AT_ONCE * max(1, kill.runs) for more, kill in zip(again, crew.kills, strict=True))
    assert max(took) < RECOVERY_S * beside_others()
