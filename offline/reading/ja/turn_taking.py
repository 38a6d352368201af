"""Who has spoken so far in a Japanese story, as the words beside the quotes say."""

from offline.reading.ja.people import People

RECENT = 40


class Turns:
    """The history of speakers."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.history: list[tuple[str, ...]] = []

    @property
    def recent(self) -> list[tuple[str, ...]]:
        return [who for who in self.history[-RECENT:] if who]

    @property
    def last(self) -> tuple[str, ...]:
        return self.recent[-1] if self.recent else ()

    @property
    def last_two(self) -> set[str]:
        return {name for who in self.recent[-2:] for name in who}

    @property
    def in_dialogue(self) -> bool:
        return len(self.recent) >= 2 and self.recent[-1] != self.recent[-2]

    def spoke(self, who: tuple[str, ...]) -> None:
        self.history.append(who)
