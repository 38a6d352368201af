"""A measured value beside its bound, as benchmarks print it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """It is to be at `most` so much, or at `least`. Without a bound it is only told."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def ok(self) -> bool:
        low = self.least is not None and self.value < self.least
        return not low and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        bounds = (("at most", self.most), ("at least", self.least))
        told = "".join(f"   {word} {bound:g} {self.unit}" for word, bound in bounds if bound is not None)
        word = "" if not told else "ok" if self.ok else "OUT"
        return f"{word:<4} {self.name:<60} {self.value:10.2f} {self.unit:<3}{told}"
