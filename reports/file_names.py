"""Names of files that every system takes."""

from __future__ import annotations

import hashlib
import re

# Bytes of a file's name, so that an ending and a folder's own signs fit into 255.
LONGEST = 200


def file_name(words: str) -> str:
    """`words` as a file name on any system.

    Of a long one its beginning, its end, and between them a mark that no other has.
    """
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", words).strip(" .") or "pack"
    if len(encoded := name.encode()) <= LONGEST:
        return name
    # Systems count bytes, of which a Chinese sign has three.
    mark = hashlib.blake2b(encoded, digest_size=4).hexdigest()
    start, end = encoded[: LONGEST // 2], encoded[-LONGEST // 4 :]
    return f"{start.decode(errors='ignore')}~{mark}~{end.decode(errors='ignore')}"
