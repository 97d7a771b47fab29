"""Skill sources as people write them, and the places they may come from."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from core.domain.base import Domain
from core.domain.hidden_text import visible
from core.domain.masking import Masker
from core.domain.skills import Skill, SourceLocation
from core.errors import FolderOutside, InvalidSource, SourceNotAllowed, Words

# Skill.github_url and Skill.source_ref hold as much.
_LONGEST_SOURCE = 500
_LONGEST_REF = 120
# A refusal repeats this much of the text.
_LONGEST_SHOWN = 80

_LOOPBACK = ("127.0.0.1", "localhost")
_DEFAULT_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_NAME = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,99}")
# An @ behind a slash belongs to a folder such as packages/@acme.
_AT_REF = re.compile(r"(?P<place>.*[^/@])@(?P<ref>[^@]*)")
_SSH = re.compile(r"(?:ssh://(?:[^/@]*@)?|[^/@:]+@(?=[^/:@]+:))(?P<host>[^/:@]+)(?::[0-9]+(?=/))?[:/](?P<name>[^@]+)")
_LOOKS_LIKE = re.compile(r"[a-z][a-z0-9+.-]*:.*/|git@.+:|/[^/]+/|[A-Za-z0-9_][\w.-]*/[\w.-]+(?:[/@]|$)", re.ASCII)
_BEFORE_AT = re.compile(r"^(?P<scheme>[a-z][a-z0-9+.-]*://)?(?P<before>.*)@", re.IGNORECASE | re.DOTALL)
_QUERY = re.compile(r"[?#].*", re.DOTALL)
# git-check-ref-format(1).
_NO_REF = re.compile(r"[\s~^:?*\[\\]|\.\.|@\{|//|^[-/.@]$|^[-/]|[/.]$|(?:^|/)\.|\.lock(?:/|$)")


class AllowedHosts(Domain):
    """Where skills may come from; ``owner/repo`` means the first of the hosts."""

    #: Host names in lower case, with a port where it is not 443. Behind one may stand an owner, or an owner and a
    #: repository, and then nothing else of that host is allowed by it: "github.com/acme", "github.com/acme/skills".
    hosts: tuple[str, ...] = ("github.com",)
    #: Whether http://127.0.0.1 and http://localhost may be read, on any port.
    loopback_http: bool = False
    #: Absolute path of the folder below which local repositories may be read.
    local_root: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the hosts alone."""
        return tuple(dict.fromkeys(entry.partition("/")[0] for entry in self.hosts))

    def has(self, place: str) -> bool:
        """Whether a repository is allowed, given as host/owner/repository.

        Case does not count: the large hosts take names that differ in it alone for the same.
        """
        wanted = f"{place.casefold()}/"
        return any(wanted.startswith(f"{entry.casefold()}/") for entry in self.hosts)


def looks_like_source(text: str) -> bool:
    """Say whether one word is meant as a source (URL, absolute path or owner/repo) rather than as a name."""
    return text.split() == [text] and _LOOKS_LIKE.match(text) is not None


def is_ref_name(ref: str) -> bool:
    """Say whether git would take ``ref`` as the name of a branch or tag, or it is a commit; at most 120 characters."""
    return 0 < len(ref) <= _LONGEST_REF and ref.isprintable() and not _NO_REF.search(ref)


def parse_source(text: str, *, ref: str | None = None, allowed: AllowedHosts) -> SourceLocation:
    """Read a source as people write it.

    ``owner/repo``, ``owner/repo/path@ref``, ``https://host/owner/repo``, the same with ``.git``, and what a browser
    shows for a folder (``.../tree/ref/path``) or for a skill (``.../blob/ref/path/SKILL.md``). Where ``allowed`` has a
    local root, an absolute path below it too: the repository is what ends in ``.git``, or all of it.

    In a browser's address the ref is the first segment behind ``tree`` or ``blob``, because nothing says where a ref
    with slashes would end; such a ref is recognised when it is given as ``ref`` too. ``ref`` wins over a ref in the
    text.

    Raises:
        InvalidSource: it is none of these, or it holds what no source may hold; credentials are not repeated.
        SourceNotAllowed: it is well written, but its host, owner, repository or folder is not allowed.
    """
    text = text.strip()
    if len(text) > _LONGEST_SOURCE:
        raise _refusal(text, Words("it is longer than {limit} characters", limit=_LONGEST_SOURCE))
    if not text.isprintable():
        raise _refusal(text, Words("it has invisible characters in it"))
    if ref is not None and not is_ref_name(ref):
        raise _refusal(ref, Words("no branch, tag or commit can be called that"))
    if text.startswith("/"):
        return _local(text, ref, allowed)
    if " " in text:
        raise _refusal(text, Words("it has a space in it"))
    if text.startswith("-"):
        raise _refusal(text, Words("it begins with a hyphen"))
    if ssh := _SSH.fullmatch(text):
        address = f"https://{ssh['host']}/{ssh['name']}"
        raise _refusal(text, Words("SSH is not supported, write {address}", address=_shown(address)))
    if "://" in text:
        return _url(text, ref, allowed)
    first, slash, _ = text.partition("/")
    if slash and {".", ":", "@"} & set(first):  # no owner is called so, but a host is
        return _url(f"https://{text}", ref, allowed)
    return _shorthand(text, ref, allowed)


