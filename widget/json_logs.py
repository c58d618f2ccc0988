"""Logs as one JSON object a line, without personal data: a fault is named by its kind and place, never by its text."""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

SERVER_LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}},
}
"""granian's own lines, as `logging.config` takes it: they go where all others go."""


class JsonLines(logging.Formatter):
    """Formats a record; what an exception says may quote what a person typed, so only where it arose is kept."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            line["fault"] = type(record.exc_info[1]).__name__
            line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


def log_as_json(level: int = logging.INFO) -> None:
    """Log to standard error so, in this process, from a level on; warnings of libraries too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler])
    logging.captureWarnings(capture=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # else it tells at each start what it is made of
    logging.getLogger("_granian").addFilter(_is_no_remark)


def _is_no_remark(record: logging.LogRecord) -> bool:
    """Whether a line of the server is more than its remark on how many threads it has: ours mostly wait for one
    another."""
    return not record.getMessage().startswith("Configuration allows spawning")


def log_faults() -> None:
    """Log what nobody catches as well, in any thread: a service has no other lines on standard error."""
    log = logging.getLogger("consents")

    def of_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("ended by a fault", exc_info=(kind, error, trace))

    def of_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and told.exc_type is not SystemExit:
            log.error("a thread ended by a fault", exc_info=(told.exc_type, told.exc_value, told.exc_traceback))

    def unraisable(told: Any) -> None:
        if told.exc_value is not None:
            log.warning(
                "a fault while something was put away", exc_info=(told.exc_type, told.exc_value, told.exc_traceback)
            )

    sys.excepthook = of_process
    threading.excepthook = of_thread
    sys.unraisablehook = unraisable
