"""Folders that are no good place for a database: network shares and folders that a program syncs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

_NETWORK: Final = frozenset((
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs",
        "fuse.davfs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "9p", "ncpfs", "afs", "ceph",
        "fuse.ceph", "glusterfs", "fuse.glusterfs", "lustre", "fuse.s3fs",
))  # fmt: skip
_SYNCED: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "cloudstorage": "a cloud drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "seafile": "Seafile",
}
_MARKERS: Final = {".stfolder": "Syncthing", ".dropbox.cache": "Dropbox", ".sync": "Resilio Sync"}
_MOUNTS: Final = Path("/proc/self/mountinfo")


def folder_warning(path: Path, *, mounts: str | None = None) -> str:
    """Why the folder of a database is a poor place for it, or '' if nothing is known against it.

    SQLite's write-ahead log needs one machine with shared memory; a program that syncs files copies the
    database while it is being written. `mounts` is the text of /proc/self/mountinfo (read if None).
    """
    folder = path.absolute().parent
    service = _synced_by(folder)
    if service:
        return (
            f"{path} lies in a folder that {service} syncs. A database copied while it is written can be "
            "damaged: set INTERVIEWPREP_HOME to a folder that is not synced, and sync the backups instead."
        )
    kind = _file_system(folder.resolve(), _read_mounts() if mounts is None else mounts)
    if kind in _NETWORK:
        return (
            f"{path} lies on a network folder ({kind}), where SQLite cannot lock reliably: set "
            "INTERVIEWPREP_HOME to a folder on this machine's own disk."
        )
    return ""


def _synced_by(folder: Path) -> str:
    for parent in (folder, *folder.parents):
        name = parent.name.lower()
        for part, service in _SYNCED.items():
            # "OneDrive - Company", "Dropbox (Personal)"
            if name == part or name.startswith((f"{part} ", f"{part}-")):
                return service
        for marker, service in _MARKERS.items():
            if (parent / marker).exists():
                return service
    return ""


def _read_mounts() -> str:
    if sys.platform != "linux":
        return ""
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _file_system(folder: Path, mounts: str) -> str:
    """The type of the file system a folder is on, from lines of mountinfo (proc(5))."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split()
        if not separator or len(fields) < 5:
            continue
        point = Path(_unescape(fields[4]))
        depth = len(point.parts)
        if depth >= best and folder.is_relative_to(point):
            best, kind = depth, after.split()[0]
    return kind


def _unescape(text: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text
