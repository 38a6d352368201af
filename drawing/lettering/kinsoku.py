"""Which characters may not begin or end a column (kinsoku), and which may hang below it."""

from collections.abc import Sequence

CANNOT_BEGIN = frozenset(
    "、。，．・：；？！?!,.:;ー～〜…‥）)］」』】〉》〕｝”’ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ—―─－゛゜%％"
)
CANNOT_END = frozenset("（(［「『【〈《〔｛“‘")
HANGING = frozenset("、。，．")


RUNS = frozenset("ー〜～…‥！!？?っッ—―─ぁァぉォぇェぃィぅゥ")


def may_break(before: str, after: str) -> bool:
    """Whether a column may end after `before` when `after` begins the next one."""
    return bool(before and after) and before[-1] not in CANNOT_END and after[0] not in CANNOT_BEGIN


def within_run(before: str, after: str) -> bool:
    """Whether a break would fall in a long run of one mark (ーーーー), which may be cut where it must."""
    return bool(before and after) and before[-1] == after[0] and after[0] in RUNS


def violations(columns: Sequence[str]) -> int:
    """How many columns of one text begin or end with a character that may not stand there."""
    found = 0
    filled = [column for column in columns if column.strip()]
    for i, column in enumerate(filled):
        found += i > 0 and column[0] in CANNOT_BEGIN and not within_run(filled[i - 1], column)
        found += i < len(filled) - 1 and column[-1] in CANNOT_END
    return found
