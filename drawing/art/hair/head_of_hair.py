"""Draws a head of hair in a view: what lies behind the body, and what lies before the face."""

from dataclasses import dataclass, replace

from drawing.art.face import HeadView, face_shape, shifted, wrapped
from drawing.art.hair.back_hair import CURTAINS, hair_behind, plaits
from drawing.art.hair.curls_and_fringes import blunt, curls, curls_behind, wings, wreath
from drawing.art.hair.hair_under_hats import beneath, pressed, presses, tied_lower, worn_hat
from drawing.art.hair.locks import SHADES, Clump, closed, ink_mass, ink_shine, ink_strands, mass, unlike
from drawing.art.hair.mens_hair import knot, worn
from drawing.art.hair.short_and_combed_back import Line, clear_cap, flow, is_clear, shaved
from drawing.art.hair.styles import HairStyle
from drawing.ink.paths import Path, ellipse, smooth, union
from drawing.ink.pen import DARK, LIGHT_TONE, MID, WHITE, Pen, Shade
from manga.characters import Age, Look
from manga.geometry import Point


@dataclass(frozen=True, slots=True)
class Hair:
    """`front` may be empty (bald). `behind` is drawn before the body, except when the back is seen."""

    shade: Shade
    front: Path
    behind: tuple[Path, ...]
    strands: tuple[Clump, ...]
    view: HeadView
    seed: int
    stubble: Path = ()
    ties: tuple[Path, ...] = ()
    curtain: bool = False
    """Hangs behind the neck, where it lies in shadow."""
    covered: bool = False
    """By a hat: no light falls on it."""
    plaits: tuple[Path, ...] = ()
    """The links of braids, which lie before the shoulders, and knots that lie on the hair."""
    flow: tuple[Line, ...] = ()
    """How hair that is combed back runs."""
    clear: bool = False
    """Leaves the ears free."""
    skull: bool = False
    """Leaves to be seen what hair covers otherwise."""


def hair(look: Look, view: HeadView) -> Hair:
    style, hat = worn(look), worn_hat(look)
    style = pressed(style, hat) if presses(hat) else style
    front, strands = _front(style, look, view)
    behind, over, ties, root = _bound(style, look, view)
    stubble: Path = clear_cap("high", view) if style.cap == "stubble" else ()
    stubble = shaved(view) if style.cap == "pate" else stubble
    if style.cap == "none" and look.age is Age.ELDER:
        front = wreath(view)
    if presses(hat):
        lower = tied_lower if ties else _same
        front, over = beneath(front, hat), over if style.back in {"braid", "braids"} else ()
        low = style.back == "ponytail" or style.cap == "soft"
        ties = ties if low and view in {"profile", "back"} else ()
        behind, ties = (tuple(beneath(lower(p), hat) for p in paths) for paths in (behind, ties))
    combed = is_clear(style.cap) and (root or (look.hair_style in _COMBED_BACK and view != "back"))
    lines = flow(view, style.cap, root) if combed else ()
    return Hair(
        SHADES[look.hair_color], front, behind, tuple(strands), view, look.seed, stubble, ties, style.back in CURTAINS,
        hat != "none", over, lines, is_clear(style.cap) or style.cap in _BARE,
        style.cap in _BARE or style.cap == "pate",
    )  # fmt: skip


_BARE = frozenset({"none", "stubble"})
_COMBED_BACK = frozenset({"swept", "braid", "ponytail"})
_Paths = tuple[Path, ...]


def _bound(style: HairStyle, look: Look, view: HeadView) -> tuple[_Paths, _Paths, _Paths, Point | None]:
    """What hangs behind, what lies over the hair, what ties it, and where it runs together."""
    if is_clear(style.cap) and style.cap != "soft" and style.back in {"topknot", "bun", "ponytail"}:
        k = knot(style.back, view, shaven=style.cap == "pate", ribbons=look.outfit == "robe" and style.back == "bun")
        return k.behind, k.over, k.ties, k.root
    if style.cap == "curls":
        return (curls_behind(view),), (), (), None
    behind, ties = hair_behind(style, view, plain=look.gender == "male")
    return behind, plaits(style.back, view), ties, _PINNED[view] if style.cap == "soft" else None


_PINNED: dict[HeadView, Point] = {
    "front": (0.0, -0.58), "three_quarter": (0.24, -0.54), "profile": (0.48, -0.36), "back": (0.0, -0.38),
}  # fmt: skip
"""Where a woman's bun is pinned."""


def _same(path: Path) -> Path:
    return path


