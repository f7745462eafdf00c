"""The lock files hold what the lists of wishes ask for, with hashes."""

import re

import pytest

from tests.house.source import REPOSITORY

REQUIREMENTS = REPOSITORY / "requirements"


def wished(name: str) -> set[str]:
    names = set()
    for line in (REQUIREMENTS / f"{name}.in").read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            names |= wished(line.removeprefix("-r ").removesuffix(".in").strip())
        elif match := re.match(r"[A-Za-z0-9._-]+", line):
            names.add(normal(match[0]))
    return names


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(name: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{name}.lock").read_text(encoding="utf-8")
    return {
        normal(found): version
        for found, version in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize("name", ["runtime", "test"])
def test_every_wish_is_locked(name: str) -> None:
    assert sorted(wished(name) - locked(name).keys()) == []


@pytest.mark.parametrize("name", ["runtime", "test"])
def test_every_locked_package_has_hashes(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [entry.split("==")[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_tests_run_on_what_is_shipped() -> None:
    runtime, test = locked("runtime"), locked("test")
    assert {name: (version, test.get(name)) for name, version in runtime.items() if test.get(name) != version} == {}
