"""`python -m evals retold sheets|questions|score`."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from evals.read_gold import STORIES, Gold, load, names
from evals.retold.questions import other_story
from evals.retold.scoring import judged, lines, table, write_questions
from evals.retold.sheets import lay_out
from evals.retold.study import StudyWrong, read_study, set_folder

POOLS: Final = (STORIES, STORIES / "open")


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    """Options of `retold`."""
    top = commands.add_parser(
        "retold", help="readers retell a book whose words are covered; what is found of the story"
    )
    steps = top.add_subparsers(dest="step", required=True)
    sheets = steps.add_parser("sheets", help="a book's pages without words, in order and shuffled, for two readers")
    sheets.add_argument("story", help="its name in evals/stories or evals/stories/open")
    sheets.add_argument("book", type=Path, help="folder that `mangaka draw --out` wrote")
    sheets.add_argument(
        "--out", type=Path, required=True, metavar="STUDY", help="folder of the study; stories are added"
    )
    sheets.add_argument("--seed", type=int, default=0, help="of a new study: other ids, another shuffling")
    sheets.add_argument("--pages-a-sheet", type=int, default=2, choices=range(1, 9), metavar="1..8")
    for step, told in (("questions", "a sheet for the judge of each retelling"), ("score", "the figures")):
        steps.add_parser(step, help=told).add_argument("study", type=Path, metavar="STUDY")


def retold(told: argparse.Namespace, console: Console) -> int:
    """The exit code; StudyWrong says what is missing."""

    def say(line: object) -> None:
        console.print(str(line), markup=False, highlight=False, soft_wrap=True)

    golds = known_golds()
    if told.step == "sheets":
        if told.story not in golds:
            raise StudyWrong(f"{told.story} has no gold; there are {', '.join(golds)}")
        beside = other_story(told.story, golds.items(), told.seed)
        sets = lay_out(told.story, beside, told.book, told.out, seed=told.seed, pages_a_sheet=told.pages_a_sheet)
        for one in sorted(sets, key=lambda one: one.id):
            say(f"for one reader: {set_folder(told.out, one)}")
        return 0
    study = read_study(told.study)
    if told.step == "questions":
        for file in write_questions(told.study, study, golds):
            say(f"for a judge: {file}")
        return 0
    found = judged(told.study, study, golds)
    for line in lines(found):
        say(line)
    console.print(table(found))
    return 0


def known_golds() -> Mapping[str, Gold]:
    """Of the stories that anybody may look at."""
    return {name: load(name, root).gold for root in POOLS for name in names(root)}
