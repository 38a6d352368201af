"""Lines cut into what balloons and boxes hold."""

from manga.brief import Language
from manga.plot import LineKind
from manga.text_capacity import MEASURES
from offline.directing.split_lines import parts_of
from tests.offline.storyboard_plots import Teller

MEASURE = MEASURES[Language.JA]
TEXT = "いろいろ注文が多くてうるさかったでしょう。お気の毒でした。もうこれだけです。どうかよくもみ込んでください。"


def test_what_is_written_fills_its_boxes_where_a_voice_takes_more_balloons() -> None:
    line = Teller().line(TEXT, "c01")
    said = parts_of(line, MEASURE)
    written = parts_of(line.model_copy(update={"kind": LineKind.LETTER}), MEASURE)
    assert len(written) < len(said)
    assert "".join(part.text for part in written) == TEXT
    assert all(len(part.text) <= MEASURE.caption for part in written)
