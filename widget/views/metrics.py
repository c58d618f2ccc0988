"""`/metrics` for Prometheus: how many requests of which kind, events and unsent mail. Nothing about anybody."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from flask import Blueprint, Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from widget.views.shared import service

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def measure(app: Flask) -> None:
    """Count every answer, and say what was counted. Each process counts for itself."""
    registry = CollectorRegistry()
    answers = Counter(
        "consents_answers", "Answers by address, method and status.", ("route", "method", "status"), registry=registry
    )
    events = Gauge("consents_events", "Events in the ledger.", registry=registry)
    unsent = Gauge("consents_mail_unsent", "Messages that are still owed.", registry=registry)
    oldest = Gauge("consents_mail_oldest_seconds", "Age of the oldest message that is still owed.", registry=registry)
    given_up = Gauge(
        "consents_mail_undelivered", "Messages that reached nobody, and that nobody has closed.", registry=registry
    )
    counted = cache(answers.labels)  # routes, methods and statuses are few
    views = Blueprint("metrics", __name__)

    @views.get("/metrics")
    def metrics() -> Response:
        here = service()
        with here.store.reading() as reading:
            events.set(reading.size())
            unsent.set(reading.unsent())
            given_up.set(reading.undelivered())
            made = reading.oldest_unsent()
        oldest.set((here.clock() - datetime.fromisoformat(made)).total_seconds() if made else 0)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    def count(response: Response) -> Response:
        asked = request._get_current_object()  # type: ignore[attr-defined]
        route = asked.url_rule.rule if asked.url_rule else "none"
        counted(route, asked.method if asked.method in METHODS else "other", response.status_code).inc()
        return response

    app.register_blueprint(views)
    app.after_request(count)
