"""Sources: what people write becomes one location, and nothing else gets through."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.skills import SourceLocation
from core.domain.sources import AllowedHosts, confirmed, is_ref_name, location_of, looks_like_source, parse_source
from core.errors import FolderOutside, InvalidSource, SourceNotAllowed
from tests.storage_factory import make_skill, make_user

GITHUB = AllowedHosts()
EVERYWHERE = AllowedHosts(hosts=("github.com", "git.acme.dev:8443"), loopback_http=True, local_root="/srv/demo")
COMMIT = "4be91c2f0a" * 4


def acme(path: str = "", ref: str | None = None) -> SourceLocation:
    """Return the location of acme/skills on GitHub."""
    url = "https://github.com/acme/skills.git"
    return SourceLocation(url=url, label="acme/skills", host="github.com", path=path, ref=ref)


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("acme/skills", acme()),
        ("  acme/skills/  ", acme()),
        ("acme/skills.git", acme()),
        ("acme/skills/skills/pdf", acme("skills/pdf")),
        ("acme/skills/skills/pdf/SKILL.md", acme("skills/pdf")),
        ("acme/skills@v1.2", acme(ref="v1.2")),
        ("acme/skills/skills/pdf@v1.2", acme("skills/pdf", "v1.2")),
        ("acme/skills/skills/pdf@feature/new-forms", acme("skills/pdf", "feature/new-forms")),
        (f"acme/skills@{COMMIT}", acme(ref=COMMIT)),
        ("acme/skills/packages/@acme/pdf", acme("packages/@acme/pdf")),
        ("acme/skills/packages/@acme/pdf@v1", acme("packages/@acme/pdf", "v1")),
        ("https://github.com/acme/skills", acme()),
        ("https://github.com/acme/skills/", acme()),
        ("https://github.com/acme/skills.git", acme()),
        ("https://GitHub.com:443/acme/skills", acme()),
        ("github.com/acme/skills", acme()),
        ("https://github.com/acme/skills/tree/main", acme(ref="main")),
        ("https://github.com/acme/skills/tree/v1.2/skills/pdf", acme("skills/pdf", "v1.2")),
        ("github.com/acme/skills/tree/v1.2/skills/pdf/", acme("skills/pdf", "v1.2")),
        ("https://github.com/acme/skills/tree/main/my%20skills/pdf", acme("my skills/pdf", "main")),
        ("https://github.com/acme/skills/blob/main/skills/pdf/SKILL.md", acme("skills/pdf", "main")),
        ("https://github.com/acme/skills/blob/main/SKILL.md", acme(ref="main")),
    ],
)
def test_every_form_means_the_same_place(text: str, location: SourceLocation) -> None:
    """However a repository is written, it becomes one URL, a folder and a ref."""
    assert parse_source(text, allowed=GITHUB) == location


def test_a_host_of_ones_own_is_read_with_its_port_and_its_groups() -> None:
    """Another host is kept in the URL; groups within groups are read where .git says where they end."""
    location = parse_source("https://git.acme.dev:8443/tools/agents/skills.git", allowed=EVERYWHERE)
    assert location.url == "https://git.acme.dev:8443/tools/agents/skills.git"
    assert (location.label, location.host) == ("tools/agents/skills", "git.acme.dev:8443")


def test_owner_and_repository_mean_the_first_allowed_host() -> None:
    """A team that has its own host first need not write it."""
    allowed = AllowedHosts(hosts=("git.acme.dev", "github.com"))
    assert parse_source("acme/skills", allowed=allowed).url == "https://git.acme.dev/acme/skills.git"


@pytest.mark.parametrize(
    ("text", "path", "ref"),
    [
        ("/srv/demo/skills", "", None),
        ("/srv/demo/skills@v1", "", "v1"),
        ("/srv/demo/team/skills.git/skills/pdf@main", "skills/pdf", "main"),
    ],
)
def test_a_local_repository_is_all_of_the_path_or_what_ends_in_git(text: str, path: str, ref: str | None) -> None:
    """Below the local root a path is a repository; what follows .git is the folder inside it."""
    location = parse_source(text, allowed=EVERYWHERE)
    assert (location.path, location.ref, location.host) == (path, ref, "")
    assert text.startswith(location.url)
    assert location.url.endswith(f"/{location.label}")


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "127.0.0.1"])
def test_loopback_may_speak_http_where_it_is_allowed(host: str) -> None:
    """Tests and the demo serve on loopback, on any port."""
    assert parse_source(f"http://{host}/acme/skills.git", allowed=EVERYWHERE).url == f"http://{host}/acme/skills.git"
    with pytest.raises(SourceNotAllowed):
        parse_source(f"http://{host}/acme/skills.git", allowed=GITHUB)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://example.org/acme/skills", "example.org"),
        ("example.org/acme/skills", "example.org"),
        ("https://github.com.example.org/acme/skills", "github.com.example.org"),
        ("https://github.com:8443/acme/skills", "github.com:8443"),
        ("https://127.0.0.1/acme/skills", "127.0.0.1"),
        ("http://example.org/acme/skills", "example.org"),
        ("/srv/demo/skills", "a local folder"),
    ],
)
def test_other_hosts_are_named_in_the_refusal(text: str, host: str) -> None:
    """A host that is not allowed is refused, and the sentence says which are."""
    with pytest.raises(SourceNotAllowed) as refusal:
        parse_source(text, allowed=GITHUB)
    assert str(refusal.value).startswith(f"Skills may not come from {host}. Allowed: github.com.")


NARROW = AllowedHosts(hosts=("github.com/acme", "git.acme.dev/tools/agents", "git.acme.dev:8443"))


@pytest.mark.parametrize(
    "text",
    [
        "acme/skills",
        "ACME/skills/skills/pdf@v1",
        "https://github.com/acme/other/tree/main/pdf",
        "https://git.acme.dev/tools/agents",
        "https://git.acme.dev/tools/agents/skills.git",
        "https://git.acme.dev:8443/anybody/skills",
    ],
)
def test_an_owner_or_a_repository_can_be_allowed_alone(text: str) -> None:
    """What is behind the host narrows it, down to one repository; owner/repo still means the first host."""
    assert parse_source(text, allowed=NARROW).url.startswith("https://")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("acmeevil/skills", "github.com/acmeevil/skills"),
        ("https://github.com/mallory/skills/tree/main/acme", "github.com/mallory/skills"),
        ("https://git.acme.dev/tools/agents-evil", "git.acme.dev/tools/agents-evil"),
        ("https://git.acme.dev/tools/other", "git.acme.dev/tools/other"),
        ("https://example.org/acme/skills", "example.org"),
    ],
)
def test_what_only_begins_like_an_allowed_owner_is_refused(text: str, named: str) -> None:
    """The sentence names it, and says what is allowed."""
    with pytest.raises(SourceNotAllowed) as refusal:
        parse_source(text, allowed=NARROW)
    allowed = "github.com/acme, git.acme.dev/tools/agents, git.acme.dev:8443"
    assert str(refusal.value).startswith(f"Skills may not come from {named}. Allowed: {allowed}.")


def test_what_was_allowed_once_is_refused_later() -> None:
    """A location out of the catalogue, or of an approval, is read anew before git sees it."""
    location = parse_source("acme/skills", allowed=GITHUB)
    with pytest.raises(SourceNotAllowed):
        confirmed(location, AllowedHosts(hosts=("github.com/acme/other",)))


@pytest.mark.parametrize("text", ["/etc/skills", "/srv/demonstration/skills", "/srv/demo"])
def test_local_folders_elsewhere_are_refused(text: str) -> None:
    """Only what lies below the local root can be a source."""
    with pytest.raises(FolderOutside, match=f"^{text} is not below this home, and local folders are read only there"):
        parse_source(text, allowed=EVERYWHERE)


def test_without_hosts_nothing_outside_is_allowed() -> None:
    """A demo without hosts refuses owner/repo instead of guessing one."""
    with pytest.raises(SourceNotAllowed, match="Allowed: none"):
        parse_source("acme/skills", allowed=AllowedHosts(hosts=(), local_root="/srv/demo"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "an owner and a repository are needed"),
        ("pdf", "an owner and a repository are needed"),
        ("https://github.com/acme", "an owner and a repository are needed"),
        ("acme/skills and more", "it has a space in it"),
        ("acme/ski\x00lls", "it has invisible characters in it"),
        ("acme/ski\u202ells", "it has invisible characters in it"),
        ("acme/skills\nacme/other", "it has invisible characters in it"),
        ("a/" + "b" * 499, "it is longer than 500 characters"),
        ("-acme/skills", "it begins with a hyphen"),
        ("--upload-pack=touch/tmp", "it begins with a hyphen"),
        ("acme/--upload-pack=x", "no owner or repository can be called that"),
        ("acme/..", "no owner or repository can be called that"),
        ("acme/.git", "no owner or repository can be called that"),
        ("acme/skills/../../etc", "its path is not a plain one"),
        ("acme/skills/a//b", "its path is not a plain one"),
        ("acme/skills/.GIT/hooks", "its path is not a plain one"),
        ("acme/skills/a\\b", "its path is not a plain one"),
        ("acme/skills/-x", "its path is not a plain one"),
        ("https://github.com/acme/skills/tree/main/%2e%2e/x", "its path is not a plain one"),
        ("https://github.com/acme/skills/tree/main/a%2Fb", "its path is not a plain one"),
        ("/srv/demo/../../etc", "its path is not a plain one"),
        ("acme/skills@", "no branch, tag or commit can be called like what follows the @"),
        ("acme/skills@a..b", "no branch, tag or commit can be called like what follows the @"),
        ("https://github.com/acme/skills/tree/a:b/x", "no branch, tag or commit can be called like its ref"),
        ("https://github.com/acme/skills@v1", 'a URL has no place for a ref, say it apart: "at v1.2"'),
        ("https://github.com/acme/skills/issues/1", "behind the repository only /tree/REF/PATH"),
        ("https://github.com/acme/skills.git/pdf", "behind the repository only /tree/REF/PATH"),
        ("https://github.com/acme/skills/blob/main/README.md", "it leads to a file that is not SKILL.md"),
        ("https://github.com/acme/skills?tab=readme", "leave out everything from the ? or # on"),
        ("https://github.com/acme/skills.git#subdirectory=pdf", "leave out everything from the ? or # on"),
        ("http://github.com/acme/skills", "http can be read and changed on its way, write https"),
        ("file:///srv/demo/skills", "only https is read"),
        ("ftp://github.com/acme/skills", "only https is read"),
        ("ext::sh/-c", "it is not a URL"),
        ("ext::sh -c touch", "it has a space in it"),
        ("https://[::1/acme/skills", "it is not a URL"),
        ("https://github.com:port/acme/skills", "it is not a URL"),
        ("https://gіthub.com/acme/skills", "that is not the name of a host"),  # noqa: RUF001 - a Cyrillic i is the point
        ("https:///acme/skills", "that is not the name of a host"),
        ("./acme/skills", "that is not the name of a host"),
        ("git@github.com:acme/skills.git", "SSH is not supported, write https://github.com/acme/skills.git"),
        ("ssh://git@github.com/acme/skills.git", "SSH is not supported, write https://github.com/acme/skills.git"),
        ("ssh://git@github.com:22/acme/skills.git", "SSH is not supported, write https://github.com/acme/skills.git"),
    ],
)
def test_what_no_source_may_hold_is_refused_with_its_reason(text: str, reason: str) -> None:
    """Every refusal says what is wrong with the text."""
    with pytest.raises(InvalidSource) as refusal:
        parse_source(text, allowed=EVERYWHERE)
    assert type(refusal.value) is InvalidSource
    assert reason in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "https://mina:hunter2secret@github.com/acme/skills",
        "https://hunter2secret@github.com/acme/skills",
        "https://mina:hunter2/secret@github.com/acme/skills",
        "https://mina:hunter2?secret@github.com/acme/skills",
        "https://mina:hunter2#secret@github.com/acme/skills",
        "https://mina:hunter2@secret@github.com/acme/skills",
        "HTTPS://mina:hunter2secret@github.com/acme/skills",
        "mina:hunter2secret@github.com/acme/skills",
        "mina:hunter2@secret@github.com:acme/skills",
        "hunter2secret@github.com/acme/skills",
        "hunter2secret@github.com:acme/skills",
        "ssh://mina:hunter2secret@github.com/acme/skills",
        "https://github.com/acme/skills?access_token=hunter2secret",
        "acme/skills?token=hunter2secret",
        "https://github.com/acme/skills#hunter2secret",
        "https://mina:hunter2\nsecret@github.com/acme/skills",
    ],
)
def test_credentials_are_refused_and_not_repeated(text: str) -> None:
    """A password that was pasted into the chat is not said again by the bot."""
    with pytest.raises(InvalidSource) as refusal:
        parse_source(text, allowed=EVERYWHERE)
    assert "hunter2" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_refusal_shows_the_text_short_and_visible() -> None:
    """Text that would flood or disguise a card is cut, and hidden characters are spelled out."""
    with pytest.raises(InvalidSource) as refusal:
        parse_source("acme/\u202e" + "x" * 400, allowed=GITHUB)
    assert len(str(refusal.value)) < 250
    assert "<U+202E>" in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "ref", "location"),
    [
        ("acme/skills", "v2", acme(ref="v2")),
        ("acme/skills/pdf@v1", "v2", acme("pdf", "v2")),
        ("https://github.com/acme/skills/tree/v1/pdf", "v2", acme("pdf", "v2")),
        ("https://github.com/acme/skills/tree/feature/x/pdf", "feature/x", acme("pdf", "feature/x")),
        ("https://github.com/acme/skills/tree/feature/x/pdf", None, acme("x/pdf", "feature")),
    ],
)
def test_a_ref_that_is_said_apart_wins(text: str, ref: str | None, location: SourceLocation) -> None:
    """The ref of the sentence replaces the one in the source, and shows where a ref with slashes ends."""
    assert parse_source(text, ref=ref, allowed=GITHUB) == location


REFS = [
    ("main", True), ("v1.2", True), ("feature/x", True), ("이슈-7", True), (COMMIT, True), ("r" * 120, True),
    ("", False), ("r" * 121, False), ("-x", False), ("a b", False), ("a..b", False), ("a~1", False), ("a^{}", False),
    ("a:b", False), ("a?", False), ("a*", False), ("[a", False), ("a\\b", False), ("a@{1}", False), ("a//b", False),
    ("/a", False), ("a/", False), ("a.", False), (".a", False), ("a/.b", False), ("a.lock", False), ("a.lock/b", False),
    ("@", False), ("a\x07", False), ("a\u200bb", False),
]  # fmt: skip


@pytest.mark.parametrize(("ref", "valid"), REFS)
def test_a_ref_is_what_git_would_take(ref: str, valid: bool) -> None:
    """Names follow git-check-ref-format and fit the catalogue."""
    assert is_ref_name(ref) is valid


@pytest.mark.parametrize("ref", [ref for ref, valid in REFS if not valid and ref])
def test_a_ref_that_git_would_not_take_is_refused(ref: str) -> None:
    """A bad ref is refused before anything is asked."""
    with pytest.raises(InvalidSource):
        parse_source("acme/skills", ref=ref, allowed=GITHUB)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme/skills", True),
        ("acme/skills/skills/pdf@v1.2", True),
        ("https://github.com/acme/skills", True),
        ("github.com/acme/skills", True),
        ("git@github.com:acme/skills.git", True),
        ("/srv/demo/skills", True),
        ("file:///etc/passwd", True),
        ("ext::sh/x", True),
        ("pdf", False),
        ("pdf-forms", False),
        ("v1.2", False),
        ("/status", False),
        ("12:30", False),
        ("acme/skills and docx", False),
        ("문서/도구", False),
        ("", False),
    ],
)
def test_sources_are_told_from_names(text: str, expected: bool) -> None:
    """What has an owner or a scheme is a source, so that it is read or refused as one; the rest is a name."""
    assert looks_like_source(text) is expected


def test_a_skill_of_the_catalogue_is_fetched_from_where_it_was_added() -> None:
    """Its own ref is used unless another one is asked for."""
    skill = make_skill(make_user(), github_url="https://github.com/acme/skills.git", path="skills/pdf", source_ref="v1")
    assert location_of(skill, None) == acme("skills/pdf", "v1")
    assert location_of(skill, "v2") == acme("skills/pdf", "v2")


def test_a_local_skill_of_the_catalogue_has_no_host() -> None:
    """The demo's repositories are folders."""
    skill = make_skill(make_user(), github_url="/srv/demo/skills", path="pdf", source_ref="main")
    location = location_of(skill, None)
    assert (location.url, location.label, location.host) == ("/srv/demo/skills", "demo/skills", "")
    assert confirmed(location, EVERYWHERE) == location


