"""What is read out of an answer: the picture, the tokens, the faces."""

import json

import pytest
from google.genai import types

from manga.geometry import Rect
from providers.chat import Stopped
from providers.google.image_answer import Drawn, drawn_in, faces_in, hands_in

PNG = types.Blob(data=b"picture", mime_type="image/png")
SKETCH = types.Part(inline_data=types.Blob(data=b"sketch", mime_type="image/png"), thought=True)
KNOWN = {"c01", "c02"}


def answer(*parts: types.Part, reason: str = "STOP", usage: object = None) -> types.GenerateContentResponse:
    candidate = types.Candidate(content=types.Content(parts=list(parts)), finish_reason=types.FinishReason[reason])
    counted = types.GenerateContentResponseUsageMetadata.model_validate(usage) if usage else None
    return types.GenerateContentResponse(candidates=[candidate], usage_metadata=counted, model_version="m-001")


def test_a_picture_of_the_models_thinking_is_not_the_answer() -> None:
    drawn = drawn_in(answer(SKETCH, types.Part(text="here"), types.Part(inline_data=PNG)), "m")
    assert drawn == Drawn(b"picture", "here", "m-001")
    assert drawn_in(answer(SKETCH), "m") == Stopped("NO_IMAGE")


@pytest.mark.parametrize("reason", ["IMAGE_SAFETY", "PROHIBITED_CONTENT", "IMAGE_OTHER", "OTHER"])
def test_a_picture_beside_a_refusal_is_not_taken(reason: str) -> None:
    assert drawn_in(answer(types.Part(inline_data=PNG), reason=reason), "m") == Stopped(reason)


def test_a_whole_picture_is_taken_though_words_were_cut_off() -> None:
    assert isinstance(drawn_in(answer(types.Part(inline_data=PNG), reason="MAX_TOKENS"), "m"), Drawn)


def test_tokens_are_told_as_they_are_priced() -> None:
    details = [{"modality": "IMAGE", "token_count": 1120}, {"modality": "TEXT", "token_count": 30}]
    used = {"prompt_token_count": 900, "candidates_token_count": 1150, "thoughts_token_count": 200}
    drawn = drawn_in(answer(types.Part(inline_data=PNG), usage=used | {"candidates_tokens_details": details}), "m")
    assert isinstance(drawn, Drawn)
    assert (drawn.input_tokens, drawn.word_tokens, drawn.image_tokens) == (900, 230, 1120)
    plain = drawn_in(answer(types.Part(inline_data=PNG), usage=used), "m")
    assert isinstance(plain, Drawn)
    assert (plain.word_tokens, plain.image_tokens) == (200, 1150)


def told(*faces: object) -> str:
    return json.dumps({"faces": faces})


def test_faces_are_shares_of_the_picture() -> None:
    words = told({"character": "c01", "box": [0, 250, 500, 500]})
    assert faces_in(words, KNOWN) == (("c01", Rect(x=0.25, y=0, width=0.25, height=0.5)),)
    assert faces_in(f"Here it is.\n```json\n{words}\n```", KNOWN) == faces_in(words, KNOWN)


def test_a_box_that_leaves_the_picture_is_cut_at_its_edge() -> None:
    words = told({"character": "c01", "box": [-50, 900, 300, 1200]})
    ((_, box),) = faces_in(words, KNOWN)
    assert box.y == 0.0
    assert box.right == pytest.approx(1.0)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "I drew two people.",
        "{",
        '{"faces": [{"character": "c01", "box": [1, 2, 3]}]}',
        '{"faces": [{"character": "c01", "box": [100, 100, 300, NaN]}]}',
        '{"faces": [{"character": "c01", "box": ["1", "2", "3", "4"]}]}',
        '{"faces": [{"character": "c01", "box": [100, 100, 300, 300], "name": "x"}]}',
        told({"character": "c09", "box": [100, 100, 300, 300]}),
        told({"character": "c01", "box": [300, 100, 100, 300]}),
        told({"character": "c01", "box": [100, 100, 104, 104]}),
        told({"character": "c01", "box": [1100, 1100, 1300, 1300]}),
        told(*[{"character": "c01", "box": [100, 100, 300, 300]}] * 40),
        "[" * 100_000,
        '{"faces":' * 20_000,
    ],
)
def test_words_that_are_no_faces_are_left_out(words: str) -> None:
    assert faces_in(words, KNOWN) == ()


def test_of_two_boxes_for_one_face_the_first_holds() -> None:
    words = told({"character": "c01", "box": [0, 0, 500, 500]}, {"character": "c01", "box": [500, 500, 900, 900]})
    assert faces_in(words, KNOWN) == (("c01", Rect(x=0, y=0, width=0.5, height=0.5)),)


def test_hands_that_hold_something_are_told_beside_faces_and_a_model_may_leave_them_out() -> None:
    words = json.dumps({"faces": [], "hands": [[600, 400, 700, 450], [600, 400, 600, 450]]})
    (hand,) = hands_in(words)
    assert (hand.x, hand.y, round(hand.width, 3), round(hand.height, 3)) == (0.4, 0.6, 0.05, 0.1)
    assert hands_in(json.dumps({"faces": []})) == hands_in("no JSON") == ()


def test_hands_that_are_no_boxes_cost_no_face() -> None:
    words = json.dumps({"faces": [{"character": "c01", "box": [100, 200, 300, 400]}], "hands": [["a"]]})
    assert (len(faces_in(words, {"c01"})), hands_in(words)) == (1, ())
