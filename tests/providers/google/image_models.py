"""What the tests of Google's image models share: a panel of two people, a sheet, models that tests close."""

import io
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import pytest
from PIL import Image
from pydantic import SecretStr

from manga.characters import Character, Look
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection, SceneDirection, Shot
from prompts.library import load_prompts
from providers.base import Sheet
from providers.google.images import GoogleImages
from providers.process_pool import InlineOffload
from tests.gemini.server import Gemini

KEY = "AIza-nobody-may-see-this"
MODEL = "gemini-nano-banana-2.1"
SECRET = "ごんは、兵十にうたれた。"
OpenImages = Callable[..., GoogleImages]


def person(key: str, name: str, **look: Any) -> Character:
    return Character(key=key, name=name, look=Look(**look), description=f"{name}: a long scar, `quoted`")


GON, HYOJU = person("c01", "ごん", outfit="farmer"), person("c02", "兵十", outfit="kimono")


def brief(width: float = 60.0, height: float = 45.0, **more: Any) -> PanelBrief:
    figures = (FigureDirection(character="c01", x=0.3), FigureDirection(character="c02", x=0.75))
    return PanelBrief(
        panel="b0007",
        width_mm=width,
        height_mm=height,
        outline=((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)),
        direction=SceneDirection(shot=Shot.BUST, setting="river", figures=figures, seen=SECRET),
        cast=(GON, HYOJU),
        speakers=("c02",),
        **more,
    )


def picture_of(side: int = 80) -> bytes:
    out = io.BytesIO()
    Image.new("L", (side, side), 200).save(out, "PNG")
    return out.getvalue()


def sheet(character: str = "c01") -> Sheet:
    return Sheet(character, picture_of(), "image/png")


@pytest.fixture
def painter(gemini: Gemini) -> Iterator[Gemini]:
    """The stub, as new before and after."""
    gemini.reset()
    yield gemini
    gemini.reset()


@pytest.fixture
def cards(painter: Gemini) -> Gemini:
    """Quick pictures: what is on them does not matter."""
    painter.draw(panels=False)
    return painter


@pytest.fixture
async def open_images(gemini: Gemini) -> AsyncIterator[OpenImages]:
    """Image models that are closed after the test."""
    async with AsyncExitStack() as stack:

        def opened(model: str = MODEL, **options: Any) -> GoogleImages:
            given: dict[str, Any] = {"timeout_s": 20.0, "base_url": gemini.url, "today": lambda: date(2026, 11, 24)}
            offload = options.pop("offload", None) or InlineOffload()
            images = GoogleImages(model, SecretStr(KEY), load_prompts(), offload, **(given | options))
            stack.push_async_callback(images.aclose)
            return images

        yield opened
