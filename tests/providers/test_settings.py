"""Which models think."""

import os

import pytest
from pydantic import SecretStr, ValidationError

from providers.settings import DEFAULT_IMAGE, DEFAULT_TEXT, ModelSettings


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tuple(os.environ):
        if name.startswith(("MANGA_", "GOOGLE_", "GEMINI_", "OPENAI_")):
            monkeypatch.delenv(name)


def test_without_a_key_the_models_are_offline() -> None:
    assert ModelSettings().text_for() == "offline"


@pytest.mark.parametrize("name", ["MANGA_GOOGLE_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY"])
def test_a_key_chooses_gemini_and_is_never_shown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "AIza-secret")
    settings = ModelSettings()
    assert settings.text_for() == DEFAULT_TEXT
    assert "AIza" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_our_own_key_comes_first_and_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "theirs")
    monkeypatch.setenv("MANGA_GOOGLE_API_KEY", "ours")
    key = ModelSettings().google_api_key
    assert key is not None
    assert key.get_secret_value() == "ours"
    monkeypatch.setenv("MANGA_GOOGLE_API_KEY", "")
    monkeypatch.delenv("GOOGLE_API_KEY")
    assert ModelSettings().google_api_key is None


def test_offline_can_be_wished_for_in_spite_of_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "k")
    monkeypatch.setenv("MANGA_TEXT_MODEL", "offline")
    assert ModelSettings().text_for() == "offline"


def test_one_question_can_have_a_model_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANGA_TEXT_MODELS", '{"storyboard": "google_genai:gemini-4-neon"}')
    settings = ModelSettings(text_model="openai:gpt-5")
    assert settings.text_for("storyboard") == "google_genai:gemini-4-neon"
    assert settings.text_for("plot") == "openai:gpt-5"


@pytest.mark.parametrize("name", ["gemini-pro", "google_genai:gemini-pro"])
def test_the_name_of_the_users_design_means_todays_model_and_says_so_once(name: str) -> None:
    settings = ModelSettings(text_model=name, text_models={"plot": name})
    assert settings.text_for() == settings.text_for("plot") == DEFAULT_TEXT
    (notice,) = settings.notices()
    assert "gemini-pro" in notice
    assert DEFAULT_TEXT in notice
    assert "MANGA_TEXT_MODEL" in notice


@pytest.mark.parametrize("name", ["imagen-4", "imagen-4.0-generate-001", "imagen-4.0-ultra-generate-001"])
def test_imagen_means_its_successor_and_says_so_once(name: str) -> None:
    settings = ModelSettings(image_model=name)
    assert settings.image() == DEFAULT_IMAGE
    (notice,) = settings.notices()
    assert "Imagen" in notice
    assert DEFAULT_IMAGE in notice


def test_models_of_today_need_no_notice() -> None:
    assert ModelSettings(text_model=DEFAULT_TEXT, image_model="gemini-3-pro-image").notices() == ()
    assert ModelSettings().notices() == ()


def test_a_gemini_model_is_googles_without_saying_so() -> None:
    assert ModelSettings(text_model="gemini-4-neon").text_for() == "google_genai:gemini-4-neon"
    assert ModelSettings(text_models={"plot": "gemini-4-neon"}).text_for("plot") == "google_genai:gemini-4-neon"


@pytest.mark.parametrize("name", ["gpt-5", "openai:", ":x", " "])
def test_a_name_without_its_provider_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="name the provider"):
        ModelSettings(text_model=name)


def test_an_image_model_is_googles_or_none() -> None:
    assert ModelSettings(image_model="google_genai:gemini-3-pro-image").image() == "gemini-3-pro-image"
    assert ModelSettings(image_model="offline", google_api_key=SecretStr("k")).image() == "offline"
    with pytest.raises(ValidationError, match="image model of Google"):
        ModelSettings(image_model="openai:gpt-image-2")


def test_a_project_of_google_cloud_is_as_good_as_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANGA_GOOGLE_PROJECT", "my-project")
    settings = ModelSettings()
    assert (settings.text_for(), settings.image()) == (DEFAULT_TEXT, DEFAULT_IMAGE)
    assert settings.google_location == "global"


def test_a_project_that_the_machine_has_for_other_reasons_sends_nothing_to_google(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "another")
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    assert ModelSettings().text_for() == "offline"


def test_openais_own_variables_are_read_and_choose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    settings = ModelSettings()
    assert settings.text_for() == "offline"
    assert settings.openai_base_url == "http://127.0.0.1:1/v1"
    assert "sk-secret" not in repr(settings) + settings.model_dump_json()


def test_a_question_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValidationError, match="no question colours"):
        ModelSettings(text_models={"colours": "offline"})
