"""Folders that are no good place for a database."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewprep.store.folders import folder_warning

MOUNTS = """\
21 28 0:19 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 28 0:25 / /mnt/team\\040share rw shared:2 - cifs //server/team rw
31 28 0:26 / /home/me/far rw shared:3 - nfs4 server:/export rw
32 31 0:27 / /home/me/far/near rw - ext4 /dev/sdb1 rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/team share/progress.db", "cifs"),
        ("/home/me/far/deep/progress.db", "nfs4"),
        ("/home/me/far/near/progress.db", ""),
        ("/home/me/progress.db", ""),
    ],
)
def test_network_folders_are_warned_of(path: str, kind: str) -> None:
    warning = folder_warning(Path(path), mounts=MOUNTS)
    assert f"({kind})" in warning if kind else warning == ""


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/me/Dropbox/ip", "Dropbox"),
        ("/home/me/OneDrive - Company/ip", "OneDrive"),
        ("/Users/me/Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("/home/me/Nextcloud/x/y", "Nextcloud"),
        ("/home/me/megabytes", ""),
        ("/home/me/dropbox.txt/ip", ""),
    ],
)
def test_synced_folders_are_warned_of(folder: str, service: str) -> None:
    warning = folder_warning(Path(folder) / "progress.db", mounts=MOUNTS)
    assert service in warning if service else warning == ""


def test_a_syncthing_folder_is_known_by_its_marker(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert "Syncthing" in folder_warning(tmp_path / "deep" / "progress.db", mounts="")
