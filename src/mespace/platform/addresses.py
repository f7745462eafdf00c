"""Mail addresses as mail servers write them to each other."""


def ascii_address(address: str) -> str:
    """The address with its domain in ASCII (`xn--…`), as a command to a mail server must be; others as they are."""
    local, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def spellings(address: str) -> list[str]:
    """The address with its domain in ASCII and in the letters that people type, for finding who has it."""
    local, at, domain = ascii_address(address).rpartition("@")
    try:
        typed = domain.encode("ascii").decode("idna")
    except UnicodeError:
        typed = domain
    return list(dict.fromkeys(f"{local}{at}{each}" for each in (domain, typed)))