_WHORLS: dict[HeadView, Point] = {
    "front": (0.06, -0.58), "three_quarter": (0.1, -0.58), "profile": (0.18, -0.56), "back": (0.0, -0.4),
}  # fmt: skip
_FULL = (
    (-0.445, 0.06),
    (-0.482, -0.15),
    (-0.45, -0.37),
    (-0.3, -0.575),
    (0.0, -0.672),
    (0.3, -0.575),
    (0.45, -0.37),
    (0.482, -0.15),
    (0.445, 0.06),
)
_HAIRLINE = ((0.402, 0.1), (0.385, -0.06), (0.31, -0.24), (0.0, -0.36), (-0.31, -0.24), (-0.385, -0.06), (-0.402, 0.1))
_HIGH_LINE = ((0.4, 0.06), (0.37, -0.14), (0.24, -0.36), (0.0, -0.42), (-0.24, -0.36), (-0.37, -0.14), (-0.4, 0.06))
_SIDE = (
    (-0.33, -0.28), (-0.25, -0.54), (0.04, -0.675), (0.33, -0.585), (0.5, -0.34), (0.52, -0.06), (0.46, 0.16), (0.38,
    0.36), (0.3, 0.4),
    (0.24, 0.26), (0.14, 0.2), (0.11, 0.02), (0.05, -0.04), (0.02, 0.1), (-0.05, -0.02), (-0.14, -0.14), (-0.25, -0.22),
)  # fmt: skip
_BACK = (
    (-0.47, -0.12), (-0.45, -0.37), (-0.3, -0.575), (0.0, -0.672), (0.3, -0.575), (0.45, -0.37), (0.47, -0.12),
    (0.42, 0.16), (0.3, 0.36),
    (0.12, 0.42), (-0.12, 0.42), (-0.3, 0.36), (-0.42, 0.16),
)  # fmt: skip


def _cap_path(cap: str, view: HeadView) -> Path:
    if is_clear(cap):
        return clear_cap(cap, view)
    if view == "back":
        return closed(_BACK)
    if view == "profile":
        return closed(_SIDE)
    line = _HIGH_LINE if cap == "swept" else _HAIRLINE
    outer = [shifted(x, y, view) for x, y in _FULL]
    inner = [wrapped(x, y, view) for x, y in line]
    if view == "three_quarter":
        outer[-1] = (0.44, 0.12)
        inner[0] = (0.395, 0.12)
        inner[1] = (0.365, -0.06)
    top, low = smooth(outer, tension=0.55), smooth(inner, tension=0.55)
    return (*top, ("L", *inner[0]), *low[1:], ("Z",))


def _front(style: HairStyle, look: Look, view: HeadView) -> tuple[Path, list[Clump]]:
    if style.cap in {"none", "stubble"}:
        return (), []
    if style.cap in {"curls", "afro"}:
        return curls(_cap_path("full", view), look.seed, view, 1.28 if style.cap == "afro" else 1.0), []
    cap = _cap_path("swept" if style.cap == "wings" else style.cap, view)
    cap = union(cap, *wings(view)) if style.cap == "wings" else cap
    rim = unlike(_rim(style, view), look.seed + 5)
    if view == "back":
        nape = [
            Clump((x, 0.2), (x * 1.25, 0.5 - abs(x) * 0.3), 0.17, 0.1 if x > 0 else -0.1)
            for x in (-0.28, -0.1, 0.09, 0.27)
        ]
        return mass(cap, [*rim, *(nape if style.back == "nape" else [])]), []
    fringe = _clear_of_eyes(unlike(style.profile if view == "profile" else style.fringe, look.seed), look, view)
    if view == "three_quarter":
        fringe = [_turned(c) for c in fringe if style.cap != "soft" or c.tip[0] > 0]
    sides = _sides(style, view)
    cap = union(cap, blunt(face_shape(look).eye_y - 0.1, view)) if style.blunt else cap
    return mass(cap, [*fringe, *rim, *sides]), [*fringe, *sides]


def _turned(c: Clump) -> Clump:
    """A lock of the fringe on a half turned head; those on the far side are seen aslant."""
    far = c.tip[0] < -0.25
    return Clump(
        wrapped(max(c.root[0], -0.3), c.root[1], "three_quarter"), wrapped(*c.tip, "three_quarter"),
        c.width * (0.66 if far else 1.0), c.bend,
    )  # fmt: skip


_LENSES = 0.34
"""How far from the middle glasses reach."""


def _clear_of_eyes(fringe: list[Clump], look: Look, view: HeadView) -> list[Clump]:
    """The tips drawn for eyes at one height, moved to where this face has its eyes."""
    eyes = face_shape(look).eye_y
    rise = min(0.0, eyes - 0.135) if presses(look.hat) else eyes - 0.135
    lowest = eyes - 0.1 if look.glasses else eyes - 0.05 if view == "profile" else 1.0
    found = []
    for c in fringe:
        inside = min(1.0, max(0.0, (0.43 - abs(c.tip[0])) / 0.1))
        y = c.tip[1] + rise * inside
        over = -0.36 < c.tip[0] < -0.12 if view == "profile" else abs(c.tip[0]) < _LENSES
        found.append(replace(c, tip=(c.tip[0], min(y, lowest) if over else y)))
    return found


