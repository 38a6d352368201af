"""Phase 5: what every picture depends on, and how one is got although a provider may fail.

Results of the earlier phases in, one `PanelBrief` a panel out; a brief in, a picture out: as directed, with a
simplified brief, or a placeholder. Only the end of a daily quota is raised, because then the panel is to wait.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal

from agents.placeholder import placeholder
from agents.retry import PICTURE, Backoff, Clock, pause_after
from manga.brief import Settings
from manga.characters import Cast, Character
from manga.concept import Concept
from manga.errors import ContentBlocked, MangaError, ProviderError, ProviderTimeout, QuotaExhausted
from manga.geometry import bounds
from manga.plot import LineKind
from manga.storyboard import PanelDraft, PanelFrame, Storyboard
from providers.base import ImageModel, PanelBrief, Picture

log = logging.getLogger(__name__)
TITLE_PANEL = "title"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and how it was got: level 0 as directed, 1 simplified, 2 a placeholder (with the reason)."""

    picture: Picture
    level: Literal[0, 1, 2]
    attempts: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who draws and how patiently. `gate` is held during a call only, never while waiting to try again."""

    images: ImageModel
    gate: AbstractAsyncContextManager[object]
    clock: Clock
    timeout_s: float
    policy: Backoff = PICTURE


def panel_briefs(
    storyboard: Storyboard,
    cast: Cast,
    concept: Concept,
    settings: Settings,
    *,
    takes: Mapping[str, int] | None = None,
) -> tuple[PanelBrief, ...]:
    """One brief a panel, in reading order: its own direction, the looks of those who are seen, the book's style."""
    return tuple(
        _brief(panel, page.frame(panel.key), cast, concept, settings, (takes or {}).get(panel.key, 0))
        for page in storyboard.pages
        for panel in page.panels
    )


def _brief(
    panel: PanelDraft, frame: PanelFrame, cast: Cast, concept: Concept, settings: Settings, take: int
) -> PanelBrief:
    box = bounds(frame.polygon)
    return PanelBrief(
        panel=panel.key,
        width_mm=round(box.width, 3),
        height_mm=round(box.height, 3),
        outline=tuple((round(x - box.x, 3), round(y - box.y, 3)) for x, y in frame.polygon),
        direction=panel.direction,
        cast=_seen(panel, cast),
        speakers=_speakers(panel),
        art_style=concept.art_style,
        period=concept.world.period.value,
        color=settings.color == "color",
        take=take,
        seed=settings.seed,
    )


def _seen(panel: PanelDraft, cast: Cast) -> tuple[Character, ...]:
    """The sheets of those in the picture, without what no picture shows."""
    keys = dict.fromkeys(figure.character for figure in panel.direction.figures)
    found = (cast.get(key) for key in keys)
    return tuple(sheet.model_copy(update={"mentions": 0}) for sheet in found if sheet is not None)


def _speakers(panel: PanelDraft) -> tuple[str, ...]:
    silent = (LineKind.NARRATION, LineKind.SIGN, LineKind.LETTER, "sfx")
    spoken = (part.speaker for part in panel.dialogue.parts if part.kind not in silent and not part.off_panel)
    return tuple(dict.fromkeys(key for key in spoken if key is not None))


def simplified(brief: PanelBrief) -> PanelBrief:
    """The brief without what makes a picture hard to draw or easy to refuse."""
    direction = brief.direction.model_copy(
        update={"effects": (), "props": (), "figures": brief.direction.figures[:2], "lighting": "", "seen": ""}
    )
    seen = {figure.character for figure in direction.figures}
    return brief.model_copy(
        update={"direction": direction, "cast": tuple(c for c in brief.cast if c.key in seen), "continuity": ()}
    )


async def draw(brief: PanelBrief, hand: Hand) -> Drawn:
    """A picture in any case. Raises `QuotaExhausted` alone."""
    reason = ""
    attempts = 0
    for level, version, policy in _levels(brief, hand.policy):
        try:
            picture, tries = await _tried(version, hand, policy)
        except QuotaExhausted:
            raise
        except (ProviderError, ContentBlocked) as error:
            reason, attempts = error.message, attempts + _tries_of(error, policy)
        except Exception as error:  # one panel's failure, even a bug of the artist, never fails the book
            log.warning("drawing failed", extra={"panel": brief.panel, "error": type(error).__name__}, exc_info=True)
            reason, attempts = f"{type(error).__name__}: {error}"[:400], attempts + 1
        else:
            return Drawn(picture, level, attempts + tries, reason)
    return Drawn(placeholder(brief, reason), 2, attempts, reason[:400])


def _levels(brief: PanelBrief, policy: Backoff) -> Sequence[tuple[Literal[0, 1], PanelBrief, Backoff]]:
    once = Backoff(policy.base_s, policy.max_s, retries=0)
    return ((0, brief, policy), (1, simplified(brief), once))


def _tries_of(error: MangaError, policy: Backoff) -> int:
    return 1 if isinstance(error, ContentBlocked) else policy.retries + 1


async def _tried(brief: PanelBrief, hand: Hand, policy: Backoff) -> tuple[Picture, int]:
    """The picture and how many calls it took. The time-out counts the call alone."""
    attempt = 0
    while True:
        try:
            return await _called(brief, hand), attempt + 1
        except ProviderError as error:
            pause = pause_after(error, attempt, policy, hand.clock)
            if pause is None:
                raise
        await hand.clock.sleep(pause)
        attempt += 1


async def _called(brief: PanelBrief, hand: Hand) -> Picture:
    async with hand.gate:
        try:
            async with asyncio.timeout(hand.timeout_s):
                return await hand.images.draw(brief)
        except TimeoutError as error:
            raise ProviderTimeout(f"The picture took longer than {hand.timeout_s:.0f} s.") from error
