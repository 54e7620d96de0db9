"""What did people allow in Google? By signing in (RFC 8252, RFC 7636), or as administrators by delegation."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlencode, urlsplit

from google.auth import jwt

from tests.integrations.discovery import Json

NOT_DELEGATED = {
    "error": "unauthorized_client",
    "error_description": "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
    "for any of the scopes requested.",
}


@dataclass
class Consents:
    """Which codes were given for what was asked, and what was delegated.

    ``keys`` is the public key (PEM) of each service account; ``delegated`` are the scopes that each was given in the
    whole domain, by its number (``clients``). Where nothing is known of a service account, all is allowed.
    """

    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=dict)
    delegated: dict[str, set[str]] | None = None

    def agree(self, asked: dict[str, str]) -> str:
        """Return the address that the browser is sent to once a person has allowed what is *asked*."""
        back = urlsplit(asked["redirect_uri"])
        assert (back.scheme, back.hostname, asked["response_type"]) == ("http", "127.0.0.1", "code")
        assert (asked["access_type"], asked["code_challenge_method"]) == ("offline", "S256")
        code = f"4/{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], 'code': code, 'scope': asked['scope']})}"

    def refusal(self, form: dict[str, str]) -> tuple[int, Json] | None:
        """Return how a request for a token is refused; ``None``: it is not."""
        if "code" in form:
            return None if self._is_given(form) else (400, {"error": "invalid_grant"})
        if "assertion" in form and self.delegated is not None:
            return None if self._is_delegated(form["assertion"]) else (401, NOT_DELEGATED)
        return None

    def _is_given(self, form: dict[str, str]) -> bool:
        asked = self.codes.pop(form["code"], None)
        if asked is None:
            return False
        proof = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        return (proof, form["redirect_uri"]) == (asked["code_challenge"], asked["redirect_uri"])

    def _is_delegated(self, assertion: str) -> bool:
        assert self.delegated is not None
        account = jwt.decode(assertion, verify=False)["iss"]
        claims = jwt.decode(assertion, certs=self.keys[account])
        return "sub" in claims and set(claims["scope"].split()) <= self.delegated.get(self.clients[account], set())
