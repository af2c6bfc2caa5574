"""Score what `speeches draft` makes of the development set; print one JSON line.

score.py [--cli speeches] [--at-least NAME=NUMBER]… [--at-most NAME=NUMBER]… [--details]

The exit code is 1 where a figure misses one of the bounds given. `--details` tells on standard
error what failed. Needs PyYAML, and python-docx for the Word layouts. Names: see README.md.
"""

import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

import make

Record = dict[str, Any]
_UNKNOWN = (None, "", "不详")
_FACTORS = {"公里": ("米", 1000), "千米": ("米", 1000), "兆瓦": ("千瓦", 1000)}
_SAME_UNITS = {"名": "人", "位": "人", "个工作日": "工作日", "人/次": "人次"}
_FRAME = (
    "全县经验交流会发言材料汇编",
    "2024年8月9日",
    "",
    "抓产业促振兴",
    "平湄县松岘乡党委书记　蒋一鸣",
    "",
)
_RELATIVE = {"去年": -1, "上年": -1, "今年": 0}
_MAIN = "leaders"


def main() -> int:
    """Score, print, and compare with the bounds of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cli", default="speeches")
    parser.add_argument("--at-least", action="append", default=[], metavar="NAME=NUMBER")
    parser.add_argument("--at-most", action="append", default=[], metavar="NAME=NUMBER")
    parser.add_argument("--details", action="store_true")
    asked = parser.parse_args()
    for each in (*asked.at_least, *asked.at_most):
        if not re.fullmatch(r"[a-z_]+=[0-9.]+", each):
            parser.error(f"not a bound: {each}")
    with tempfile.TemporaryDirectory() as folder:
        program = Program(asked.cli, Path(folder))
        scored, details = score(program)
    print(json.dumps(scored, ensure_ascii=False))
    if asked.details:
        print("\n".join(details), file=sys.stderr)
    unknown = [each for each in (*asked.at_least, *asked.at_most) if each.split("=")[0] not in scored]
    if unknown:
        sys.exit(f"no such score: {unknown}")
    missed = [each for each in asked.at_least if not _bound(scored, each, 1)]
    missed += [each for each in asked.at_most if not _bound(scored, each, -1)]
    for each in missed:
        print(f"missed: {each}, is {scored[each.split('=')[0]]}", file=sys.stderr)
    return 1 if missed else 0


def _bound(scored: Record, bound: str, sign: int) -> bool:
    name, number = bound.split("=")
    return bool(sign * (scored[name] - float(number)) >= 0)


class Program:
    """The product, as a command that is run."""

    def __init__(self, command: str, folder: Path) -> None:
        self._command, self.folder = command, folder
        self._environment = {**os.environ, "SPEECHES_CACHE": str(folder / "cache"), "LC_ALL": "C.UTF-8"}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run it with these arguments."""
        command = [self._command, *words]
        return subprocess.run(
            command, capture_output=True, check=False, encoding="utf-8", env=self._environment
        )

    def ask(self, corpus: Path, *words: str) -> Any:
        """Ask a corpus for JSON; nothing where there is no answer."""
        answer = self.run("--corpus", str(corpus), *words, "--json").stdout
        return json.loads(answer) if answer.strip() else []

    def draft(self, path: Path) -> "Draft | None":
        """Draft a file; None where it is refused."""
        corpus = path.with_name(f"{path.name}.yaml")
        if self.run("draft", str(path), "--output", str(corpus)).returncode:
            return None
        return Draft(self, corpus)


