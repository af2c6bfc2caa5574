"""`auditing`: what is odd in a corpus although it could be loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from speeches_cli import auditing
from speeches_cli.auditing import Remark
from speeches_cli.corpus import packaged
from speeches_cli.errors import CorpusError
from speeches_cli.render import auditing as rendering
from tests.material import SMALL, line_of
from tests.shown import in_plain

SOUND = (
    SMALL.replace("，覆盖居民3.1万余人次", "")
    .replace("首批聘请党员3名，", "首批聘请党员，")
    .replace("接诉求约200余件", "接诉求")
    .replace("        occurrence: 2\n", "")
    .replace("2万人", "许多人")
)
"""The small corpus without what nothing cites."""


def remarks(folder: Path, **files: str) -> list[tuple[str, str, int | None, str, str]]:
    """Write files, and tell what an audit of the folder has to say."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    report = auditing.audit(folder)
    return [
        (each.severity, Path(each.file).stem, each.line, each.key, each.message)
        for each in (*report.problems, *report.notes)
    ]


def figures(*stated: tuple[str, str]) -> str:
    """Make a sound corpus whose second speech has figures, each with its indicator."""
    entries = "".join(
        f"      - {{cite: {cite}, section: 0, indicator: {indicator}, topic: 就业增收}}\n"
        for cite, indicator in stated
    )
    text = "、".join(cite for cite, _indicator in stated)
    return SOUND.replace("西镇现有人口许多人。", text).replace(
        "    figures: []\n", f"    figures:\n{entries}"
    )


def test_the_eight_speeches_are_sound() -> None:
    """No problem, and exactly the notes that are rightful: two mixed units, one contradiction."""
    report = auditing.audit(packaged())
    assert (report.speeches, report.figures, report.problems) == (8, 221, ())
    file = str(packaged())
    assert report.notes == (
        Remark(
            *("note", file, line_of("cite: 解决群众就业1346人"), "酒泉路街道", "indicator"),
            "indicator '带动就业数' has units that cannot be compared: "
            f"户 (speeches.yaml:{line_of('cite: 带动群众就近就地就业300户')})、"
            f"人 (speeches.yaml:{line_of('cite: 解决群众就业1346人')})",
        ),
        Remark(
            *("note", file, line_of("由去年的3584家增加到4480家"), "银滩路街道", "paragraphs"),
            "'由去年的3584家增加到4480家' comes to 25.0%, but the text says '增长8%'",
        ),
        Remark(
            *("note", file, line_of("cite: 今年先后入户走访800人次"), "先锋路街道", "indicator"),
            "indicator '入户走访居民数' has units that cannot be compared: "
            f"户 (speeches.yaml:{line_of('cite: 逐门逐户走访居民8180户')})、"
            f"人次 (speeches.yaml:{line_of('cite: 今年先后入户走访800人次')})",
        ),
    )
    assert [relation.agrees for _remark, relation in report.recomputed] == [False, True]


def test_guesses_that_nobody_confirmed(tmp_path: Path) -> None:
    """Those first that do most harm where wrong: shared figures, owners, other figures, other keys."""
    stated = figures(("5个", "摊位数"), ("6个", "楼栋数"), ("7个", "楼栋数"))
    for indicator in ("摊位数", "楼栋数"):
        stated = stated.replace(
            f"indicator: {indicator}, topic: 就业增收",
            f"indicator: {indicator}, topic: 就业增收, sure: false",
        )
    later = stated.replace("2023-09-18", "2024-09-18").replace("6个", "8个").replace("楼栋数", "车间数")
    found = remarks(
        tmp_path,
        a=stated.replace("    opening:", "    unsure: [title, sections]\n    opening:")
        + "unsure: [date]\n",
        b=later.replace("    opening:", "    unsure: [title, speaker]\n    opening:", 1),
    )
    alone = "; look at it, and delete 'sure: false'"
    keys = "; look at each, and delete it from 'unsure'"
    assert [(name, line, key, said) for _severity, name, line, key, said in found] == [
        ("a", 67, "sure", f"not confirmed: '摊位数' 5个{alone}"),
        ("b", 66, "sure", f"not confirmed: '摊位数' 5个{alone}"),
        ("a", 70, "unsure", f"not confirmed: date{keys}"),
        ("b", 20, "unsure", f"not confirmed: title, speaker{keys}"),
        ("a", 68, "sure", f"not confirmed: '楼栋数' 6个{alone}"),
        ("a", 69, "sure", f"not confirmed: '楼栋数' 7个{alone}"),
        ("b", 67, "sure", f"not confirmed: '车间数' 8个{alone}"),
        ("b", 68, "sure", f"not confirmed: '车间数' 7个{alone}"),
        ("a", 20, "unsure", f"not confirmed: title, sections{keys}"),
        ("a", 63, "unsure", f"not confirmed: title, sections{keys}"),
    ]
    assert {severity for severity, *_rest in found} == {"note"}


