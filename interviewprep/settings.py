"""Settings and paths: one TOML file and a few environment variables, read without side effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TypeVar, get_type_hints

from interviewprep.errors import SettingsError

APP = "interviewprep"
HOME_VARIABLE = "INTERVIEWPREP_HOME"
DECKS_VARIABLE = "INTERVIEWPREP_DECKS"
PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place the program reads or writes."""

    settings: Path
    database: Path
    backups: Path
    user_decks: Path
    index: Path
    """Cache of deck files; may be deleted at any time."""
    shipped_decks: Path
    extra_decks: tuple[Path, ...] = ()
    """From `--decks`, `INTERVIEWPREP_DECKS` and the setting `decks`."""

    @property
    def deck_folders(self) -> tuple[Path, ...]:
        """Deck folders, the shipped one first."""
        return (self.shipped_decks, self.user_decks, *self.extra_decks)


T = TypeVar("T")


def _setting(default: T, doc: str) -> T:
    return field(default=default, metadata={"doc": doc})


def _mapping(doc: str) -> Mapping[str, str]:
    return field(default_factory=dict, metadata={"doc": doc})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner can set; `describe` gives each field's meaning."""

    learner: str = _setting("me", "Whose progress; several people can share one machine.")
    rollover_hour: int = _setting(4, "The local hour at which a new study day begins.")
    desired_retention: float = _setting(0.90, "Chance of recall at which a card comes due, 0.70 to 0.98.")
    maximum_interval: int = _setting(365, "No card waits longer than this many days.")
    new_per_day: int = _setting(10, "New cards a day; 0 is allowed.")
    reviews_per_day: int = _setting(200, "Due cards a day.")
    repeat_after: tuple[int, int] = _setting((5, 10), "A failed card comes back after this many other cards.")
    sibling_gap: int = _setting(5, "Cards about one concept are kept this far apart.")
    leech_lapses: int = _setting(8, "A card failed this often is suspended; 0 never.")
    drill_minutes: int = _setting(0, "End a drill after this many minutes; 0 never.")
    answer_mode: str = _setting(
        "think", "How to answer: think, type (starts in the answer field) or speak (starts the clock)."
    )
    target_seconds: int = _setting(30, "A spoken short answer takes about this long; marked on the clock.")
    quiz_moves_schedule: bool = _setting(
        False, "Whether quiz answers count for the schedule as drill answers do."
    )
    confidence: str = _setting(
        "mock",
        "When to ask how sure you are (1 guess, 2 think, 3 sure) before an answer is shown: never, mock"
        " (in mock interviews) or always (in drills too).",
    )
    show_intervals: bool = _setting(False, "Show the next interval beside each rating.")
    theme: str = _setting("dark", "Colours: dark, light, or the name of a Textual theme.")
    vim: bool = _setting(True, "Whether j k g G Ctrl+d Ctrl+u move in lists and answers.")
    editor: str = _setting("", "Command that opens a card; empty: $VISUAL, $EDITOR, vi.")
    backups: int = _setting(7, "Daily backups kept.")
    plain: bool = _setting(False, "Always use plain lines instead of the full screen.")
    decks: tuple[str, ...] = _setting((), "Further deck folders.")
    llm: Mapping[str, str] = _mapping(
        "A language model for second opinions on typed answers: url and model of a server that speaks"
        " OpenAI's chat protocol, and key_env, the environment variable with its key. Off while empty."
    )
    keys: Mapping[str, str] = _mapping("Keys by action, see the keys table; e.g. undo = 'u,ctrl+z'.")


def describe() -> dict[str, str]:
    """What each setting means, by name, in the order of the fields."""
    return {f.name: str(f.metadata["doc"]) for f in fields(Settings)}


RANGES: Mapping[str, tuple[float, float]] = {
    "rollover_hour": (0, 23),
    "desired_retention": (0.70, 0.98),
    "maximum_interval": (1, 36500),
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "sibling_gap": (0, 50),
    "leech_lapses": (0, 99),
    "drill_minutes": (0, 1440),
    "target_seconds": (5, 600),
    "backups": (1, 365),
}
LLM = frozenset({"url", "model", "key_env"})
CHOICES: Mapping[str, tuple[str, ...]] = {
    "answer_mode": ("think", "type", "speak"),
    "confidence": ("never", "mock", "always"),
}


