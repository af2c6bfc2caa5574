"""`documents`: YAML is read as it is written, and what no corpus needs is refused by line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings, strategies as st

from speeches_cli.corpus import documents
from speeches_cli.corpus.documents import MAXIMUM_DEPTH, Items, Mapping, Scalar
from speeches_cli.errors import CorpusError

PURE: Any = yaml.SafeLoader
FAST: Any = getattr(yaml, "CSafeLoader", None)
LOADERS = [
    pytest.param(FAST, id="libyaml", marks=pytest.mark.skipif(not FAST, reason="no libyaml here")),
    pytest.param(PURE, id="pure-python"),
]


@pytest.fixture(params=LOADERS, autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run every test with libyaml's loader and with PyYAML's own, which does where it is missing."""
    monkeypatch.setattr(documents, "LOADER", request.param)
    return request.param


def parse(data: str | bytes) -> documents.Node:
    """Parse a text as the file a.yaml; the first mistake is raised."""
    errors: list[CorpusError] = []
    data = data if isinstance(data, bytes) else data.encode()
    try:
        tree = documents.parse(data, file="a.yaml", errors=errors)
    except CorpusError as error:
        errors.append(error)
    if errors:
        raise errors[0]
    return tree


def refusal(data: str | bytes) -> str | None:
    """Give the message with which a text is refused, or None where it is read."""
    try:
        parse(data)
    except CorpusError as error:
        return str(error).removeprefix("a.yaml:").strip()
    return None


def test_scalars_are_read_as_written() -> None:
    """No number, truth value, date or merge key is guessed: what stands there is what is read."""
    words = "yes no ~ null 010 0x1F 1_000 1:30 1e3 .5 1.50 +1 2023-09-18 2023-13-45 = << ３ “一网” a#b"
    scalars = words.split()
    listed = "".join(f"- {each}\n- {each}: {each}\n" for each in scalars)
    assert parse(listed) == [read for each in scalars for read in (each, {each: each})]


def test_every_node_knows_its_line() -> None:
    """Each mapping, list, key and value knows the line it begins on, counted from 1."""
    tree = parse(
        "# remark\n\na: 1\nb:\n  - x\n  - c: |-\n      y\n      z\n    d: [1, 2]\r\n\r\ne: f\n"
    )
    assert isinstance(tree, Mapping)
    assert tree == {"a": "1", "b": ["x", {"c": "y\nz", "d": ["1", "2"]}], "e": "f"}
    assert tree.line == 3
    assert [key.line for key in tree] == [3, 4, 11]
    rows = tree["b"]
    assert isinstance(rows, Items)
    assert (rows.line, rows[0].line, rows[1].line) == (5, 5, 6)
    assert [value.line for value in rows[1].values()] == [6, 9]
    assert [type(value) for value in rows[1]["d"]] == [Scalar, Scalar]


@pytest.mark.parametrize(
    "data",
    [
        *(
            "\ufeffa: 1\n".encode(),
            b"a: 1",
            b"a: 1\r\n",
            b"---\na: 1\n...\n",
            b"%YAML 1.1\n---\na: 1\n",
        ),
        *(b"{a: 1}", b"'a': \"1\"", b"? a\n: 1\n", b"\n\n# remark\na: 1 # remark\n"),
    ],
)
def test_the_same_document_in_other_clothes(data: bytes) -> None:
    """A byte-order mark, any line end, markers, quotes and remarks change nothing."""
    assert parse(data) == {"a": "1"}


def test_an_empty_value_is_an_empty_text() -> None:
    """`key:` with nothing after it is an empty text, for the schema to complain of."""
    assert parse("a:\nb: ''\n") == {"a": "", "b": ""}


