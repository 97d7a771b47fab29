"""The approval desk for other programs over HTTP: asked there, answered by people in chat or over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.domain.policy import DEFAULT_POLICY, Policy, Rule
from core.domain.users import Scope
from core.errors import CallbackFailed, CallbackRefused, NothingGivenUp
from core.services.callbacks import call_again
from tests.api import HITL, QUESTION, SIGNING, Api, Receiver, error_of, serving
from tests.clock import FakeClock
from tests.harness import CODE

BACK = "https://agent.example/answers"


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    """Serve a demo; bob and carol are its admins, and programs ask as alice."""
    async with serving(tmp_path / "home") as opened:
        yield opened


async def answer(api: Api, made: dict[str, Any], status: str = "approved", *, by: str = "bob", **more: Any) -> Any:
    """Answer a request over HTTP."""
    return await api("PUT", f"{HITL}/{made['id']}", by=by, json={"status": status} | more)


async def test_a_question_is_asked_in_chat_and_answered_there(api: Api) -> None:
    """Approvers see it with its payload beside the bot's own requests; the word of one of them is the answer."""
    await api.talk("/as bob")
    made = await api.question()
    assert (made["status"], made["response"], made["callback"]) == ("pending", None, None)
    shown = await api.talk("pending")
    assert made["code"] in shown
    assert "cost agent: Stop 12 idle instances" in " ".join(shown.split())
    await api.talk(f"approve {made['code']} because it is fine")
    told = await api.request(made["id"])
    bob = await api.user_id("bob")
    assert (told["status"], told["responded_by"], told["comment"]) == ("approved", bob, "it is fine")
    execution = await api.execution(made["execution_id"])
    assert (execution["status"], execution["channel"]) == ("COMPLETED", "api")


async def test_who_asks_cannot_answer(api: Api) -> None:
    """The owner of the token asked, whatever their role: an admin's program needs another admin."""
    made = await api.question(by="bob")
    refused = await answer(api, made, by="bob")
    assert (refused.status_code, error_of(refused)["code"]) == (403, "SELF_APPROVAL")
    assert (await answer(api, made, by="carol")).json()["status"] == "approved"


async def test_the_answer_is_the_authenticated_persons(api: Api) -> None:
    """A field that claims to be somebody else is refused; people without a vote have none over HTTP either."""
    made = await api.question()
    forged = await answer(api, made, responded_by="carol")
    assert (forged.status_code, error_of(forged)["details"][0]["field"]) == (422, "responded_by")
    assert error_of(await answer(api, made, by="alice"))["code"] == "SELF_APPROVAL"
    given = (await answer(api, made, response={"until": "friday"}, comment="only till then")).json()
    assert (given["response"], given["comment"]) == ({"until": "friday"}, "only till then")
    assert given["responded_by"] == await api.user_id("bob")


async def test_what_is_decided_stays_so_and_says_by_whom_and_when(api: Api) -> None:
    """A second answer and a late cancellation get 409 with who was first, and when."""
    made = await api.question()
    await answer(api, made, "rejected", comment="no")
    for late in (await answer(api, made, by="carol"), await api("DELETE", f"{HITL}/{made['id']}")):
        error = error_of(late)
        assert (late.status_code, error["code"]) == (409, "ALREADY_DECIDED")
        assert (error["details"]["who"], error["details"]["status"]) == ("Bob", "rejected")
        assert error["details"]["when"].endswith("UTC")
    told = await api.request(made["id"])
    assert (told["status"], told["comment"], told["response"]) == ("rejected", "no", None)


async def test_an_option_is_chosen_and_only_one_that_is_offered(api: Api) -> None:
    """Options are buttons; what a press, a typed word or a response names is the answer."""
    options = ["Restart", "Scale up"]
    made = await api.question(options=options)
    bad = await answer(api, made, response={"option": "Stop"})
    assert (bad.status_code, error_of(bad)["code"]) == (422, "ANSWER_UNKNOWN")
    assert error_of(await answer(api, made))["code"] == "ANSWER_MISSING"
    assert (await answer(api, made, response={"option": "scale up"})).json()["response"] == {"option": "Scale up"}

    await api.talk("/as bob")
    made = await api.question(options=options)
    await api.talk(f"approve {made['code']} restart")
    assert (await api.request(made["id"]))["response"] == {"option": "Restart"}


