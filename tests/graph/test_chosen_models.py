"""Which model stands behind the port, what its calls are counted as, and where its key does not go."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from calls.counted_models import CountedText
from calls.ledger import PlainLedger
from calls.services import Services
from graph.open_services import open_services, read_model_settings
from manga.brief import Settings
from manga.concept import Concept
from manga.errors import ProviderBusy, SetupIncomplete
from manga.phases import Phase
from offline.artist import OfflineArtist
from offline.writer import OfflineWriter
from providers.base import Ask
from providers.chat import ChatText
from providers.google.images import GoogleImages
from providers.google.text import GoogleText
from providers.langchain import LangChainText
from providers.model_wrappers import RoutedText, model_name
from providers.schemas import answer_schema
from providers.settings import ModelSettings
from storage.settings import StorageSettings
from tests.gemini.server import Gemini, serve

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).resolve().parents[2]
KEY = "AIza-nobody-may-see-this"
ASK = Ask("concept", {"story": "むかし、ごんという狐がいました。", "settings": Settings()}, Concept)
OFFLINE_RUN = """
import asyncio, sys
from pathlib import Path
import cli.main, works.composition
from graph.open_services import open_services
from manga.brief import Settings
from manga.concept import Concept
from providers.base import Ask
from offline.writer import OfflineWriter
from providers.process_pool import InlineOffload
from storage.settings import StorageSettings

async def run():
    async with open_services(StorageSettings(home=Path(sys.argv[1]))) as services:
        assert isinstance(services.text, OfflineWriter)
    ask = Ask("concept", {"story": "A fox ran.", "settings": Settings()}, Concept)
    await OfflineWriter(InlineOffload()).answer(ask)

