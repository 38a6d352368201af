"""The bible to be read: a row for each scene and person, with what befalls them."""

from agents.appearance_timeline import entries
from manga.brief import Language
from manga.continuity import Aspect
from manga.plot import Beat, Plot
from manga.values import Span
from tests.agents.test_appearance_timeline import change, told
from tests.graph.told import CAST


def _in_two_scenes() -> Plot:
    plot = told(change("c01", Aspect.WOUND, "arm", 20), change("c01", Aspect.WET, "yes", 30))
    later = Beat(key="b0100", span=Span(start=900, end=950), told="", present=("c01", "c02"))
    second = plot.scenes[0].model_copy(update={"key": "s02", "place": "the hill", "beats": (later,)})
    return plot.model_copy(update={"scenes": (*plot.scenes, second)})


def test_a_row_tells_how_somebody_looks_as_a_scene_begins_and_what_changes_in_it() -> None:
    first, second, other = entries(_in_two_scenes(), CAST, Language.EN)
    assert (first.scene, first.who, first.begins) == ("s01", "c01", "")
    assert first.changes == (("b0002", "wounded on the arm"), ("b0003", "dripping wet"))
    assert (second.scene, second.place, second.begins) == ("s02", "the hill", "ごん: wounded on the arm.")
    assert (other.who, other.begins, other.changes) == ("c02", "", ())