def find_paths(env: Mapping[str, str], *, decks: tuple[str, ...] = ()) -> Paths:
    """Say where everything lies; creates nothing.

    `env` is the process environment; `decks` are folders given on the command line.
    """
    given = [*decks, *(p for p in env.get(DECKS_VARIABLE, "").split(":") if p)]
    extra = tuple(Path(p).expanduser().absolute() for p in given)
    home = env.get(HOME_VARIABLE)
    if home:
        root = Path(home).expanduser().absolute()
        data = config = cache = root
    else:
        import platformdirs

        data = Path(platformdirs.user_data_dir(APP, appauthor=False))
        config = Path(platformdirs.user_config_dir(APP, appauthor=False))
        cache = Path(platformdirs.user_cache_dir(APP, appauthor=False))
    return Paths(
        settings=config / "settings.toml",
        database=data / "progress.db",
        backups=data / "backups",
        user_decks=data / "decks",
        index=cache / "deck-index.db",
        shipped_decks=shipped_decks(),
        extra_decks=extra,
    )


def shipped_decks() -> Path:
    """The decks inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / "decks"
    return inside if inside.is_dir() else PACKAGE.parent / "decks"


def load_settings(path: Path) -> Settings:
    """Read the settings file; without one, the defaults. Raises SettingsError naming file and field."""
    settings, problems = check_settings(path)
    if problems:
        raise SettingsError("\n".join(problems), hint="Run `interviewprep settings check` after mending it.")
    return settings


def check_settings(path: Path) -> tuple[Settings, list[str]]:
    """Read the settings file and report every problem in it at once, as `file: field: message`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [f"{path}: cannot be read: {error}"]
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), [f"{path}: not valid TOML: {error}"]
    values: dict[str, object] = {}
    problems: list[str] = []
    known = {f.name for f in fields(Settings)}
    for name, value in table.items():
        if name not in known:
            problems.append(f"{path}: {name}: no such setting{_nearest(name, known)}")
            continue
        converted, problem = _convert(name, value)
        if problem:
            problems.append(f"{path}: {name}: {problem}")
        else:
            values[name] = converted
    return replace(Settings(), **values), problems  # type: ignore[arg-type]


def _nearest(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def _convert(name: str, value: object) -> tuple[object, str]:
    """Return (value, '') or (None, what is wrong and what to write instead)."""
    if name == "repeat_after":
        return _convert_gap(value)
    if name == "decks":
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value), ""
        return None, 'write a list of folders, e.g. ["~/notes/decks"]'
    if name == "keys":
        if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            return value, ""
        return None, 'write a table, e.g. [keys] with undo = "u,ctrl+z"'
    if name == "llm":
        if isinstance(value, dict) and set(value) <= LLM and all(isinstance(v, str) for v in value.values()):
            return value, ""
        return None, 'write a table with url, model and key_env, e.g. [llm] with model = "llama3.2"'
    wanted: type = get_type_hints(Settings)[name]
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not wanted:
        words = {int: "a whole number", float: "a number", bool: "true or false", str: "text in quotes"}
        return None, f"write {words[wanted]}, not {value!r}"
    if name in RANGES and isinstance(value, int | float):
        low, high = RANGES[name]
        if not low <= value <= high:
            return None, f"{value} is out of range; write {low:g} to {high:g}"
    if name in CHOICES and value not in CHOICES[name]:
        return None, f"write one of {', '.join(CHOICES[name])}, not {value!r}"
    return value, ""


def _convert_gap(value: object) -> tuple[object, str]:
    wrong = "write two whole numbers, the smaller first, e.g. [5, 10]"
    if not isinstance(value, list) or len(value) != 2 or not all(type(v) is int for v in value):
        return None, wrong
    low, high = value
    return ((low, high), "") if 1 <= low <= high <= 100 else (None, wrong)
