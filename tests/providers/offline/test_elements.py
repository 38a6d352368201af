"""Wind and weather are out of doors."""

from tests.providers.offline.stories import read_all

HOUSE = """The Garden

The Frost painted the trees of the garden, and the North Wind roared in the garden. “What a garden!” said the Frost to
the North Wind. “Blow!” said the Frost. “I will blow,” said the North Wind.

One morning the Giant was lying in bed in his room. The North Wind ceased roaring, and the Frost stopped dancing over
his head. “I believe the Spring has come at last,” said the Giant; and he jumped out of bed in his room.
"""


def test_the_wind_over_the_roof_does_not_stand_beside_the_bed() -> None:
    _, cast, plot = read_all(HOUSE)
    names = {sheet.key: sheet.name for sheet in cast.characters}
    there = {scene.setting: {names[key] for beat in scene.beats for key in beat.present} for scene in plot.scenes}
    assert there["garden"] == {"the Frost", "the North Wind"}
    indoors = [scene for scene in plot.scenes if scene.setting != "garden"]
    assert {names[key] for scene in indoors for beat in scene.beats for key in beat.present} == {"the Giant"}
    assert {names[deed.who] for scene in indoors for beat in scene.beats for deed in beat.deeds} == {"the Giant"}
