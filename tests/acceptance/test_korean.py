"""One conversation in Korean, from a source that is added to a rollback: what is said is understood, and answered."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.conversations import content
from tests.acceptance.program import Conversation
from tests.harness import CODE
from tests.platforms.git_repo import GitRepo, skill_md

SKILL = "summary"


def test_a_korean_team_adds_installs_syncs_and_rolls_back(tmp_path: Path) -> None:
    """Asked, approved and told in Korean; the folders are what the approvers agreed to, byte for byte."""
    home = tmp_path / "demo"
    place = home / f"providers/claude/skills/{SKILL}"
    with Conversation(tmp_path) as talk:

        def do(sentence: str, *, shown: str, done: str) -> None:
            code = CODE.findall(talk.say(sentence, until="for carol"))[-1]
            assert shown in " ".join(talk.say("/as bob", until="[1] 승인").split())
            talk.say(f"{code} 승인해 주세요", until="for alice")
            assert done in talk.say("/as alice", until="[1]")

        for name in ("bob", "alice"):
            talk.say(f"/as {name}", until="")
            talk.say("한국어로 말해줘", until="이제부터 한국어로 말할게요.")
        source = GitRepo.create(home, "sources/more")
        source.commit({f"{SKILL}/SKILL.md": skill_md(SKILL)}, branch="main")
        do(f"스킬 추가 {home}/sources/more", shown="카탈로그에 추가", done="추가함: summary")
        do(f"{SKILL} 스킬을 클로드에 설치해 줘", shown="첫 설치, 파일 1개", done="Claude에 summary를 설치했어요")
        first = content(place)
        assert set(first) == {"SKILL.md"}

        source.commit({f"{SKILL}/extra.md": "more\n"}, branch="main")
        do(f"{SKILL} 동기화해 주세요", shown="+1 -0", done="summary")
        assert content(place) == first | {"extra.md": (b"more\n", False)}

        do("그거 되돌려줘", shown="+0 -1", done="되돌렸어요")
        assert content(place) == first
        talk.end()
