"""At which phases a person is asked: state in, yes or no out. The review stops there, and previews have pictures."""

from editing.results import brief_of
from editing.sheet_status import missing_sheets
from editing.work_state import WorkState
from manga.phases import Phase


def waits(phase: Phase, state: WorkState) -> bool:
    """Whether a person is asked here: always in an undisturbed run with feedback, and while feedback is carried out
    only at the phases it concerns and the one where it was given. What lies behind that one is new to the person, and
    so is a character sheet that could not be drawn."""
    if not brief_of(state).feedback_mode.enabled:
        return False
    if phase is Phase.CHARACTERS and missing_sheets(state):
        return True
    feedback = state.get("feedback") or {}
    stops = feedback.get("stops")
    return not stops or phase.value in stops or phase.number > Phase(feedback["asked_at"]).number
