"""Wind and weather are out of doors."""

from manga.characters import Cast, Character, Look
from offline.reading.elements import elements_of
from tests.offline.stories import read_all

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


def test_they_are_known_by_their_names_alone_for_a_plot_is_made_without_looks() -> None:
    names = ("the North Wind", "the Frost", "the Giant", "Snow", "Mrs. Winter", "北風", "雪")
    plain = Character(key="c01", name="somebody", role="main", description="", look=Look())
    sheets = (plain.model_copy(update={"key": f"c{n:02d}", "name": name}) for n, name in enumerate(names, start=1))
    assert elements_of(Cast(characters=tuple(sheets))) == {"c01", "c02", "c06"}
