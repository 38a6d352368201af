"""How the stub answers for the plot: the offline writer reads what is asked, and copies words of it instead of places.

Wishes are carried out as the offline writer carries them out; scenes that it takes out of the book are marked `cut`.
"""

from collections.abc import Sequence
from typing import Any

from agents.plot.draft_in_parts import draft_of
from agents.plot.locate_quotes import Folded
from manga.brief import Language, Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.continuity import Change
from manga.errors import WishRefused
from manga.plot import Beat, Deed, Line, LineKind, PagePlan, Plot, Scene
from manga.plot_draft import BeatDraft, ChangedPlot, ChangedScene, Person, PlotDraft
from manga.story_source import read_source
from manga.storyboard_plan import PageBeat, PageScene
from manga.values import Span
from offline.wishes.revising.plot import Told, revised_plot
from offline.writer import write_plot, write_wishes
from tests.gemini.wire import Json
from tests.gemini.wishes import refusal, wishes_in


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


def plot_of(told: Any) -> Plot:
    """The scenes of the question as a plot, their places in the source counted anew."""
    at, scenes = 0, []
    for scene in map(PageScene.of, told):
        beats = []
        for beat in scene.beats:
            beats.append(_beat(beat, at))
            at = beats[-1].span.end
        told_too = {name: value for name, value in scene if name != "by_then"}
        scenes.append(Scene(**{**told_too, "beats": tuple(beats)}))
    return Plot(acts=(), scenes=tuple(scenes), pages=(PagePlan(number=1, beats=(scenes[0].beats[0].key,)),))


def _beat(beat: PageBeat, start: int) -> Beat:
    lines, at = [], start + len(beat.told)
    for line in beat.lines:
        told = {**dict(line), "span": Span(start=at, end=at + len(line.text))}
        lines.append(Line(**{name: value for name, value in told.items() if name not in ("whole", "must")}))
        at += len(line.text)
    whole = Span(start=start, end=at)
    narrated = "".join(line.text for line in beat.lines if line.kind is LineKind.NARRATION)
    placed = {
        "span": whole,
        "told": beat.told or narrated,
        "lines": tuple(lines),
        "deeds": tuple(Deed(**dict(deed), span=whole) for deed in beat.deeds),
        "changes": tuple(Change(**dict(change), span=whole) for change in beat.changes),
    }
    return Beat(**{**dict(beat), **placed})


def revision(inputs: Json) -> Json:
    """An answer of type `ChangedPlot`: of the scenes that are told, which go, come first, weigh otherwise; how long."""
    told = [one for one in inputs["plot"] if "beats" in one]
    scenes = plot_of([{**one, "beats": [_uncut(beat) for beat in one["beats"]]} for one in told]).scenes
    pages = inputs["length"]["pages"]
    planned = tuple(PagePlan(number=n, beats=(scenes[0].beats[0].key,)) for n in range(1, pages + 1))
    plot = Plot(acts=(), scenes=scenes, pages=planned)
    words = "".join(beat.told for beat in plot.beats())
    language = Language.JA if any("ぁ" <= letter <= "ヿ" for letter in words) else Language.EN
    try:
        made = revised_plot(plot, wishes_in(inputs), Told(language, plot.beats()[-1].span.end, "faithful", None))
    except WishRefused as error:
        return refusal(error)
    now = {scene.key: scene for scene in made.scenes}
    patches = [ChangedScene(key=scene.key, cut=True) for scene in scenes if scene.key not in now]
    patches += [
        ChangedScene(
            key=old.key,
            **{n: getattr(now[old.key], n) for n in _PATCHED if getattr(now[old.key], n) != getattr(old, n)},
        )
        for old in scenes
        if old.key in now
    ]
    changed = tuple(one for one in patches if one != ChangedScene(key=one.key))
    length = len(made.pages) if len(made.pages) != pages and len(now) == len(scenes) else 0
    return ChangedPlot(scenes=changed, pages=length).model_dump(mode="json", exclude_defaults=True)


def _patch_between(old: Scene, new: Scene) -> ChangedScene:
    names = (name for name in _PATCHED if getattr(new, name) != getattr(old, name))
    return ChangedScene(key=old.key, **{name: getattr(new, name) for name in names})


_PATCHED = ("time_of_day", "weather", "importance", "emotion", "place")


def _uncut(beat: Json) -> Json:
    return {name: value for name, value in beat.items() if name != "cut"}


ANSWERS = {"plot_revision": revision, "plot": draft, "plot_part": draft}
