"""The table of commands. A command's module is imported when it is run, so `--help` stays quick."""

from __future__ import annotations

from importlib import import_module

import click

from interviewprep import __version__

# name -> (module, one line for --help)
COMMANDS = {
    "drill": ("drill", "Ask what is due and new, card after card."),
    "quiz": ("quiz", "Ask questions with a score: choices, words, numbers."),
    "plan": ("plan", "Study towards an interview's date."),
    "simulate": ("simulate", "Simulate learners who prepare for an interview."),
    "due": ("review", "Say how much is to do today."),
    "add": ("decks", "Write down a question, e.g. right after an interview."),
    "review": ("review", "Record one answer without asking, for scripts."),
    "undo": ("review", "Take back the last answer or mark."),
    "history": ("review", "Show past answers."),
    "cards": ("cards", "Find cards, by text or by state."),
    "mock": ("mock", "Rehearse an interview against the clock; a scorecard at the end."),
    "checks": ("checks", "Practise calculations with fresh numbers."),
    "suspend": ("marks", "Hide a card until it is unsuspended."),
    "unsuspend": ("marks", "Ask a suspended card again."),
    "bury": ("marks", "Hide a card until tomorrow."),
    "flag": ("marks", "Flag a card, to find it again."),
    "note": ("marks", "Keep a note with a card."),
    "known": ("marks", "Mark a card as known: out of the queue."),
    "decks": ("decks", "List, show, check, begin and edit decks."),
    "export": ("export", "Write cards and progress for Anki, other programs, or paper."),
    "import": ("imports", "Bring in reviews and cards from Anki, text files, another machine."),
    "backup": ("upkeep", "Copy the progress database now."),
    "restore": ("upkeep", "Put a backup back."),
    "doctor": ("upkeep", "Check the progress database, and repair it."),
    "where": ("upkeep", "Print every path in use."),
    "settings": ("upkeep", "Show or check the settings."),
    "keys": ("upkeep", "Print the keys table."),
    "completion": ("upkeep", "Print the shell completion for bash, zsh or fish."),
}


class LazyGroup(click.Group):
    """A group whose commands live in modules that are imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module and take the command from it."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"interviewprep.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which name is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], list(COMMANDS), n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: interviewprep drill optimizers --minutes 15",
)
@click.version_option(__version__, prog_name="interviewprep")
@click.option(
    "--decks",
    "deck_folders",
    multiple=True,
    metavar="DIR",
    help="A further folder of decks (may be given several times).",
)
@click.pass_context
def cli(ctx: click.Context, deck_folders: tuple[str, ...]) -> int | None:
    """Get ready for machine-learning interviews, in the terminal.

    Without a command the home screen opens: what is due today, deck by deck.
    """
    ctx.obj = deck_folders
    if ctx.invoked_subcommand is not None:
        return None
    from interviewprep.cli.quick import home

    return home(deck_folders)
