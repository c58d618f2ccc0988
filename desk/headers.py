"""The headers of the desk's pages. Pure: previews of drafts have their own, since they are framed by the desk alone."""

from __future__ import annotations

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
"""No inline code, nobody's frame, no other origin. Without `unsafe-inline` a script that gets into a page does not run."""

ALWAYS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PREVIEW_POLICY = {
    "sandbox": "",
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "media-src": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
}
WITH_SCRIPTS = {"sandbox": "allow-scripts", "script-src": "'self'"}
PREVIEW = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
SECURE = {"Strict-Transport-Security": "max-age=31536000"}


def page_headers(*, secure: bool, form_action: str = "'self'", referrer: str = "same-origin") -> dict[str, str]:
    """The headers of a page of the desk.

    `form_action` differs where a form leads on to the provider: browsers apply the rule to the redirect as well.
    """
    policy = POLICY | {"form-action": form_action}
    said = "; ".join(f"{name} {value}" for name, value in policy.items())
    found = ALWAYS | {"Content-Security-Policy": said, "Referrer-Policy": referrer}
    return found | SECURE if secure else found


def framed_headers(*, secure: bool) -> dict[str, str]:
    """The headers of what has a policy of its own, such as previews: nothing here keeps it out of the desk's frame, or its
    pictures out of a frame whose origin is its own."""
    return PREVIEW | SECURE if secure else dict(PREVIEW)


def preview_headers(*, secure: bool, scripts: bool = False) -> dict[str, str]:
    """The headers of a draft in its frame: an origin of its own, so that a script in it never acts as the officer.

    `scripts` lets the site's own script run there, still without the desk's cookies and pages. Nothing is loaded from
    elsewhere, whatever a theme or a draft names: who looks at a draft, and when, is nobody else's business.
    """
    said = "; ".join(
        f"{name} {value}".strip() for name, value in (PREVIEW_POLICY | (WITH_SCRIPTS if scripts else {})).items()
    )
    return framed_headers(secure=secure) | {"Content-Security-Policy": said}
