"""A strict, stateful stand-in for Telegram: the Bot API over HTTP on loopback, webhooks, and people who use it.

Figures, error texts and the order of checks come from the Bot API documentation (as of ``platforms.md``: November 2026)
and from the source of its server, tdlib/telegram-bot-api; each module says which.

The server
    async with FakeTelegram(speed=0) as telegram:      # speed 0: time moves by telegram.pace.advance(seconds) only
    telegram.token, .api_url                           # "123456:...", "http://127.0.0.1:1234" (no slash at the end)
    telegram.base_url, .file_url                       # what telegram.Bot(token, base_url=..., base_file_url=...) takes
    telegram.world.bot                                 # id, username ("skillwarden_bot")
    telegram.world.privacy_mode                        # True: in groups the bot sees commands, mentions, replies
    telegram.revoke_token()                            # the old token is unauthorised; the new one is returned
    telegram.calls                                     # every call: method, arguments, outcome ("ok" or the text), at
    telegram.updates.log                               # every update: id, kind, content, done, tries
    telegram.webhook                                   # url, secret_token, last error; None while the app polls
    telegram.proxy("https://bot.example", local_url)   # webhooks set below the first address go to the second
    telegram.api_commands(scope, language_code)        # what setMyCommands left behind

People and places (all of Person's verbs are coroutines)
    alice = telegram.person("alice", language_code="de")         # alice.user.id is a number
    bob = telegram.person("bob", started=False)                  # has never pressed Start: the bot may not write first
    group = telegram.group("ops", alice, bob)                    # also supergroup, forum, channel; with_bot=False
    await alice.starts("payload")                                # /start payload, after which the bot may write to her
    said = await alice.says(alice.dm, "install pdf on claude")
        # topic=, reply_to=, anonymously=, as_channel=, attachment={"photo": [...]}, more={"forward_origin": {...}}
    await alice.edits(said, "..."); await alice.deletes(said)
    press = await alice.press(message, "Approve")
        # stale=True: as it looked before an edit; inaccessible=True: without the message; data=: a forged client
    press.answered, press.text, press.show_alert, press.url      # what answerCallbackQuery showed her
    await alice.blocks(); await alice.unblocks()                 # my_chat_member
    await alice.adds_bot(group); await alice.removes_bot(group)  # also promotes_bot, demotes_bot,
    await alice.restricts_bot(group, can_send_messages=False)    # and joins, leaves, makes(other, chat, status)
    topic = await alice.opens_topic(forum, "pdf"); await alice.closes_topic(topic); await alice.deletes_topic(topic)
    supergroup = await alice.upgrades(group)                     # the group migrates
    await alice.posts(channel, "text")                           # a channel post
    alice.menu(chat)                                             # the commands her app offers, descriptions by name

Looking
    telegram.messages(chat, topic)      # visible messages, oldest first: text, entities, rows, edits, reply_to
    telegram.shown(message)             # text and, below it, "[Approve] [Reject...]"
    alice.sees(chat)                    # all of it, the direct chat by default
    telegram.transcript()
    await telegram.wait_for(lambda: ...)        # asked after every change; fails after PATIENCE real seconds
    await telegram.settle()                     # every update is confirmed (polling) or answered 2xx (webhook);
                                                # a delayed one needs LATE (30) of Telegram's seconds to come up

Trouble
    telegram.tell("message", {...})             # an update of any kind and content; tell_raw({...}): any object at all
    telegram.trouble.next_calls(Fault(kind="ratelimited", retry_after=7, method="sendMessage", chat=chat.id))
        # ratelimited, server_error (status=), error (error=, status=400), conflict, hang, drop; acts=True: it was done
    telegram.trouble.next_delivery("doubled")   # or delayed, ack_lost, refused (the last two: webhooks)
    telegram.trouble.at_random(seed, Odds(...)); telegram.trouble.calm(); telegram.trouble.happened
    telegram.trouble.enforce_budgets(scale=1.0)

``sdk_bot`` has python-telegram-bot's Bot for the fake, ``refusal`` and ``raw`` for what it refuses, and ``HookedApp``,
an app with a webhook. What the fake does not know: Markdown, media but documents, inline mode, payments, businesses.
"""

from tests.platforms.telegram.driver import Person
from tests.platforms.telegram.fake import FakeTelegram
from tests.platforms.telegram.running import CannotError
from tests.platforms.telegram.trouble import Fault, Odds
from tests.platforms.telegram.updates import Update
from tests.platforms.telegram.webhook import SECRET_HEADER, Webhook
from tests.platforms.telegram.world import Chat, Member, Message, Press, Topic, User

__all__ = [
    "SECRET_HEADER",
    "CannotError",
    "Chat",
    "FakeTelegram",
    "Fault",
    "Member",
    "Message",
    "Odds",
    "Person",
    "Press",
    "Topic",
    "Update",
    "User",
    "Webhook",
]
