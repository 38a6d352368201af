"""English names that are one person's."""

from offline.lexicon import load


def same_first_name(one: str, other: str) -> bool:
    """Jim is James Dillingham Young: a short form beside a full name; two full names are two people."""
    a, b = one.split(), other.split()
    if not a or not b or min(len(a), len(b)) > 1 or a[0] == b[0]:
        return False
    rows: dict[str, str] = load("reader_en")["short_names"]
    shorts = {full: forms.split() for full, forms in rows.items()}
    return any(x in shorts.get(y, ()) for x, y in ((a[0], b[0]), (b[0], a[0])))
