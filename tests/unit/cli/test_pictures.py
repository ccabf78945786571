"""``--picture``: each command draws what its tables say, as SVG and as PNG, under names that any system can hold."""

from __future__ import annotations

import argparse
import re
from xml.etree import ElementTree

import pytest

from sightline.cli import bernoulli, cusum, funnel, pictures, spc
from sightline.web import typesetting
from sightline.web.charts.sheet import Sheet

DATED = "series_id,idx,date,y\n" + "".join(
    f"a,{i},2025-{i + 1:02}-01,{20 + i % 3 + 30 * (i == 9)}\n" for i in range(12)
)
VALUES = "series_id,idx,y\n" + "".join(f"a,{i},{20 + i % 3 + 30 * (i == 9)}\n" for i in range(12))
XMR = "series_id,title,improvement_direction,target,fix_after_n_points,rebase_idx,rebase_because\n"
UNITS = "set_id,unit,numerator,denominator\n" + "".join(f"a,u{i},{20 + i % 3 + 40 * (i == 9)},100\n" for i in range(12))
RUNS = {
    "xmr": (spc, DATED, XMR + "a,Days <waited>,decrease,25,,6,a second clinic\n", "--series", (), ["a"]),
    "xmr without days": (spc, DATED.replace("2025-02-01", ""), XMR + "a,,decrease,,,,\n", "--series", (), ["a"]),
    "i": (spc, VALUES, "series_id,rebase_idx,fix_after_n_points\na,,\n", "--series", ("--chart", "i"), ["a"]),
    "run-medians": (
        spc,
        DATED,
        "series_id,med_rows,runlength,direction\na,4,4,both\n",
        "--series",
        ("--chart", "run-medians"),
        ["a"],
    ),
    "funnel": (funnel, UNITS, "set_id,data_type,title\na,PR,Readmitted\n", "--sets", (), ["a"]),
    "cusum": (
        cusum,
        VALUES,
        "series_id,ewma_lambda,cusum_decision_interval,cusum_se_shift,baseline_n\na,0.2,5,1,\n",
        "--series",
        (),
        ["a-cusum", "a-ewma"],
    ),
    "bernoulli": (
        bernoulli,
        "series_id,idx,x\n" + "".join(f"a,{i},{int(i % 5 == 0)}\n" for i in range(30)),
        "series_id,target,odds_ratio,limit\na,0.1,2,3\n",
        "--series",
        (),
        ["a"],
    ),
}


@pytest.fixture
def run_on(tmp_path, monkeypatch):
    """Write two files and run a command on them, with letters set by nobody; gives the folder of the answer."""
    monkeypatch.setattr(typesetting, "png_of", lambda drawings: [b"PNG" + one.encode()[:3] for one in drawings])

    def go(command, rows, sets, option, options, *more):
        (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
        (tmp_path / "sets.csv").write_text(sets, encoding="utf-8")
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        given = [str(tmp_path / "rows.csv"), option, str(tmp_path / "sets.csv"), "--out", str(tmp_path / "out")]
        assert command.handle(parser.parse_args([*given, *options, *more])) == 0
        return tmp_path / "out"

    return go


@pytest.mark.parametrize("name", RUNS)
def test_every_command_draws_what_it_found(run_on, capsys, name) -> None:
    *how, names = RUNS[name]
    folder = run_on(*how, "--picture") / "pictures"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{one}.{end}" for one in names for end in ("png", "svg")
    )
    said = capsys.readouterr().out
    for one in names:
        svg = (folder / f"{one}.svg").read_text(encoding="utf-8")
        root = ElementTree.fromstring(svg)
        assert root[0].tag.endswith("style") and root[1].tag.endswith("title") and root[2].tag.endswith("desc")
        assert root[1].text and root[2].text
        assert re.search('class="c-(line|mark )', svg)
        assert f"{one}.svg" in said and f"{one}.png" in said


def test_without_the_option_nothing_is_drawn(run_on) -> None:
    *how, _ = RUNS["i"]
    assert sorted(path.name for path in run_on(*how).iterdir()) == ["phases.csv", "points.csv", "remarks.csv"]


def test_the_chart_of_the_pages_has_its_title_target_and_the_reason_of_its_rebase(run_on) -> None:
    *how, _ = RUNS["xmr"]
    svg = (run_on(*how, "--picture") / "pictures" / "a.svg").read_text(encoding="utf-8")
    for words in ("Days &lt;waited&gt;", "1. New limits from 1 July 2025: a second clinic", "</tspan> target", ">Jan<"):
        assert words in svg


def test_names_of_files_are_safe_and_each_is_there_once(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(typesetting, "png_of", lambda drawings: [b"x"] * len(drawings))
    sheet = Sheet("k", "t", "s", "", ())
    names = ["../../etc/x", "A b", "a-b", "", "\u00e9\u00e9", "n" * 300]
    written = pictures.write_pictures(tmp_path, [(name, sheet) for name in names])
    assert len({path.lower() for path in written}) == 12
    assert all(path.startswith(str(tmp_path / "pictures")) and ".." not in path for path in written)
    (tmp_path / "b").mkdir()
    many = pictures.write_pictures(tmp_path / "b", [(str(i), sheet) for i in range(pictures.MOST + 5)])
    assert len(many) == 2 * pictures.MOST


def test_without_letters_the_drawings_stand_and_it_is_said(tmp_path, monkeypatch, capsys) -> None:
    def refuse(drawings):
        raise typesetting.NotSet("no letters")

    monkeypatch.setattr(typesetting, "png_of", refuse)
    written = pictures.write_pictures(tmp_path, [("a", Sheet("k", "t", "s", "", ()))])
    assert [path[-4:] for path in written] == [".svg"] and "No PNG could be made: no letters" in capsys.readouterr().err


def test_a_drawing_becomes_a_png_of_twice_its_size() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10" viewBox="0 0 30 10"><path d="M0 0h9v9z"/></svg>'
    )
    first, second = typesetting.png_of([svg, svg.replace("30", "40")])
    assert first[:8] == second[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(one[16:20], "big") for one in (first, second)] == [45, 60]
