"""What each phase reads: a change that a phase cannot see is no reason to make it again."""

from typing import Any, cast

import pytest

from editing.input_digests import input_digest
from editing.state_as_json import Json
from graph.build import STEPS
from graph.state import State
from manga.artwork import Made, PanelArt
from manga.phases import PHASES, Phase
from tests.graph.told import answers, brief


def _state() -> Json:
    made = Made(model="image-model/1", seconds=1.5, attempts=2, cost_usd=0.1)
    art = PanelArt(
        panel="b0000", blob="x", media_type="image/png", width=10, height=10, ink=0.2, made=made, digest="d", take=1
    )
    results = {phase: answer.to_json() for phase, answer in answers().items()}
    return {"brief": brief().to_json(), "artwork": {"b0000": art.to_json()}, **results}


def _changed_by(path: str, value: object) -> set[str]:
    """The phases that would be made again after one value in the state has changed."""
    before, after = _state(), _state()
    *names, last = path.split(".")
    node: Any = after
    for name in names:
        node = node[int(name)] if isinstance(node, list) else node[name]
    assert node[last] != value
    node[last] = value
    return {phase.value for phase in STEPS if _digest(phase, before) != _digest(phase, after)}


def _digest(phase: Phase, state: Json) -> str:
    return input_digest(phase, STEPS[phase].reads(cast("State", state)))


@pytest.mark.parametrize(
    ("path", "value", "phases"),
    [
        ("brief.settings.title", "もう一つの名", {"concept", "finishing"}),
        ("brief.settings.punctuation", "literal", {"lettering"}),
        ("brief.settings.pages", 12, {"plot", "storyboard"}),
        ("brief.settings.paper", "A5", {"storyboard", "lettering", "finishing"}),
        ("brief.request_id", "r", set()),
        ("characters.characters.0.look.hair_style", "long", {"finishing"}),
        ("characters.characters.0.name", "ごんぎつね", {"plot", "storyboard"}),
        ("characters.characters.0.reference_images", ["a"], set()),
        ("concept.author", "新美南吉", {"finishing"}),
        ("concept.title", "きつね", {"characters", "plot", "storyboard", "finishing"}),
        ("artwork.b0000.blob", "y", {"finishing"}),
        ("artwork.b0000.ink", 0.9, {"finishing"}),
        ("artwork.b0000.made.seconds", 9.0, set()),
        ("artwork.b0000.made.attempts", 4, set()),
        ("artwork.b0000.made.cache_hit", True, set()),
        ("artwork.b0000.width", 20.0, {"lettering", "finishing"}),
    ],
)
def test_a_change_reaches_the_phases_that_read_it_and_no_others(path: str, value: object, phases: set[str]) -> None:
    assert _changed_by(path, value) == phases


def test_every_phase_but_artwork_has_its_step() -> None:
    assert set(STEPS) == set(PHASES) - {Phase.ARTWORK}


@pytest.mark.parametrize(("ink", "phases"), [(0.9, {"lettering", "finishing"}), (0.3, {"finishing"})])
def test_a_darker_picture_reaches_the_letters_where_a_sound_is_drawn_on_it(ink: float, phases: set[str]) -> None:
    before, after = _state(), _state()
    for state in (before, after):
        state["storyboard"]["pages"][0]["panels"][0]["dialogue"]["parts"][0]["kind"] = "sfx"
    after["artwork"]["b0000"]["ink"] = ink
    assert {p.value for p in STEPS if _digest(p, before) != _digest(p, after)} == phases
