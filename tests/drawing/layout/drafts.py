"""Random and hand-made page drafts for the layout tests."""

from random import Random

from manga.plot import Emotion
from manga.storyboard import (
    DialogueLayout,
    LinePart,
    PageDraft,
    PanelDraft,
    Role,
    SceneDirection,
    Shot,
)
from manga.values import Span


def panel(number: int, *, importance: int = 2, role: Role = Role.TALK, letters: tuple[int, ...] = ()) -> PanelDraft:
    line = f"l{number:04d}"
    parts = tuple(
        LinePart(key=f"{line}.{i}", line=line, kind="speech", text="あ" * size, span=Span(start=0, end=1))
        for i, size in enumerate(letters, start=1)
    )
    return PanelDraft(
        key=f"b{number:04d}",
        beats=(f"b{number:04d}",),
        scene="s01",
        role=role,
        importance=importance,
        direction=SceneDirection(shot=Shot.MEDIUM, setting="room"),
        dialogue=DialogueLayout(parts=parts),
    )


def page(*panels: PanelDraft, number: int = 1) -> PageDraft:
    return PageDraft(key=f"g{number:03d}", number=number, panels=panels)


def random_page(seed: int) -> PageDraft:
    """3 to 7 panels of any role, weight, temper and amount of text."""
    rng = Random(seed)
    roles = [role for role in Role if role is not Role.SPLASH]
    drafts = []
    for number in range(rng.choice((3, 4, 5, 5, 5, 6, 6, 7))):
        letters = tuple(rng.randint(2, 30) for _ in range(rng.choice((0, 1, 1, 2))))
        draft = panel(number, importance=rng.randint(1, 5), role=rng.choice(roles), letters=letters)
        effects = rng.choice(((), ("focus_lines",), ("speed_lines",)))
        direction = draft.direction.model_copy(
            update={"shot": rng.choice(list(Shot)), "emotion": rng.choice(list(Emotion)), "effects": effects}
        )
        drafts.append(draft.model_copy(update={"direction": direction}))
    return page(*drafts, number=seed + 1)
