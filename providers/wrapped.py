"""What a text model or an image model in front of another one passes on."""

from providers.base import ImageModel, TextModel


class WrappedText:
    """The part of the TextModel port that stays as it is. `inner` is the model behind."""

    __slots__ = ()
    inner: TextModel

    @property
    def name(self) -> str:
        return self.inner.name

    def takes_whole(self, prompt_id: str) -> bool:
        return self.inner.takes_whole(prompt_id)


class WrappedImages:
    """The part of the ImageModel port that stays as it is. `inner` is the image model behind."""

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