class Draft:
    """A drafted corpus: what its YAML says, and what the program answers from it."""

    def __init__(self, program: Program, corpus: Path) -> None:
        self.program, self.corpus = program, corpus
        self.source = corpus.read_text(encoding="utf-8")
        self.yaml: Record = yaml.safe_load(self.source)
        self.texts: list[Record] = self.yaml["speeches"]
        listed = program.ask(corpus, "list")
        self.records = {each["id"]: each for each in listed}
        self.figures: list[Record] = program.ask(corpus, "figures")

    def paragraphs(self, speech: Record) -> list[str]:
        """Give each paragraph of a drafted speech, headings among them."""
        sections = speech.get("sections") or []
        parts = [speech.get("opening") or ""]
        parts += [each for s in sections for each in (s["heading"], *s["paragraphs"])]
        return list(map(_bare, parts))

    def whole(self, speech: Record) -> str:
        """Give all that a drafted speech says."""
        return "".join(self.paragraphs(speech))

    def marks(self) -> int:
        """Count what the draft leaves a person to confirm: keys of speeches, and figures."""
        keys = sum(len(each.get("unsure") or []) for each in self.texts)
        return keys + sum(
            each["sure"] is False for s in self.texts for each in s["figures"] if "sure" in each
        )

    def unit(self, number: int) -> str:
        """Name the unit of a speech."""
        record = self.records.get(number) or {}
        return str(record.get("unit") or record.get("town") or "")


def score(program: Program) -> tuple[Record, list[str]]:
    """Score all layouts and cases."""
    folder = program.folder / "layouts"
    for name in make.NAMES:
        make.layouts(name, folder)
    files = sorted(folder.iterdir())
    with ThreadPoolExecutor(2) as pool:
        drafts = list(pool.map(program.draft, files))
    tally = Tally()
    for path, draft in zip(files, drafts, strict=True):
        name, layout, _suffix = path.name.split(".")
        gold = make.gold(name)
        tally.name = f"{name}.{layout}"
        structure(gold, layout, draft, tally)
        if layout == _MAIN and draft:
            quantities(gold, draft, tally)
        if layout in make.WORDS:
            word_checks(gold, layout, draft, tally)
    tally.name = "case"
    lines = (make.HERE / "cases" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(lambda case: _passes(case, program), cases))
    for case, right in zip(cases, passed, strict=True):
        tally.tell("cases", right, f"{case['id']}: {case['fault']}")
    return tally.figures(), tally.details


class Tally:
    """What was counted, as `right of all` for each name, and what went wrong."""

    def __init__(self) -> None:
        self.right, self.all = Counter[str](), Counter[str]()
        self.wrong = Counter[str]()
        self.details: list[str] = []
        self.name = ""

    def tell(self, name: str, right: bool, detail: str = "") -> None:
        """Count one thing that is right or not."""
        self.right[name] += right
        self.all[name] += 1
        if not right:
            self.details.append(f"{self.name}: {name}: {detail}")

    def fault(self, name: str, detail: str = "", times: int = 1) -> None:
        """Count something that should not be."""
        self.wrong[name] += times
        if times:
            self.details.append(f"{self.name}: {name}: {detail}")

    def figures(self) -> Record:
        """Give each name with its share, how many that is of how many, and each fault."""
        made: Record = {}
        for name, count in self.all.items():
            made[name] = round(self.right[name] / count, 3) if count else None
            made[f"{name}_of"] = f"{self.right[name]}/{count}"
        return made | dict(self.wrong)


# Structure: which speeches there are, whose they are, and whether their text is whole


def structure(gold: Record, layout: str, draft: Draft | None, tally: Tally) -> None:
    """Score speeches, metadata, text, headings and the owners of figures in one layout."""
    for name in ("refused", "merged", "split", "wrong_owner", "marks"):
        tally.fault(name, times=0)
    tally.tell(
        "sound", draft is not None and draft.program.run("check", str(draft.corpus)).returncode == 0
    )
    if draft is None:
        tally.fault("refused", "draft makes no corpus")
    else:
        tally.wrong["marks"] += draft.marks()
    wholes = {each["id"]: draft.whole(each) for each in draft.texts} if draft else {}
    held = {
        speech["number"]: {
            i
            for p in map(_bare, speech["paragraphs"])
            for i, w in wholes.items()
            if len(p) > 12 and p in w
        }
        for speech in gold["speeches"]
    }
    for speech in gold["speeches"]:
        number, where = speech["number"], held[speech["number"]]
        alone = [i for i in where if not any(i in held[n] for n in held if n != number)]
        tally.tell("speeches", len(where) == 1 and len(alone) == 1, f"speech {number}")
        if len(where) > 1:
            tally.fault("split", f"speech {number}")
        if where and not alone:
            tally.fault("merged", f"speech {number}")
        made = next((t for t in draft.texts if t["id"] in where), None) if draft and alone else None
        if draft and made:
            _metadata(speech, layout, draft, made, tally)
        else:
            for name in (
                "title",
                "speaker",
                "post",
                "unit",
                "level",
                "district",
                "headings",
                "text_whole",
            ):
                tally.tell(name, False, f"speech {number} not found")
    if draft:
        _owners(gold, draft, tally)


