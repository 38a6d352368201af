"""Which minds think, as told from outside. Read once at a composition root and passed on; never a global."""

from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from manga.phases import Phase

GOOGLE = "google_genai"
OFFLINE = "offline"
DEFAULT_TEXT = f"{GOOGLE}:gemini-3.8-flash"
DEFAULT_IMAGE = "gemini-nano-banana-2.1"
OTHER_PROMPTS = ("feedback", "redrawing")


class MindSettings(BaseSettings):
    """`MANGA_TEXT_MODEL`, `MANGA_TEXT_MODELS`, `MANGA_TEXT_TIMEOUT_S`, `MANGA_IMAGE_MODEL`, `MANGA_IMAGE_TIMEOUT_S`,
    `MANGA_GOOGLE_API_KEY`, `MANGA_GOOGLE_BASE_URL`, `MANGA_TEXT_A_DAY`, `MANGA_IMAGES_A_DAY`, `MANGA_TEXT_A_MINUTE`,
    `MANGA_IMAGES_A_MINUTE`, `MANGA_IMAGES_AT_ONCE`, `MANGA_CALLS_AT_ONCE`.

    `text_model` is `provider:model`, or `offline`; None means Gemini where there is a key, else the offline writer.
    `text_models` names another for single questions: a phase word, `feedback` or `redrawing`. The key may also stand in
    Google's own GOOGLE_API_KEY or GEMINI_API_KEY. An empty variable counts as unset.
    """

    model_config = SettingsConfigDict(
        env_prefix="MANGA_", env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    text_model: str | None = None
    text_models: dict[str, str] = Field(default_factory=dict)
    text_timeout_s: float = Field(default=180.0, gt=0)
    """One call. Models that think need minutes for a storyboard, so this is more than the 30 s of the design."""
    image_model: str | None = None
    """A Gemini image model, or `offline`; None means Google's where there is a key, else the offline artist."""
    image_timeout_s: float = Field(default=120.0, gt=0)
    """One picture. Today's models think before they draw, so this is more than the 60 s of the design."""
    text_a_day: int = Field(default=7000, ge=0)
    images_a_day: int = Field(default=3000, ge=0)
    text_a_minute: int = Field(default=300, ge=1)
    images_a_minute: int = Field(default=60, ge=1)
    images_at_once: int = Field(default=5, ge=1, le=100)
    """Of one work."""
    calls_at_once: int = Field(default=40, ge=1)
    """Of one model in one process, all works together."""
    google_api_key: Annotated[
        SecretStr | None,
        Field(validation_alias=AliasChoices("MANGA_GOOGLE_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY")),
    ] = None
    google_base_url: str | None = None

    @field_validator("text_model")
    @classmethod
    def _is_named_with_its_provider(cls, name: str | None) -> str | None:
        return None if name is None else _full_name(name)

    @field_validator("text_models")
    @classmethod
    def _are_for_questions_that_there_are(cls, names: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(names.keys() - {*(phase.value for phase in Phase), *OTHER_PROMPTS}):
            raise ValueError(f"there is no question {', '.join(unknown)}")
        return {question: _full_name(name) for question, name in names.items()}

    def image(self) -> str:
        """The name of the image model, or `offline`."""
        return self.image_model or (DEFAULT_IMAGE if self.google_api_key is not None else OFFLINE)

    def text_for(self, question: str | None = None) -> str:
        """The full name of the model that answers a question, or all that are not named."""
        usual = self.text_model or (DEFAULT_TEXT if self.google_api_key is not None else OFFLINE)
        return self.text_models.get(question, usual) if question is not None else usual


def _full_name(name: str) -> str:
    """`provider:model`; the names of the user's design mean today's models."""
    if name == "gemini-pro":
        return DEFAULT_TEXT
    provider, _, model = name.partition(":")
    if name != OFFLINE and not (provider.strip() and model.strip()):
        raise ValueError("name the provider too, as in google_genai:gemini-3.8-flash or openai:gpt-5, or say offline")
    return name