ENCODING = "not UTF-8 text; save the file as UTF-8"
ANCHORS = "anchors (&name) and aliases (*name) are not used in a corpus"
BOMB = [
    "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]",
    *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)),
]
REFUSED: list[tuple[str | bytes, str]] = [
    ("", "the file is empty"),
    ("# a: 1\n", "the file is empty"),
    ("\ufeff", "the file is empty"),
    ("a: 1\nb: 网格".encode("gbk"), f"2: {ENCODING}"),
    ("a: 网格".encode("utf-16"), f"1: {ENCODING}"),
    ("a: 网格".encode()[:-1], f"1: {ENCODING}"),
    (b"\x89PNG\r\n\x1a\n\0", f"1: {ENCODING}"),
    (b"a: \xed\xa0\x80", f"1: {ENCODING}"),
    ("a: 网格\nb: 格\0", "2: the character U+0000 is not allowed"),
    ("a: 网格\nb: 网格\nc: \x1b[31m", "3: the character U+001B is not allowed"),
    ("a: 网\x9b", "1: the character U+009B is not allowed"),
    ("a: 网\x85格", "1: the character U+0085 is not allowed"),
    ("a: 1\nb: 网\u2028格\nc: [", "2: the character U+2028 is not allowed"),
    ("a: 网\ufeff格", "1: the character U+FEFF is not allowed"),
    ("a: 网\ufffe", "1: the character U+FFFE is not allowed"),
    ('a: 1\nb: "\\e[31m"', "2: the character U+001B is not allowed"),
    ('a: "\\0"', "1: the character U+0000 is not allowed"),
    ("a: 1\nb:\n  c: 1\n  c: 1\n", "4: the key 'c' stands twice in one entry"),
    ("a: 1\n? [b]\n: c\n", "2: a key must be a word"),
    ("? {b: c}\n: d\n", "1: a key must be a word"),
    ("a: 1\nb: &x 2\n", f"2: {ANCHORS}"),
    ("a: 1\nb:\n  - *x\n", f"3: {ANCHORS}"),
    ("\n".join(BOMB), f"1: {ANCHORS}"),
    ("a: !!python/object:os.system 1\n", "1: tags (!name) are not used in a corpus"),
    ("a: 1\n---\nb: 2\n", "2: a second document begins here; a corpus is one"),
    ("---\n---\n", "2: a second document begins here; a corpus is one"),
    ("{a: " * 100_000, "1: nested too deeply for a corpus"),
    ("- " * 100_000, "1: nested too deeply for a corpus"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=[each[1] for each in REFUSED])
def test_what_is_refused_says_where_and_why(data: str | bytes, message: str) -> None:
    """Each part of YAML that a corpus does without is refused in one line with file and line number."""
    assert refusal(data) == message


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("a: b\nc: d: e\n", 2),
        ("a: 'b\n", 2),
        ("a:\n  - b\n c: d\n", 3),
        ("a: @b\n", 1),
        ("a: [b\n", 2),
        ("a: 1\nb：2\nc: 3\n", 3),
    ],
)
def test_malformed_yaml(data: str, line: int) -> None:
    """It is refused in the words of the parser, with the line and what is likeliest."""
    said = str(refusal(data))
    assert said.startswith(f"{line}: not YAML here, or just above: ")
    assert said.endswith("; keys end in ': ', half-width with a space")


@pytest.mark.parametrize(
    "text", ['a: "\\ud800"', 'a: "\\U00110000"\n', "[" * 100_000, "{a: [" * 100_000]
)
def test_what_only_some_parsers_refuse(text: str) -> None:
    """Half a pair, a number beyond Unicode, brackets without end: one line, whoever says it."""
    said = str(refusal(text)).removeprefix("1: ")
    words = ("not YAML", "the character U+D800 is not allowed", "nested too deeply for a corpus")
    assert said.startswith(words)


def test_the_depth_that_is_allowed() -> None:
    """Nesting is allowed to the stated depth, and one level more is not."""
    deepest = "[" * MAXIMUM_DEPTH + "]" * MAXIMUM_DEPTH
    tree: Any = parse(deepest)
    for _level in range(MAXIMUM_DEPTH - 1):
        (tree,) = tree
    assert tree == []
    assert refusal(f"[{deepest}]") == "1: nested too deeply for a corpus"


texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
)
trees = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100)
@given(trees)
@example({"": [""], "a: b": ["- c", "#", "'", '"', "\\", " ", "!x", "&y", "*z", "%", "@"]})
def test_what_yaml_writes_is_read_back(tree: Any) -> None:
    """Any tree of texts that PyYAML writes is read back the same, whatever stands in the texts."""
    quoted = yaml.safe_dump(tree, allow_unicode=True, default_style='"', width=10**9)
    assert parse(quoted.replace("!!str ", "")) == tree
