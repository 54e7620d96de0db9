"""What does it mean when Google says no, or nothing?"""

import json
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from google.auth.exceptions import GoogleAuthError, RefreshError
from googleapiclient.errors import Error, HttpError
from httplib2 import HttpLib2Error

from governor.errors import GovernorError, Refused, Unavailable
from governor.itip.texts import line

OUTSIDE = (Error, HttpLib2Error, GoogleAuthError, OSError)
"""Whatever a call may fail with for which no bug is to blame."""

QUOTAS = frozenset({"quotaExceeded", "dailyLimitExceeded", "calendarUsageLimitsExceeded"})
"""The reasons that last for hours."""

BUSY = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
"""The reasons that pass in seconds."""

NOT_DELEGATED = "unauthorized_client"
"""What the token server says to a service account that was given no right to act for anybody, or not all the scopes."""

REVOKED = frozenset({"invalid_grant", "invalid_client", "access_denied", "invalid_scope"})
"""What the token server says when no waiting helps."""

_LONGEST = 200


def status(error: Exception) -> int:
    """Return the HTTP status of *error*; 0: it is no answer of Google."""
    return int(error.resp.status) if isinstance(error, HttpError) else 0


def failure(error: Exception, *, quota: timedelta, connected: str) -> GovernorError:
    """Return what *error* means. A used-up quota is left alone for *quota*; *connected* names the connection."""
    if isinstance(error, RefreshError):
        return _signed_out(error, connected)
    if not isinstance(error, HttpError):
        return Unavailable("google-unreachable", reason=line(str(error))[:_LONGEST])
    code, (reason, message) = status(error), _told(error)
    if code == HTTPStatus.UNAUTHORIZED:
        return Unavailable("google-signed-out", is_lasting=True, connected=connected, reason=message)
    if reason in QUOTAS:
        return Unavailable("google-quota", after=quota, reason=reason, answer=message)
    if reason in BUSY or code == HTTPStatus.TOO_MANY_REQUESTS:
        return Unavailable("google-busy", code=code, reason=reason, answer=message)
    if reason == "forbiddenForServiceAccounts":
        return Unavailable("google-delegation-missing", is_lasting=True, connected=connected)
    if code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return Unavailable(
            "google-forbidden", is_lasting=True, connected=connected, code=code, reason=reason, answer=message
        )
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR or code == HTTPStatus.REQUEST_TIMEOUT:
        return Unavailable("google-failed", code=code, reason=reason, answer=message)
    return Refused("google-refused", code=code, reason=reason, answer=message)


def _signed_out(error: RefreshError, connected: str) -> GovernorError:
    """Return what it means that no token was given: for ever where Google said why (RFC 6749 §5.2), else for now."""
    reason = line(str(error.args[0] if error.args else error))[:_LONGEST]
    word = reason.partition(":")[0]
    if word == NOT_DELEGATED:
        return Unavailable("google-delegation-missing", is_lasting=True, connected=connected)
    if not error.retryable and word in REVOKED:
        return Unavailable("google-signed-out", is_lasting=True, connected=connected, reason=reason)
    return Unavailable("google-unreachable", reason=reason)


def _told(error: HttpError) -> tuple[str, str]:
    """Return the reason and the message in Google's answer, which may be no JSON at all."""
    try:
        found = json.loads(error.content)["error"]
    except (ValueError, KeyError, TypeError):
        return "", line(str(error.resp.reason))[:_LONGEST]
    if not isinstance(found, Mapping):
        return line(str(found))[:_LONGEST], ""
    details = found.get("errors") or [{}]
    return line(str(details[0].get("reason", "")))[:_LONGEST], line(str(found.get("message", "")))[:_LONGEST]
