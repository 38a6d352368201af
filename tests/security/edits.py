"""Sixty edits that must not be carried out: elements that are none, closed fields, values that are no values."""

from typing import Any, Final

Json = dict[str, Any]


def _about(element: Any) -> Json:
    return {"change_type": "text_edit", "element_id": element, "change_data": {"title": "Other"}}


def _with(element: str, kind: str = "text_edit", /, **data: Any) -> Json:
    return {"change_type": kind, "element_id": element, "change_data": data}


_ELEMENTS: Final = tuple(
    _about(element)
    for element in (
        "../../etc/passwd",
        "..%2f..%2fetc",
        "%2e%2e/concept",
        "concept/../../x",
        "concept\\..\\x",
        "p01.k1.b1; DROP TABLE works",
        "p99.k99",
        "p00.k0",
        "p-1.k-1",
        "p01.k1.b1.x1",
        "c99",
        "00000000-0000-4000-8000-000000000000",
        "studio-2/c01",
        "*",
        "",
        " concept",
        "CONCEPT",
        "конcept",
        "concept\u200b",
        "\u202econcept",
        "__proto__",
        "constructor",
        "a" * 41,
        "a" * 5000,
    )
)
_FIELDS: Final = (
    _with("concept", owner="me"),
    _with("concept", owner_id="me", title="Other"),
    _with("concept", role="admin"),
    _with("concept", tenant="studio-2"),
    _with("concept", __class__="x"),
    _with("concept", status="completed"),
    _with("concept", work_id="00000000-0000-4000-8000-000000000000"),
    _with("concept", spent_usd=0),
    _with("p01.k1", image="../../other/blob"),
    _with("p01.k1", picture={"blob": "0" * 64, "media_type": "image/png", "width": 1, "height": 1}),
    _with("p01.k1", picture={"blob": "../../x", "media_type": "image/png", "width": 9, "height": 9}),
    _with("p01.k1", picture="http://169.254.169.254/"),
    {"change_type": "text_edit", "element_id": "concept", "change_data": {}},
    {"change_type": "text_edit", "element_id": "concept", "change_data": {f"f{n}": 1 for n in range(13)}},
    {"change_type": "text_edit", "element_id": "concept"},
    {"change_type": "shell", "element_id": "concept", "change_data": {"title": "x"}},
    {"change_type": None, "element_id": "concept", "change_data": {"title": "x"}},
    {"element_id": "concept", "change_data": {"title": "x"}},
    _about("concept") | {"phase": "admin"},
    _about("concept") | {"id": "../x"},
    _about("concept") | {"id": "a\nb"},
    _about("concept") | {"wishes": -1},
    _about("concept") | {"author": "a" * 121},
    _about("concept") | {"retired": ["x"] * 13},
    _about("concept") | {"tenant": "studio-2"},
)
_VALUES: Final = (
    _with("concept", title=""),
    _with("concept", title="   "),
    _with("concept", title=7),
    _with("concept", title=None),
    _with("concept", title=["Other"]),
    _with("concept", title={"$ne": ""}),
    _with("concept", title="x" * 200_000),
    _with("p01.k1", "drag_drop", x=1e308, y=-1e308),
    _with("p01.k1", "drag_drop", x="NaN", y="Infinity"),
    _with("p01.k1", "drag_drop", polygon=[[0, 0]] * 2000),
    _with("p01.k1", "style_adjust", scale=0),
)
EDITS: Final = (*_ELEMENTS, *_FIELDS, *_VALUES)
"""Sixty."""