def test_a_confirmed_location_is_the_one_the_parser_makes() -> None:
    """An address without .git is completed; the folder and the ref stay."""
    location = acme("skills/pdf", "v1")
    assert confirmed(location.evolve(url="https://github.com/acme/skills"), GITHUB) == location


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://github.com/acme/skills/tree/main"},
        {"url": "acme/skills@v1"},
        {"url": "https://example.org/acme/skills"},
        {"url": "--upload-pack=x"},
        {"path": "../x"},
        {"path": "a//b"},
        {"path": "-x"},
    ],
)
def test_a_location_that_no_source_leads_to_is_not_confirmed(change: dict[str, str]) -> None:
    """A location that was stored or built by hand passes the same checks as text."""
    with pytest.raises(InvalidSource):
        confirmed(acme().evolve(**change), GITHUB)


_WORDS = (
    "acme skills main tree blob SKILL.md .git // .. %2e %00 https:// http:// ssh:// ext:: ::1 git@ user:pw@ github.com "
    "127.0.0.1:80 /srv/demo/"
)
_PIECES = st.sampled_from([*"/@:.-~\\?#[] \n\u202e\ud800é", *_WORDS.split()])
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join))


@given(text=_TEXTS, ref=st.one_of(st.none(), st.text(max_size=10)))
@example(text="https://github.com/acme/skills/tree/main/%2D%2Dx", ref=None)
@example(text="github.com\u2044acme/skills", ref=None)
@example(text="https://github.com\uff0facme/skills", ref=None)
def test_whatever_is_written_git_gets_a_clean_address(text: str, ref: str | None) -> None:
    """Any text gives a location that is safe to hand to git, or one of the two errors."""
    looks_like_source(text)
    try:
        location = parse_source(text, ref=ref, allowed=EVERYWHERE)
    except InvalidSource as refusal:
        str(refusal).encode()
        return
    assert re.fullmatch(
        r"(https://(github\.com|git\.acme\.dev:8443)|http://(127\.0\.0\.1|localhost)(:\d+)?|/srv/demo)/\S+",
        location.url,
    )
    assert "@" not in location.url.partition("://")[2].partition("/")[0]
    assert not set(location.url.split("/")) & {".", ".."}
    assert location.path.isprintable()
    assert not location.path.startswith(("-", "/"))
    assert not set(location.path.split("/")) & {".", ".."}
    assert location.ref is None or is_ref_name(location.ref)
    assert confirmed(location, EVERYWHERE) == location
