"""Which kind of spirit a look is, by its marks; how one is dressed whom the story only names."""

from manga.characters import Kind, Look
from manga.vocabulary.beings import BeingEntry, beings, marked_as

_STONE = {"hair_style": "bald", "outfit": "robe", "outfit_tone": "white", "facial_hair": "none", "glasses": False}
_BARE = {"judge": {"hat": "none"}, "knobs": {"hair_style": "bald", "hat": "none"}}
"""What is not worn beneath an adornment of the head."""


def aspect_of(look: Look) -> BeingEntry | None:
    """Of every spirit, and of men and beasts whose marks say that they are none. What is found is adorned."""
    if look.kind is Kind.SPIRIT:
        return marked_as(look.marks, lambda being: being.adorned) or beings().entries["spirit"]
    if look.kind not in {Kind.HUMAN, Kind.BEAST}:
        return None
    return marked_as(look.marks, lambda being: being.adorned and being.sure)


def embodied(look: Look, being: BeingEntry) -> Look:
    """As a person's: what sheets tell of hair and clothes of who is no man is of no use; a ghost was a woman or a man,
    but Spring is a girl whatever the sheet says."""
    adorned = being.adorned
    if adorned is None:
        return look
    if adorned.stone:
        return look.model_copy(update={**_STONE, "kind": Kind.HUMAN})
    bare = next((_BARE[name] for name in adorned.before if name in _BARE), {})
    if look.kind is Kind.HUMAN:
        return look.model_copy(update=bare)
    once = adorned.body == "mist" or bool(adorned.back)
    told = {"gender": look.gender} if once and look.gender != "neutral" else {}
    fields = {**look.model_dump(), **being.look, **told, "kind": Kind.HUMAN, "glasses": False, "hat": "none", **bare}
    if fields["gender"] == "female":
        fields["facial_hair"] = "none"
    return Look.model_validate(fields)
