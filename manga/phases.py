"""The seven phases, in order. The phase word is the one name of that phase everywhere."""

from enum import StrEnum


class Phase(StrEnum):
    """One of the seven phases, by its word."""

    CONCEPT = "concept"
    CHARACTERS = "characters"
    PLOT = "plot"
    STORYBOARD = "storyboard"
    ARTWORK = "artwork"
    LETTERING = "lettering"
    FINISHING = "finishing"

    @property
    def number(self) -> int:
        """1 for concept, 7 for finishing."""
        return PHASES.index(self) + 1

    @property
    def following(self) -> "Phase | None":
        """The phase after this one; None after finishing."""
        return PHASES[self.number] if self.number < len(PHASES) else None


PHASES: tuple[Phase, ...] = tuple(Phase)
