"""What is still to be paid, as a person is told before it is. Money is in USD."""

from editing.results import brief_of, result_of
from editing.work_state import Json
from graph.purse import spent_usd
from graph.services import Services
from graph.state import State
from manga.phases import Phase
from manga.storyboard import Storyboard


async def bill(state: State, services: Services, work: str) -> Json | None:
    """`{images, usd, spent_usd, limit_usd}` once the storyboard is there: pictures that may be drawn for it at most and
    what they cost, what was spent before, and the work's limit. `usd` None: the price is not known. None: pictures cost
    nothing."""
    if not services.images.paid:
        return None
    images = sum(len(page.panels) for page in result_of(state, Phase.STORYBOARD, Storyboard).pages)
    return {
        "images": images,
        "usd": pictures_usd(services, images),
        "spent_usd": round(spent_usd(await services.ledger.counted(work)), 6),
        "limit_usd": brief_of(state).settings.max_cost_usd,
    }


def pictures_usd(services: Services, images: int) -> float | None:
    """What so many pictures cost; None: nobody knows their price."""
    price = services.tariff.picture_usd
    return None if price is None else round(images * price, 4)