def test_every_numeral_is_accounted_for(tmp_path: Path) -> None:
    """A numeral that nothing cites is a problem, quoted with what stands around it."""
    assert remarks(tmp_path, a=SMALL) == [
        ("problem", "a", line, key, UNCITED.format(*quoted))
        for line, key, *quoted in (
            (24, "paragraphs", "3.1", "%，覆盖居民3.1万余人次。"),
            (25, "paragraphs", "3", "首批聘请党员3名，次批聘请"),
            (25, "paragraphs", "200", "45接诉求约200余件。"),
            (63, "opening", "2", "西镇现有人口2万人。"),
        )
    ]


UNCITED = (
    "no figure and no numeral entry cites '{}' in '{}'; add it to 'figures', or to 'numerals' "
    "with the reason"
)


@pytest.mark.parametrize(
    ("opening", "severity", "numeral"),
    [
        ("３．５万人", "problem", "３．５"),
        ("“12345”热线", "problem", "12345"),
        ("1.5万人", "problem", "1.5"),
        ("2023、又及", "problem", "2023"),
        ("布局两个中心村", "note", "两个"),
        ("占三分之一", "note", "三分之一"),
        ("1、西镇", None, ""),
        ("（12）西镇", None, ""),
        ("2.西镇", None, ""),
        ("做实“三个清单”", None, ""),
        ("印发《十条措施》", None, ""),
        ("做实“三个清单", None, ""),
        ("走出了一条路，第一，一心一意", None, ""),
    ],
)
def test_what_counts_as_a_numeral(
    opening: str, severity: str | None, numeral: str, tmp_path: Path
) -> None:
    """Arabic digits do, but not the number of a paragraph; Chinese ones may, but not in a name."""
    found = remarks(tmp_path, a=SOUND.replace("西镇现有人口许多人。", opening))
    message = UNCITED if severity == "problem" else MAYBE
    expected = [(severity, "a", 62, "opening", message.format(numeral, opening))]
    assert found == (expected if severity else [])


MAYBE = "'{}' in '{}' may be a figure that 'figures' does not have yet"


def test_a_numeral_is_cited_whole_or_not_at_all(tmp_path: Path) -> None:
    """A citation that ends inside a number does not account for it."""
    found = remarks(tmp_path, a=SOUND.replace("cite: 热线12345", "cite: 热线123"))
    assert found == [
        ("problem", "a", 25, "paragraphs", UNCITED.format("12345", "员3名。热线12345接诉求。"))
    ]


def test_a_figure_with_a_mistake_still_cites(tmp_path: Path) -> None:
    """The numeral of a figure whose topic is wrong is not reported beside the topic."""
    found = remarks(
        tmp_path, a=SOUND.replace("topic: 基层治理\n      - cite:\n", "topic: 无\n      - cite:\n")
    )
    assert [each[3] for each in found] == ["topic"]


def test_one_indicator_with_units_that_cannot_be_compared(tmp_path: Path) -> None:
    """It is noted where the second dimension first occurs, with every place, also in other files."""
    other = figures(("8人", "就业数"), ("9户", "就业数")).replace("2023-09-18", "2024-09-18")
    found = remarks(tmp_path, a=figures(("5人", "就业数"), ("6名", "就业数")), b=other)
    message = "indicator '就业数' has units that cannot be compared: 人 (a.yaml:65)、户 (b.yaml:66)"
    assert found == [("note", "b", 66, "indicator", message)]


def test_problems_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    """Whatever found them; what is said of a whole file stands before the rest of it."""
    found = remarks(
        tmp_path,
        a=SOUND.replace("kind: 镇", "kind: []").replace("抓网格强治理", "抓1强2"),
        b="",
        c=SMALL.replace("2023-09-18", "2023"),
    )
    assert [(name, line) for _severity, name, line, _key, _message in found] == [
        *(("a", 19), ("a", 19), ("a", 58)),
        ("b", None),
        *(("c", 4), ("c", 24), ("c", 25), ("c", 25), ("c", 63)),
    ]


def test_without_a_corpus_there_is_no_audit(tmp_path: Path) -> None:
    """A folder without any file of a corpus is a mistake, not a sound corpus."""
    with pytest.raises(CorpusError, match=r"no \.yaml file in this folder"):
        auditing.audit(tmp_path)


def test_a_report_as_it_is_read(tmp_path: Path) -> None:
    """Where nothing is odd no notes are counted, and where all agrees nothing sounds like a fault."""
    file = tmp_path / "a.yaml"
    file.write_text(SOUND, "utf-8")
    found = auditing.audit(file)
    sound = f"{file}: sound, with 2 speeches and 4 figures"
    assert in_plain(rendering.report(found, file)) == f"{sound}\n"
    wrong = found._replace(problems=(Remark("problem", "b.yaml", None, "", "", "the file is empty"),))
    assert in_plain(rendering.report(wrong, file)) == "b.yaml: the file is empty\n"
    agreeing = [each for each in auditing.audit(packaged()).recomputed if each[1].agrees]
    said = rendering.summary(found._replace(recomputed=tuple(agreeing)), file)
    assert said == f"{sound}; growth and shares recomputed: 1 of 1 agree with the text"
