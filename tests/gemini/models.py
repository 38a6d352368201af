"""The models that the stub has, and what each of them refuses: as the service did in November 2026."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.gemini.wire import Json, config_of, pictures_of, schema_of

RATIOS: Final = {
    "1:1": (1024, 1024), "1:4": (512, 2048), "1:8": (384, 3072), "2:3": (832, 1248), "3:2": (1248, 832),
    "3:4": (864, 1184), "4:1": (2048, 512), "4:3": (1184, 864), "4:5": (896, 1152), "5:4": (1152, 896),
    "8:1": (3072, 384), "9:16": (768, 1344), "16:9": (1344, 768), "21:9": (1536, 672),
}  # fmt: skip
"""Aspect ratios that an image model takes, with the pixels of a 1K picture."""
SIZES: Final = {"1K": 1, "2K": 2, "4K": 4}
MOST_REFERENCES: Final = 14


@dataclass(frozen=True, slots=True)
class Model:
    """`levels` of thinking and `sizes` of pictures that it takes."""

    name: str
    draws: bool = False
    levels: frozenset[str] = frozenset({"LOW", "MEDIUM", "HIGH"})
    sizes: tuple[str, ...] = ()


_EVERY_LEVEL = frozenset({"MINIMAL", "LOW", "MEDIUM", "HIGH"})
_DEEP = frozenset({"LOW", "MEDIUM", "HIGH", "XHIGH"})
MODELS: Final = {
    model.name: model
    for model in (
        Model("gemini-3.8-flash"),
        Model("gemini-3.6-flash"),
        Model("gemini-3.5-flash-lite", levels=_EVERY_LEVEL),
        Model("gemini-3.1-pro-preview"),
        Model("gemini-4-argon"),
        Model("gemini-4-carbon"),
        Model("gemini-4-hydrogen", levels=_DEEP),
        Model("gemini-4-neon", levels=_DEEP),
        Model("gemini-nano-banana-2.1", draws=True, levels=_EVERY_LEVEL, sizes=tuple(SIZES)),
        Model("gemini-3-pro-image", draws=True, levels=_EVERY_LEVEL, sizes=tuple(SIZES)),
        Model("gemini-3.1-flash-lite-image", draws=True, levels=frozenset({"MINIMAL", "HIGH"})),
    )
}
"""What was shut down (Imagen, gemini-2.5-flash-image) is not here: 404."""


def listing() -> Json:
    """The answer to GET models."""
    return {"models": [listed(model) for model in MODELS.values()]}


def listed(model: Model) -> Json:
    return {
        "name": f"models/{model.name}",
        "version": "001",
        "displayName": model.name,
        "inputTokenLimit": 1_048_576,
        "outputTokenLimit": 65_536,
        "supportedGenerationMethods": ["generateContent", "countTokens"],
        "thinking": True,
    }


def refusals(model: Model, body: Json) -> Iterator[str]:
    """What of the request this model answers with 400."""
    config = config_of(body)
    level = str((config.get("thinkingConfig") or {}).get("thinkingLevel", "")).upper()
    if level and level not in model.levels:
        yield f"Thinking level {level} is not supported for this model."
    if (config.get("candidateCount") or 1) > 1:
        yield "Only one candidate can be specified in the current model."
    if model.draws:
        yield from _of_a_picture(model, body)
    elif "imageConfig" in config or "IMAGE" in (config.get("responseModalities") or ()):
        yield "Model does not support the requested response modalities: image"


def _of_a_picture(model: Model, body: Json) -> Iterator[str]:
    asked = config_of(body).get("imageConfig") or {}
    ratio, size = asked.get("aspectRatio", "1:1"), asked.get("imageSize")
    if ratio not in RATIOS:
        yield f"aspect_ratio must be one of {', '.join(RATIOS)}."
    if size is not None and size not in model.sizes:
        yield f"image_size {size} is not supported for this model."
    if schema_of(body) is not None:
        yield "JSON mode is not enabled for this model."
    if len(pictures_of(body)) > MOST_REFERENCES:
        yield f"At most {MOST_REFERENCES} input images are supported."


def pixels_of(body: Json) -> tuple[int, int]:
    """Width and height of the picture that is asked for."""
    asked = config_of(body).get("imageConfig") or {}
    width, height = RATIOS[asked.get("aspectRatio", "1:1")]
    times = SIZES[asked.get("imageSize") or "1K"]
    return width * times, height * times
