"""What prompts say of a book's concept, settings and people: what the question reads, and nothing that is false.

A phase reads only a part of the state, so that its digest stays the same when something else changes. What it does not
read stands at a default there; here it is left out, because a default would be told to a model as a fact.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from types import MappingProxyType

from agents.storyboard.page_words import letters_of, must_of
from manga.brief import Language, Settings
from manga.characters import Cast, Look
from manga.concept import Concept
from manga.continuity import Change
from manga.page_planning import PANELS_A_PAGE
from manga.plot import Beat, Line, LineKind, Scene
from manga.plot_draft import ChangeDraft, DeedDraft, Person
from manga.storyboard import PanelDraft
from manga.storyboard_plan import PageBeat, PageLine, PageScene
from manga.text_capacity import MEASURES
from manga.vocabulary.beings import Kind

Json = dict[str, object]


def looks_of(look: Look) -> str:
    """One line: what somebody is, how old, of which sex. Hair and clothes are no part of it: they move no scene."""
    kind = look.kind.value
    being = f"{look.marks[0]} ({kind})" if look.kind is not Kind.HUMAN and look.marks else kind
    return ", ".join(part for part in (being, look.age.value, look.gender) if part != "neutral")


def looks_in(cast: Cast) -> dict[str, str]:
    """By key, of sheets that hold looks; of a being in two shapes both."""
    return {
        person.key: "; other shape: ".join(looks_of(shape.look) for shape in person.shapes)
        for person in cast.characters
    }


def people_told(cast: Cast, looks: Mapping[str, str] | None = None) -> tuple[Person, ...]:
    """The cast as a story is told by: names, ages, voices. `looks` by key, where they are known."""
    known = looks or {}
    return tuple(Person.from_sheet(sheet, known.get(sheet.key, "")) for sheet in cast.characters)


def people_seen(cast: Cast, looks: Mapping[str, str] | None = None) -> tuple[Person, ...]:
    """The cast as pages are drawn up from: without what only finding speakers asks for."""
    return tuple(person.without_voice() for person in people_told(cast, looks))


def faces_told(cast: Cast, looks: Mapping[str, str]) -> list[Json]:
    """Everybody's key, name and one line of looks: enough to be named in a panel."""
    return [{"key": one.key, "name": one.name, "looks": looks.get(one.key, "")} for one in cast.characters]


def panels_told(panels: Iterable[PanelDraft]) -> list[Json]:
    """Panels as a wish about them is carried out: what is shown, and what is said in it."""
    return [
        {
            "key": panel.key,
            "scene": panel.scene,
            "role": panel.role.value,
            "importance": panel.importance,
            "direction": panel.direction.model_dump(mode="json", exclude_defaults=True),
            "texts": [f"{part.key} {part.speaker or part.kind}: {part.text}" for part in panel.dialogue.parts],
        }
        for panel in panels
    ]


def parts_told(panels: Iterable[PanelDraft]) -> dict[str, list[Json]]:
    """The texts of each panel that has some, or is wished to have one: without their places in the source."""
    unread = {"line", "span"}
    return {
        panel.key: [
            part.model_dump(mode="json", exclude=unread, exclude_defaults=True) for part in panel.dialogue.parts
        ]
        for panel in panels
    }


def story_concept(concept: Concept) -> Json:
    """Without what layout and the title page read: the reading direction tells no other story."""
    return concept.model_dump(mode="json", exclude={"author", "direction", "start_side"}, exclude_defaults=True)


def page_concept(concept: Concept, teller: str | None = None) -> Json:
    """Without what the title page alone reads; with whoever tells the story in the first person."""
    told = concept.model_dump(mode="json", exclude={"title", "author", "start_side"}, exclude_defaults=True)
    return {**told, "teller": teller} if teller else told


def settings_told(settings: Settings, names: Sequence[str] = ()) -> Json:
    """How faithful the book is, and what else of these names was set."""
    chosen = settings.model_dump(mode="json", include=set(names), exclude_defaults=True)
    return {"fidelity": settings.fidelity, **chosen}


def held_to(settings: Settings, characters: int, language: Language) -> Settings:
    """The settings as all questions about a story of so many characters say them: a limit of pictures that it does not
    fit into wins over faithfulness."""
    pages = ceil(characters / MEASURES[language].source_per_page)
    too_long = bool(settings.max_images) and pages * PANELS_A_PAGE > (settings.max_images or 0)
    return settings.model_copy(update={"fidelity": "adapted"}) if too_long else settings


def told_scenes(scenes: Iterable[Scene], whole: Mapping[str, Line] = MappingProxyType({})) -> tuple[PageScene, ...]:
    """Scenes as pages are drawn up from them: no places in the source, nothing said twice. `whole` are all the words
    of lines that are abridged, by key."""
    return tuple(_told_scene(scene, whole) for scene in scenes)


def _told_scene(scene: Scene, whole: Mapping[str, Line]) -> PageScene:
    own = {name: getattr(scene, name) for name in PageScene.model_fields if name not in ("beats", "by_then")}
    return PageScene(**own, beats=tuple(_told_beat(beat, whole) for beat in scene.beats))


def _told_beat(beat: Beat, whole: Mapping[str, Line]) -> PageBeat:
    own = {name: getattr(beat, name) for name in PageBeat.model_fields}
    narrated = letters_of("".join(line.text for line in beat.lines if line.kind is LineKind.NARRATION)).words
    return PageBeat(
        **own
        | {
            "told": "" if letters_of(beat.told).words in narrated else beat.told,
            "lines": tuple(_told_line(line, whole, must_of(line, beat)) for line in beat.lines),
            "deeds": tuple(DeedDraft(who=d.who, action=d.action, thing=d.thing) for d in beat.deeds),
            "changes": changes_told(beat.changes),
        }
    )


def changes_told(changes: Iterable[Change]) -> tuple[ChangeDraft, ...]:
    """Without their places in the source."""
    return tuple(ChangeDraft(who=c.who, aspect=c.aspect, to=c.to, words=c.words) for c in changes)


def _told_line(line: Line, whole: Mapping[str, Line], must: str) -> PageLine:
    own = {name: getattr(line, name) for name in PageLine.model_fields if name not in ("whole", "must")}
    return PageLine(**own, whole=whole[line.key].text if line.key in whole else "", must=must)
