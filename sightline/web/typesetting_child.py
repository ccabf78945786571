"""The child process that sets a template with its data as PDF/UA, or drawings as PNG; with a warning it makes nothing."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any


def main() -> int:
    """This function will read a template and data from standard input, and write a PDF, or a list of PNG in base 64."""
    import font_source_sans_pro
    import typst

    source, data, *rest = json.loads(sys.stdin.buffer.read())
    fonts = Path(font_source_sans_pro.__file__).parent / "files"
    pixels: dict[str, Any] = {"format": "png", "ppi": rest[0]} if rest else {}
    made, warnings = typst.compile_with_warnings(
        source.encode(),
        **(pixels or {"format": "pdf", "pdf_standards": ["ua-1"]}),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    if pixels and not warnings:
        pages = made if isinstance(made, list) else [made]
        sys.stdout.write(json.dumps([base64.b64encode(page).decode() for page in pages]))
        return 0
    if warnings or not isinstance(made, bytes):
        sys.stderr.write("; ".join(str(one) for one in warnings))
        return 3
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
