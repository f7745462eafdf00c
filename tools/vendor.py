"""Refreshes the front-end files that are kept in the repository (maintainers only: needs npm and a network).

python tools/vendor.py              fetches every package again, rewrites the files and the icon sprite
python tools/vendor.py icons        rebuilds the icon sprite from icons.txt
python tools/vendor.py icons NAME…  adds icons to icons.txt first (names as on tabler.io/icons)
python tools/vendor.py --check      tells, without a network, whether the files are those that VENDORED.json names
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

STATIC = Path(__file__).resolve().parents[1] / "src/mespace/web/static/web"
VENDOR = STATIC / "vendor"
MANIFEST = VENDOR / "VENDORED.json"
ICON_NAMES = STATIC / "icons/icons.txt"
SPRITE = STATIC / "icons/icons.svg"


class Package(NamedTuple):
    """One npm package: what is taken from it and under which licence."""

    name: str
    version: str
    licence: str
    folder: str
    files: dict[str, str]
    licence_file: str = "LICENSE"


PACKAGES = (
    Package(
        "basecoat-css", "1.0.2", "MIT", "basecoat", {"dist/basecoat-nova.cdn.min.css": "basecoat.css"}, "LICENSE.md"
    ),
    Package("htmx.org", "4.0.1", "0BSD", "htmx", {"dist/htmx.min.js": "htmx.js"}),
    Package(
        "@github/markdown-toolbar-element", "2.2.3", "MIT", "markdown-toolbar", {"dist/index.js": "markdown-toolbar.js"}
    ),
)
ICONS = Package("@tabler/icons", "3.51.0", "MIT", "../icons", {})


def fetch(package: Package, folder: Path) -> tuple[Path, str]:
    """The unpacked package and npm's integrity string of its archive."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed. Vendored files are refreshed on a maintainer's machine that has node.")
    answer = subprocess.run(  # noqa: S603 - fixed arguments from the table above
        [npm, "pack", "--json", "--pack-destination", str(folder), f"{package.name}@{package.version}"],
        check=True,
        capture_output=True,
        text=True,
    )
    listing = json.loads(answer.stdout)
    entry = listing[0] if isinstance(listing, list) else next(iter(listing.values()))
    unpacked = folder / package.folder.replace("/", "_")
    with tarfile.open(folder / entry["filename"].replace("@", "").replace("/", "-")) as archive:
        archive.extractall(unpacked, filter="data")
    return unpacked / "package", entry["integrity"]


def without_source_map(text: str) -> str:
    """The text without its pointer to a source map, which is not kept and would be asked for in vain."""
    return re.sub(r"\n?(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text)


def copy(package: Package, source: Path, integrity: str) -> dict[str, object]:
    """Copy a package's files and its licence; the manifest entry that describes them."""
    target = VENDOR / package.folder
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / package.licence_file, target / "LICENSE")
    for inside, name in package.files.items():
        (target / name).write_text(without_source_map((source / inside).read_text("utf-8")), "utf-8")
    kept = [target / "LICENSE", *(target / name for name in package.files.values())]
    return {
        "version": package.version,
        "licence": package.licence,
        "integrity": integrity,
        "files": {path.resolve().relative_to(STATIC).as_posix(): sha256(path) for path in kept},
    }


def build_sprite(source: Path) -> None:
    """Write the sprite: one <symbol> per name in icons.txt, drawn with the text's colour."""
    symbols = []
    for name in sorted(set(ICON_NAMES.read_text("utf-8").split())):
        path = source / "icons/outline" / f"{name}.svg"
        if not path.exists():
            raise SystemExit(f"{ICON_NAMES}: Tabler Icons {ICONS.version} has no outline icon named {name!r}.")
        body = re.sub(r"<!--.*?-->", "", path.read_text("utf-8"), flags=re.DOTALL)
        inner = re.search(r"<svg[^>]*>(.*)</svg>", body, re.DOTALL)
        if inner is None:
            raise SystemExit(f"{path}: no <svg> element found.")
        drawing = re.sub(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner[1])
        drawing = " ".join(drawing.split()).replace("> <", "><")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    SPRITE.write_text(
        f"<!-- Tabler Icons {ICONS.version}, MIT, see LICENSE. Built by tools/vendor.py from icons.txt. -->\n"
        '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round">\n' + "\n".join(symbols) + "\n</svg>\n",
        "utf-8",
    )


def sha256(path: Path) -> str:
    """The hex digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refresh(*, icons_only: bool) -> None:
    """Fetch, copy, write the manifest."""
    manifest = json.loads(MANIFEST.read_text("utf-8")) if MANIFEST.exists() else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for package in () if icons_only else PACKAGES:
            source, integrity = fetch(package, folder)
            manifest[package.name] = copy(package, source, integrity)
            print(f"{package.name} {package.version}")
        source, integrity = fetch(ICONS, folder)
        build_sprite(source)
        manifest[ICONS.name] = copy(ICONS, source, integrity)
        print(f"{ICONS.name} {ICONS.version}: {len(ICON_NAMES.read_text('utf-8').split())} icons")
    MANIFEST.write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", "utf-8")


def check() -> list[str]:
    """What differs between the tree, VENDORED.json and the table above, in sentences; empty when nothing does."""
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    wrong = []
    for package in (*PACKAGES, ICONS):
        entry = manifest.get(package.name)
        if entry is None or entry["version"] != package.version:
            wrong.append(f"{package.name}: VENDORED.json does not hold version {package.version}. Run tools/vendor.py.")
            continue
        for name, digest in entry["files"].items():
            path = STATIC / name
            if not path.exists():
                wrong.append(f"{path}: missing. Run tools/vendor.py.")
            elif sha256(path) != digest:
                wrong.append(f"{path}: changed by hand. Vendored files are never edited; run tools/vendor.py.")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text("utf-8")))
    listed = set(ICON_NAMES.read_text("utf-8").split())
    if drawn != listed:
        wrong.append(
            f"{SPRITE}: differs from icons.txt in {', '.join(sorted(drawn ^ listed))}. Run tools/vendor.py icons."
        )
    return wrong


def main(arguments: list[str]) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description="Refreshes the front-end files kept in the repository.")
    parser.add_argument("--check", action="store_true", help="compare the tree with VENDORED.json, without a network")
    parser.add_argument("what", nargs="?", choices=["icons"], help="only the icon sprite")
    parser.add_argument("names", nargs="*", help="icons to add")
    options = parser.parse_args(arguments)
    if options.check:
        wrong = check()
        print("\n".join(wrong) or "Vendored files are as fetched.")
        return 1 if wrong else 0
    if options.names:
        names = sorted({*ICON_NAMES.read_text("utf-8").split(), *options.names})
        ICON_NAMES.write_text("\n".join(names) + "\n", "utf-8")
    refresh(icons_only=options.what == "icons")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
