"""The demonstration under /demo/ of `noticeboard serve`: an enquiry form on another site that embeds the consent form.

The other site is a second port of this machine: to a browser that is another origin. Nothing of it is ever built.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from generator.content.model import Url
from generator.content.site_file import SiteSource
from generator.pages import theme
from generator.wording.strings import language_name

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATH = "/demo/"
ASSETS = {f"{PATH}demo.css": "text/css", f"{PATH}demo.js": "text/javascript"}


@dataclass(frozen=True)
class Shown:
    """A site's folder, its site.yml, and the notice, language and title of each version that asks for consent."""

    root: Path
    site: SiteSource
    asking: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Demo:
    """The other site. `home` is the address of Noticeboard, `origin` its own; `shown` is what there is to show."""

    home: str
    origin: str
    shown: Callable[[], Shown]

    def allowed(self, site: SiteSource) -> SiteSource:
        """The site as if site.yml named the demonstration among the sites that may embed the consent form."""
        origins = (*site.consent.origins, Url(self.origin))
        consent = dataclasses.replace(site.consent, origins=origins)
        return dataclasses.replace(site, consent=consent)

    def linked(self, app: WSGI) -> WSGI:
        """Noticeboard's own address, where /demo/ leads to the other site."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            path = str(environ.get("PATH_INFO", ""))
            if path.rstrip("/") == PATH.rstrip("/"):
                query = str(environ.get("QUERY_STRING", ""))
                return redirect(f"{self.origin}{PATH}?{query}" if query else self.origin + PATH)(
                    environ, start_response
                )
            return app(environ, start_response)

        return answer

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self.page(Request(environ))(environ, start_response)

    def page(self, request: Request) -> Response:
        """The enquiry form, or the answer to an enquiry, which is kept nowhere. `?language=cy` for another language."""
        shown = self.shown()
        site = shown.site
        where = theme.folders(shown.root, site)
        if request.path in ASSETS:
            data = theme.find(request.path.removeprefix(PATH), where).read_bytes()
            return self._secured(Response(data, mimetype=ASSETS[request.path]))
        if request.path != PATH:
            return redirect(PATH)
        every = theme.read_words(where, site.languages)
        words = every.get(request.args.get("language", ""), every[site.language])
        spoken = (words.language, site.language)  # the best title is the last
        asking = sorted(shown.asking, key=lambda one: [one[1] == language for language in spoken])
        notices = {notice: title for notice, _, title in asking}
        asked = request.args.get("notice", "")
        chosen = asked if asked in notices else next(iter(notices), "")
        values = {
            "home": self.home,
            "notice": chosen,
            "title": notices.get(chosen, ""),
            "languages": [(language, language_name(language)) for language in site.languages],
            "sent": request.method == "POST",
            "reference": request.form.get("consent_reference", ""),
        }
        environment = theme.environment(where, {}, words)
        return self._secured(Response(theme.render(environment, "demo.html", values), mimetype="text/html"))

    def _secured(self, response: Response) -> Response:
        """The strictest policy under which the consent form works, as docs/embedding.md gives it."""
        policy = (
            f"default-src 'none'; script-src 'self' {self.home}; style-src 'self' {self.home}; connect-src {self.home}; "
            "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        response.headers["Content-Security-Policy"] = policy
        response.headers["Cache-Control"] = "no-store"
        return response


@contextmanager
def beside(home: str, host: str, shown: Callable[[], Shown], handler: type[WSGIRequestHandler]) -> Iterator[Demo]:
    """The demonstration on a free port, until the block ends."""
    waiting: list[Demo] = []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return waiting[0](environ, start_response)

    server = make_server(host, 0, app, threaded=True, request_handler=handler)
    waiting.append(Demo(home, f"http://{host}:{server.port}", shown))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield waiting[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