async def test_a_text_is_collected(api: Api) -> None:
    """A prompt is answered with the words of who answers it; a plain yes is none."""
    await api.talk("/as bob")
    made = await api.question(request_type="prompt_input", title="How many?")
    assert error_of(await answer(api, made))["code"] == "ANSWER_MISSING"
    await api.talk(f"approve {made['code']} because 42 of them")
    told = await api.request(made["id"])
    assert (told["status"], told["response"], told["comment"]) == ("approved", {"text": "42 of them"}, None)


@pytest.mark.parametrize(
    "option", ["Stop both", "No, wait", "Do not stop", "if it rains", "wait until Friday", "둘 다 중지"]
)
async def test_every_option_can_be_typed(api: Api, option: str) -> None:
    """What a button's text equivalent says is the press, whatever a sentence would make of its words."""
    await api.talk("/as bob")
    made = await api.question(options=["Something else", option])
    assert "is counted" in await api.talk(f"approve {made['code'].lower()} {option.upper()}")
    assert (await api.request(made["id"]))["response"] == {"option": option}


async def test_any_text_can_be_typed_behind_a_colon(api: Api) -> None:
    """Behind the colon it is the answer, word for word; without one, a doubt is no answer."""
    await api.talk("/as bob")
    made = await api.question(request_type="prompt_input", title="When?")
    code = made["code"]
    await api.talk(f"approve {code} if carol agrees")
    assert (await api.request(made["id"]))["status"] == "pending"
    await api.talk(f"approve {code}: not before Carol agrees")
    assert (await api.request(made["id"]))["response"] == {"text": "not before Carol agrees"}
    # A yes or no has no words to choose: what is said about it is read like any sentence.
    made = await api.question()
    await api.talk(f"approve {made['code']} if carol agrees")
    assert (await api.request(made["id"]))["status"] == "pending"


async def test_time_runs_out(tmp_path: Path) -> None:
    """What nobody decided is expired from that very moment, in lists and for answers, swept or not; and swept it is."""
    clock = FakeClock()
    async with serving(tmp_path / "home", clock) as api:
        made = await api.question(expires_in_minutes=5)
        other = await api.question()
        clock.advance(minutes=5)
        for status, expected in (("pending", [other["id"]]), ("expired", [made["id"]])):
            listed = (await api("GET", HITL, params={"status": status})).json()["items"]
            assert [item["id"] for item in listed] == expected
        assert (await api("GET", f"{HITL}/pending-count")).json() == {"count": 1}
        late = await answer(api, made)
        assert (late.status_code, error_of(late)["code"]) == (409, "APPROVAL_EXPIRED")
        assert "when" in error_of(late)["details"]
        assert (await api.request(made["id"]))["responded_by"] is None
        assert await api.talk.program.approval_clock.expire_due() == 1
        told = await api.request(made["id"])
        assert (told["status"], told["responded_by"]) == ("expired", "system:expiry")


async def test_only_its_owner_and_admins_take_it_back(api: Api) -> None:
    """A request that was taken back is over for everybody."""
    made = await api.question()
    gone = await api("DELETE", f"{HITL}/{made['id']}", params={"comment": "not needed"})
    assert (gone.status_code, gone.json()["status"], gone.json()["comment"]) == (200, "cancelled", "not needed")
    assert (await answer(api, made)).status_code == 409


async def test_people_see_what_is_theirs_or_waits_for_them(api: Api) -> None:
    """Another person's request is not there at all; an unknown id is answered in the same way."""
    made = await api.question(by="bob")
    for ident in (made["id"], "00000000-0000-7000-8000-000000000000"):
        for hidden in (
            await api("GET", f"{HITL}/{ident}"),
            await api("PUT", f"{HITL}/{ident}", json={"status": "approved"}),
            await api("DELETE", f"{HITL}/{ident}"),
        ):
            assert (hidden.status_code, error_of(hidden)["code"]) == (404, "UNKNOWN_HITL_REQUEST")
    assert (await api("GET", HITL)).json()["items"] == []
    assert len((await api("GET", HITL, by="carol")).json()["items"]) == 1


