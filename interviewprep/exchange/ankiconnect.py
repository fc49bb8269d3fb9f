"""Sending a package to a running Anki on this machine, through its add-on AnkiConnect.

The add-on's `importPackage` lets Anki itself add or update notes by their guid; adding notes one by one
would give them guids of their own, and a later import of a package would double them.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final, NamedTuple

from interviewprep.errors import ExchangeError
from interviewprep.exchange.anki.notetypes import NOTE_TYPES

ADDRESS: Final = "http://127.0.0.1:8765"
ADD_ON: Final = "2055492159"
_VERSION: Final = 6
_SHORT_WAIT: Final = 5.0
_LONG_WAIT: Final = 600.0
"""Seconds. Ten thousand notes take Anki about ten."""


class Pushed(NamedTuple):
    """What became of the notes."""

    added: int
    total: int
    """Notes of ours in Anki now."""


def push(package: Path, *, address: str = ADDRESS) -> Pushed:
    """Have the Anki that is running import a package of ours. Raises ExchangeError."""
    version = _call(address, "version")
    if not isinstance(version, int) or version < _VERSION:
        raise ExchangeError(
            f"AnkiConnect answers with version {version}; version {_VERSION} is needed.",
            hint="Update the add-on in Anki: Tools > Add-ons.",
        )
    before = _our_notes(address)
    if _call(address, "importPackage", path=str(package.absolute()), wait=_LONG_WAIT) is not True:
        raise ExchangeError("Anki has no collection open.", hint="Choose a profile in Anki and try again.")
    after = _our_notes(address)
    return Pushed(len(after - before), len(after))


def _our_notes(address: str) -> set[int]:
    query = " or ".join(f"mid:{note_type.id}" for note_type in NOTE_TYPES.values())
    found = _call(address, "findNotes", query=query)
    return {note for note in found if isinstance(note, int)} if isinstance(found, list) else set()


def _call(address: str, action: str, *, wait: float = _SHORT_WAIT, **params: str) -> object:
    """One action of AnkiConnect; returns its result."""
    body = json.dumps({"action": action, "version": _VERSION, "params": params}).encode()
    request = urllib.request.Request(  # noqa: S310 - always http, to this machine
        address, data=body, headers={"Content-Type": "application/json"}
    )
    # A proxy from the environment is for the web, not for this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=wait) as response:
            answer = json.loads(response.read())
    except TimeoutError as error:
        raise _silent(action) from error
    except urllib.error.HTTPError as error:
        raise _stranger(address) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _silent(action) from error
        raise ExchangeError(
            f"No Anki with AnkiConnect answers at {address}.",
            hint=f"Start Anki with the add-on AnkiConnect (Tools > Add-ons > Get Add-ons, code {ADD_ON}),"
            " or export to a file and import that in Anki.",
        ) from error
    except (ValueError, OSError) as error:
        raise _stranger(address) from error
    if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
        raise _stranger(address)
    if answer["error"] is not None:
        raise ExchangeError(
            f"AnkiConnect refused {action}: {answer['error']}",
            hint="Export to a file and import that in Anki: File > Import.",
        )
    result: object = answer["result"]
    return result


def _silent(action: str) -> ExchangeError:
    return ExchangeError(
        f"Anki did not answer in time ({action}).",
        hint="Close what is open in Anki (a dialog, the editor) and try again.",
    )


def _stranger(address: str) -> ExchangeError:
    return ExchangeError(
        f"What answers at {address} is not AnkiConnect.",
        hint="Another program uses its port; export to a file and import that in Anki.",
    )
