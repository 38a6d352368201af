"""Settings of the models: which write and draw, as told from outside. Read once at a composition root."""

from typing import Annotated, Final

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from manga.phases import Phase
from providers.base import CallLimits

GOOGLE = "google_genai"
OPENAI = "openai"
OLLAMA = "ollama"
OFFLINE = "offline"
LOCAL = "local"
"""Whichever model server answers on this machine; `local:NAME` for one of its models."""
LOCAL_SERVERS = ("http://127.0.0.1:11434", "http://127.0.0.1:1234", "http://127.0.0.1:8080")
"""Where Ollama, LM Studio and llama.cpp listen unless they are told otherwise."""
DEFAULT_TEXT = f"{GOOGLE}:gemini-3.8-flash"
DEFAULT_IMAGE = "gemini-nano-banana-2.1"
OTHER_PROMPTS = ("feedback", "redrawing")
ALL = "all"
"""Questions, of a limit."""

_NO_MODEL: Final = f"{GOOGLE}:gemini-pro"
_SHUT_DOWN: Final = "imagen-"
_TEXT_ALIAS: Final = (
    f"gemini-pro names no model that Google has today; {DEFAULT_TEXT} writes instead. Name one in MANGA_TEXT_MODEL."
)
_IMAGE_ALIAS: Final = (
    f"Google has shut down Imagen; {DEFAULT_IMAGE}, its successor, draws instead. Name it in MANGA_IMAGE_MODEL."
)