def location_of(skill: Skill, ref: str | None) -> SourceLocation:
    """Return where ``skill`` of the catalogue is fetched from, at ``ref`` or else at the catalogue's ref."""
    _, is_url, rest = skill.github_url.partition("://")
    host, _, name = rest.partition("/")
    label = name.removesuffix(".git") if is_url else _short(skill.github_url)
    return SourceLocation(url=skill.github_url, label=label, host=host, path=skill.path, ref=ref or skill.source_ref)


def confirmed(location: SourceLocation, allowed: AllowedHosts) -> SourceLocation:
    """Return ``location`` read anew, so that nothing reaches git that ``parse_source`` would have refused.

    Raises:
        InvalidSource, SourceNotAllowed: as for ``parse_source``.
    """
    parsed = parse_source(location.url, allowed=allowed)
    if parsed.path or parsed.ref:
        raise _refusal(location.url, Words("it is not the address of a repository alone"))
    path = _folder(location.url, location.path.split("/")) if location.path else ""
    return SourceLocation(url=parsed.url, label=parsed.label, host=parsed.host, path=path, ref=location.ref)


def _shorthand(text: str, ref: str | None, allowed: AllowedHosts) -> SourceLocation:
    """Read ``owner/repo/path@ref``."""
    place, written = _split_ref(text)
    match place.removesuffix("/").split("/"):
        case [owner, repository, *inside] if allowed.hosts:
            origin, path = f"https://{allowed.names[0]}", _folder(text, inside)
            return _repository(text, origin, [owner, repository], path=path, ref=ref or written, allowed=allowed)
        case [_, _, *_]:
            raise _not_allowed("outside", allowed)
    raise _refusal(text, Words("an owner and a repository are needed"))


def _url(text: str, ref: str | None, allowed: AllowedHosts) -> SourceLocation:
    """Read what begins with a scheme."""
    origin, segments = _split_url(text, allowed)
    match segments:
        case [_, _]:
            return _repository(text, origin, segments, path="", ref=ref, allowed=allowed)
        case [owner, repository, "tree" | "blob" as view, _, *_] if not repository.endswith(".git"):
            path, written = _browsed(text, view, segments[3:], ref)
            return _repository(text, origin, [owner, repository], path=path, ref=ref or written, allowed=allowed)
        case [_, _, *_] if segments[-1].endswith(".git"):  # groups within groups, as GitLab has them
            return _repository(text, origin, segments, path="", ref=ref, allowed=allowed)
        case [_, _, *_]:
            raise _refusal(
                text, Words("behind the repository only /tree/REF/PATH and /blob/REF/PATH/SKILL.md are known")
            )
    raise _refusal(text, Words("an owner and a repository are needed"))


def _browsed(text: str, view: str, segments: list[str], ref: str | None) -> tuple[str, str]:
    """Return path and ref out of what follows ``/tree/`` or ``/blob/`` (``view``)."""
    if view == "blob" and segments[-1] != "SKILL.md":
        raise _refusal(text, Words("it leads to a file that is not SKILL.md"))
    given = ref.split("/") if ref else []
    if ref and segments[: len(given)] == given:
        return _folder(text, segments[len(given) :]), ref
    if not is_ref_name(segments[0]):
        raise _refusal(text, Words("no branch, tag or commit can be called like its ref"))
    return _folder(text, segments[1:]), segments[0]


def _split_url(text: str, allowed: AllowedHosts) -> tuple[str, list[str]]:
    """Return scheme and host, which are allowed, and the decoded segments of the path."""
    try:
        parts = urlsplit(text)
        if "@" in parts.netloc:
            raise _refusal(text, Words("it has a user name or a password in it, and a chat is no place for those"))
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _refusal(text, Words("it is not a URL")) from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise _refusal(text, Words("only https is read"))
    if not _HOST.fullmatch(host) or ".." in host:
        raise _refusal(text, Words("that is not the name of a host"))
    if "?" in text or "#" in text:
        raise _refusal(text, Words("leave out everything from the ? or # on"))
    place = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    if parts.scheme == "http" and not (allowed.loopback_http and host in _LOOPBACK):
        if place in allowed.names:
            raise _refusal(text, Words("http can be read and changed on its way, write https"))
        raise _not_allowed(place, allowed)
    if parts.scheme == "https" and place not in allowed.names:
        raise _not_allowed(place, allowed)
    return f"{parts.scheme}://{place}", [unquote(segment) for segment in parts.path.strip("/").split("/")]