def _metadata(speech: Record, layout: str, draft: Draft, made: Record, tally: Tally) -> None:
    record = draft.records.get(made["id"]) or {}
    n = speech["number"]
    unit_only = layout == "unit-only" or (layout == "mixed" and n == 2)
    unit_name = layout == "unit-name" or (layout == "mixed" and n == 5)
    posts = (speech["office"], *_UNKNOWN) if unit_only or unit_name else (speech["post"],)
    wanted = {
        "title": (speech["title"],),
        "speaker": _UNKNOWN if unit_only else (speech["speaker"],),
        "post": posts,
        "level": (speech["level"],),
        "district": _districts(speech, make.byline(speech, layout)),
        "unit": _units(speech),
    }
    for name, accepted in wanted.items():
        value = {
            "unit": draft.unit(made["id"]),
            "level": record.get("level") or record.get("kind"),
        }.get(name, record.get(name))
        right = _bare(value) in map(_bare, accepted) or (value in _UNKNOWN and None in accepted)
        tally.tell(name, right, f"speech {n}: {value}, not {accepted[0]}")
    whole, wanted_text = draft.whole(made), _bare("".join(speech["paragraphs"]))
    for thanks in make.THANKS:
        whole = whole.removesuffix(_bare(thanks))
    if layout == "rough" and n == 4 and whole.startswith(wanted_text):
        whole = wanted_text  # the table is looked at by itself
    tally.tell(
        "text_whole", whole == wanted_text, f"speech {n}: {_first_difference(whole, wanted_text)}"
    )
    sections = made.get("sections") or []
    headings = [_bare(each["heading"]) for each in sections]
    gold_headings = list(map(_bare, speech["section_headings"]))
    right = headings == gold_headings or (not gold_headings and len(headings) < 2)
    tally.tell("headings", right, f"speech {n}: {headings}")


def _districts(speech: Record, byline: str) -> tuple[str | None, ...]:
    """Give the district; where the byline does not name it, not to know it is right too."""
    district = speech["district"]
    return (district,) if district and district in byline else (district, *_UNKNOWN)


def _units(speech: Record) -> tuple[str, ...]:
    unit, within, district = (speech[key] or "" for key in ("unit", "within", "district"))
    return (
        unit,
        f"{within}{unit}",
        f"{district}{unit}",
        f"{district}{within}{unit}",
        unit.removeprefix(district) or unit,
    )


def _first_difference(made: str, wanted: str) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(made, wanted, strict=False)) if a != b),
        min(len(made), len(wanted)),
    )
    return f"'{made[max(0, at - 6) : at + 12]}' for '{wanted[max(0, at - 6) : at + 12]}'"


def _owners(gold: Record, draft: Draft, tally: Tally) -> None:
    """Count the figures that a drafted speech has from another one's text."""
    wholes = {s["number"]: _bare("".join(s["paragraphs"])) for s in gold["speeches"]}
    for figure in draft.figures:
        sentence = _bare(figure["sentence"])
        true = [s for s in gold["speeches"] if sentence in wholes[s["number"]]]
        if len(true) != 1:
            continue
        owner = re.sub(r"（\d+）$", "", draft.unit(figure["speech"]))
        record = draft.records[figure["speech"]]
        own = record["speaker"] == true[0]["speaker"] or _bare(record["title"]) == _bare(
            true[0]["title"]
        )
        others = [
            true[0]["within"],
            *(u for s in gold["speeches"] if s is not true[0] for u in _units(s)),
        ]
        if owner not in _units(true[0]) and (owner in others or not own):
            tally.fault("wrong_owner", f"{figure['as_written']} of {true[0]['unit']} given to {owner}")


