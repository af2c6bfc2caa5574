"""The commands: arguments in, one question, one answer out."""

from functools import partial

import typer

from speeches_cli import answers, asked, comparing, files, options, searching
from speeches_cli.asked import Settings, refuse_beside
from speeches_cli.corpus import files_of
from speeches_cli.errors import UsageError
from speeches_cli.manual import Command, Commands
from speeches_cli.messages import _
from speeches_cli.output import Answer, Output

app = typer.Typer(
    name="speeches",
    cls=Commands,
    help=_("Read, search and compare a compilation of official Chinese speeches."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
command = partial(asked.command, app)


@app.callback()
def settings(
    context: typer.Context,
    corpus: options.Corpus = None,
    color: options.Color = "auto",
    cache: options.Cache = True,
    _version: options.Version = False,
) -> None:
    """Remember what every command needs."""
    context.obj = Settings(corpus, color, cache)


@command(_("List the speeches by district."))
def list_(
    asked: Settings,
    place: options.Places = None,
    district: options.Districts = None,
    kind: options.Kind = None,
    sort: options.ListOrder = "number",
) -> Answer:
    """List speeches."""
    corpus = asked.open()
    chosen = answers.described(corpus, places=place, districts=district, kind=kind)
    return answers.speeches(corpus, chosen, sort=sort)


@command(_("Read one speech, or some sections of it."))
def show(
    asked: Settings,
    ref: options.Ref,
    sections: options.SectionsBehind = None,
    section: options.Sections = None,
    find: options.Find = None,
    figures: options.Figures = False,
) -> Answer:
    """Show one speech."""
    wanted = [*(sections or ()), *(section or ())]
    return answers.speech(asked.open(), ref, sections=wanted, with_figures=figures, phrase=find)


@command(_("Find a phrase, also slightly wrong, in traditional characters, or in pinyin."))
def search(
    asked: Settings,
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
) -> Answer:
    """Find phrases."""
    sides = sort in ("left", "right")
    beside = {"--cite": cite is not None, "--context": characters is not None, f"--sort {sort}": sides}
    refuse_beside("--count", count, beside)
    corpus = asked.open()
    found = searching.find(
        corpus,
        phrases,
        answers.described(corpus, districts=district, towns=town, kind=kind),
        near=near,
        either=either,
        without=without,
        limit=limit if sort == "text" and not count else None,
    )
    if count:
        return searching.counts(found, sort=sort, limit=limit)
    return searching.hits(found, cite=cite, context=characters, sort=sort, limit=limit)


@command(_("Set the figures of two or more towns side by side."))
def compare(
    asked: Settings,
    refs: options.Refs,
    topic: options.Topics = None,
    shared: options.Shared = False,
    quote: options.Quote = False,
    phrases: options.Worded = False,
) -> Answer:
    """Compare towns."""
    beside = {"--quote": quote, "--shared": shared, "--topic": topic is not None}
    refuse_beside("--phrases", phrases, beside)
    return comparing.comparison(
        asked.open(), refs, topics=topic, shared_only=shared, quote=quote, worded=phrases
    )


@command(_("List every figure, or one measure across all towns."))
def figures(
    asked: Settings,
    indicator: options.Indicator = None,
    district: options.Districts = None,
    town: options.Towns = None,
    kind: options.Kind = None,
    topic: options.Topics = None,
    sort: options.FigureOrder = "value",
    limit: options.Limit = None,
) -> Answer:
    """List figures."""
    corpus = asked.open()
    chosen = answers.described(corpus, districts=district, towns=town, kind=kind)
    return comparing.figures(corpus, indicator, chosen, topics=topic, sort=sort, limit=limit)


@command(_("List what is measured: by topic, with its units and how many towns report it."))
def indicators(
    asked: Settings,
    topic: options.Topics = None,
) -> Answer:
    """List indicators."""
    return comparing.indicators(asked.open(), topics=topic)


@command(_("List the phrases that recur, or with --town and --district what only those say."))
def phrases(
    asked: Settings,
    town: options.Towns = None,
    district: options.Districts = None,
    quoted: options.Quoted = False,
    least: options.Least = None,
    limit: options.Limit = None,
) -> Answer:
    """List phrases."""
    corpus = asked.open()
    chosen = answers.described(corpus, districts=district, towns=town)
    return answers.phrases(corpus, chosen, quoted=quoted, least=least, limit=limit)


@command(_("Name everything that is wrong with a corpus, by file, line and entry."))
def check(
    asked: Settings,
    path: options.Checked = None,
) -> Answer:
    """Check a corpus, always from its files."""
    return answers.check(path or asked.path)


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
    settings: Settings = context.obj
    if output is not None:  # before the minute that a long compilation takes
        files.guard(output, (file, *files_of(settings.path)), replace=force)
    elif force:
        raise UsageError(_("--force replaces the file that --output names; name one"))
    answer = answers.draft(file, settings.open(), output, district, kind, date, meeting)
    asked.write(answer, Output("table", output, settings.color))
