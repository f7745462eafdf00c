"""Bytes to text when the charset is Russian, misnamed, missing or a lie."""

import codecs

# Names that mailers use and Python does not know.
ALIASES = {
    "cp-1251": "cp1251", "win-1251": "cp1251", "win1251": "cp1251", "windows1251": "cp1251", "x-cp1251": "cp1251",
    "cp-866": "cp866", "x-mac-cyrillic": "mac_cyrillic", "koi8r": "koi8_r", "koi-8-r": "koi8_r",
    "x-koi8-r": "koi8_r", "utf8mb4": "utf-8", "utf-8mb4": "utf-8", "unicode-1-1-utf-7": "utf-7",
    "ks_c_5601-1987": "cp949", "x-sjis": "cp932", "x-gbk": "gb18030", "gb2312": "gb18030",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "ansi": "cp1251", "default": "", "unknown-8bit": "",
    "8bit": "", "x-unknown": "", "us-ascii": "", "ascii": "", "ansi_x3.4-1968": "",
}  # fmt: skip
UNSAFE = frozenset({"rot_13", "rot13", "base64", "hex", "bz2", "zip", "zlib", "uu", "quopri", "idna", "punycode",
                    "unicode_escape", "raw_unicode_escape", "undefined", "oem", "mbcs"})  # fmt: skip
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё ")


def text_of(data: bytes, charset: str = "") -> str:
    """The text that the bytes mean, as well as can be told. Never fails; NULs and lone surrogates are gone."""
    codec = _codec(charset)
    if codec:
        try:
            return _clean(data.decode(codec, errors="strict"))
        except (UnicodeError, ValueError):
            if codec.startswith("iso2022"):  # a few broken escapes: keep the rest
                return _clean(data.decode(codec, errors="replace"))
    return _clean(_guessed(data, codec))


def _codec(charset: str) -> str:
    name = charset.strip().strip("\"'").lower()
    name = ALIASES.get(name, name)
    if not name:
        return ""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "" if found.replace("-", "_") in UNSAFE else found


def _guessed(data: bytes, declared: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as broken:
        if broken.start >= len(data) - 3:  # cut in the middle of a letter at the end
            return data[: broken.start].decode("utf-8")
    if declared in {"utf-8", "utf_8"} and _mostly_utf8(data):
        return data.decode("utf-8", errors="replace")
    candidates = {codec: data.decode(codec, errors="replace") for codec in ("cp1251", "koi8_r", "cp866")}
    if declared and declared not in {"utf-8", "latin_1", "iso8859-1", "cp1252"}:
        candidates[declared] = data.decode(declared, errors="replace")
    return max(candidates.values(), key=_looks_russian)


def _mostly_utf8(data: bytes) -> bool:
    wrong = data.decode("utf-8", errors="replace").count("\ufffd")
    return wrong * 20 < len(data)


def _looks_russian(text: str) -> float:
    """How much like Russian a text looks: common small letters for it, capitals in words and other signs against."""
    score, before = 0.0, " "
    for letter in text[:4000]:
        if letter in _COMMON:
            score += 1
        elif "А" <= letter <= "я":
            score += -0.5 if before.islower() else 0.5
        elif letter > "\x7f":
            score -= 2
        before = letter
    return score


def _clean(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") if _odd(text) else text


def _odd(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