# Quantities, names, rows, differences


def quantities(gold: Record, draft: Draft, tally: Tally) -> None:
    """Score the figures of the plainest layout."""
    pairs: list[tuple[int, Record, Record | None]] = []
    for speech in gold["speeches"]:
        pairs += _speech_quantities(speech, gold, draft, tally)
    _rows(gold, pairs, tally)
    _differences(gold, draft, pairs, tally)


def _speech_quantities(
    speech: Record, gold: Record, draft: Draft, tally: Tally
) -> list[tuple[int, Record, Record | None]]:
    number = speech["number"]
    whole = _bare("".join(speech["paragraphs"]))
    left = [f for f in draft.figures if _bare(f["sentence"]) in whole]
    wanted = [q for q in speech["quantities"] if "optional" not in q]
    optional = [q for q in speech["quantities"] if "optional" in q] + speech["to_list"]
    pairs = _matched(speech, wanted, left)
    _matched(speech, optional, left)
    for extra in left:
        words = f"speech {number}: {extra['as_written']} in {extra['sentence'][-40:]}"
        tally.tell("precision", False, words)
    for quantity, figure in pairs:
        words = f"speech {number}: {quantity['text']} {quantity['indicator']}"
        tally.tell("recall", figure is not None, words)
        stated = "period_stated" if quantity["period_stated"] else "period_inherited"
        if figure is None:
            tally.tell(stated, False, words)
            continue
        tally.tell("precision", True)
        keys = ("value", "unit", "bound", "indicator", "measure", "status", "period", "scope")
        said = f"{words}: {' '.join(str(figure[key]) for key in keys)}"
        for name, right in _compared(quantity, figure):
            tally.tell(name, right, said)
        periods = _periods(quantity["period"], gold)
        tally.tell(stated, figure["period"] is not None and _is_period(figure["period"], periods), said)
        if figure["period"] is not None and not _is_period(figure["period"], periods):
            tally.fault("wrong_period", said)
    numerals = next(
        (
            t.get("numerals") or []
            for t in draft.texts
            if _bare(speech["paragraphs"][0]) in draft.whole(t)
        ),
        [],
    )
    cited = [str(each.get("cite")) for each in numerals] + [f["as_written"] for f in draft.figures]
    for each in speech["to_list"]:
        tally.tell("listed", any(_overlaps(each["text"], c) for c in cited), each["text"])
    return [(number, quantity, figure) for quantity, figure in pairs]


def _matched(
    speech: Record, wanted: list[Record], left: list[Record]
) -> list[tuple[Record, Record | None]]:
    """Pair each quantity with the figure that stands where it stands, exact words first."""
    found: dict[int, Record] = {}
    for exact, (index, quantity) in itertools.product((True, False), enumerate(wanted)):
        if index in found:
            continue
        paragraph = _bare(speech["paragraphs"][quantity["paragraph"]])
        start = len(_bare(speech["paragraphs"][quantity["paragraph"]][: quantity["start"]]))
        text = _bare(quantity["text"])
        for figure in left:
            words, sentence = _bare(figure["as_written"]), _bare(figure["sentence"])
            places = [
                paragraph.find(sentence) + m.start()
                for m in re.finditer(re.escape(words), sentence)
                if sentence in paragraph
            ]
            span = range(start, start + len(text))
            fits = (
                words == text and start in places
                if exact
                else any(p in span or start in range(p, p + len(words)) for p in places)
            )
            if fits:
                found[index] = figure
                left.remove(figure)
                break
    return [(quantity, found.get(index)) for index, quantity in enumerate(wanted)]


