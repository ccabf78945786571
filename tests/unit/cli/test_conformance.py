"""The conformance command on small checkouts made for each test, with areas (QAA, QBB) that no guidance has."""

import argparse
import json
from pathlib import Path

import pytest

from sightline.cli import conformance
from sightline.cli.conformance.catalogue import ConformanceError, find_root, load_catalogue
from sightline.cli.conformance.evidence import gather, id_pattern, ids_in

CATALOGUE = """
- {id: QAA-01, framework: "22", force: "M", statement: "The first thing is done.", source: "S0 §1"}
- {id: QAA-02, framework: "All", force: "M(table)/S(¶123)", statement: "The second thing is done.", source: "S1 ¶2"}
- {id: QAA-03, framework: "All", force: "F", statement: "A third thing exists.", source: "S1 ¶3"}
- {id: QBB-01, framework: "17", force: "I", statement: "Another area.", source: "inferred"}
"""


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with a catalogue; the returned function writes a file into it."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    write("pyproject.toml", "")
    write("docs/reference/requirements.yaml", CATALOGUE)
    write("sightline/__init__.py", "")
    write("tests/conftest.py", "")
    monkeypatch.chdir(tmp_path)
    write.root = tmp_path
    return write


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    conformance.add_arguments(parser)
    return conformance.handle(parser.parse_args(arguments))


def enforced(checkout) -> dict[str, tuple[str, ...]]:
    return gather(checkout.root, load_catalogue(checkout.root)).enforced_in


def shown(checkout) -> dict[str, tuple[str, ...]]:
    return gather(checkout.root, load_catalogue(checkout.root)).tests


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(QAA-01; S0 §1)", ["QAA-01"]),
        ("QAA-01, QBB-01.", ["QAA-01", "QBB-01"]),
        ("QAA-01/02 and QAA-03", ["QAA-01", "QAA-02", "QAA-03"]),
        ("see `QAA-99`", ["QAA-99"]),
        ("UTF-16, SHA-256, ADR-01, ISO-10", []),
        ("QAA-1 QAA-001 QAA-011 xQAA-01 qaa-01", []),
        ("QAA-01_key, MY-QAA-01, QAA-01/2025", []),
    ],
)
def test_only_ids_of_the_catalogues_areas_are_caught(text, expected):
    assert list(ids_in(text, id_pattern({"QAA", "QBB"}))) == expected


CODE = '''"""Opens with a claim of the module itself (QAA-03)."""

LIMITS = {
    "days": 7,  # QAA-02
}

# Why the next one exists: QBB-01.
@decorated
def rule():
    """Do it (QAA-01)."""

    def inner():
        return "QAA-02"

    return inner


class Box:
    SIZE = 3  # QAA-03

    async def opened(self):
        # QAA-01
        return None
'''


def test_claim_in_python_is_placed_at_its_innermost_definition_or_constant(checkout):
    checkout("sightline/core/rules.py", CODE)
    file = "sightline/core/rules.py"
    assert enforced(checkout) == {
        "QAA-01": (f"{file}::Box.opened", f"{file}::rule"),
        "QAA-02": (f"{file}::LIMITS", f"{file}::rule.inner"),
        "QAA-03": (file, f"{file}::Box.SIZE"),
        "QBB-01": (f"{file}::rule",),
    }


def test_claim_in_data_and_templates_is_placed_at_the_file(checkout):
    checkout("sightline/rulebook/pack.yaml", "source: QAA-01")
    checkout("sightline/web/templates/page.jinja", "{# QAA-02 #}")
    checkout("sightline/web/static/notes.txt", "QAA-03")
    assert enforced(checkout) == {
        "QAA-01": ("sightline/rulebook/pack.yaml",),
        "QAA-02": ("sightline/web/templates/page.jinja",),
    }


def test_migrations_claim_nothing(checkout):
    checkout("sightline/directory/migrations/0001_initial.py", "help_text = 'QAA-01'")
    assert enforced(checkout) == {}


TESTS = '''"""Everything here shows one requirement (QBB-01)."""

import pytest

UNRELATED = "QAA-01"  # QAA-01


# QAA-03
@pytest.mark.parametrize("case", [pytest.param(1, marks=pytest.mark.requirement("QAA-02"))])
def test_in_marker(case):
    assert case


def test_in_docstring():
    """QAA-01 holds."""


def test_in_comment():
    made = helper()  # QAA-01
    def nested():
        """QAA-02"""
    assert made


def test_only_data():
    assert "QAA-03" in "QAA-03"


def helper():
    """QAA-03 is not shown by a helper."""


class Fake:
    """QAA-03 is not shown by a class without tests."""


class TestGroup:
    """QAA-02 as a whole."""

    pytestmark = pytest.mark.requirement("QAA-01")

    @pytest.mark.requirement("QAA-03", "QBB-01")
    def test_method(self):
        pass
'''


