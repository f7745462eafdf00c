"""The plain text of an HTML mail: what is quoted is marked with `>`, what is not shown is left out."""

from html.parser import HTMLParser

LONGEST = 500_000  # characters of HTML that are read
HIDDEN = frozenset({"head", "style", "script", "title", "template", "noscript"})
BLOCKS = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "section", "article"}
)
VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.quoted = 0
        self.hidden = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "blockquote":
            self._break()
            self.quoted += 1
        elif tag == "li":
            self._break()
            self._add("- ")
        elif tag == "td":
            self._add(" ")
        elif tag == "br":
            self.lines.append("")
        elif tag in BLOCKS:
            self._break()
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "blockquote":
            self._break()
            self.quoted = max(0, self.quoted - 1)
        elif tag == "p":
            self._break()
            self.lines.append("")
        elif tag in BLOCKS:
            self._break()
        elif tag == "a":
            if self.link.startswith(("http://", "https://")) and self.link.rstrip("/") not in self.lines[-1]:
                self._add(f" <{self.link}>")
            self.link = ""

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        text = " ".join(data.split())
        goes_on = bool(self.lines[-1].strip("> ")) and not self.lines[-1].endswith(" ")
        if data[:1].isspace() and goes_on:
            text = f" {text}"
        if data[-1:].isspace() and text.strip():
            text += " "
        if text.strip() or goes_on:
            self._add(text)

    def _add(self, text: str) -> None:
        if not self.lines[-1] and self.quoted:
            self.lines[-1] = ">" * self.quoted + " "
        self.lines[-1] += text

    def _break(self) -> None:
        if self.lines[-1].strip("> "):
            self.lines.append("")


def text_of_html(html: str) -> str:
    """The text, without more than one empty line in a row."""
    reader = _Reader()
    try:
        reader.feed(html[:LONGEST])
        reader.close()
    except (AssertionError, ValueError):  # html.parser's word for markup that it cannot follow: keep what was read
        pass
    out: list[str] = []
    for line in reader.lines:
        cleaned = line.rstrip()
        if cleaned or (out and out[-1]):
            out.append(cleaned)
    return "\n".join(out).strip()