def _compared(quantity: Record, figure: Record) -> list[tuple[str, bool]]:
    value, unit = _normal(figure["value"], figure["unit"])
    gold_value, gold_unit = _normal(quantity["value"], quantity["unit"])
    made = [
        ("value", abs(value) == gold_value),
        ("unit_of_quantity", unit == gold_unit),
        ("bound", figure["bound"] == quantity["bound"]),
        ("indicator", _bare(figure["indicator"]) == _bare(quantity["indicator"])),
    ]
    if quantity["nature"] != "gap":
        alike = {"share": "rate"}
        natures = (alike.get(each, each) for each in (figure["measure"], quantity["nature"]))
        made.append(("nature", len(set(natures)) == 1))
    estimate = quantity["status"] == "estimate" and figure["status"] != "plan"
    made.append(("status", estimate or figure["status"] == quantity["status"]))
    if quantity["direction"] == "down":
        made.append(("falls", _is_fall(figure)))
    if quantity.get("scope"):
        made.append(("scope", figure["scope"] is not None and quantity["scope"] in figure["scope"]))
    return made


def _is_fall(figure: Record) -> bool:
    """Tell whether a figure says that it fell: by its sign, its direction or its name."""
    said = str(figure.get("direction")) in ("down", "decrease", "fall", "-", "-1")
    return said or figure["value"] < 0 or bool(re.search("[降减]|收窄|缩", figure["indicator"]))


def _normal(value: Any, unit: str) -> tuple[Decimal, str]:
    base, factor = _FACTORS.get(unit, (_SAME_UNITS.get(unit, unit), 1))
    return Decimal(str(value)) * factor, base


def _periods(words: str, gold: Record) -> set[str]:
    """Give the ways to write one period: as the text does, and by the calendar."""
    year = int(gold["date"][:4])
    made = {words}
    for each, shift in _RELATIVE.items():
        if words.startswith(each):
            made.add(words.replace(each, f"{year + shift}年", 1))
    if words in ("全年", "年均", "年"):
        made.add("年")
    if words in ("全年", "年末", "截至2023年底") and gold["period"].endswith("年"):
        made |= {gold["period"], f"截至{gold['period']}底", f"{gold['period']}底", "年底"}
    if words in ("上半年", "1至6月", "截至6月底", "今年以来") and gold["period"].endswith("上半年"):
        made |= {gold["period"], "上半年", f"截至{year}年6月底"}
    return made


def _is_period(made: str, accepted: set[str]) -> bool:
    return any(made == each or (len(made) > 1 and (made in each or each in made)) for each in accepted)


def _row(figure: Record) -> tuple[str, str | None]:
    return _bare(figure["indicator"]), figure["scope"]


def _gold_row(quantity: Record) -> tuple[str, str | None]:
    return quantity["indicator"], quantity.get("scope")


def _beside(first: Record | None, second: Record | None) -> bool:
    """Tell whether two figures stand in one row of the draft, under two speeches."""
    if not first or not second or first["speech"] == second["speech"]:
        return False
    return _row(first) == _row(second)


def _rows(gold: Record, pairs: list[tuple[int, Record, Record | None]], tally: Tally) -> None:
    """Score which figures of two speakers share a row."""
    for (n, q, f), (m, r, g) in itertools.combinations(pairs, 2):
        if n == m:
            continue
        same = _gold_row(q) == _gold_row(r)
        names = [each["indicator"] if each else "—" for each in (f, g)]
        words = f"{q['text']} {names[0]} ({n}), {r['text']} {names[1]} ({m})"
        if same:
            tally.tell("rows_recall", _beside(f, g), words)
        if _beside(f, g):
            tally.tell("rows_precision", same, words)
    made = {(n, q["paragraph"], q["start"]): f for n, q, f in pairs}
    tally.fault("lookalikes", times=0)
    for each in gold["rejected"]:
        first, second = (made[p["speech"], p["paragraph"], p["start"]] for p in each["pair"])
        if first and _beside(first, second):
            tally.fault("lookalikes", f"{first['indicator']}: {each['reason']}")


