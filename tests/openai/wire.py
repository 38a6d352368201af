"""What OpenAI's chat/completions looks like on the wire: requests read, answers and errors spelled as it does."""

import json
from typing import Final

from tests.gemini.wire import Json, tokens

THOUGHTS: Final = 64
"""Tokens of reasoning in every answer; they are part of its tokens."""


def told(body: Json) -> str:
    """What the model was told, without its own earlier answers."""
    return "\n".join(_words(turn) for turn in body["messages"] if turn["role"] != "assistant")


def _words(turn: Json) -> str:
    content = turn["content"]
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def schema_of(body: Json) -> Json | None:
    """The schema that the answer must have, when one is asked for."""
    asked = body.get("response_format") or {}
    found: Json | None = (asked.get("json_schema") or {}).get("schema")
    return found


def usage(prompt: int, answer: int) -> Json:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": answer + THOUGHTS,
        "total_tokens": prompt + answer + THOUGHTS,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": THOUGHTS, "audio_tokens": 0},
    }


def completion(model: str, number: int, prompt: str, text: str) -> Json:
    message: Json = {"role": "assistant", "content": text, "refusal": None, "annotations": []}
    return {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion",
        "created": 1_795_600_000,
        "model": model,
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": usage(tokens(prompt), tokens(text)),
        "service_tier": "default",
        "system_fingerprint": None,
    }


PIECES: Final = 5
"""Of a streamed answer's words."""


def in_pieces(answer: Json, *, used: bool) -> bytes:
    """The answer as events, its words in pieces; what it has `used` comes last, where that is asked for."""
    (choice,) = answer["choices"]
    text, head = choice["message"]["content"] or "", {name: answer[name] for name in ("id", "created", "model")}
    size = max(1, -(-len(text) // PIECES))
    deltas = [{"role": "assistant", "content": ""}]
    deltas += [{"content": text[at : at + size]} for at in range(0, len(text), size)]
    if choice["message"].get("refusal"):
        deltas.append({"refusal": choice["message"]["refusal"]})
    rows: list[Json] = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    rows.append({"choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]})
    rows += [{"choices": [], "usage": answer["usage"]}] if used else []
    told = (json.dumps({**head, "object": "chat.completion.chunk", **row}) for row in rows)
    return "".join(f"data: {one}\n\n" for one in (*told, "[DONE]")).encode()


def needed(body: Json, answer: str) -> int:
    """Tokens of the context that a call takes: all turns, the schema and the answer."""
    turns = "".join(_words(turn) for turn in body["messages"])
    return sum(map(_tokens, (turns, json.dumps(schema_of(body) or ""), answer)))


def _tokens(text: str) -> int:
    """Four letters of English are one, and so is a sign of Japanese."""
    return round(sum(0.25 if letter.isascii() else 1.0 for letter in text))


def context_exceeded(needs: int, context: int) -> Json:
    """As llama.cpp says it."""
    told = error("the request exceeds the available context size, try increasing it", "exceed_context_size_error")
    told["error"] |= {"code": 400, "n_prompt_tokens": needs, "n_ctx": context}
    return told


def error(message: str, kind: str, code: str | None = None, param: str | None = None) -> Json:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}
