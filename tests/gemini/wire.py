"""What Google's generateContent looks like on the wire: requests read, answers and errors spelled as it does."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]

RPC: Final = "type.googleapis.com/google.rpc."
LETTERS_A_TOKEN: Final = 4
"""Characters to a token: near enough for counts that only have to be plausible and stable."""
IMAGE_TOKENS: Final = 1120
THOUGHT_TOKENS: Final = 64
_FREE_FORM = frozenset({"responseJsonSchema", "responseSchema"})
_SNAKE = re.compile(r"(?<=[a-z0-9])_([a-z0-9])")
_RATINGS = [
    {"category": f"HARM_CATEGORY_{name}", "probability": "NEGLIGIBLE"}
    for name in ("SEXUALLY_EXPLICIT", "HATE_SPEECH", "HARASSMENT", "DANGEROUS_CONTENT")
]


def camel(body: Any) -> Any:
    """The SDK mixes mime_type and mimeType, and proto3 JSON takes both. Schemas have keys of their own: left alone."""
    if isinstance(body, dict):
        named = ((_SNAKE.sub(lambda found: found[1].upper(), key), value) for key, value in body.items())
        return {key: value if key in _FREE_FORM else camel(value) for key, value in named}
    if isinstance(body, list):
        return [camel(item) for item in body]
    return body


def parts_of(body: Json) -> Iterator[Json]:
    """Every part of the request, the system instruction first."""
    for content in (body.get("systemInstruction"), *(body.get("contents") or ())):
        yield from (content or {}).get("parts") or ()


def prompt_of(body: Json) -> str:
    """All words of the request, without pictures."""
    return "\n".join(part["text"] for part in parts_of(body) if "text" in part)


def told(body: Json) -> str:
    """What the model was told, without its own earlier answers."""
    turns = [turn for turn in body.get("contents") or () if turn.get("role") != "model"]
    return prompt_of({**body, "contents": turns})


def pictures_of(body: Json) -> tuple[str, ...]:
    """SHA-256 of each reference picture, in order."""
    data = (part["inlineData"]["data"] for part in parts_of(body) if "inlineData" in part)
    return tuple(hashlib.sha256(base64.b64decode(item, altchars=b"-_")).hexdigest() for item in data)


def config_of(body: Json) -> Json:
    found: Json = body.get("generationConfig") or {}
    return found


def schema_of(body: Json) -> Json | None:
    """The schema that the answer must have, when one is asked for."""
    config = config_of(body)
    found: Json | None = config.get("responseJsonSchema") or config.get("responseSchema")
    return found


def tokens(text: str) -> int:
    return max(1, len(text) // LETTERS_A_TOKEN)


def usage(prompt: int, answer: int, *, thoughts: int = 0, images: int = 0) -> Json:
    """usageMetadata. `images` of the answer's tokens are a picture's."""
    counts: Json = {
        "promptTokenCount": prompt,
        "candidatesTokenCount": answer + images,
        "totalTokenCount": prompt + answer + images + thoughts,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": prompt}],
        "serviceTier": "standard",
    }
    if thoughts:
        counts["thoughtsTokenCount"] = thoughts
    if images:
        counts["candidatesTokensDetails"] = [{"modality": "IMAGE", "tokenCount": images}]
    return counts


def answer(model: str, number: int, candidate: Json, counts: Json) -> Json:
    return {
        "candidates": [{**candidate, "index": 0}],
        "usageMetadata": counts,
        "modelVersion": model,
        "responseId": f"stub-{number}",
    }


def text_answer(model: str, number: int, prompt: str, text: str) -> Json:
    thoughts = THOUGHT_TOKENS if thinks(model) else 0
    candidate = {"content": {"role": "model", "parts": [signed(model, {"text": text})]}, "finishReason": "STOP"}
    counts = usage(tokens(prompt), tokens(text), thoughts=thoughts)
    return answer(model, number, {**candidate, "safetyRatings": _RATINGS}, counts)


def image_answer(
    model: str, number: int, prompt: str, image: bytes, media_type: str, *, says: str = "", sketch: bytes | None = None
) -> Json:
    """`sketch` is a PNG that the model drew while it thought; it comes before the answer, and is none."""
    inline = {"inlineData": {"mimeType": media_type, "data": base64.b64encode(image).decode()}}
    parts: list[Json] = [{"text": says}] if says else []
    if sketch is not None:
        thought = {"mimeType": "image/png", "data": base64.b64encode(sketch).decode()}
        parts = [{"text": "A first try.", "thought": True}, {"inlineData": thought, "thought": True}, *parts]
    content = {"role": "model", "parts": [*parts, signed(model, inline)]}
    counts = usage(tokens(prompt), tokens(says) if says else 0, images=IMAGE_TOKENS)
    return answer(model, number, {"content": content, "finishReason": "STOP"}, counts)


def thinks(model: str) -> bool:
    return model.startswith(("gemini-3", "gemini-4"))


def signed(model: str, part: Json) -> Json:
    """Models that think put an opaque signature beside what they say."""
    return {**part, "thoughtSignature": base64.b64encode(b"stub").decode()} if thinks(model) else part


def error(code: int, status: str, message: str, *details: Mapping[str, Any]) -> Json:
    found: Json = {"code": code, "message": message, "status": status}
    if details:
        found["details"] = [dict(detail) for detail in details]
    return {"error": found}


def quota(quota_id: str, value: str, delay: str) -> tuple[Json, Json, Json]:
    """The three details of a 429 that says which limit and how long to wait."""
    links = [{"description": "Learn more about Gemini API quotas", "url": "https://ai.google.dev/gemini-api/docs"}]
    violation = {
        "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
        "quotaId": quota_id,
        "quotaDimensions": {"location": "global"},
        "quotaValue": value,
    }
    return (
        {"@type": f"{RPC}Help", "links": links},
        {"@type": f"{RPC}QuotaFailure", "violations": [violation]},
        {"@type": f"{RPC}RetryInfo", "retryDelay": delay},
    )