def _differences(
    gold: Record, draft: Draft, pairs: list[tuple[int, Record, Record | None]], tally: Tally
) -> None:
    """Score what `compare` subtracts, for each pair of speeches."""
    tally.fault("false_differences", times=0)
    known = {(f["speech"], f["as_written"], f["sentence"]): (n, q) for n, q, f in pairs if f}
    stated: set[tuple[int, int, str, Decimal]] = set()
    for a, b in itertools.combinations(sorted(draft.records), 2):
        answer = draft.program.ask(draft.corpus, "compare", str(a), str(b))
        for row in answer["rows"] if answer else []:
            if row["difference"] is None and row["difference_range"] is None:
                continue
            cells = [cell[0] for cell in row["cells"]]
            first, second = (known.get((c["speech"], c["as_written"], c["sentence"])) for c in cells)
            words = f"{row['indicator']}: {' | '.join(c['as_written'] for c in cells)}"
            if not first or not second or not row_agrees(first[1], second[1], gold):
                tally.fault("false_differences", f"{words}, {row['difference']}")
                continue
            (n, q), (m, r) = first, second
            right = signed(q) - signed(r)
            made = row["difference"]
            if made is not None and _normal(made, row["unit"])[0] != right:
                tally.fault("false_differences", f"{words}, {made}, not {right}")
            else:
                stated.add((n, m, q["indicator"], right))
    for (n, q, _f), (m, r, _g) in itertools.combinations(pairs, 2):
        if n != m and _subtracts(q, r, gold):
            wanted = (n, m, q["indicator"], signed(q) - signed(r))
            tally.tell("differences", wanted in stated, " ".join(map(str, wanted)))


def _subtracts(q: Record, r: Record, gold: Record) -> bool:
    return row_agrees(q, r, gold) and q["status"] == r["status"] == "actual"


def row_agrees(q: Record, r: Record, gold: Record) -> bool:
    """Tell whether two quantities may be subtracted: one measure, fact with fact, one period."""
    same = _gold_row(q) == _gold_row(r) and "scope" not in q
    plans = "plan" in (q["status"], r["status"]) and q["status"] != r["status"]
    return same and not plans and bool(_periods(q["period"], gold) & _periods(r["period"], gold))


def signed(quantity: Record) -> Decimal:
    """Give the value of a quantity, negative where it is a change that fell."""
    value = _normal(quantity["value"], quantity["unit"])[0]
    fell = quantity["direction"] == "down" and quantity["nature"] == "change"
    return -value if fell else value


# Word


def word_checks(gold: Record, layout: str, draft: Draft | None, tally: Tally) -> None:
    """Score what only Word files have."""
    wholes = [draft.whole(each) for each in draft.texts] if draft else []
    everything = "".join(wholes)
    speeches = gold["speeches"]
    records = list(draft.records.values()) if draft else []
    speakers = [each["speaker"] for each in records]
    if layout == "headings":
        tally.tell("word", speakers == [s["speaker"] for s in speeches], "bylines in text boxes")
        tally.tell("word", bool(draft) and _bare(make.DAGGER) not in everything, "footnote in the text")
    elif layout == "autonum":
        heads = [[_bare(s["heading"]) for s in t["sections"]] for t in draft.texts] if draft else []
        wanted = [
            list(map(_bare, s["section_headings"]))
            for s in speeches
            if re.match("[一（]", "".join(s["section_headings"]))
        ]
        tally.tell("word", all(each in heads for each in wanted), "lists that share an abstractNum")
        titles = [_bare(each["title"]) for each in records]
        tally.tell("word", titles == [_bare(s["title"]) for s in speeches], "soft breaks")
    else:
        paragraphs = [p for each in draft.texts for p in draft.paragraphs(each)] if draft else []
        _rough_checks(speeches, paragraphs, speakers, tally)


def _rough_checks(
    speeches: list[Record], paragraphs: list[str], speakers: list[str], tally: Tally
) -> None:
    everything = "".join(paragraphs)
    percent = next((q for q in speeches[1]["quantities"] if q["text"].endswith("%")), None)
    percent = percent or next(
        q for q in speeches[1]["quantities"] if q["paragraph"] > 0 and q["text"][0].isdigit()
    )
    chosen = next(q for q in speeches[2]["quantities"] if q["paragraph"] > 0 and q["text"][0].isdigit())
    struck = next(q for q in speeches[0]["quantities"] if q["paragraph"] > 0 and q["text"][0].isdigit())
    rows = [all(_bare(cell) in everything for cell in row) for row in make.TABLE]
    together = all(
        re.search(".{0,6}".join(map(re.escape, map(_bare, row))), everything) for row in make.TABLE
    )
    tally.tell("word", bool(everything) and "99个" not in everything, "hidden text")
    tally.tell(
        "word", bool(everything) and f"{make.STRUCK}{struck['text']}" not in everything, "struck text"
    )
    tally.tell("word", speeches[1]["speaker"] in speakers and "yīn" not in everything, "ruby")
    tally.tell("word", _around(speeches[1], percent) in everything, "equation")
    tally.tell(
        "word", any(_around(speeches[2], chosen) in p for p in paragraphs), "deleted paragraph mark"
    )
    tally.tell("word", all(rows) and together, "table")


