"""Google's libraries are loaded by one thread at a time. They import each other in a circle: two threads that begin at
different ends of it, for pictures and for texts, both find half a module, and every later call in their process fails.
"""

import threading
from typing import Final

ALONE: Final = threading.Lock()
"""Held around an import of `google.genai` or `langchain_google_genai`."""
