"""Which minds think."""

import pytest
from pydantic import ValidationError

from providers.settings import DEFAULT_TEXT, MindSettings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MANGA_GOOGLE_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY", "MANGA_TEXT_MODEL", "MANGA_TEXT_MODELS"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_key_the_minds_are_offline() -> None:
    assert MindSettings().text_for() == "offline"


@pytest.mark.parametrize("name", ["MANGA_GOOGLE_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY"])
def test_a_key_chooses_gemini_and_is_never_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "AIza-secret")
    settings = MindSettings()
    assert settings.text_for() == DEFAULT_TEXT
    assert "AIza" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_our_own_key_comes_first_and_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "theirs")
    monkeypatch.setenv("MANGA_GOOGLE_API_KEY", "ours")
    key = MindSettings().google_api_key
    assert key is not None
    assert key.get_secret_value() == "ours"
    monkeypatch.setenv("MANGA_GOOGLE_API_KEY", "")
    monkeypatch.delenv("GOOGLE_API_KEY")
    assert MindSettings().google_api_key is None


def test_offline_can_be_wished_for_in_spite_of_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "k")
    monkeypatch.setenv("MANGA_TEXT_MODEL", "offline")
    assert MindSettings().text_for() == "offline"


def test_one_question_can_have_a_mind_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANGA_TEXT_MODELS", '{"storyboard": "google_genai:gemini-4-neon"}')
    settings = MindSettings(text_model="openai:gpt-5")
    assert settings.text_for("storyboard") == "google_genai:gemini-4-neon"
    assert settings.text_for("plot") == "openai:gpt-5"


def test_the_name_of_the_users_design_means_todays_model() -> None:
    assert MindSettings(text_model="gemini-pro").text_for() == DEFAULT_TEXT


@pytest.mark.parametrize("name", ["gemini-3.8-flash", "openai:", ":x", " "])
def test_a_name_without_its_provider_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="name the provider"):
        MindSettings(text_model=name)


def test_a_question_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValidationError, match="no question colours"):
        MindSettings(text_models={"colours": "offline"})
