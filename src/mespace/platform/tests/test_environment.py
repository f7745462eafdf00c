"""Junk in a setting is refused by name, in one sentence, without telling secrets."""

import pytest

from mespace.platform.environment import Environment, SettingRefused


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MESPACE_PORT", "abc", 'MESPACE_PORT="abc" is not a whole number between 1 and 65535.'),
        ("MESPACE_PORT", "0", "between 1 and 65535"),
        ("MESPACE_PORT", "٣", "between 1 and 65535"),
        ("MESPACE_BEHIND_TLS", "maybe", 'MESPACE_BEHIND_TLS="maybe" is neither yes nor no.'),
        ("MESPACE_BASE_URL", "support.example.com", "is not an address like https://"),
        ("MESPACE_BASE_URL", "https://a.example/path", "is not an address like https://"),
        ("MESPACE_HOSTS", "https://a.example", "is not a host name"),
        ("MESPACE_SECRET_KEY", "short", "shorter than 50 characters"),
        ("MESPACE_SMTP_URL", "mail.example.com", "is not an address like smtp"),
        ("MESPACE_SMTP_URL", "smtp://mail.example.com:port", "is not an address like smtp"),
        ("MESPACE_SMTP_URL", "smtp://mail.example.com", "MESPACE_MAIL_FROM is missing"),
        ("MESPACE_MAIL_REPLY_ADDRESS", "support+a@example.com", "is not a plain address"),
        ("MESPACE_IMAP_URL", "https://u:p@mail.example.com", "is not an address like imaps://"),
        ("MESPACE_IMAP_URL", "imaps://mail.example.com/INBOX", "the user or the password is missing"),
        ("MESPACE_IMAP_URL", "imaps://u:p@mail.example.com:x/INBOX", "is not an address like imaps://"),
        ("MESPACE_IMAP_URL", "imaps://u:a#b@mail.example.com", "is not an address like imaps://"),
        ("MESPACE_MAX_MAIL_MIB", "0", "is not a whole number between 1 and 2048"),
        ("MESPACE_MAIL_AUTHSERV_ID", "mx example", "is not a server's name"),
        ("MESPACE_MAIL_REPLY_ADDRESS", "support", "is not a plain address"),
        ("MESPACE_MAIL_DIRECT_DOMAINS", "factory.example,nonsense", "is not a domain"),
        ("MESPACE_MAIL_FROM", "nobody", "is not an e-mail address"),
        ("MESPACE_MAIL_FROM", "a@b.example\nBcc: c@d.example", "holds a line break"),
        ("MESPACE_LOG_LEVEL", "LOUD", "is not one of DEBUG, ERROR, INFO, WARNING"),
        ("MESPACE_MAX_FILE_MIB", "-1", "between 1 and 2048"),
        ("MESPACE_TRUSTED_PROXIES", "1.5", "between 0 and 10"),
        ("DATABASE_URL", "mysql://host/name", "DATABASE_URL is not the address of a PostgreSQL database"),
        ("DATABASE_URL", "postgresql://host:5432", "DATABASE_URL names no database"),
        ("DATABASE_URL", "postgresql://host:port/name", "DATABASE_URL"),
        ("MESPACE_OWNER_DATABASE_URL", "postgresql://host/name?nonsense=1", "MESPACE_OWNER_DATABASE_URL"),
    ],
)
def test_junk_is_refused_by_name(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingRefused, match=r"MESPACE_|DATABASE_URL") as refused:
        Environment.read({name: value})
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_refused_address_keeps_its_password_to_itself() -> None:
    with pytest.raises(SettingRefused) as refused:
        Environment.read({"DATABASE_URL": "postgres:/user:hunter2@host/name"})
    assert "hunter2" not in str(refused.value)


def test_several_hosts_and_libpqs_options_are_understood() -> None:
    url = "postgresql://app:p%40ss@db1:5432,db2:5433/mespace?target_session_attrs=read-write&sslmode=verify-full"
    from mespace.settings.database import database

    found = database(Environment.read({"DATABASE_URL": url}))
    assert (found["HOST"], found["PORT"], found["PASSWORD"], found["NAME"]) == (
        "db1,db2",
        "5432,5433",
        "p@ss",
        "mespace",
    )
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_only_the_web_keeps_a_pool_and_each_process_has_its_patience() -> None:
    from mespace.settings.database import database

    base = {"DATABASE_URL": "postgresql://app@db/mespace"}
    web = database(Environment.read(base | {"MESPACE_PROCESS": "web"}))["OPTIONS"]
    worker = database(Environment.read(base | {"MESPACE_PROCESS": "worker"}))["OPTIONS"]
    assert web["pool"]["max_size"] == 8
    assert "pool" not in worker
    assert "-c statement_timeout=30000" in web["options"]


def test_serving_needs_a_database_and_a_key() -> None:
    with pytest.raises(SettingRefused, match="DATABASE_URL is missing"):
        Environment.read_for_serving({})
    with pytest.raises(SettingRefused, match="MESPACE_SECRET_KEY is missing"):
        Environment.read_for_serving({"DATABASE_URL": "postgresql://app@db/mespace"})


def test_a_mailbox_is_read_from_one_address_and_its_password_is_never_repeated() -> None:
    imap = Environment.read({"MESPACE_IMAP_URL": "imaps://help:p%40ss@mail.example.com/Support"}).imap
    assert imap is not None
    assert (imap.host, imap.port, imap.user, imap.password) == ("mail.example.com", 993, "help", "p@ss")
    assert (imap.security, imap.folder, imap.processed) == ("tls", "Support", "Processed")
    with pytest.raises(SettingRefused) as refusal:
        Environment.read({"MESPACE_IMAP_URL": "imaps://help:secret-word@mail.example.com:x"})
    assert "secret-word" not in str(refusal.value)
    with pytest.raises(SettingRefused, match="the very folder"):
        Environment.read({"MESPACE_IMAP_URL": "imaps://u:p@h/Inbox2", "MESPACE_IMAP_PROCESSED": "Inbox2"})