def _local(text: str, ref: str | None, allowed: AllowedHosts) -> SourceLocation:
    """Read an absolute path; what is a link there is for the adapter to see."""
    root = (allowed.local_root or "").rstrip("/")
    if not root:
        raise _not_allowed("a local folder", allowed)
    if not text.startswith(f"{root}/"):
        raise FolderOutside(path=_shown(text))
    place, written_ref = _split_ref(text[len(root) + 1 :])
    segments = place.removesuffix("/").split("/")
    end = next((end for end, segment in enumerate(segments, start=1) if segment.endswith(".git")), len(segments))
    if not all(map(_is_component, segments[:end])) or " " in place:
        raise _refusal(text, Words("its path is not a plain one"))
    url = "/".join([root, *segments[:end]])
    return SourceLocation(
        url=url, label=_short(url), host="", path=_folder(text, segments[end:]), ref=ref or written_ref
    )


def _short(path: str) -> str:
    """Return the last two names of a path: what people call a folder."""
    return "/".join(path.rsplit("/", 2)[1:])


def _split_ref(text: str) -> tuple[str, str | None]:
    """Take ``place@ref`` apart."""
    match = _AT_REF.fullmatch(text)
    if match is None:
        return text, None
    if not is_ref_name(match["ref"]):
        raise _refusal(text, Words("no branch, tag or commit can be called like what follows the @"))
    return match["place"], match["ref"]


def _repository(
    text: str, origin: str, names: list[str], *, path: str, ref: str | None, allowed: AllowedHosts
) -> SourceLocation:
    """Build the location from names that are checked here; ``origin`` is scheme and host, which is allowed."""
    names = [*names[:-1], names[-1].removesuffix(".git")]
    if any("@" in name for name in names):
        raise _refusal(text, Words('a URL has no place for a ref, say it apart: "at v1.2"'))
    if not all(_NAME.fullmatch(name) and name not in {".", ".."} for name in names):
        raise _refusal(text, Words("no owner or repository can be called that"))
    label = "/".join(names)
    scheme, _, host = origin.partition("://")
    if scheme == "https" and not allowed.has(f"{host}/{label}"):  # http is loopback, where nobody owns anything
        raise _not_allowed(f"{host}/{label}", allowed)
    url = f"{origin}/{label}.git"
    if len(url) > _LONGEST_SOURCE:
        raise _refusal(text, Words("it is longer than {limit} characters", limit=_LONGEST_SOURCE))
    return SourceLocation(url=url, label=label, host=host, path=path, ref=ref)


def _folder(text: str, segments: list[str]) -> str:
    """Return the path of a skill's folder; SKILL.md at the end stands for the folder it is in."""
    if segments[-1:] == ["SKILL.md"]:
        segments = segments[:-1]
    path = "/".join(segments)
    if not all(map(_is_component, segments)) or path.startswith("-"):
        raise _refusal(text, Words("its path is not a plain one"))
    return path


def _is_component(segment: str) -> bool:
    """Say whether ``segment`` names one file or folder and nothing else."""
    return (
        segment not in {"", ".", ".."}
        and segment.casefold() != ".git"
        and segment.isprintable()
        and not {"/", "\\"} & set(segment)
    )


def _refusal(text: str, reason: str) -> InvalidSource:
    return InvalidSource(source=_shown(text), reason=reason)


def _not_allowed(host: str, allowed: AllowedHosts) -> SourceNotAllowed:
    return SourceNotAllowed(host=host, allowed=", ".join(allowed.hosts) or "none")


def _shown(text: str) -> str:
    """Return as much of ``text`` as may be repeated: short, and without what could be a credential."""
    veiled = _BEFORE_AT.sub(_veil, Masker().text(text))
    return visible(_QUERY.sub("", veiled), _LONGEST_SHOWN)


def _veil(match: re.Match[str]) -> str:
    """Hide what stands before the last @, unless it can only be the ``owner/repo`` of ``owner/repo@ref``."""
    plain = "/" in match["before"] and ":" not in match["before"]
    return match[0] if plain else f"{match['scheme'] or ''}***@"