def _rim(style: HairStyle, view: HeadView) -> list[Clump]:
    if view == "profile":
        return list(style.profile_rim)
    if view == "three_quarter":
        return [_beside(c) for c in style.rim]
    return list(style.rim)


def _beside(c: Clump) -> Clump:
    """A lock of the outline of a half turned head; one at the far temple has its root behind the face."""
    far = c.root[0] < -0.3 and c.root[1] > -0.2
    (x, y), tip = shifted(*c.root, "three_quarter"), shifted(*c.tip, "three_quarter")
    return Clump((x - 0.03, y), tip, c.width * 0.6, c.bend) if far else Clump((x, y), tip, c.width, c.bend)


def _sides(style: HairStyle, view: HeadView) -> list[Clump]:
    """Locks that hang before the ears and hide them when they are long."""
    if not style.side:
        return []
    k = 0.2 if style.back in CURTAINS else 0.12
    if view == "profile":
        first = Clump((0.02, -0.24), (-0.06, style.side), k, 0.06)
        return [first, Clump((0.12, -0.24), (0.06, style.side + 0.04), k * 1.3, 0.06)] if k > 0.15 else [first]
    left = [
        Clump((-0.365, -0.2), (-0.385, style.side), k, -0.1),
        Clump((-0.37, -0.16), (-0.45, style.side * 0.9), k, -0.1),
    ]
    left = left if k > 0.15 else left[:1]
    if view == "front":
        return [*left, *(c.mirrored() for c in left)]
    right = [
        Clump((0.4, -0.22), (0.35, style.side), k * 1.2, 0.1),
        Clump((0.42, -0.16), (0.44, style.side * 0.94), k, 0.08),
    ]
    return [Clump((-0.36, -0.22), (-0.36, style.side), 0.12, -0.08), *(right if k > 0.15 else right[:1])]


def ink_behind(pen: Pen, h: Hair) -> None:
    for path in h.behind:
        pen.shape(path, h.shade, 1.3)
        _ink_fall(pen, path, h.shade)
        if h.curtain and not h.shade.black and h.view in {"front", "three_quarter"}:
            with pen.canvas.saved():
                pen.canvas.clip(path)
                pen.canvas.tone(ellipse(0.02, 0.34, 0.37, 0.5), DARK if h.shade.tone else MID)


def _ink_fall(pen: Pen, path: Path, shade: Shade) -> None:
    """Lines that fall through loose hair."""
    xs = [float(v) for op in path for v in op[1::2]]
    ys = [float(v) for op in path for v in op[2::2]]
    if not xs or max(ys) - min(ys) < 0.8:
        return
    left, right, low = min(xs), max(xs), max(ys)
    with pen.canvas.saved():
        pen.canvas.clip(path)
        for i in range(1, 6):
            x = left + (right - left) * i / 6
            pen.line(((x * 0.92, -0.1), (x, low * 0.5), (x * 1.02, low - 0.04)), 0.8, (1, 0.7), shade.line)


def ink_front(pen: Pen, h: Hair) -> None:
    if not h.front:
        return
    ink_mass(pen, h.front, h.shade, 1.3)
    if h.view == "back" and not h.flow:
        with pen.canvas.saved():
            pen.canvas.clip(h.front)
            for x in (-0.3, -0.15, 0.0, 0.14, 0.29):
                pen.line(((x * 0.25, -0.42), (x * 0.9, -0.12), (x * 1.15, 0.3)), 0.85, (0.8, 0.8), h.shade.line)
    if h.flow:
        with pen.canvas.saved():
            pen.canvas.clip(h.front)
            for line in h.flow:
                pen.line(line, 0.85, (1, 1), h.shade.line)
    ink_strands(pen, h.strands[1:] if h.view == "profile" else h.strands, h.shade, _WHORLS[h.view])
    if h.covered or h.flow:
        return
    ink_shine(pen, h.front, h.shade, lambda x, y: shifted(x + (0.08 if h.view == "profile" else 0), y, h.view), h.seed)


def ink_ties(pen: Pen, h: Hair) -> None:
    for link in h.plaits:
        pen.shape(link, h.shade, 1.1)
        if h.shade.black:
            pen.contour(link, 0.55, 255)
    for path in h.ties:
        pen.shape(path, WHITE, 1.0)


def ink_stubble(pen: Pen, h: Hair, skin: Path) -> None:
    """Hair that is cut to the skin: a tone on the skull."""
    if not h.stubble:
        return
    with pen.canvas.saved():
        pen.canvas.clip(skin)
        pen.cover(h.stubble, LIGHT_TONE)
    with pen.canvas.saved():
        pen.canvas.clip(h.stubble)
        pen.contour(skin, 1.35)