def test_docstrings_comments_and_markers_of_tests_count_and_data_does_not(checkout):
    checkout("tests/unit/test_things.py", TESTS)
    file = "tests/unit/test_things.py"
    assert shown(checkout) == {
        "QAA-01": (f"{file}::TestGroup", f"{file}::test_in_comment", f"{file}::test_in_docstring"),
        "QAA-02": (f"{file}::TestGroup", f"{file}::test_in_comment", f"{file}::test_in_marker"),
        "QAA-03": (f"{file}::TestGroup::test_method", f"{file}::test_in_marker"),
        "QBB-01": (file, f"{file}::TestGroup::test_method"),
    }


def test_module_mark_shows_for_the_module_and_a_file_without_tests_shows_nothing(checkout):
    checkout("tests/test_marked.py", "pytestmark = pytest.mark.requirement('QAA-01')\ndef test_a(): ...\n")
    checkout("tests/test_empty.py", '"""QAA-02"""\n')
    checkout("tests/factories.py", '"""QAA-03"""\ndef test_like(): ...\n')
    assert shown(checkout) == {"QAA-01": ("tests/test_marked.py",)}


def test_json_gives_one_object_for_each_requirement_in_the_catalogues_order(checkout, capsys):
    checkout("sightline/rules.py", '"""QAA-02"""')
    checkout("tests/test_rules.py", 'def test_it():\n    """QAA-02"""\n')
    assert run("--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == ["QAA-01", "QAA-02", "QAA-03", "QBB-01"]
    assert rows[1] == {
        "id": "QAA-02",
        "framework": "All",
        "force": "M(table)/S(¶123)",
        "enforced_in": ["sightline/rules.py"],
        "tests": ["tests/test_rules.py::test_it"],
        "only_a_rule": False,
    }
    assert rows[0]["enforced_in"] == rows[0]["tests"] == []


def test_table_counts_what_is_claimed_shown_and_not_yet(checkout, capsys):
    checkout("sightline/rules.py", '"""QAA-01 and QAA-02"""')
    checkout("tests/test_rules.py", 'def test_it():\n    """QAA-02"""\n')
    assert run() == 0
    out = capsys.readouterr().out
    assert "4 requirements: 2 claimed in the code, 1 of them shown by a test, 2 not yet." in out
    assert "QAA-01       1      -  The first thing is done." in out
    assert "QAA-02       1      1  The second thing is done." in out
    assert "  QAA  03\n  QBB  01\n" in out


def test_rule_that_no_app_calls_is_told_apart(checkout, capsys):
    for stage in ("called", "waiting"):
        checkout(f"sightline/core/{stage}/__init__.py", "")
    checkout("sightline/core/called/rule.py", '"""QAA-01"""')
    checkout("sightline/core/waiting/rule.py", '"""QAA-01, QAA-02 and QAA-03"""')
    checkout("sightline/rulebook/packs/one/levels.yaml", "# QAA-02, QBB-01")
    checkout("sightline/groups/operations.py", '"""QAA-03"""\nfrom sightline.core.called import rule')
    assert run() == 0
    assert "Of those claimed, 1 stand as rules that no page or operation calls yet." in capsys.readouterr().out
    assert run("QAA-02") == 0
    assert "No page or operation calls this rule yet." in capsys.readouterr().out
    assert run("QAA-03") == 0
    assert "No page or operation calls this rule yet." not in capsys.readouterr().out


def test_ids_left_over_are_written_as_stretches(checkout, capsys):
    assert run() == 0
    assert "  QAA  01-03\n" in capsys.readouterr().out


def test_named_requirement_is_written_in_full(checkout, capsys):
    checkout("sightline/rules.py", '"""QAA-02"""')
    assert run("qaa-02") == 0
    out = capsys.readouterr().out
    for words in ("S1 ¶2", "The second thing is done.", "enforced in  sightline/rules.py", "shown by     nothing yet"):
        assert words in out
    assert "QAA-01" not in out


def test_letters_alone_choose_an_area(checkout, capsys):
    assert run("--json", "QBB") == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["QBB-01"]


def test_check_passes_when_every_claim_is_shown(checkout, capsys):
    checkout("sightline/rules.py", '"""QAA-01"""')
    checkout("tests/test_rules.py", '@pytest.mark.requirement("QAA-01", "QAA-03")\ndef test_it(): ...\n')
    assert run("--check") == 0
    assert capsys.readouterr().err == ""


def test_check_fails_on_a_claim_without_a_test_and_names_the_mend(checkout, capsys):
    checkout("sightline/rules.py", 'def rule():\n    """QAA-01"""\n')
    assert run("--check") == 1
    problem = capsys.readouterr().err
    assert problem.startswith("QAA-01 is claimed in sightline/rules.py::rule")
    assert '@pytest.mark.requirement("QAA-01")' in problem


@pytest.mark.parametrize("where", ["sightline/rules.py", "tests/test_rules.py"])
def test_check_fails_on_an_id_that_does_not_exist_whether_code_or_test_names_it(checkout, capsys, where):
    checkout(where, 'def test_it():\n    """QAA-77"""\n')
    assert run("--check") == 1
    problem = capsys.readouterr().err
    assert problem.startswith(f"QAA-77 is named in {where}::test_it")
    assert "Correct the id" in problem


def test_json_stays_readable_when_the_check_fails(checkout, capsys):
    checkout("sightline/rules.py", '"""QAA-01"""')
    assert run("--check", "--json") == 1
    assert len(json.loads(capsys.readouterr().out)) == 4


def test_unknown_id_asked_for_is_answered_with_what_to_do(checkout, capsys):
    assert run("QCC-01") == 2
    assert "No requirement is called QCC-01" in capsys.readouterr().err


def test_root_is_found_from_a_folder_below(checkout):
    below = checkout("sightline/core/x.py", "").parent
    assert find_root(below) == checkout.root


def test_outside_a_checkout_the_message_says_where_to_run_it(tmp_path, monkeypatch, capsys):
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    assert run() == 2
    assert "Change to a checkout of Sightline" in capsys.readouterr().err


def test_without_any_project_above_the_message_says_so(monkeypatch):
    monkeypatch.setattr(Path, "is_file", lambda self: False)
    with pytest.raises(ConformanceError, match=r"No pyproject.toml in"):
        find_root(Path("/"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no list"),
        ("- [", "cannot be read as YAML"),
        ("- {id: QAA-01, framework: 22, force: M, statement: x, source: y}", "framework"),
        ("- {id: QAA-01, framework: '22', force: M, statement: ' ', source: y}", "statement"),
        ("- QAA-01", "no id"),
        (CATALOGUE + CATALOGUE, "more than one QAA-01, QAA-02"),
    ],
)
def test_faulty_catalogue_is_refused_with_its_fault(checkout, capsys, text, says):
    checkout("docs/reference/requirements.yaml", text)
    assert run() == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "says"), [(b'"""QAA-01"""\ndef (', "rules.py, line 2"), (b'"""QAA-01 \xff"""', "is not UTF-8")]
)
def test_file_that_cannot_be_read_is_named(checkout, capsys, content, says):
    checkout("sightline/rules.py", "").write_bytes(content)
    assert run() == 2
    assert says in capsys.readouterr().err


def test_projects_own_catalogue_is_whole():
    catalogue = load_catalogue(find_root(Path(__file__).parent))
    assert len(catalogue) == 359
    assert len({item.prefix for item in catalogue}) == 27
    assert {item.framework for item in catalogue} == {"13", "17", "22", "All", "13/17", "17(All)"}
    assert {item.force[0] for item in catalogue} == set("MSYFIPTORD")
    assert not [item.id for item in catalogue if "*" in item.statement or "`" in item.statement]


def test_projects_own_catalogue_runs_on_without_a_gap_but_the_guidances_own():
    """The numbers of escalation and reporting leave out 16 to 19, between the routes of 2022 and those of 2017."""
    numbers: dict[str, list[int]] = {}
    for item in load_catalogue(find_root(Path(__file__).parent)):
        numbers.setdefault(item.prefix, []).append(int(item.id[-2:]))
    gaps = {prefix: sorted(set(range(1, max(have) + 1)) - set(have)) for prefix, have in numbers.items()}
    assert {prefix: gap for prefix, gap in gaps.items() if gap} == {"RPT": [16, 17, 18, 19]}
