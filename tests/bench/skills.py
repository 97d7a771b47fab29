"""How long a large skill (10 MB in 500 files) takes from its repository to a provider's folder, against plain git.

Plain git fetches the commit into an empty bare repository and copies its files to a folder; "and sync" waits until the
copy is on the disk, which is what an installer promises. The product resolves, fetches, inspects, stores, compares,
loads, installs and verifies. They take turns, on the same disk.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.installers.filesystem import FilesystemInstaller
from bot.integrations.bundle_store import DiskBundleStore
from bot.integrations.git_skill_source import GitSkillSource
from core.domain.inspection import assess_reach
from core.domain.manifest import parse_manifest
from core.domain.skill_diff import diff_bundles
from core.domain.sources import AllowedHosts, parse_source
from tests.installing import CONSENT
from tests.platforms.git_repo import Entry, GitRepo, skill_md

FILES = 500
SIZE = 10_000_000
ROUNDS = 9
#: How many times as long as plain git the product may take.
GOAL = 2.0

_WORDS = (
    "read", "the", "form", "first", "then", "fill", "every", "field", "of", "page", "and", "ask", "about", "what",
    "is", "missing", "report", "table", "column", "number", "customer", "invoice", "before", "after", "section",
)  # fmt: skip


def main() -> None:
    """Print what each part takes, and the ratio to plain git with its goal."""
    for kind, content in (("text", _text), ("half text, half binary", _mixed)):
        with tempfile.TemporaryDirectory() as folder:
            _compare(Path(folder), kind, content)


def _compare(folder: Path, kind: str, content: Callable[[random.Random, int, int], bytes]) -> None:
    repository = GitRepo.create(folder, "sources/large")
    commit = repository.commit(_files(content))
    plain: list[float] = []
    synced: list[float] = []
    product: list[dict[str, float]] = []
    for number in range(ROUNDS + 1):  # the first one warms up
        place = folder / str(number)
        place.mkdir()
        begin = time.perf_counter()
        _plain_git(repository, commit, place)
        fetched = time.perf_counter()
        _sync(place / "copy")
        copied = time.perf_counter()
        parts = asyncio.run(_product(folder, repository, place))
        if number:
            plain.append(fetched - begin)
            synced.append(copied - begin)
            product.append(parts)
    print(f"{SIZE / 1e6:g} MB in {FILES} files, {kind}, {ROUNDS} rounds")
    _print("plain fetch and copy", plain)
    _print("plain fetch, copy and sync", synced)
    _print("the product", [sum(parts.values()) for parts in product])
    for name in product[0]:
        _print(f"  {name}", [parts[name] for parts in product])
    whole = [sum(parts.values()) for parts in product]
    for name, base in (("plain fetch and copy", plain), ("plain fetch, copy and sync", synced)):
        ratio = statistics.median(one / other for one, other in zip(whole, base, strict=True))
        verdict = "met" if ratio < GOAL else "MISSED"
        print(f"  {ratio:.2f} times {name} (goal: less than {GOAL:g}, {verdict})")


def _files(content: Callable[[random.Random, int, int], bytes]) -> dict[str, Entry]:
    """Return the skill, always the same one: files of different sizes in folders of twenty-five."""
    dice = random.Random(5)
    shares = [dice.uniform(0.2, 1.8) for _ in range(FILES - 1)]
    files: dict[str, Entry] = {"SKILL.md": skill_md("large")}
    for number, share in enumerate(shares):
        name = f"references/part-{number // 25:02}/page-{number:03}.md"
        files[name] = content(dice, number, int(SIZE * share / sum(shares)))
    return files


def _text(dice: random.Random, _number: int, size: int) -> bytes:
    lines, length = [], 0
    while length < size:
        line = " ".join(dice.choices(_WORDS, k=12)) + f" {dice.randrange(100_000)}.\n"
        lines.append(line)
        length += len(line)
    return "".join(lines).encode()[:size]


def _mixed(dice: random.Random, number: int, size: int) -> bytes:
    return dice.randbytes(size) if number % 2 else _text(dice, number, size)


def _plain_git(repository: GitRepo, commit: str, place: Path) -> None:
    bare, copy = place / "bare", place / "copy"
    copy.mkdir()
    environment = {**os.environ, "GIT_DIR": str(bare), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for arguments in (
        ("init", "--quiet", "--bare", "--template="),
        ("fetch", "--quiet", "--depth=1", "--no-tags", repository.path.as_uri(), commit),
        ("read-tree", commit),
        ("--work-tree", str(copy), "checkout-index", "--all"),
    ):
        subprocess.run(["git", *arguments], check=True, env=environment, cwd=place)


def _sync(copy: Path) -> None:
    """Wait until every file and folder of ``copy`` is on the disk, in the quickest way that the product knows."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_sync_one, [copy, *copy.rglob("*")]))


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


async def _product(root: Path, repository: GitRepo, place: Path) -> dict[str, float]:
    """Go the whole way of an installation; return the seconds of each part."""
    allowed = AllowedHosts(hosts=(), local_root=str(root))
    source = GitSkillSource(allowed, place / "scratch")
    store = DiskBundleStore(place)
    installer = FilesystemInstaller(provider="Claude", folder=place / "skills", shown_as="skills")
    location = parse_source(str(repository.path), allowed=allowed)
    seconds: dict[str, float] = {}
    last = time.perf_counter()

    def done(part: str) -> None:
        nonlocal last
        now = time.perf_counter()
        seconds[part] = now - last
        last = now

    resolved = await source.resolve(location, None)
    done("resolve")
    (fetched,) = await source.fetch(location, resolved.commit)
    done("fetch")
    bundle = fetched.bundle
    manifest = await asyncio.to_thread(parse_manifest, bundle, folder="large")
    await asyncio.to_thread(assess_reach, bundle, manifest)
    done("inspect")
    stored = await store.put(bundle)
    done("store")
    await asyncio.to_thread(diff_bundles, await installer.read("large"), bundle)
    done("compare")
    approved = await store.get(stored.digest)
    done("load")
    await installer.install("large", approved, replacing=None, consent=CONSENT)
    done("install, verified")
    there = await installer.read("large")  # for us: the installer has done the same
    assert there is not None
    assert there.digest == bundle.digest
    return seconds


def _print(what: str, seconds: list[float]) -> None:
    middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
    print(f"{what:<28} median {middle * 1000:6.0f} ms   spread {least * 1000:.0f} to {most * 1000:.0f} ms")


if __name__ == "__main__":
    main()
