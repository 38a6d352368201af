"""Everything that can go wrong with a picture, through the real library: which error it is, and what it gives away."""

import logging

import pytest

from agents.inking import ink
from manga.errors import (
    AnswerInvalid,
    CallRefused,
    ContentBlocked,
    MangaError,
    ProviderBusy,
    ProviderFault,
    ProviderRefused,
    ProviderTimeout,
    QuotaExhausted,
    RateLimited,
)
from tests.gemini.faults import FAULTS, fits
from tests.gemini.server import Gemini
from tests.providers.google.image_models import KEY, SECRET, OpenImages, brief

pytestmark = pytest.mark.anyio

WRONG: dict[str, type[MangaError]] = {
    "400": CallRefused,
    "400key": ProviderRefused,
    "400precond": ProviderRefused,
    "400tokens": CallRefused,
    "401": ProviderRefused,
    "403": ProviderRefused,
    "404": ProviderRefused,
    "429": RateLimited,
    "429day": QuotaExhausted,
    "429bare": RateLimited,
    "500": ProviderFault,
    "502html": ProviderFault,
    "503": ProviderBusy,
    "504": ProviderTimeout,
    "notjson": ProviderFault,
    "hang": ProviderTimeout,
    "cut": ProviderFault,
    "cut_body": ProviderFault,
    "blocked": ContentBlocked,
    "empty": AnswerInvalid,
    "safety": ContentBlocked,
    "recitation": ContentBlocked,
    "image_safety": ContentBlocked,
    "image_prohibited": ContentBlocked,
    "image_recitation": ContentBlocked,
    "no_image": AnswerInvalid,
    "words_only": AnswerInvalid,
    "image_bytes": AnswerInvalid,
    "image_truncated": AnswerInvalid,
}


@pytest.mark.parametrize(("fault", "kind"), WRONG.items())
async def test_every_fault_has_its_error(
    fault: str, kind: type[MangaError], cards: Gemini, open_images: OpenImages, caplog: pytest.LogCaptureFixture
) -> None:
    cards.fail(fault)
    images = open_images(timeout_s=0.7 if fault == "hang" else 20.0)
    with caplog.at_level(logging.INFO), pytest.raises(kind) as found:
        ink(await images.draw(brief()), brief())
    assert type(found.value) is kind
    assert (len(cards.calls), cards.calls[0].fault) == (1, fault)
    assert (found.value.phase, found.value.element) == ("artwork", "b0007")
    assert found.value.__cause__ is None
    assert "MANGA_TEXT_MODEL=offline" not in found.value.remedy
    said = f"{found.value.message} {found.value.remedy} {caplog.text} {images!r}"
    assert KEY not in said
    assert SECRET not in said


def test_the_table_has_every_fault_that_a_picture_can_have() -> None:
    no_faults_here = {"slow", "stream_cut", "stream_err"}
    assert WRONG.keys() == {name for name in FAULTS if fits(name, draws=True)} - no_faults_here


async def test_the_same_image_model_draws_again_after_faults(cards: Gemini, open_images: OpenImages) -> None:
    cards.fail("cut_body")
    cards.fail("hang", first=2)
    images = open_images(timeout_s=1.5)
    for kind in (ProviderFault, ProviderTimeout):
        with pytest.raises(kind):
            await images.draw(brief())
    await images.draw(brief())
    assert [call.fault for call in cards.calls] == ["cut_body", "hang", None]
