"""The commands: arguments in, one question, one answer out."""

import typer

from speeches_cli import answers, asked, comparing, files, options, searching
from speeches_cli.corpus import files_of, packaged
from speeches_cli.errors import UsageError
from speeches_cli.manual import Command, Commands
from speeches_cli.messages import _
from speeches_cli.output import (
    ENDINGS,
    ENDINGS_OF_FORMS,
    check_free,
    save,
    say,
)

app = typer.Typer(
    name="speeches",
    cls=Commands,
    help=_("Read, search and compare a compilation of official Chinese speeches."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def settings(
    context: typer.Context,
    corpus: options.Corpus = None,
    color: options.Color = "auto",
    cache: options.Cache = True,
    _version: options.Version = False,
) -> None:
    """Remember what every command needs."""
    context.obj = asked.Settings(corpus, color, cache)


@app.command("list", cls=Command, help=_("List the speeches by district."))
def list_(
    context: typer.Context,
    place: options.Places = None,
    district: options.Districts = None,
    kind: options.Kind = None,
    sort: options.ListOrder = "number",
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """List speeches."""
    out = asked.output(context, format, json, output)
    answer = answers.speeches(
        asked.corpus(context), places=place or (), districts=district or (), kind=kind, sort=sort
    )
    asked.write(answer, out)


@app.command(cls=Command, help=_("Read one speech, or some sections of it."))
def show(
    context: typer.Context,
    ref: options.Ref,
    sections: options.SectionsBehind = None,
    section: options.Sections = None,
    find: options.Find = None,
    figures: options.Figures = False,
    pager: options.Pager = True,
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Show one speech."""
    out = asked.output(context, format, json, output, paged=pager)
    wanted = [*(sections or ()), *(section or ())]
    answer = answers.speech(
        asked.corpus(context), ref, sections=wanted, with_figures=figures, phrase=find
    )
    asked.write(answer, out)


@app.command(
    cls=Command, help=_("Find a phrase, also slightly wrong, in traditional characters, or in pinyin.")
)
def search(
    context: typer.Context,
    phrases: options.Phrases,
    district: options.Districts = None,
    town: options.Towns = None,
    kind: options.Kind = None,
    either: options.Either = False,
    without: options.Without = None,
    near: options.Near = False,
    count: options.Count = False,
    cite: options.Cite = None,
    characters: options.Context = None,
    sort: options.HitOrder = "text",
    limit: options.Limit = None,
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Find phrases."""
    alone = cite in ENDINGS_OF_FORMS  # it is a format itself
    options.refuse_beside(f"--cite {cite}", alone, {"--format": format is not None, "--json": json})
    out = asked.output(context, format, json, output, endings=ENDINGS_OF_FORMS.get(cite or "", ENDINGS))
    sides = sort in ("left", "right")
    beside = {"--cite": cite is not None, "--context": characters is not None, f"--sort {sort}": sides}
    options.refuse_beside("--count", count, beside)
    found = searching.find(
        asked.corpus(context),
        phrases,
        districts=district or (),
        towns=town or (),
        kind=kind,
        near=near,
        either=either,
        without=without or (),
        limit=limit if sort == "text" and not count else None,
    )
    if count:
        answer = searching.counts(found, sort=sort, limit=limit)
    else:
        answer = searching.hits(found, cite=cite, context=characters, sort=sort, limit=limit)
    asked.write(answer, out)


@app.command(cls=Command, help=_("Set the figures of two or more towns side by side."))
def compare(
    context: typer.Context,
    refs: options.Refs,
    topic: options.Topics = None,
    shared: options.Shared = False,
    quote: options.Quote = False,
    phrases: options.Worded = False,
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Compare towns."""
    out = asked.output(context, format, json, output)
    beside = {"--quote": quote, "--shared": shared, "--topic": topic is not None}
    options.refuse_beside("--phrases", phrases, beside)
    answer = comparing.comparison(
        asked.corpus(context), refs, topics=topic or (), shared_only=shared, quote=quote, worded=phrases
    )
    asked.write(answer, out)


@app.command(cls=Command, help=_("List every figure, or one measure across all towns."))
def figures(
    context: typer.Context,
    indicator: options.Indicator = None,
    district: options.Districts = None,
    town: options.Towns = None,
    kind: options.Kind = None,
    topic: options.Topics = None,
    sort: options.FigureOrder = "value",
    limit: options.Limit = None,
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """List figures."""
    out = asked.output(context, format, json, output)
    answer = comparing.figures(
        asked.corpus(context),
        indicator,
        districts=district or (),
        towns=town or (),
        kind=kind,
        topics=topic or (),
        sort=sort,
        limit=limit,
    )
    asked.write(answer, out)


@app.command(
    cls=Command, help=_("List what is measured: by topic, with its units and how many towns report it.")
)
def indicators(
    context: typer.Context,
    topic: options.Topics = None,
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """List indicators."""
    out = asked.output(context, format, json, output)
    options.refuse_beside("indicators", out.format == "svg", {"--format svg": True})
    asked.write(comparing.indicators(asked.corpus(context), topics=topic or ()), out)


@app.command(
    cls=Command,
    help=_("List the phrases that recur, or with --town and --district what only those say."),
)
def phrases(
    context: typer.Context,
    town: options.Towns = None,
    district: options.Districts = None,
    quoted: options.Quoted = False,
    least: options.Least = None,
    limit: options.Limit = None,
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """List phrases."""
    out = asked.output(context, format, json, output)
    answer = answers.phrases(
        asked.corpus(context),
        districts=district or (),
        towns=town or (),
        quoted=quoted,
        least=least,
        limit=limit,
    )
    asked.write(answer, out)


@app.command(
    cls=Command, help=_("Name everything that is wrong with a corpus, by file, line and entry.")
)
def check(
    context: typer.Context,
    path: options.Checked = None,
    format: options.Format = None,
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Check a corpus, always from its files."""
    out = asked.output(context, format, json, output, reads=path)
    options.refuse_beside("check", out.format == "svg", {"--format svg": True})  # nothing to look at
    answer = answers.check(path or context.obj.corpus or packaged())
    asked.write(answer, out)


@app.command(cls=Command, help=_("Draft a corpus from a compilation: plain text, or Word (.docx)."))
def draft(
    context: typer.Context,
    file: options.Compilation,
    district: options.DraftDistrict = None,
    kind: options.DraftKind = None,
    date: options.DraftDate = None,
    meeting: options.DraftMeeting = None,
    output: options.Output = None,
    force: options.Force = False,
) -> None:
    """Draft a corpus; what it leaves to a person is said last."""
    if output is not None:
        files.guard(output, (file, *files_of(context.obj.corpus or packaged())))
        check_free(output, replace=force)  # before the minute that a long compilation takes
    elif force:
        raise UsageError(_("--force replaces the file that --output names; name one"))
    drafted = answers.draft(file, asked.corpus(context), output, district, kind, date, meeting)
    save(drafted.yaml, output, replace=force)
    for line in drafted.report:
        say(line)
