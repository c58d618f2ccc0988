"""`/metrics` for Prometheus, for those who watch the endpoint and nobody else: docs/watching.md names each measure.

Nothing is about anybody. Counts are of all processes of this host; states are looked at when they are asked for, and
those of a database that does not answer are left out.
"""

from __future__ import annotations

import hmac
import platform
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import cast

from flask import Blueprint, Flask, Response, current_app, g, request
from flask_limiter import Limiter
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric

from widget import __version__, measures
from widget.errors import Refusal, Unavailable
from widget.ledger import head_files
from widget.service import Service
from widget.store.queries import Reading
from widget.views.health import readiness
from widget.views.limits import LIMITER
from widget.views.shared import bearer, service

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
PASSED_ON = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")
"""A proxy's own: whoever comes through one is not on this machine."""
HERE = ("127.0.0.1", "::1")
NAMES = ("localhost", "127.0.0.1", "[::1]")


def measure(app: Flask) -> None:
    """Count every answer and how long it took, and say what was counted."""
    counts = measures.begin()
    counted = cache(counts.answers.labels)  # routes, methods and statuses are few
    timed = cache(counts.seconds.labels)
    views = Blueprint("metrics", __name__)

    @views.get("/metrics")
    def metrics() -> Response:
        _check_asker()
        states = CollectorRegistry()
        states.register(States(service(), _counts_alone))
        text = generate_latest(counts.registry()) + generate_latest(states)
        return Response(text, content_type=CONTENT_TYPE_LATEST)

    def begin() -> None:
        g.began = time.perf_counter()

    def count(response: Response) -> Response:
        asked = request._get_current_object()  # type: ignore[attr-defined]
        route = asked.url_rule.rule if asked.url_rule else "none"
        counted(route, asked.method if asked.method in METHODS else "other", response.status_code).inc()
        timed(route).observe(time.perf_counter() - g.began)
        return response

    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.register_blueprint(views)
    app.after_request(count)


class States:
    """The values of now, as measures."""

    def __init__(self, here: Service, counts_alone: Callable[[], bool]) -> None:
        self._here = here
        self._counts_alone = counts_alone

    def collect(self) -> Iterator[Metric]:
        """Every state; those of the ledger and of mail as far as the database answers."""
        here = self._here
        yield self._gauge("head_seconds", "Since when this host keeps its newest signed head.", self._head_seconds())
        faults = readiness(here)
        ready = GaugeMetricFamily("consents_ready", "Whether each part that takes events is well.", labels=("part",))
        for part, fault in faults.items():
            ready.add_metric((part,), float(fault is None))
        yield ready
        refused = here.files.wrong() is not None
        yield self._gauge("manifest_refused", "Whether the site's files are refused, and older ones used.", refused)
        yield self._gauge("limits_alone", "Whether each process counts requests by itself.", self._counts_alone())
        yield InfoMetricFamily("consents_build", "This release and what it runs on.", _build(here))
        try:
            with here.store.reading() as reading:
                found = [*self._of_ledger(reading), *self._of_mail(reading)]
        except Unavailable:
            return
        yield from found

    def _of_ledger(self, reading: Reading) -> Iterator[Metric]:
        yield self._gauge("events", "Events in the ledger.", reading.size())
        told = "Processes of all hosts that said within ten minutes that they run."
        known = GaugeMetricFamily("consents_processes", told, labels=("release",))
        running = [one.release for one in reading.running() if one.is_counted(self._here.clock())]
        for release in sorted(set(running)):
            known.add_metric((release,), running.count(release))
        yield known

    def _of_mail(self, reading: Reading) -> Iterator[Metric]:
        yield self._gauge("mail_unsent", "Letters that are still owed.", reading.unsent())
        yield self._gauge(
            "mail_undelivered", "Letters that reached nobody, and that nobody has closed.", reading.undelivered()
        )
        oldest, late = reading.oldest_unsent(), reading.oldest_late()
        yield self._gauge("mail_oldest_seconds", "Age of the oldest letter that is still owed.", self._age(oldest))
        text = "The same without letters that wait for their turn by a limit."
        yield self._gauge("mail_late_seconds", text, self._age(late))

    def _gauge(self, name: str, told: str, value: float) -> Metric:
        return GaugeMetricFamily(f"consents_{name}", told, float(value))

    def _age(self, made: str | None) -> float:
        return (self._here.clock() - datetime.fromisoformat(made)).total_seconds() if made else 0

    def _head_seconds(self) -> float:
        written = head_files.written(self._here.config.keys_folder)
        return max(0.0, time.time() - written) if written is not None else 0


def _check_asker() -> None:
    """`Refusal` unless it is asked with the key or, where none is set, by a program of this machine under its own
    name."""
    key = service().config.metrics_key
    if key is not None:
        if not hmac.compare_digest((bearer() or "").encode(), key.encode()):
            raise Refusal(401)
        return
    before = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    named = request.host.rpartition(":")[0] if request.host[-1:].isdigit() and ":" in request.host else request.host
    passed_on = any(name in request.headers for name in PASSED_ON)
    if passed_on or before.get("REMOTE_ADDR") not in HERE or named not in NAMES:
        raise Refusal(403)


def _counts_alone() -> bool:
    """Whether requests are to be counted in Redis, and it does not answer now."""
    limiter = cast(Limiter | None, current_app.extensions.get(LIMITER))
    if limiter is None or service().config.ratelimit_storage.startswith("memory"):
        return False
    return not limiter.storage.check()


def _build(here: Service) -> dict[str, str]:
    return {"release": __version__, "python": platform.python_version(), "database": here.store.database}
