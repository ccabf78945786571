"""The child process that sets a template with its data as PDF/UA; with a warning, of a letter say, it makes nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> int:
    """This function will read a template and data from standard input, and write a PDF to standard output."""
    import font_source_sans_pro
    import typst

    source, data = json.loads(sys.stdin.buffer.read())
    fonts = Path(font_source_sans_pro.__file__).parent / "files"
    made, warnings = typst.compile_with_warnings(
        source.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    if warnings or not isinstance(made, bytes):
        sys.stderr.write("; ".join(str(one) for one in warnings))
        return 3
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
