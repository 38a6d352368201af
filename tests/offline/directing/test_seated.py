"""A table or a meal that is told of seats whoever is there, unless he is on his feet."""

import pytest

from manga.brief import Language
from manga.plot import Deed
from manga.storyboard import Pose
from offline.directing.storyboard import draft_storyboard
from offline.reading.lexicon_tables import lore
from tests.offline.storyboard_plots import Teller, inputs, scene


def poses(words: str, setting: str = "kitchen", *actions: str) -> list[Pose]:
    """Of two who talk after the words are told."""
    teller = Teller()
    told = teller.line(words)
    deeds = tuple(Deed(who="c02", action=action, span=told.span) for action in actions)
    beats = [teller.beat(told, importance=4, present=("c01", "c02"), deeds=deeds)]
    beats += [
        teller.beat(teller.line(f"「はい{i}」", who), present=("c01", "c02")) for i, who in enumerate(("c01", "c02"))
    ]
    given = inputs(scene(1, *beats).model_copy(update={"setting": setting}))
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [f.pose for page in draft.pages for panel in page.panels for f in panel.direction.figures]


def test_a_table_seats_those_who_are_there() -> None:
    assert Pose.SIT in poses("二人は食卓でおしゃべりをしていた。")
    assert Pose.SIT not in poses("二人はおしゃべりをしていた。")


def test_out_of_doors_and_on_his_feet_nobody_is_seated_by_it() -> None:
    assert Pose.SIT not in poses("二人は食卓のことを話していた。", "forest")
    assert poses("兵十は食卓のそばを歩いた。", "kitchen", "walk").count(Pose.SIT) <= 2


@pytest.mark.parametrize(
    "words",
    ["They all talked at supper.", "We sat over the coffee.", "She pushed back her chair."],
)
def test_english_words_tell_of_a_table(words: str) -> None:
    assert lore(Language.EN).pattern("at_table").search(words)


@pytest.mark.parametrize(
    "words", ["She laid the table-cloth away.", "It was nearly tea-time.", "The tables of the law."]
)
def test_other_words_tell_of_none(words: str) -> None:
    assert not lore(Language.EN).pattern("at_table").search(words)
