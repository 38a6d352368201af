"""Which minds think, as told from outside. Read once at a composition root and passed on; never a global."""

from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from manga.phases import Phase

GOOGLE = "google_genai"
OFFLINE = "offline"
DEFAULT_TEXT = f"{GOOGLE}:gemini-3.8-flash"
OTHER_PROMPTS = ("feedback", "redrawing")


class MindSettings(BaseSettings):
    """`MANGA_TEXT_MODEL`, `MANGA_TEXT_MODELS`, `MANGA_TEXT_TIMEOUT_S`, `MANGA_GOOGLE_API_KEY`, `MANGA_GOOGLE_BASE_URL`.

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
