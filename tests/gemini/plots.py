"""How the stub answers for the plot: the offline writer reads what is asked, and copies words of it instead of places.

Wishes are carried out as the offline writer carries them out; scenes that it takes out of the book are marked `cut`.
"""

from collections.abc import Sequence
from typing import Any

from agents.plot.draft_in_parts import draft_of
from agents.plot.locate_quotes import Folded
from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.errors import WishRefused
from manga.plot import Plot
from manga.plot_draft import BeatDraft, Person, PlotDraft
from manga.story_source import read_source
from offline.writer import write_plot, write_wishes
from tests.gemini.wire import Json


def draft(inputs: Json) -> Json:
    """An answer of type `PlotDraft` to `plot` and to `plot_part`."""
    given: dict[str, Any] = {
        "story": inputs["story"],
        "settings": Settings.of(inputs["settings"]),
        "concept": concept_of(inputs["concept"]),
        "cast": cast_of(inputs["cast"]),
    }
    text = read_source(given["story"], given["concept"].language.value).text
    raw = write_plot(given)
    made = _wished(raw, given, inputs, text)
    previous = PlotDraft.of(inputs["previous"]) if inputs.get("previous") else None
    gone = {scene.key for scene in raw.scenes} - {scene.key for scene in made.scenes}
    found = draft_of(_with_the_lost(raw, made), text)
    assert found is not None
    out = {beat.evidence for beat in previous.beats() if beat.cut} if previous else set()
    scenes = tuple(
        scene.model_copy(
            update={"beats": tuple(_with_cut(b, scene.key in gone or b.evidence in out) for b in scene.beats)}
        )
        for scene in found.scenes
    )
    same = previous.pages if previous else 0
    pages = len(made.pages) if len(made.pages) != len(raw.pages) and not gone else same
    return dict(PlotDraft(scenes=scenes, pages=pages).to_json())


def _with_cut(beat: BeatDraft, cut: bool) -> BeatDraft:
    return beat.model_copy(update={"cut": cut})


def concept_of(told: Json) -> Concept:
    """As the prompts have it: without what the question does not read."""
    return Concept.of({"title": "-", "direction": "rtl", "start_side": "left", **told})


def cast_of(told: Any) -> Cast:
    """As the prompts have it: people by a line of looks; a cast as it is serves too."""
    if isinstance(told, dict):
        return Cast.of(told)
    people = (Person.of(person) for person in told)
    sheets = (
        {**person.model_dump(exclude={"looks"}), "role": person.role or "supporting", "look": {}, "description": ""}
        for person in people
    )
    return Cast.of({"characters": list(sheets)})


def _wished(raw: Plot, given: dict[str, Any], inputs: Json, text: str) -> Plot:
    wishes = tuple(inputs.get("instructions") or ())
    scopes = [tuple(scope) for scope in inputs.get("scopes") or [()] * len(wishes)]
    if not wishes:
        return raw
    keys = _keys(raw, inputs, text)
    own = tuple((wish, tuple(keys.get(key, key) for key in scope)) for wish, scope in zip(wishes, scopes, strict=True))
    try:
        return Plot.of(write_wishes("plot", raw, given, own).to_json())
    except WishRefused:
        return raw


def _keys(raw: Plot, inputs: Json, text: str) -> dict[str, str]:
    """What the scenes of `previous` are called in this reading."""
    previous: Sequence[Any] = PlotDraft.of(inputs["previous"]).scenes if inputs.get("previous") else ()
    folded, keys = Folded(text), {}
    for scene in previous:
        places = folded.places(scene.beats[0].evidence)
        at = places[0].start if places else 0
        held = [one.key for one in raw.scenes if one.beats[0].span.start <= at]
        keys[scene.key] = held[-1] if held else raw.scenes[0].key
    return keys


def _with_the_lost(raw: Plot, made: Plot) -> Plot:
    """Scenes that a wish has taken out stay in the list; no page shows them."""
    there = {scene.key: scene for scene in made.scenes}
    if len(there) == len(raw.scenes) or any(key not in {scene.key for scene in raw.scenes} for key in there):
        return made
    return made.model_copy(update={"scenes": tuple(there.get(scene.key, scene) for scene in raw.scenes)})


ANSWERS = {"plot": draft, "plot_part": draft}
