"""Completion scripts for Bash, zsh and fish, and the answers that the program gives them.

Every script runs the program with the words of the command line, up to the cursor, and reads lines
`value TAB description`. The program ends with 1 where a file name is wanted, which the shells know
better. None of them evaluates what it reads, and all quote what they insert.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from speeches_cli import typer_inside
from speeches_cli.completing import FileWanted
from speeches_cli.messages import _

VARIABLE = "_SPEECHES_COMPLETE"
"""The variable that asks for completion, as Typer names it: `complete_bash`, `_zsh` or `_fish`."""

FILE_WANTED = 1
"""The exit code that leaves it to the shell to complete a file name."""

# Bash lists candidates without descriptions; on the second Tab, which only lists (type 63), they
# can be shown as part of the candidates. In open quotes nothing that would end them is offered.
_BASH = r"""
%(complete_func)s() {
    local program=${1/#\~\//$HOME/} answer name note
    COMPREPLY=()
    if ! answer=$(%(autocomplete_var)s=complete_bash "$program" \
        "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$2" 2>/dev/null </dev/null); then
        compopt -o default 2>/dev/null
        return
    fi
    compopt -o nosort 2>/dev/null
    while IFS=$'\t' read -r name note; do
        [ -n "$name" ] || continue
        if [ "$COMP_TYPE" = 63 ]; then
            COMPREPLY+=("$name${note:+  ($note)}")
        elif [[ ${COMP_WORDS[COMP_CWORD]} == [\'\"]* ]]; then
            [[ $name == *[\'\"\$\`\\\!]* ]] || COMPREPLY+=("$name")
        elif [[ $name == *[[:space:]\'\"\$\`\\\!\#\&\;\|\<\>\(\)\*\?\[\]\{\}\~\^]* ]]; then
            COMPREPLY+=("$(printf %%q "$name")")
        else
            COMPREPLY+=("$name")
        fi
    done <<< "$answer"
}
complete -F %(complete_func)s %(prog_name)s
"""

# zsh takes only what begins with the word typed, unless told that the matching is done (-U); then it
# would put what the matches have in common in the word's place, be it nothing, so it only lists.
_ZSH = r"""
#compdef %(prog_name)s
%(complete_func)s() {
    local answer line typed=${(Q)PREFIX}
    local -a candidates
    answer=$(%(autocomplete_var)s=complete_zsh "${${(Q)words[1]}/#\~\//$HOME/}" \
        "${(@Q)words[2,CURRENT-1]}" "$typed" 2>/dev/null </dev/null)
    if (( $? )); then
        compset -P '--*='
        _files
        return
    fi
    local -a matching
    for line in ${(f)answer}; do
        candidates+=("${${${line%%$'\t'*}//\\/\\\\}//:/\\:}${${line#*$'\t'}:+:${line#*$'\t'}}")
        [[ $line == "$typed"* ]] || matching=(-U)
    done
    _describe -V %(prog_name)s candidates $matching
    if (( $#matching && compstate[nmatches] > 1 )) && [[ $compstate[insert] == *unambiguous ]]; then
        compstate[insert]=
    fi
}
if [[ $funcstack[1] == _%(prog_name)s ]]; then
    %(complete_func)s "$@"
fi
compdef %(complete_func)s %(prog_name)s
"""

_FISH = r"""
function %(complete_func)s
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l option (string match --regex '^--[^=]+=' -- "$typed")
    env %(autocomplete_var)s=complete_fish $words "$typed" 2>/dev/null </dev/null
    or string join \n -- "$option"(__fish_complete_path (string replace -- "$option" '' "$typed"))
end
complete --command %(prog_name)s --no-files --keep-order --arguments '(%(complete_func)s)'
"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""Installed by Typer's installer in place of Typer's own scripts, which lose the first Tab in zsh and
every candidate that doesn't begin with the typed word."""


def answer(shell: str, program: Any, words: Sequence[str], encoding: str) -> str | None:
    """Write the candidates, one a line; None where a file name is wanted.

    `program` is Typer's command. A corpus is opened only for names. What the encoding of the output
    lacks is not offered.
    """
    encoding = "ascii" if _is_c_locale() else encoding
    *given, word = _meant(words) if shell == "bash" else words
    start = word.find("=") + 1 if word.startswith("-") else 0
    typed = word[start:]
    # fish drops what the letters typed do not stand in; where no Hanzi can be written, letters do
    spelt = shell == "fish" and typed != "" and typed.isascii()
    latin = spelt or not _writable("镇", encoding)
    try:
        candidates = typer_inside.candidates(program, given, word, latin=latin, variable=VARIABLE)
    except FileWanted:
        return None
    before = "" if shell == "bash" else word[:start]  # Bash takes it for a word of its own
    # what Typer says itself is English until here
    offered = ((each.value, _(each.help) if each.help else "") for each in candidates)
    return "".join(
        f"{before}{value}\t{said if _writable(said, encoding) else ''}\n"
        for value, said in offered
        if _writable(value, encoding)
    )


def _meant(words: Sequence[str]) -> list[str]:
    """Unquote the words that Bash passes, except the last; drop a lone `=`, which Bash splits off."""
    return [*(_unquoted(word) for word in words[:-1] if word != "="), *words[-1:]]


def _writable(text: str, encoding: str) -> bool:
    return text.encode(encoding, "ignore").decode(encoding) == text


def _unquoted(word: str) -> str:
    import shlex

    try:
        return "".join(shlex.split(word))
    except ValueError:  # a quote that is still open
        return word


def _is_c_locale() -> bool:
    """Tell whether the locale is C: Python writes UTF-8 (PEP 540), but the shell shows no Hanzi."""
    return bool(sys.flags.utf8_mode) and "PYTHONUTF8" not in os.environ
