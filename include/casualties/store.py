"""Files of staging and archive, on a disk or in an object store: whole or absent, whichever it is."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

_READ_AHEAD = 1 << 20  # bytes; a page is one seek into an archive file


def store_path(where: str | Path) -> Path:
    """A folder: a local path, or an address such as ``s3://bucket/prefix`` (needs s3fs).

    That of an object store is typed as a Path too, whose methods it has.
    """
    if "://" not in str(where):
        return Path(where)
    from upath import UPath

    return cast(Path, UPath(where))


def _remote(path: Path) -> Any:
    """The fsspec file system of an object store's path; None for a local one."""
    return getattr(path, "fs", None)


class WholeFile:
    """A new file that has its name only when it is complete and on the disk: write to ``out``, then keep or discard it.

    Until then it lies beside its place, on a disk; in a temporary folder, for an object store.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        folder = path.parent
        if _remote(path):
            folder = Path(tempfile.gettempdir())
        folder.mkdir(parents=True, exist_ok=True)
        self._unfinished = folder / f".{path.name}.{uuid.uuid4().hex}"
        self.out = self._unfinished.open("wb")

    def keep(self) -> None:
        """Give the file its name, in the place of one that has it. Raises OSError, and leaves nothing then."""
        try:
            with self.out as out:
                out.flush()
                os.fsync(out.fileno())
            if store := _remote(self._path):
                store.put_file(str(self._unfinished), _key(self._path))
            else:
                os.replace(self._unfinished, self._path)
        finally:
            self._unfinished.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave nothing of it."""
        self.out.close()
        self._unfinished.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A :class:`WholeFile`, kept unless something is raised."""
    file = WholeFile(path)
    try:
        yield file.out
    except BaseException:
        file.discard()
        raise
    file.keep()


def open_at(path: Path, offset: int = 0) -> IO[bytes]:
    """A file opened for reading from ``offset``; raises OSError where it is absent."""
    store = _remote(path)
    source: IO[bytes] = store.open(_key(path), block_size=_READ_AHEAD) if store else path.open("rb")
    source.seek(offset)
    return source


def remove_folder(path: Path) -> None:
    """Remove a folder with all that is in it."""
    if store := _remote(path):
        store.rm(_key(path), recursive=True)
    else:
        shutil.rmtree(path)


def _key(path: Path) -> str:
    return str(cast(Any, path).path)
