"""A person's browser, reduced to what writing needs: cookies, forms, and the knowledge whether an answer arrived."""

import re
import secrets
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Lost(Exception):
    """No answer, or one that says to come back: whether it was done is unknown."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows redirects as answers."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


class Browser:
    """One session."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar, NoRedirect())

    def get(self, path: str) -> tuple[int, str]:
        """Status and text."""
        return self._open(urllib.request.Request(self.url + path))

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Status and text (for a redirect its target) of a form sent."""
        body = urllib.parse.urlencode(fields | self._token()).encode()
        return self._open(urllib.request.Request(self.url + path, body, {"Referer": self.url + path}))

    def post_with_file(
        self, path: str, fields: dict[str, str], field: str, name: str, content: bytes
    ) -> tuple[int, str]:
        """The same for a form that carries a text file."""
        edge = secrets.token_hex(16)
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                 for key, value in (fields | self._token()).items()]  # fmt: skip
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        )
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        headers = {"Referer": self.url + path, "Content-Type": f"multipart/form-data; boundary={edge}"}
        return self._open(urllib.request.Request(self.url + path, body, headers))

    def _token(self) -> dict[str, str]:
        value = next((cookie.value or "" for cookie in self.cookies if "csrf" in cookie.name), "")
        return {"csrfmiddlewaretoken": value}

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as exc:
            text = exc.read().decode(errors="replace")
            if exc.code >= 500:
                raise Lost(f"{exc.code} {request.full_url}: {text[-300:]}") from exc
            return exc.code, exc.headers.get("Location") or text
        except (OSError, EOFError, ValueError) as exc:
            raise Lost from exc
        except Exception as exc:
            if type(exc).__module__ == "http.client":
                raise Lost from exc
            raise

    def sign_in(self, email: str, password: str) -> None:
        """Sign in; AssertionError with the page's text if that is refused."""
        self.get("/account/login/")
        status, text = self.post("/account/login/", {"login": email, "password": password})
        problems = re.sub(r"<[^>]+>", " ", text)
        assert status == 302, problems
