"""Where the head sits on a posed body. In: frame, pose and turn. Out: the head's own coordinates in the figure's."""

from dataclasses import dataclass
from math import cos, radians, sin

from drawing.art.body_frame import Frame
from drawing.art.pose_spec import PoseSpec
from manga.geometry import Point, Rect, bounds


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """Where the middle of the head lies, how it is turned, and how large it is drawn."""

    x: float
    y: float
    turn: float
    mirror: bool
    scale: float

    @classmethod
    def on(cls, frame: Frame, spec: PoseSpec, yaw: float, scale: float) -> "HeadPlace":
        x, y = frame.flat(frame.bones.head)
        mirror = 0 < ((yaw + 180) % 360 - 180) < 179
        side = sin(radians(yaw))
        pitch = (spec.nod + frame.bones.lean * 0.55) * side
        return cls(x, y, radians(spec.roll * cos(radians(yaw)) + pitch * 0.9), mirror, scale)

    def at(self, x: float, y: float) -> Point:
        if self.mirror:
            x = -x
        c, s = cos(self.turn) * self.scale, sin(self.turn) * self.scale
        return (self.x + c * x - s * y, self.y + s * x + c * y)

    def box(self, rect: Rect) -> Rect:
        return bounds([self.at(*p) for p in rect.polygon()])