asyncio.run(run())
named = ("google.genai", "google.ai", "google.cloud", "langchain_google_genai", "aiohttp")
sys.exit(" ".join(name for name in sys.modules if name.startswith(named)) or 0)
"""


@pytest.fixture
def gemini() -> Iterator[Gemini]:
    with serve() as running:
        yield running


def models(gemini: Gemini | None = None, **more: object) -> ModelSettings:
    reached = {"google_api_key": KEY, "google_base_url": gemini.url} if gemini else {"google_api_key": None}
    return ModelSettings.model_validate(reached | more)


async def text_of(home: Path, chosen: ModelSettings) -> Services:
    async with open_services(StorageSettings(home=home), models=chosen) as services:
        return services


async def test_without_a_key_the_offline_writer_writes(tmp_path: Path) -> None:
    assert isinstance((await text_of(tmp_path, models())).text, OfflineWriter)


async def test_with_a_key_gemini_writes_and_the_recipe_names_the_version(tmp_path: Path, gemini: Gemini) -> None:
    gemini.route("gemini-3.8-flash", to="gemini-3.8-flash-002")
    async with open_services(StorageSettings(home=tmp_path), models=models(gemini)) as services:
        assert isinstance(services.text, GoogleText)
        before = services.recipe("concept")
        await services.text.answer(ASK)
        assert (before["model"], services.recipe("concept")["model"]) == ("gemini-3.8-flash", "gemini-3.8-flash-002")
    assert gemini.count(prompt_id="concept", status=200) == 1


async def test_another_provider_is_named_without_loading_it(tmp_path: Path) -> None:
    text = (await text_of(tmp_path, models(text_model="openai:gpt-5", openai_api_key="sk-none"))).text
    assert isinstance(text, LangChainText)
    assert text.name == "openai:gpt-5"


async def test_openais_models_need_a_key_or_another_address(tmp_path: Path) -> None:
    with pytest.raises(SetupIncomplete, match="no key for OpenAI") as caught:
        await text_of(tmp_path, models(text_model="openai:gpt-5", openai_api_key=None, openai_base_url=None))
    assert "OPENAI_API_KEY" in caught.value.remedy
    local = models(text_model="openai:llama-4", openai_base_url="http://127.0.0.1:9/v1")
    assert isinstance((await text_of(tmp_path, local)).text, LangChainText)


def test_a_model_that_is_gone_is_told_once_when_the_settings_are_read(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("MANGA_TEXT_MODEL", "gemini-pro")
    monkeypatch.setenv("MANGA_IMAGE_MODEL", "imagen-4")
    read_model_settings()
    told = [record.getMessage() for record in caplog.records if record.name == "mangaka.models"]
    assert len(told) == 2
    assert "gemini-3.8-flash writes instead" in told[0]
    assert "gemini-nano-banana-2.1" in told[1]


async def test_one_question_goes_to_the_model_named_for_it(tmp_path: Path, gemini: Gemini) -> None:
    chosen = models(gemini, text_model="offline", text_models={"plot": "google_genai:gemini-4-neon"})
    async with open_services(StorageSettings(home=tmp_path), models=chosen) as services:
        assert isinstance(services.text, RoutedText)
        await services.text.answer(ASK)
        assert model_name(services.text, "plot") == "gemini-4-neon"
        assert model_name(services.text, "concept").startswith("offline-writer")
    assert gemini.calls == ()


async def test_a_google_model_without_a_key_is_told_before_anything_begins(tmp_path: Path) -> None:
    with pytest.raises(SetupIncomplete, match="no key"):
        await text_of(tmp_path, models(text_model="google_genai:gemini-4-neon"))


@pytest.mark.parametrize(
    ("named", "drawn_by"),
    [
        (None, "gemini-nano-banana-2.1"),
        ("gemini-3-pro-image", "gemini-3-pro-image"),
        ("imagen-4", "gemini-nano-banana-2.1"),
    ],
)
async def test_with_a_key_googles_image_model_draws(
    named: str | None, drawn_by: str, tmp_path: Path, gemini: Gemini
) -> None:
    images = (await text_of(tmp_path, models(gemini, image_model=named))).images
    assert isinstance(images, GoogleImages)
    assert (images.name, images.paid) == (drawn_by, True)
    assert KEY not in repr(images)
    assert gemini.calls == ()


@pytest.mark.parametrize("chosen", [{}, {"image_model": "offline", "google_api_key": KEY}])
async def test_without_a_key_or_by_wish_the_offline_artist_draws(chosen: dict[str, str], tmp_path: Path) -> None:
    settings = ModelSettings.model_validate({"google_api_key": None} | chosen)
    assert isinstance((await text_of(tmp_path, settings)).images, OfflineArtist)


async def test_an_image_model_without_a_key_is_told_before_anything_begins(tmp_path: Path) -> None:
    with pytest.raises(SetupIncomplete, match="no key") as caught:
        await text_of(tmp_path, models(image_model="gemini-3-pro-image"))
    assert "MANGA_IMAGE_MODEL" in caught.value.remedy


async def test_a_model_that_only_writes_cannot_draw(tmp_path: Path, gemini: Gemini) -> None:
    with pytest.raises(SetupIncomplete, match="no image model") as caught:
        await text_of(tmp_path, models(gemini, image_model="gemini-3.8-flash"))
    assert "gemini-nano-banana-2.1" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MANGA_TEXT_MODEL", "gpt-5"),
        ("MANGA_TEXT_MODELS", '{"x": 1}'),
        ("MANGA_TEXT_MODELS", "no JSON"),
        ("MANGA_TEXT_LIMITS", '{"x": {}}'),
        ("MANGA_TEXT_TIMEOUT_S", "-1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SetupIncomplete, match=name):
        read_model_settings()


async def test_calls_tokens_and_cost_are_counted_on_the_work(tmp_path: Path, gemini: Gemini) -> None:
    gemini.fail("wrongshape")
    ledger = PlainLedger()
    async with open_services(StorageSettings(home=tmp_path), models=models(gemini)) as services:
        await CountedText(services.text, ledger, "w", Phase.CONCEPT).answer(ASK)
    counted = {name: value for (_, name), value in ledger.counters.items()}
    usages = [call.usage for call in gemini.calls]
    assert counted["text_calls"] == counted["text_calls:concept"] == 2
    assert counted["input_tokens"] == sum(usage["promptTokenCount"] for usage in usages)
    assert counted["output_tokens"] == sum(u["candidatesTokenCount"] + u["thoughtsTokenCount"] for u in usages)
    assert counted["text_microusd"] > 0
    assert "unpriced_calls" not in counted


async def test_a_call_that_fails_is_counted_too(tmp_path: Path, gemini: Gemini) -> None:
    gemini.fail("503")
    ledger = PlainLedger()
    async with open_services(StorageSettings(home=tmp_path), models=models(gemini)) as services:
        with pytest.raises(ProviderBusy):
            await CountedText(services.text, ledger, "w", "feedback").answer(ASK)
    assert ledger.counters == {("w", "text_calls"): 1, ("w", "text_calls:feedback"): 1}


def test_drawing_offline_imports_no_package_of_googles(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    run = subprocess.run(
        [sys.executable, "-c", OFFLINE_RUN, str(tmp_path)],
        env=bare | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert (run.returncode, run.stderr) == (0, "")


async def test_no_key_is_in_the_repr_of_anything_that_holds_it(tmp_path: Path, gemini: Gemini) -> None:
    other = {"text_models": {"plot": "openai:gpt-5"}, "openai_api_key": KEY, "openai_base_url": gemini.url}
    chosen = models(gemini, **other)
    async with open_services(StorageSettings(home=tmp_path), models=chosen) as services:
        assert isinstance(services.text, RoutedText)
        held = [chosen, services, services.text, services.images]
        for text in (services.text.usual, services.text.own["plot"]):
            assert isinstance(text, ChatText)
            chat = text._edge.open()
            held += [text, text._edge, chat, vars(chat), chat.with_structured_output(answer_schema(Concept))]
            await text._edge.close(chat)
        told = "".join(f"{one!r} {one}" for one in held)
    assert "gpt-5" in told
    assert KEY not in told


def _born_with(child: int) -> bytes:
    """A process's environment as others can read it; empty where there is no /proc."""
    told = Path(f"/proc/{child}/environ")
    return told.read_bytes() if told.exists() else b""


async def test_no_child_gets_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    monkeypatch.setenv("MANGA_GOOGLE_API_KEY", KEY)
    async with open_services(StorageSettings(home=tmp_path), models=models()) as services:
        child = await services.offload.run(os.getpid)
        assert child != os.getpid()
        assert await services.offload.run(os.getenv, "GOOGLE_API_KEY") is None
        assert KEY.encode() not in _born_with(child)
    assert os.environ["GOOGLE_API_KEY"] == KEY