class ModelSettings(BaseSettings):
    """`MANGA_TEXT_MODEL`, `MANGA_TEXT_MODELS`, `MANGA_TEXT_LIMITS`, `MANGA_TEXT_TIMEOUT_S`, `MANGA_IMAGE_MODEL`,
    `MANGA_IMAGE_TIMEOUT_S`, `MANGA_IMAGE_REFERENCES`, `MANGA_IMAGE_ROUGHS`, `MANGA_PICTURE_PROOF`,
    `MANGA_PICTURE_LETTERS`, `MANGA_GOOGLE_API_KEY`, `MANGA_GOOGLE_BASE_URL`, `MANGA_GOOGLE_PROJECT`,
    `MANGA_GOOGLE_LOCATION`, `MANGA_OPENAI_API_KEY`, `MANGA_OPENAI_BASE_URL`, `MANGA_OLLAMA_BASE_URL`,
    `MANGA_LOCAL_SERVERS`, `MANGA_TEXT_A_DAY`, `MANGA_IMAGES_A_DAY`, `MANGA_TENANT_IMAGES_A_DAY`,
    `MANGA_TEXT_A_MINUTE`, `MANGA_IMAGES_A_MINUTE`, `MANGA_IMAGES_AT_ONCE`, `MANGA_CALLS_AT_ONCE`, `MANGA_TRACING`.

    `text_model` is `provider:model` (a Gemini model also without its provider), `local`, or `offline`; None means
    Gemini where Google can be reached, else the offline writer. `text_models` names another for single questions: a
    phase word, `feedback` or `redrawing`. Keys may also stand in the providers' own variables. An empty variable counts
    as unset.
    """

    model_config = SettingsConfigDict(
        env_prefix="MANGA_", env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    text_model: str | None = None
    text_models: dict[str, str] = Field(default_factory=dict)
    text_limits: dict[str, CallLimits] = Field(default_factory=dict)
    """By question, as `text_models`, or `all`: how long a model thinks, how many tokens an answer may have, and how
    many a question and its answer together."""
    text_timeout_s: float = Field(default=180.0, gt=0)
    """One call. Models that think need minutes for a storyboard, so this is more than the 30 s of the design."""
    image_model: str | None = None
    """A Gemini image model, or `offline`; None means Google's where it can be reached, else the offline artist."""
    image_timeout_s: float = Field(default=120.0, gt=0)
    """One picture. Today's models think before they draw, so this is more than the 60 s of the design."""
    image_references: int | None = Field(default=None, ge=0, le=100)
    """How many reference pictures (sheets, places, things) a panel is drawn after at most; None: as many as the image
    model is known to take. With 0 no sheets are drawn."""
    picture_proof: bool = False
    """The text model looks at every picture of an image model once; a fault leads to one more picture. For text models
    that can see: each look costs about 2,000 tokens."""
    picture_letters: bool = True
    """Letters that an image model drew by itself are looked for: the picture is drawn once more, and what stays on an
    even ground is painted out. Takes 0.7 s of a processor for each picture, and no money of itself."""
    image_roughs: bool = False
    """Our own rough of a panel goes along as the composition to follow, where it shows several people or is not seen at
    eye level. Off until somebody has measured that it helps: `python -m evals roughs`."""
    text_a_day: int = Field(default=7000, ge=0)
    images_a_day: int = Field(default=3000, ge=0)
    tenant_images_a_day: int | None = Field(default=None, ge=0)
    """Of one tenant: pictures paid for on one day (UTC). With so many drawn no further work of it begins."""
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
    google_base_url: Annotated[
        str | None, Field(validation_alias=AliasChoices("MANGA_GOOGLE_BASE_URL", "GOOGLE_GEMINI_BASE_URL"))
    ] = None
    google_project: str | None = None
    """A project of Google Cloud: Google's models answer by Vertex then, with the machine's own credentials and without
    the key. Only our own variable counts, since GOOGLE_CLOUD_PROJECT is set on machines for other reasons."""
    google_location: str = "global"
    openai_api_key: Annotated[
        SecretStr | None, Field(validation_alias=AliasChoices("MANGA_OPENAI_API_KEY", "OPENAI_API_KEY"))
    ] = None
    openai_base_url: Annotated[
        str | None,
        Field(validation_alias=AliasChoices("MANGA_OPENAI_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE")),
    ] = None
    """Whoever speaks as OpenAI does: a gateway, or a server of one's own."""
    ollama_base_url: str | None = None
    """Ollama's own address; None: as its package finds it (OLLAMA_HOST)."""
    local_servers: tuple[str, ...] = LOCAL_SERVERS
    """Where model servers on this machine are looked for; none: nowhere."""
    tracing: bool = False
    """May LangSmith trace what models are asked, where LANGSMITH_TRACING is set? A trace holds the whole story."""

    @field_validator("text_model")
    @classmethod
    def _is_named_with_its_provider(cls, name: str | None) -> str | None:
        return None if name is None else _with_provider(name)

    @field_validator("text_models")
    @classmethod
    def _are_for_questions_that_there_are(cls, names: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(names.keys() - {*(phase.value for phase in Phase), *OTHER_PROMPTS}):
            raise ValueError(f"there is no question {', '.join(unknown)}")
        if any(name.strip().partition(":")[0] == LOCAL for name in names.values()):
            raise ValueError(f"{LOCAL} answers all questions, and is told in MANGA_TEXT_MODEL")
        return {question: _with_provider(name) for question, name in names.items()}

    @field_validator("text_limits")
    @classmethod
    def _limit_questions_that_there_are(cls, limits: dict[str, CallLimits]) -> dict[str, CallLimits]:
        if unknown := sorted(limits.keys() - {ALL, *(phase.value for phase in Phase), *OTHER_PROMPTS}):
            raise ValueError(f"there is no question {', '.join(unknown)}")
        return limits

    @field_validator("image_model")
    @classmethod
    def _is_one_of_googles(cls, name: str | None) -> str | None:
        if name is None:
            return None
        provider, colon, model = name.strip().rpartition(":")
        if (colon and provider != GOOGLE) or not model:
            raise ValueError(f"name an image model of Google, as in {DEFAULT_IMAGE}, or say offline")
        return model

    @property
    def google(self) -> bool:
        """Can Google's models be reached?"""
        return self.google_api_key is not None or self.google_project is not None

    def image(self) -> str:
        """The name of the image model, or `offline`."""
        name = self.image_model or (DEFAULT_IMAGE if self.google else OFFLINE)
        return DEFAULT_IMAGE if name.startswith(_SHUT_DOWN) else name

    def text_for(self, question: str | None = None) -> str:
        """The full name of the model that answers a question, or all that are not named."""
        usual = self.text_model or (DEFAULT_TEXT if self.google else OFFLINE)
        name = self.text_models.get(question, usual) if question is not None else usual
        return DEFAULT_TEXT if name == _NO_MODEL else name

    def notices(self) -> tuple[str, ...]:
        """What the person is told once: which model stands in for one that is named and gone."""
        named = {self.text_model, *self.text_models.values()}
        text = (_TEXT_ALIAS,) if _NO_MODEL in named else ()
        return text + ((_IMAGE_ALIAS,) if (self.image_model or "").startswith(_SHUT_DOWN) else ())


def _with_provider(name: str) -> str:
    """`provider:model`, or `offline`. Raises ValueError."""
    name = name.strip()
    if name in (OFFLINE, LOCAL):
        return name
    if ":" not in name and name.startswith("gemini-"):
        return f"{GOOGLE}:{name}"
    provider, _, model = name.partition(":")
    if not (provider.strip() and model.strip()):
        raise ValueError(f"name the provider too, as in {DEFAULT_TEXT} or openai:gpt-5, or say offline")
    return name
