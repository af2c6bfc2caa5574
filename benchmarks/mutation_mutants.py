"""The package's modules, and what Mutmut can make of them: one small change of one function each.

Mutants lie switched off in the module's file, beside the function they came from; the environment
variable MUTANT_UNDER_TEST switches one on. What the program says, inside `_()` and `plural()`, is
left alone, and so are the case of letters in SQL and in names of encodings, which nobody minds, and
`strict` of zip, which guards against mistakes that are not made; what stands outside functions or
under a decorator is out of Mutmut's reach.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import libcst
from mutmut.mutation import file_mutation

ROOT = Path(__file__).parents[1]
PACKAGE = "speeches_cli"
MESSAGES = ("_", "plural")
CASELESS = ("execute", "executemany", "executescript", "encode", "decode")


class Mutant(NamedTuple):
    """One function with one change."""

    module: str
    """As in `search.alignment`."""
    name: str
    """As Mutmut switches it on: `speeches_cli.folding.x_fold__mutmut_1`."""
    diff: str


def modules() -> dict[str, Path]:
    """Name the modules, and their files within the checkout; a package goes by its own name."""
    files = [file.relative_to(ROOT) for file in sorted((ROOT / PACKAGE).rglob("*.py"))]
    named = {
        ".".join(part for part in file.with_suffix("").parts[1:] if part != "__init__"): file
        for file in files
    }
    return {name: file for name, file in named.items() if name not in {"", "__main__"}}


def mutate(file: Path, module: str) -> list[Mutant]:
    """Write all mutants of a module into its file, switched off."""
    code = file.read_text(encoding="utf-8")
    tree, mutations, classes, functions = file_mutation.create_mutations(str(file), code)
    said, caseless = inside_calls(tree, MESSAGES), inside_calls(tree, CASELESS)
    mutations = [
        each
        for each in mutations
        if id(each.original_node) not in said
        and not (id(each.original_node) in caseless and differs_in_case(each))
    ]
    code = file_mutation.combine_mutations_to_source(tree, mutations, classes, functions).code
    file.write_text(code, encoding="utf-8")
    lines = code.splitlines()
    bodies = {
        node.name: lines[node.lineno : node.end_lineno]
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef)
    }
    return [
        Mutant(
            module, f"{PACKAGE}.{module}.{name}", difference(bodies[f"{function}__mutmut_orig"], body)
        )
        for name, body in bodies.items()
        for function, separator, number in [name.partition("__mutmut_")]
        if separator
        and number != "orig"
        and loosely(bodies[f"{function}__mutmut_orig"]) != loosely(body)
    ]


def loosely(body: Sequence[str]) -> str:
    """Give a function's text without what `strict` is."""
    return re.sub(r"\bstrict=\w+|[\s,]", "", "".join(body))


def nodes(tree: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
    """Give a node and all that it holds."""
    yield tree
    for child in tree.children:
        yield from nodes(child)


def inside_calls(tree: libcst.CSTNode, names: Sequence[str]) -> set[int]:
    """Give the identities of all nodes in calls of functions or methods of these names."""
    calls = [node for node in nodes(tree) if isinstance(node, libcst.Call)]
    functions = [getattr(call.func, "attr", call.func) for call in calls]
    return {
        id(node)
        for call, function in zip(calls, functions, strict=True)
        if getattr(function, "value", None) in names
        for node in nodes(call)
    }


def differs_in_case(mutation: file_mutation.Mutation) -> bool:
    """Tell a string that is the same but for the case of its letters."""
    before, after = mutation.original_node, mutation.mutated_node
    if not (isinstance(before, libcst.SimpleString) and isinstance(after, libcst.SimpleString)):
        return False
    return bool(before.value.casefold() == after.value.casefold())


def difference(before: Sequence[str], after: Sequence[str]) -> str:
    """Show what a mutant changes, with a line around it."""
    lines = difflib.unified_diff(before, after, lineterm="", n=1)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
