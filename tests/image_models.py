"""What the image models of tests have in common."""

from providers.base import Picture, SheetBrief


class UnpaidImages:
    """Costs nothing and needs no sheets."""

    @property
    def paid(self) -> bool:
        return False

    @property
    def most_sheets(self) -> int:
        return 0

    async def draw_sheet(self, brief: SheetBrief) -> Picture:
        raise AssertionError("nobody asks this image model for a sheet")
