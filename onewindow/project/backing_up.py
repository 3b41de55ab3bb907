"""A backup is a folder: the database, the papers, and a manifest with the SHA-256 of every file. An altered one is refused."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from onewindow.kernel.audit.models import ChainHead

MANIFEST = "manifest.json"


class BadBackup(Exception):
    pass


def back_up(to: Path, *, with_keys: bool) -> dict[str, Any]:
    """Safe while the city is at work: SQLite's own online backup, or pg_dump's snapshot."""
    to.mkdir(parents=True, exist_ok=True)
    if any(to.iterdir()):
        raise BadBackup(f"{to}不是空目录，请换一个。")
    heads = {head.shard: [head.seq, head.hash] for head in ChainHead.objects.order_by("shard")}
    _dump_database(to)
    folders = ["papers", *(["keys"] if with_keys else [])]
    for name in folders:
        if (source := Path(settings.DATA_DIR) / name).exists():
            shutil.copytree(source, to / name)
    manifest = {
        "at": timezone.now().isoformat(), "vendor": connection.vendor, "with_keys": with_keys, "heads": heads,
        "files": {str(path.relative_to(to)): _sha256(path) for path in sorted(to.rglob("*")) if path.is_file()},
    }  # fmt: skip
    (to / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return manifest


def _dump_database(to: Path) -> None:
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(to / "city.sqlite3")) as target,
        ):
            source.backup(target)
        return
    _postgresql("pg_dump", "--format=custom", f"--file={to / 'city.dump'}")


def _postgresql(program: str, *arguments: str) -> None:
    told = connection.settings_dict
    where = [f"--host={told['HOST']}", f"--port={told['PORT'] or 5432}", f"--username={told['USER']}"]
    environment = {"PGPASSWORD": str(told["PASSWORD"] or ""), "PATH": "/usr/bin:/usr/local/bin"}
    database = [f"--dbname={told['NAME']}"]
    subprocess.run([program, *where, *database, *arguments], check=True, env=environment)  # noqa: S603 our own words


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_backup(backup: Path) -> dict[str, Any]:
    """Raises BadBackup where a file is missing, added or changed."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadBackup(f"{backup}里没有完整的备份清单。") from None
    there = {str(path.relative_to(backup)) for path in backup.rglob("*") if path.is_file()} - {MANIFEST}
    if there != set(manifest["files"]):
        raise BadBackup("备份的文件有缺少或增加，拒绝恢复。")
    for name, digest in manifest["files"].items():
        if _sha256(backup / name) != digest:
            raise BadBackup(f"{name}被改动过，拒绝恢复。")
    return manifest


def restore(backup: Path, *, force: bool) -> dict[str, Any]:
    """Into an empty place, or with `force` over what is there."""
    manifest = check_backup(backup)
    if manifest["vendor"] != connection.vendor:
        raise BadBackup(f"备份来自{manifest['vendor']}，不能恢复到{connection.vendor}。")
    if not force and connection.introspection.table_names():
        raise BadBackup("目标数据库不是空的。确要覆盖请加 --force。")
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        for stale in target.parent.glob(f"{target.name}*"):
            stale.unlink()
        shutil.copy(backup / "city.sqlite3", target)
    else:
        _postgresql("pg_restore", "--clean", "--if-exists", "--no-owner", str(backup / "city.dump"))
    for name in ("papers", "keys"):
        if (backup / name).exists():
            shutil.copytree(backup / name, Path(settings.DATA_DIR) / name, dirs_exist_ok=True)
    return manifest
