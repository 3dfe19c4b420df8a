"""Judge the corpora: every code has cases it must report and cases it must not; whole messages are compared."""

import re
from pathlib import Path
from types import ModuleType

import pytest
from tests.rules.corpus import HERE, Case, cases, judge_case, report

from annuaire.rules import rules
from annuaire.text.messages import wordings
from annuaire.text.problems import Severity

CASES = list(cases())


@pytest.mark.parametrize("case", [c for c in CASES if c.is_refused], ids=str)
def test_refused(case: Case, rewrite_golden: bool) -> None:
    problems, _ = judge_case(case.path)
    assert case.code in {problem.code for problem in problems}
    found = report(case.path)
    if rewrite_golden:
        case.golden.write_text(found, encoding="utf-8", newline="\n")
    assert case.golden.is_file(), f"no expected report: look at this one, then use --rewrite-golden\n{found}"
    assert found == case.golden.read_bytes().decode()


@pytest.mark.parametrize("case", [c for c in CASES if not c.is_refused], ids=str)
def test_accepted(case: Case) -> None:
    problems, count = judge_case(case.path)
    assert count
    assert case.code not in {problem.code for problem in problems}
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


@pytest.mark.parametrize("code", wordings())
@pytest.mark.parametrize("is_refused", [False, True], ids=["accepte", "refuse"])
def test_every_code_has_cases(code: str, is_refused: bool) -> None:
    assert any(case.code == code and case.is_refused is is_refused for case in CASES)


def test_no_case_is_lost() -> None:
    assert {case.code for case in CASES} == set(wordings())
    goldens = set(HERE.glob("*/refuse/*.txt"))
    assert goldens == {case.golden for case in CASES if case.is_refused}
    for folder in HERE.glob("*/*"):
        assert folder.name in ("accepte", "refuse") or folder.parent.name == "__pycache__", folder


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.__name__.rpartition(".")[2])
def test_rule_says_what_it_is(rule: ModuleType) -> None:
    assert rule.CODES
    assert set(rule.CODES) <= set(wordings())
    assert len((rule.__doc__ or "").splitlines()[0]) > 20
    assert {wordings()[code].reach for code in rule.CODES} == {rule.REACH}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.__name__.rpartition(".")[2])
def test_rule_reports_only_its_codes(rule: ModuleType) -> None:
    source = Path(rule.__file__ or "").read_text(encoding="utf-8")
    assert set(re.findall(r'Finding\(\s*"([a-z-]+)"', source)) <= set(rule.CODES)


def test_words_are_typeset_in_french() -> None:
    """No ordinary space beside guillemets or before a colon; none before ; ! ?; no straight apostrophe."""
    for code, wording in wordings().items():
        for sentence in (wording.sentence, wording.remedy, wording.remedy_with_suggestion):
            assert not re.search(r"« | »| [:;!?]|[\u00a0\u202f][;!?]|'|^[A-ZÀ-Ý]|\.$", sentence), (code, sentence)
            assert not re.search(r"\b(str|dict|list|int|None|null|float|bool|string)\b", sentence), (code, sentence)