def _around(speech: Record, quantity: Record) -> str:
    text, start = speech["paragraphs"][quantity["paragraph"]], quantity["start"]
    return _bare(text[max(0, start - 5) : start + len(quantity["text"])])


# Cases


def _passes(case: Record, program: Program) -> bool:
    lines = case.get("document") or [*_FRAME, f"一、工作。{case['text']}"]
    path = program.folder / f"case-{case['id']}.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft = program.draft(path)
    return draft is not None and holds(case["want"], draft)


def holds(want: Record, draft: Draft) -> bool:
    """Tell whether a draft has the one right value of a case."""
    written = [f["as_written"] for f in draft.figures]
    match next(iter(want)), want:
        case "figure", {"figure": words}:
            found = [f for f in draft.figures if _overlaps(words, f["as_written"])]
            return len(found) == 1 and all(_is(found[0], key, value) for key, value in want.items())
        case "no figure", {"no figure": words}:
            return not any(_overlaps(words, each) for each in written)
        case "listed", {"listed": words}:
            cites = [str(n.get("cite")) for t in draft.texts for n in t.get("numerals") or []]
            return any(_overlaps(words, each) for each in (*written, *cites))
        case "apart", {"apart": pair}:
            found = [f for f in draft.figures if f["as_written"] in pair]
            return len(found) == 2 and _row(found[0]) != _row(found[1])
        case "speeches", {"speeches": count}:
            return bool(len(draft.texts) == count)
        case "meeting", {"meeting": name}:
            return bool(draft.yaml["meeting"] == name)
        case "check", {"check": code}:
            return draft.program.run("check", str(draft.corpus)).returncode == int(code)
        case "difference", {"difference": [a, b], "value": value}:
            answer = draft.program.ask(draft.corpus, "compare", str(a), str(b))
            stated = (
                [r["difference"] for r in answer["rows"] if r["difference"] is not None]
                if answer
                else []
            )
            return [Decimal(str(each)) for each in stated] == [Decimal(value)]
        case "speech", {"speech": number}:
            record = draft.records.get(number, {}) | {"unit": draft.unit(number)}
            record["level"] = record.get("level") or record.get("kind")
            wanted = {key: value for key, value in want.items() if key != "speech"}
            return all(_bare(record.get(key)) in _listed(value) for key, value in wanted.items())
    raise ValueError(want)


def _listed(accepted: str | list[str]) -> list[str]:
    return list(map(_bare, [accepted] if isinstance(accepted, str) else accepted))


def _is(figure: Record, key: str, wanted: Any) -> bool:
    value, unit = _normal(figure["value"], figure["unit"])
    match key:
        case "figure":
            return True
        case "value":
            return value == Decimal(wanted)
        case "unit":
            return unit == _normal(1, str(wanted))[1]
        case "fall":
            return _is_fall(figure)
        case "indicator":
            return _bare(figure["indicator"]) in wanted
        case "indicator_not":
            return wanted not in figure["indicator"]
        case "period":
            return figure["period"] is not None and wanted in figure["period"]
        case _ if key.endswith("_not"):
            return bool(figure[key.removesuffix("_not")] != wanted)
    return bool(figure[key] == wanted)


def _overlaps(words: str, made: str) -> bool:
    first, second = _bare(words), _bare(made)
    return bool(second) and (first in second or second in first)


def _bare(text: Any) -> str:
    """Take out of a text what a layout may change: spaces, full stops, the draft's own words."""
    return re.sub(r"\s+|。|（无导语）|^正文$", "", str(text or ""))


if __name__ == "__main__":
    sys.exit(main())
