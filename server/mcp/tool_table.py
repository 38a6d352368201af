"""Every tool: its name, what it says of itself, what it takes, who may call it, and what runs."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from mcp_types import CallToolResult, ContentBlock, ImageContent, TextContent, ToolAnnotations
from mcp_types import Tool as ToolShown

from manga.errors import MangaError, UserError
from manga.values import Value
from server.mcp import make_and_answer as make
from server.mcp import read_book as read
from server.mcp.caller import Caller, cut, read_arguments, written
from server.security.identity import Role, check_role
from works.base import Json
from works.work_json import error_of

log = logging.getLogger("mangaka.mcp")
Run: TypeAlias = Callable[[Caller, Any], Awaitable["Json | read.Shown"]]


class UnknownTool(UserError):
    """There is no such tool."""

    code = "unknown_tool"
    http_status = 404
    default_remedy = "tools/list names them."


@dataclass(frozen=True, slots=True)
class Tool:
    """`again`: called twice with the same arguments it does the same once."""

    title: str
    says: str
    takes: type[Value]
    run: Run
    role: Role = Role.EDITOR
    again: bool = True
    ends: bool = False

    @property
    def looks(self) -> bool:
        return self.role is Role.VIEWER

    def shown(self, name: str) -> ToolShown:
        """As tools/list tells of it."""
        return ToolShown(
            name=name,
            title=self.title,
            description=self.says,
            input_schema=self.takes.model_json_schema(),
            annotations=ToolAnnotations(
                title=self.title,
                read_only_hint=self.looks,
                destructive_hint=self.ends,
                idempotent_hint=self.again,
                open_world_hint=False,
            ),
        )


TOOLS: Final[Mapping[str, Tool]] = {
    "make_manga": Tool(
        "Make a manga",
        "Draws a story as a manga book, in Japanese or English. It takes seconds to minutes: the answer is the work's"
        " status; call follow_manga until it is completed. With `review` it stops after each of seven phases (concept,"
        " characters, plot, storyboard, artwork, lettering, finishing) until answer_review or give_feedback is called.",
        make.NewManga,
        make.make_manga,
        again=False,
    ),
    "estimate_manga": Tool(
        "Estimate a manga",
        "How many pages and pictures a story would be, what it would cost and how long it would take. Nothing is made.",
        make.Story,
        make.estimate_manga,
    ),
    "follow_manga": Tool(
        "Follow a manga",
        "How a work stands. With `wait_s` it answers as soon as a review waits or nothing goes on by itself.",
        make.Followed,
        make.follow_manga,
        Role.VIEWER,
    ),
    "answer_review": Tool(
        "Answer a review",
        "Approves the phase that waits, or confirms or cancels the plan that waits. Sent twice it counts once.",
        make.ReviewReply,
        make.answer_review,
    ),
    "give_feedback": Tool(
        "Say what should be different",
        "A sentence (`Make page 3 a night scene`) or edits about the review that waits, or about a finished book: the"
        " phases concerned are done again and nothing else. `plan` is what was understood.",
        make.ChangeWish,
        make.give_feedback,
    ),
    "list_mangas": Tool("List works", "Your works, newest first.", read.Listing, read.list_mangas, Role.VIEWER),
    "read_pages": Tool(
        "Read pages",
        "Pages of a book, finished or in the making: their pictures, and panel by panel what they show and say.",
        read.Pages,
        read.read_pages,
        Role.VIEWER,
    ),
    "read_phase": Tool(
        "Read a phase's result",
        "The result of concept, characters, plot, storyboard, artwork, lettering or finishing as JSON, in pieces.",
        read.PhaseText,
        read.read_phase,
        Role.VIEWER,
    ),
    "list_versions": Tool(
        "List versions", "The versions of a work, newest first.", read.VersionPage, read.list_versions, Role.VIEWER
    ),
    "compare_versions": Tool(
        "Compare versions",
        "What differs between two versions, in words and by page.",
        read.Comparison,
        read.compare_versions,
        Role.VIEWER,
    ),
    "branch_manga": Tool(
        "Go on from a version",
        "Opens a line of its own at an older version, with a sentence to carry out there, or makes an older version the"
        " newest again. Every version stays.",
        make.Branch,
        make.branch_manga,
    ),
    "export_manga": Tool(
        "Export a book",
        "A finished version as a file (pdf, cbz, epub, ...); the answer says where it is.",
        make.Export,
        make.export_manga,
    ),
    "control_manga": Tool(
        "Pause, resume or cancel",
        "`pause` lets a work rest, `resume` goes on with one that rests or failed, `cancel` ends it for good.",
        make.Control,
        make.control_manga,
        ends=True,
    ),
}


def shown_to(caller: Caller) -> list[ToolShown]:
    """Those that the caller's role may call."""
    return [tool.shown(name) for name, tool in TOOLS.items() if caller.who.role >= tool.role]


async def called(caller: Caller, name: str, sent: Mapping[str, Any]) -> CallToolResult:
    """The tool's answer; what is refused is an answer too, which names the cause and the remedy."""
    try:
        tool = TOOLS.get(name)
        if tool is None:
            raise UnknownTool(f"There is no tool {cut(name, 60)!r}.")
        check_role(caller.who, tool.role)
        found = await tool.run(caller, read_arguments(tool.takes, sent))
        return _answer(found if isinstance(found, read.Shown) else read.Shown(found))
    except MangaError as error:
        if error.http_status >= 500:
            log.warning("the tool %s was not carried out: %s", cut(name, 60), error.code)
        return refused(error)


def _answer(shown: read.Shown) -> CallToolResult:
    content: list[ContentBlock] = [TextContent(text=written(shown.told))]
    for picture in shown.pictures:
        content += [TextContent(text=picture.caption), ImageContent(data=picture.base64, mime_type="image/png")]
    return CallToolResult(content=content, structured_content=shown.told)


def refused(error: MangaError) -> CallToolResult:
    """An error as a tool's answer."""
    told = {name: None if value is None else cut(value, 600) for name, value in error_of(error).items()}
    if error.retry_after_s is not None:
        told["retry_after_s"] = str(round(error.retry_after_s, 1))
    said = {"error": told}
    return CallToolResult(content=[TextContent(text=written(said))], structured_content=said, is_error=True)
