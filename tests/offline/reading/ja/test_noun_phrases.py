"""Words of Japanese text, looked up sentence by sentence."""

import pytest

from offline.reading.ja.noun_phrases import analysed


@pytest.mark.parametrize("text", ["春。" + "夏" * 9000 + "。秋！", "冬" + "！" * 20_000, "。" * 20_000])
def test_lines_longer_than_sudachi_takes_are_looked_up_whole(text: str) -> None:
    words = analysed(text)
    assert "".join(text[word.start : word.end] for word in words) == text
    assert all(text[word.start : word.end] == word.text for word in words)
