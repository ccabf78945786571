"""The design assets: what is stripped, what is refused, and that nothing is done twice."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from sightline.web import assets

CSS = (
    "@font-face{font-family:Frutiger W01;src:url(https://elsewhere.example/font.woff2) format('woff2')}"
    "body{font-family:Frutiger W01,arial,sans-serif}"
    ".a{background:url(/assets/images/cross.svg)}"
    "\n/*# sourceMappingURL=nhsuk-frontend.min.css.map */\n"
)
BUILT = {
    "dist/nhsuk/nhsuk-frontend.min.css": CSS.encode(),
    "dist/nhsuk/nhsuk-frontend.min.js": b"export{};//# sourceMappingURL=nhsuk-frontend.min.js.map\n",
    "dist/nhsuk/assets/images/cross.svg": b"<svg/>",
    "dist/nhsuk/assets/images/nhsuk-icon-180.png": b"the logo",
}


def archive(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return made.getvalue()


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Folders of our own, and a registry that counts how often it is asked."""
    asked: list[str] = []

    def download(package: assets.Package) -> bytes:
        asked.append(package.name)
        return archive(BUILT if package is assets.NHSUK else {"axe.min.js": b"axe", "LICENSE": b"words"})

    monkeypatch.setattr(assets, "download", download)
    monkeypatch.setattr(assets, "DESIGN", tmp_path / "vendor" / "nhsuk")
    monkeypatch.setattr(assets, "AXE", tmp_path / "cache" / "axe")
    return asked


def test_assets_are_fetched_once_and_then_left_alone(counted: list[str]) -> None:
    assert assets.fetch() == ["nhsuk-frontend 10.6.1", "axe-core 4.14.1"]
    assert assets.fetch() == []
    assert counted == ["nhsuk-frontend", "axe-core"]


def test_assets_are_fetched_again_when_asked_or_when_a_stamp_is_old(counted: list[str]) -> None:
    assets.fetch()
    assert len(assets.fetch(force=True)) == 2
    (assets.DESIGN / assets.STAMP).write_text("nhsuk-frontend 9.0.0")
    (assets.DESIGN / "left over.css").write_text("old")
    assert assets.fetch() == ["nhsuk-frontend 10.6.1"]
    assert not (assets.DESIGN / "left over.css").exists()


def test_a_wheel_needs_no_accessibility_checker(counted: list[str]) -> None:
    assets.fetch(axe=False)
    assert counted == ["nhsuk-frontend"]


def test_only_icons_that_the_style_sheet_uses_are_kept_and_never_the_logo(counted: list[str]) -> None:
    assets.fetch(axe=False)
    kept = {path.relative_to(assets.DESIGN).as_posix() for path in assets.DESIGN.rglob("*") if path.is_file()}
    css, js = "nhsuk-frontend.min.css", "nhsuk-frontend.min.js"
    assert kept == {assets.STAMP, "NOTICE.txt", css, css + ".gz", js, js + ".gz", "images/cross.svg"}


def test_style_sheet_loses_fonts_foreign_addresses_and_source_map() -> None:
    stripped = assets.strip_css(CSS)
    for word in ("@font-face", "Frutiger", "https:", "sourceMappingURL", "/assets/"):
        assert word not in stripped
    assert "font-family:arial,sans-serif" in stripped
    assert "url(images/cross.svg)" in stripped


def test_package_with_another_sum_is_thrown_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    npm = tmp_path / "npm"
    npm.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\npathlib.Path(sys.argv[-1], 'x.tgz').write_bytes(b'other')\n"
    )
    npm.chmod(0o755)
    monkeypatch.setattr(assets, "find_npm", lambda room: [str(npm)])
    with pytest.raises(assets.CannotFetch, match="not what was pinned"):
        assets.download(assets.NHSUK)


def test_failing_npm_is_named_with_its_own_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    npm = tmp_path / "npm"
    npm.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('the registry is away')\n")
    npm.chmod(0o755)
    monkeypatch.setattr(assets, "find_npm", lambda room: [str(npm)])
    with pytest.raises(assets.CannotFetch, match="the registry is away"):
        assets.download(assets.AXE_CORE)


def test_machine_without_npm_or_pip_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets.shutil, "which", lambda name: None)
    monkeypatch.setattr(assets.sys, "executable", str(_refusing(tmp_path)))
    with pytest.raises(assets.CannotFetch, match="apt-get install npm"):
        assets.find_npm(tmp_path)


def _refusing(folder: Path) -> Path:
    program = folder / "python"
    program.write_text("#!/bin/sh\necho no pip here >&2\nexit 1\n")
    program.chmod(0o755)
    return program


def test_script_runs_on_its_own_with_nothing_installed() -> None:
    script = "import runpy; print(runpy.run_path('sightline/web/assets.py')['NHSUK'].version)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        cwd=assets.ROOT,
        capture_output=True,
        text=True,
        env=os.environ,
        check=True,
    )
    assert done.stdout.strip() == assets.NHSUK.version
