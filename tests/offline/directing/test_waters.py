"""Ponds are ponds, a ditch is there once it is dug, and the moon on the water is a picture."""

import pytest

from drawing.art.settings.waterside import MOON_ON_WATER
from manga.brief import Language, Settings
from manga.storyboard import StoryboardDraft
from offline.directing.ditches import Ditches
from offline.directing.storyboard import draft_storyboard
from offline.reading.places import particular
from offline.reading.story import lore
from tests.offline.stories import read_all

POND = """The Moon

Only the deep pond on the hill still held water, and Fox met Mole by night upon the bank.

“Cousin,” said Mole, “what is that brightness at my feet?”

Fox looked. It was the moon, lying on the water.

“That,” said Fox, “is the moon. I own it.”

“I will take her home,” said Mole.

At dawn Mole put his hands to the ground in the meadow and began to dig. He dug a ditch across it.

“Mind your head,” said Fox.

Mole went on through the meadow, by day and by night, until he was thin.

On the seventh night Mole broke through the bank, and the water came. It ran down the ditch into the meadow.

“There she is,” said Mole.

“It is only a picture,” said Fox.
"""


def drafted(story: str) -> StoryboardDraft:
    concept, cast, plot = read_all(story)
    return draft_storyboard(plot, cast, concept, Settings())


def test_the_moon_on_the_water_gets_a_picture_and_the_pond_is_seen() -> None:
    panels = [panel for page in drafted(POND).pages for panel in page.panels]
    assert panels[0].direction.setting == "pond"
    assert sum(panel.direction.props == (MOON_ON_WATER,) for panel in panels) == 1


def test_a_ditch_is_there_once_it_is_dug_and_wet_once_the_water_comes() -> None:
    settings = [panel.direction.setting for page in drafted(POND).pages for panel in page.panels]
    assert "ditch" in settings
    assert settings[-1] == "channel"
    assert settings.index("pond") < settings.index("ditch") < settings.index("channel")


@pytest.mark.parametrize(
    ("language", "setting", "told", "expected"),
    [
        (Language.EN, "river", "They sat on the bank of the river and looked at the water.", "river"),
        (Language.EN, "mountain", "Only the pond held water; he stood upon the bank.", "pond"),
        (Language.JA, "river", "沼の岸に蛙がいた。沼の水は黒かった。池のようだった。", "pond"),
        (Language.JA, "hell", "血の池の岸で浮いたり沈んだりしていた。", "hell"),
    ],
)
def test_a_pond_is_told_from_a_river(language: Language, setting: str, told: str, expected: str) -> None:
    assert particular(lore(language), setting, "", told) == expected


@pytest.mark.parametrize(
    ("story", "shown"),
    [
        (
            "池\n\n　ある夜、権太は池のそばにいました。水に月がうつっていました。\n「きれいだ」と権太は言いました。\n",
            1,
        ),
        ("月\n\n　ある夜、権太は村の道に立っていました。月が空に出ていました。\n「きれいだ」と権太は言いました。\n", 0),
    ],
)
def test_the_moon_in_the_sky_is_none_on_the_water(story: str, shown: int) -> None:
    panels = [panel for page in drafted(story).pages for panel in page.panels]
    assert sum(MOON_ON_WATER in panel.direction.props for panel in panels) == shown


def test_who_sits_before_the_moon_on_the_water_leaves_the_picture_to_it() -> None:
    story = (
        "The Step\n\n“Will you come?” said Fox.\n\n“No,” said Mole.\n\n"
        "When it was dark Mole sat at his door with his hands in his lap, and there, in the water on the step, "
        "was the brightness.\n\n“It is only a picture,” said Fox.\n\n“I know,” said Mole.\n"
    )
    panels = [panel for page in drafted(story).pages for panel in page.panels]
    assert sum(panel.direction.props == (MOON_ON_WATER,) and not panel.direction.figures for panel in panels) == 1


def test_a_ditch_that_no_panel_tells_of_is_there_in_the_next_scene() -> None:
    plot = read_all(POND)[2]
    dug = next(scene for scene in plot.scenes if any("dug" in beat.told for beat in scene.beats))
    digs = next(beat for beat in dug.beats if "ditch" in beat.told)
    after = digs.model_copy(update={"key": "b9999", "told": "He went on."})
    later = dug.model_copy(update={"key": "s99", "beats": (after,)})
    ditches = Ditches(Language.EN)
    earlier = dug.model_copy(update={"beats": (digs.model_copy(update={"key": "b9998", "told": "He sat."}), digs)})
    assert ditches.at(earlier, earlier.beats[0], "field") == "field"
    assert ditches.at(later, later.beats[0], "field") == "ditch"
