"""Readers without a browser: Streamlit's own messages over its WebSocket, so that many of them cost less than the
server that they read.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

# A page that takes longer than this has failed.
PATIENCE = 120.0


@dataclass
class Reader:
    """One open tab: its connection, the page's name and the choices in its address."""

    socket: ClientConnection
    page: str = ""
    choices: dict[str, str] = field(default_factory=dict)

    async def look(self, page: str, **choices: str) -> float:
        """Chooses, and returns the seconds until the page's last message; RuntimeError where the page shows an
        exception.
        """
        self.page = page
        self.choices |= choices
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode({name: value for name, value in self.choices.items() if value})
        asked.rerun_script.page_name = page
        asked.rerun_script.context_info.locale = "en-US"
        began = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await self.socket.recv(decode=False))
            kind = told.WhichOneof("type")
            if kind == "page_info_changed":
                self.choices = {
                    name: values[-1] for name, values in parse_qs(told.page_info_changed.query_string).items()
                }
            elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(told.delta.new_element.exception.message)
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.perf_counter() - began


async def opened(address: str) -> Reader:
    """A new tab at `address` (http://...), which shows nothing yet."""
    socket = await connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        max_size=None,
        subprotocols=["streamlit"],
        ping_timeout=PATIENCE,
    )
    return Reader(socket)
