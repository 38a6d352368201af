"""What a hand in front of another one passes on."""

from providers.base import ImageModel


class FrontHand:
    """The part of the ImageModel port that stays as it is. `inner` is the hand behind."""

    __slots__ = ()
    inner: ImageModel

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def paid(self) -> bool:
        return self.inner.paid

    @property
    def most_sheets(self) -> int:
        return self.inner.most_sheets
