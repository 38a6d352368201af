"""A request that cannot be used is told by field, with every value that could stand there."""

import pytest

from manga.errors import BriefRejected
from works.briefs import brief_of


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text": "x", "settings": {"pages": 0}}, "settings.pages: should be 'auto', or greater than or equal to 1."),
        ({"text": "x", "settings": {"pages": 65}}, "settings.pages: should be 'auto', or less than or equal to 64."),
        ({"text": "x", "settings": {"language": "fr"}}, "settings.language: should be 'auto', 'ja' or 'en'."),
        ({"text": "x", "settings": {"seed": -1}}, "settings.seed: should be greater than or equal to 0."),
        ({"text": ""}, "text: should have at least 1 character."),
    ],
)
def test_the_field_and_what_may_stand_there_are_told(data: dict[str, object], told: str) -> None:
    with pytest.raises(BriefRejected) as caught:
        brief_of(data)
    assert caught.value.message == told


def test_only_a_wrong_text_is_answered_with_what_a_text_may_be() -> None:
    remedies = []
    for data in ({"text": ""}, {"text": "x", "settings": {"pages": 0}}):
        with pytest.raises(BriefRejected) as caught:
            brief_of(data)
        remedies.append(caught.value.remedy)
    assert remedies == ["Send 1 to 100,000 characters of plain text.", "Change settings.pages and send it again."]


def test_what_was_sent_is_never_repeated() -> None:
    with pytest.raises(BriefRejected) as caught:
        brief_of({"text": "x", "settings": {"pages": "geheim"}})
    assert "geheim" not in str(caught.value)