async def test_a_token_needs_the_scope(api: Api) -> None:
    """Reading and writing are two scopes; without a token nothing is said."""
    made = await api.question()
    reader = {"Authorization": f"Bearer {await api.token('alice', Scope.HITL_READ)}"}
    writer = {"Authorization": f"Bearer {await api.token('alice', Scope.HITL_WRITE, label='writer')}"}
    for method, path, headers in (
        ("POST", HITL, reader),
        ("PUT", f"{HITL}/{made['id']}", reader),
        ("DELETE", f"{HITL}/{made['id']}", reader),
        ("GET", HITL, writer),
        ("GET", f"{HITL}/{made['id']}", writer),
        ("GET", f"{HITL}/pending-count", writer),
    ):
        body = QUESTION if method == "POST" else {"status": "approved"} if method == "PUT" else None
        short = await api(method, path, by=None, headers=headers, json=body)
        assert (short.status_code, error_of(short)["code"]) == (403, "SCOPE_MISSING"), (method, path)
        assert (await api(method, path, by=None, json=body)).status_code == 401


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"agent_type": "boss"}, "agent_type"),
    ({"request_type": "order"}, "request_type"),
    ({"title": " "}, "title"),
    ({"title": "x" * 256}, "title"),
    ({"payload": []}, "payload"),
    ({"payload": {str(n): "x" * 9000 for n in range(4)}}, "payload"),
    ({"expires_in_minutes": 4}, "expires_in_minutes"),
    ({"expires_in_minutes": 10_081}, "expires_in_minutes"),
    ({"options": ["a", "a"]}, "options"),
    ({"options": ["x" * 61]}, "options.0"),
    ({"options": ["a", "Stop\nboth"]}, "options.1"),
    ({"options": ["Stop\u2028both"]}, "options.0"),
    ({"options": [str(n) for n in range(11)]}, "options"),
    ({"request_type": "prompt_input", "options": ["a"]}, ""),
    ({"callback_url": "ftp://agent.example"}, "callback_url"),
    ({"surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
async def test_what_is_wrong_is_named(api: Api, change: dict[str, Any], field: str) -> None:
    """A question that cannot be asked as it is says which field is wrong."""
    refused = await api("POST", HITL, json=QUESTION | change)
    assert refused.status_code == 422, refused.text
    assert field in [found["field"] for found in error_of(refused)["details"]]
    assert (await api("GET", HITL)).json()["items"] == []


@pytest.mark.parametrize("option", ["Details", "reject...", "거절"])
async def test_an_option_that_reads_like_a_button_of_ours_is_refused(api: Api, option: str) -> None:
    """Pressing it would approve; the field is named, and nobody is asked."""
    refused = await api("POST", HITL, json=QUESTION | {"options": ["Stop both", option]})
    assert refused.status_code == 422
    assert error_of(refused)["details"]["detail"].startswith("options: ")
    assert (await api("GET", HITL)).json()["items"] == []


async def test_the_same_key_asks_once(api: Api) -> None:
    """A question that is sent again with its key leads to the one that was asked; another person's key is another."""
    made = await api.question(key="alert-7", title="use ghp_" + "a" * 36)
    again = {"title": "use ghp_" + "a" * 36, "expires_in_minutes": 90}
    found = await api("POST", HITL, headers={"Idempotency-Key": "alert-7"}, json=QUESTION | again)
    assert (found.status_code, found.json()["id"]) == (200, made["id"])
    assert (await api.question(by="bob", key="alert-7"))["id"] != made["id"]


@pytest.mark.parametrize("change", [{"title": "Stop all"}, {"payload": {"instances": ["db"]}}, {"callback_url": BACK}])
async def test_no_answer_is_taken_for_another_questions(api: Api, change: dict[str, Any]) -> None:
    """A key that comes with another question is refused: what people agreed to is not what is asked."""
    made = await api.question(key="alert-7")
    await answer(api, made)
    refused = await api("POST", HITL, headers={"Idempotency-Key": "alert-7"}, json=QUESTION | change)
    assert (refused.status_code, error_of(refused)["code"]) == (422, "KEY_REUSED")
    assert len((await api("GET", HITL)).json()["items"]) == 1


async def test_programs_ask_so_often_and_no_oftener(tmp_path: Path) -> None:
    """Beyond the limit they are told when to ask again, and then they may; one person's limit is not another's."""
    clock = FakeClock()
    async with serving(tmp_path / "home", clock, settings="[http]\nrequests_per_minute = 2\n") as api:
        await api.question()
        clock.advance(seconds=20)
        await api.question()
        refused = await api("POST", HITL, json=QUESTION)
        assert (refused.status_code, error_of(refused)["code"]) == (429, "ASKED_TOO_OFTEN")
        assert refused.headers["Retry-After"] == "40"
        await api.question(by="bob")
        clock.advance(seconds=40)
        await api.question()


async def test_a_list_is_narrowed_and_walked_through(api: Api) -> None:
    """Filters by agent, kind and status; a cursor goes through everything once, and belongs to its filters."""
    made = [await api.question(agent_type=kind) for kind in ("cost", "drift", "cost", "bdp", "cost")]
    await answer(api, made[0])

    async def ids(**params: Any) -> list[str]:
        return [item["id"] for item in (await api("GET", HITL, params=params)).json()["items"]]

    assert await ids(agent_type="cost", status="pending") == [made[4]["id"], made[2]["id"]]
    assert await ids(agent_type=["drift", "bdp"]) == [made[3]["id"], made[1]["id"]]
    assert await ids(request_type="confirmation") == []
    assert await ids(created_before=made[0]["created_at"]) == []
    assert len(await ids(created_after=made[0]["created_at"])) == 5
    seen, cursor = [], None
    while True:
        page = (await api("GET", HITL, params={"page_size": 2} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        foreign = await api("GET", HITL, params={"cursor": cursor, "status": "pending"})
        assert (foreign.status_code, error_of(foreign)["code"]) == (422, "FOREIGN_CURSOR")
    assert seen == [one["id"] for one in reversed(made)]
    count = await api("GET", f"{HITL}/pending-count", params={"agent_type": "cost"})
    assert count.json() == {"count": 2}


async def test_who_waits_is_woken_by_the_decision(api: Api) -> None:
    """A long poll answers when people do, not when its time is over; what is decided already is told at once."""
    made = await api.question()
    polls = [asyncio.create_task(api("GET", f"{HITL}/{made['id']}", params={"wait": 30})) for _ in range(3)]
    while not api.talk.program.answers.waiting:  # noqa: ASYNC110 - nothing rings when somebody begins to wait
        await asyncio.sleep(0)  # the polls have to arrive first
    await answer(api, made)
    async with asyncio.timeout(10):
        assert [poll.json()["status"] for poll in await asyncio.gather(*polls)] == ["approved"] * 3
        assert (await api("GET", f"{HITL}/{made['id']}", params={"wait": 30})).json()["status"] == "approved"
    assert not api.talk.program.answers.waiting
    assert (await api("GET", f"{HITL}/{made['id']}", params={"wait": 31})).status_code == 422


async def test_a_rule_can_answer_forbid_or_ask_others(tmp_path: Path) -> None:
    """The policy decides about programs' questions too; a yes of a rule is no answer where one is needed."""
    rules = (
        Rule(name="no drift", agents=("drift",), outcome="deny", priority=2),
        Rule(name="cheap", agents=("cost",), outcome="allow", priority=2),
    )
    policy = Policy(rules=(*rules, *DEFAULT_POLICY.rules))
    async with serving(tmp_path / "home", policy=policy) as api:
        denied = await api("POST", HITL, json=QUESTION | {"agent_type": "drift"})
        assert (denied.status_code, error_of(denied)["code"]) == (403, "DENIED_BY_POLICY")
        allowed = await api.question()
        assert (allowed["status"], allowed["responded_by"]) == ("approved", "policy:cheap")
        assert (await api.question(options=["a", "b"]))["status"] == "pending"
        assert (await api.question(agent_type="bdp"))["status"] == "pending"


async def test_approvers_agree_on_an_option(tmp_path: Path) -> None:
    """With two votes needed, the second one has to choose what the first one chose, or reject."""
    policy = Policy(rules=(Rule(name="two", outcome="require", threshold=2), *DEFAULT_POLICY.rules))
    async with serving(tmp_path / "home", policy=policy) as api:
        made = await api.question(options=["a", "b"])
        assert (await answer(api, made, response={"option": "a"})).json()["status"] == "pending"
        other = await answer(api, made, by="carol", response={"option": "b"})
        assert (other.status_code, error_of(other)["code"]) == (409, "DIFFERENT_ANSWER")
        twice = await answer(api, made, response={"option": "a"})
        assert (twice.status_code, error_of(twice)["code"]) == (409, "ALREADY_VOTED")
        agreed = (await answer(api, made, by="carol", response={"option": "A"})).json()
        assert (agreed["status"], agreed["response"]) == ("approved", {"option": "a"})


async def test_the_bots_own_requests_are_answered_here_too(api: Api) -> None:
    """What was asked in chat is listed and voted on by the same rules; it takes no response."""
    said = await api.talk("install skill pdf on claude")
    (code,) = set(CODE.findall(said))
    (item,) = (await api("GET", HITL, by="bob", params={"agent_type": "chatops"})).json()["items"]
    assert item["code"] == code
    assert error_of(await answer(api, item, response={"x": 1}))["code"] == "ANSWER_NOT_ASKED"
    assert (await answer(api, item)).json()["status"] == "approved"


async def test_nobody_can_pretend_that_the_glass_was_broken(api: Api) -> None:
    """The bot's own word in a response is refused."""
    made = await api.question()
    assert error_of(await answer(api, made, response={"break_glass": True}))["code"] == "ANSWER_NOT_ASKED"


async def test_secrets_are_masked_before_anybody_agrees(api: Api) -> None:
    """What is stored, shown and hashed is the same, without the secret."""
    token = "ghp_" + "a" * 36
    made = await api.question(title=f"use {token}", payload={"key": token})
    assert token not in str(made)
    assert token not in str(await api.execution(made["execution_id"]))
    async with api.talk.database.read() as uow:
        execution = await uow.executions.get(made["execution_id"])
        request = await uow.approvals.get(made["id"])
    assert execution is not None
    assert execution.subject is not None
    assert request is not None
    assert execution.subject.hash == request.subject_hash


@pytest.mark.parametrize("end", ["approved", "rejected", "expired", "cancelled"])
async def test_every_end_is_called_back_once(tmp_path: Path, end: str) -> None:
    """However a request ends, its program is told, with what it can look up itself."""
    clock, receiver = FakeClock(), Receiver()
    async with serving(tmp_path / "home", clock, sender=receiver) as api:
        made = await api.question(callback_url=BACK, expires_in_minutes=5)
        assert receiver.taken == []
        if end == "expired":
            clock.advance(minutes=5)
            await api.talk.program.approval_clock.expire_due()
        elif end == "cancelled":
            await api("DELETE", f"{HITL}/{made['id']}")
        else:
            await answer(api, made, end)
        await api.settle()
        (taken,) = receiver.taken
        told = await api.request(made["id"])
        assert (taken.url, taken.request.status if taken.request else None) == (BACK, end)
        assert told["callback"] | {"delivered_at": None} == {
            "delivery_id": taken.delivery_id,
            "status": "delivered",
            "attempts": 1,
            "last_error": None,
            "delivered_at": None,
        }


async def test_a_callback_is_tried_again_with_the_same_id(tmp_path: Path) -> None:
    """What its receiver could not take comes again later, and says so meanwhile; nothing is lost."""
    clock, down = FakeClock(), CallbackFailed(host="agent.example", reason="it answered 503")
    receiver = Receiver(down, down)
    async with serving(tmp_path / "home", clock, sender=receiver) as api:
        made = await api.question(callback_url=BACK)
        await answer(api, made)
        await api.settle()
        waiting = (await api.request(made["id"]))["callback"]
        assert (waiting["status"], waiting["attempts"]) == ("pending", 1)
        assert "503" in waiting["last_error"]
        for _ in range(2):
            clock.advance(minutes=1)
            await api.settle()
        (taken,) = receiver.taken
        told = (await api.request(made["id"]))["callback"]
        assert (told["status"], told["attempts"], told["delivery_id"]) == ("delivered", 3, waiting["delivery_id"])
        assert taken.delivery_id == waiting["delivery_id"]


async def test_a_callback_is_given_up_in_the_end(tmp_path: Path) -> None:
    """One that must not be made, or that failed for a day, is failed, and on the record of its request."""
    clock = FakeClock()
    receiver = Receiver(CallbackRefused(host="agent.example", reason="10.0.0.1 is no address of the open internet"))
    async with serving(tmp_path / "home", clock, sender=receiver) as api:
        refused = await api.question(callback_url=BACK)
        await answer(api, refused)
        await api.settle()
        assert (await api.request(refused["id"]))["callback"]["status"] == "failed"
        events = await api("GET", f"/api/v1/executions/{refused['execution_id']}/events")
        assert "10.0.0.1" in events.text

        late = await api.question(callback_url=BACK)
        receiver.trouble += [CallbackFailed(host="agent.example", reason="it answered 500")] * 2
        await answer(api, late)
        await api.settle()
        clock.advance(days=1)
        await api.settle()
        assert (await api.request(late["id"]))["callback"]["status"] == "failed"
        assert receiver.taken == []


async def test_the_operator_has_a_callback_sent_again(tmp_path: Path) -> None:
    """What was given up goes out again under its id, and has a day again; what was not is not."""
    clock = FakeClock()
    down = CallbackFailed(host="agent.example", reason="it answered 500")
    receiver = Receiver(CallbackRefused(host="agent.example", reason="10.0.0.1 is no address of the open internet"))
    async with serving(tmp_path / "home", clock, sender=receiver) as api:
        made = await api.question(callback_url=BACK)
        execution = await api.talk.execution(made["code"])
        with pytest.raises(NothingGivenUp, match=made["code"]):
            await call_again(api.talk.database, clock, execution)
        await answer(api, made)
        await api.settle()
        given_up = (await api.request(made["id"]))["callback"]
        assert given_up["status"] == "failed"
        clock.advance(days=2)
        receiver.trouble.append(down)
        await call_again(api.talk.database, clock, execution)
        await api.settle()
        assert (await api.request(made["id"]))["callback"]["status"] == "pending"
        clock.advance(minutes=1)
        await api.settle()
        (taken,) = receiver.taken
        assert taken.delivery_id == given_up["delivery_id"]
        with pytest.raises(NothingGivenUp):
            await call_again(api.talk.database, clock, execution)


async def test_without_a_secret_nobody_is_called_back(tmp_path: Path) -> None:
    """A callback that nobody could trust is refused when it is asked for, for executions too."""
    async with serving(tmp_path / "home", settings="") as api:
        for path, body in ((HITL, QUESTION | {"callback_url": BACK}), ("/api/v1/executions", EXECUTION)):
            refused = await api("POST", path, json=body)
            assert (refused.status_code, error_of(refused)["code"]) == (403, "CALLBACKS_UNSIGNED")


EXECUTION = {"prompt": "list skills", "callbackUrl": BACK}


async def test_an_execution_is_called_back_as_well(tmp_path: Path) -> None:
    """The address that was left with an execution hears how it ended."""
    receiver = Receiver()
    async with serving(tmp_path / "home", sender=receiver, settings=SIGNING) as api:
        made = await api.ask("list skills", callbackUrl=BACK)
        await api.settle()
        (taken,) = receiver.taken
        assert (taken.execution.id, taken.execution.status, taken.request) == (made["id"], "completed", None)


async def test_a_reminder_is_not_a_decision(tmp_path: Path) -> None:
    """Approvers who are silent are reminded of a program's question as of any other; it stays open."""
    clock = FakeClock()
    async with serving(tmp_path / "home", clock) as api:
        await api.talk("/as bob")
        made = await api.question()
        clock.advance(minutes=46)
        await api.talk.program.approval_clock.remind_due()
        assert "Reminder" in await api.talk.settle()
        assert (await api.request(made["id"]))["status"] == "pending"


async def test_a_programs_question_can_be_looked_at_and_forced_like_any_other(api: Api) -> None:
    """Why, who and the timeline answer about it; it cannot be changed; an admin can break the glass, with a reason."""
    await api.talk("/as bob")
    made = await api.question()
    code = made["code"]
    assert 'The rule "write" decides.' in await api.talk(f"why {code}")
    assert "Bob, Carol" in await api.talk(f"who can approve {code}")
    assert "cannot be changed" in await api.talk(f"modify {code} only on claude")
    assert "You broke the glass" in await api.talk(f"break glass {code} production is down")
    assert (await api.request(made["id"]))["response"] == {"break_glass": True}
    assert "BROKE THE GLASS" in await api.talk(f"timeline {code}")
    other = await api.question(options=["a", "b"])
    assert "That needs an answer" in await api.talk(f"break glass {other['code']} production is down")
    assert (await api.request(other["id"]))["status"] == "pending"
