"""The poses and stances of `poses.yaml`, each as a `PoseSpec`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from drawing.art.pose_spec import BEARS, FREE, LOOSE, ArmPose, LegPose, PoseSpec
from manga.read_yaml import read_yaml
from manga.storyboard import Pose

_FILE: Final = Path(__file__).with_name("poses.yaml")
_ARMS: Final = {"loose": LOOSE}
_LEGS: Final = {"bears": BEARS, "free": FREE}
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True)
class Specs(Mapping[Name, PoseSpec], Generic[Name]):
    """A section of the file by name, read when somebody asks for the first one."""

    section: str
    named: Callable[[str], Name]

    def __getitem__(self, name: Name) -> PoseSpec:
        return _specs(self.section)[name]

    def __iter__(self) -> Iterator[Name]:
        return map(self.named, _specs(self.section))

    def __len__(self) -> int:
        return len(_specs(self.section))


@cache
def _specs(section: str) -> Mapping[str, PoseSpec]:
    return {name: spec_of(told) for name, told in _file()[section].items()}


@cache
def _file() -> Any:
    return read_yaml(_FILE.read_text(encoding="utf-8"))


def spec_of(told: Mapping[str, Any]) -> PoseSpec:
    """Raises TypeError where a field has no such name."""
    read = dict(told)
    arms, legs = read.pop("arms", {}), read.pop("legs", {})
    limbs = {side: _arm(read.pop(side, arms)) for side in ("left", "right")}
    lower = {side: _leg(read.pop(side, legs)) for side in ("left_leg", "right_leg")}
    return PoseSpec(**limbs, **lower, **read)  # type: ignore[arg-type]


def _arm(told: Any) -> ArmPose:
    return _ARMS[told] if isinstance(told, str) else ArmPose(**_tuples(told))


def _leg(told: Any) -> LegPose:
    return _LEGS[told] if isinstance(told, str) else LegPose(**_tuples(told))


def _tuples(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


POSES: Final[Mapping[Pose, PoseSpec]] = Specs("poses", Pose)
"""Of a direction."""
STANCES: Final[Mapping[str, PoseSpec]] = Specs("stances", str)
"""How somebody stands who only stands, or talks."""
ONE_HANDED: Final[Mapping[str, PoseSpec]] = Specs("one_handed", str)
"""The left arm of one whose right hand holds something at the side."""
ACTS: Final[Mapping[str, PoseSpec]] = Specs("acts", str)
"""What a pose is more closely; of `acts.yaml` those that have a body of their own."""
