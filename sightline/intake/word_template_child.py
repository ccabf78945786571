"""The child process that checks or fills a Word template under limits of memory and time; it knows no records.

It reads one line of JSON and after it the template, and answers with one line of JSON and after it what was filled.
"""

from __future__ import annotations

import json
import logging
import sys

from sightline.intake.attachment_child import MAX_MEMORY, limit_self
from sightline.intake.word_fields import Known, Values, faults_of, fill

DAMAGED = "It is damaged and cannot be opened. Open it in Word, save it anew, and bring the new copy."


def main(what: str) -> int:
    """This function will check or fill a template from standard input and answer on standard output."""
    logging.disable(logging.CRITICAL)  # a stranger's file could fill a log
    limit_self(MAX_MEMORY)
    given = json.loads(sys.stdin.buffer.readline())
    data, made = sys.stdin.buffer.read(), b""
    try:
        if what == "check":
            answer: dict[str, object] = {"faults": faults_of(data, Known(**given))}
        else:
            made = fill(data, Values(**given))
            answer = {"filled": True}
    except MemoryError:
        return 3
    except Exception:  # a stranger's file may break anything in a reader: say so and end
        answer = {"faults": [DAMAGED]}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
