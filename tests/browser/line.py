"""The line between a page and its server: what was asked on it and whether it is answered."""

import json
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState


class Line:
    """What a page has asked its server for, run by run, in the order in which it was said."""

    def __init__(self) -> None:
        """Nothing is asked yet."""
        self.widths: set[int] = set()
        """The widths of its window that the page has told the server."""
        self.schemes: set[str] = set()
        """The schemes, other than what the server took it for, that it has told the server."""
        self.asked = 0
        """How often it has asked for a run."""
        self.closed = 0
        """How often it was cut off."""
        self._is_begun = False
        self._is_answered = False

    @classmethod
    def of(cls, page: Page) -> "Line":
        """Follow the line of a page that is not yet open."""
        line = LINES[page] = cls()
        page.on("websocket", line._follow)
        return line

    @staticmethod
    def known(page: Page) -> "Line":
        """Return the line of a page that is followed."""
        return LINES[page]

    @property
    def is_idle(self) -> bool:
        """Whether a run began after the last one was asked for, and came to its end."""
        return self._is_begun and self._is_answered

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framesent", self._hear_page)
        socket.on("framereceived", self._hear_server)
        socket.on("close", self._count_close)

    def _count_close(self, _: WebSocket) -> None:
        self.closed += 1

    def _hear_page(self, frame: str | bytes) -> None:
        message = BackMsg.FromString(_bytes(frame))
        if message.WhichOneof("type") == "rerun_script":
            self.asked += 1
            self._is_begun = self._is_answered = False
            for widget in message.rerun_script.widget_states.widgets:
                self._take_window(widget)

    def _hear_server(self, frame: str | bytes) -> None:
        message = ForwardMsg.FromString(_bytes(frame))
        match message.WhichOneof("type"):
            case "new_session":
                self._is_begun, self._is_answered = True, False
            case "script_finished":
                # Where a run gives way to another, that one is still to begin.
                gave_way = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                self._is_begun &= not gave_way
                self._is_answered = self._is_begun

    def _take_window(self, widget: WidgetState) -> None:
        if widget.id.endswith("-viewport"):
            window = json.loads(widget.json_value)
            self.widths |= {window["width"]} if "width" in window else set()
            self.schemes |= {window["scheme"]} if "scheme" in window else set()


LINES: WeakKeyDictionary[Page, Line] = WeakKeyDictionary()


def _bytes(frame: str | bytes) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()
