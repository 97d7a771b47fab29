"""What the Bot API sends, property by property, as documented under Available types (Bot API 10.0).

What the documentation leaves out and bots meet: in a topic every message that answers no other one carries the service
message which opened the topic as ``reply_to_message``; the General topic has no ``message_thread_id``.
"""

from __future__ import annotations

from tests.platforms.telegram.world import Chat, Json, Member, Message, Press, Topic, User, World

#: What ChatMemberAdministrator has to say, with what a bot gets that is promoted without a choice.
ADMINISTRATOR = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}
#: What ChatMemberRestricted has to say.
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_edit_tag",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
)


def user_json(user: User) -> Json:
    """Return a User."""
    found: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    for name in ("last_name", "username", "language_code"):
        if getattr(user, name):
            found[name] = getattr(user, name)
    if user.is_premium:
        found["is_premium"] = True
    return found


def me_json(world: World) -> Json:
    """Return the User that getMe returns."""
    return {
        **user_json(world.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def chat_json(chat: Chat) -> Json:
    """Return a Chat."""
    found: Json = {"id": chat.id, "type": chat.kind}
    if chat.user is not None:
        for name in ("first_name", "last_name", "username"):
            if getattr(chat.user, name):
                found[name] = getattr(chat.user, name)
    else:
        found["title"] = chat.title
        if chat.username:
            found["username"] = chat.username
    if chat.is_forum:
        found["is_forum"] = True
    return found


def full_chat_json(chat: Chat) -> Json:
    """Return a ChatFullInfo."""
    return {
        **chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def member_json(member: Member) -> Json:
    """Return a ChatMember."""
    found: Json = {"user": user_json(member.user), "status": member.status}
    match member.status:
        case "creator":
            found["is_anonymous"] = member.is_anonymous
        case "administrator":
            found |= {"can_be_edited": False, "is_anonymous": member.is_anonymous, **ADMINISTRATOR, **member.rights}
        case "restricted":
            found |= {"is_member": True, "until_date": 0}
            found |= {name: member.rights.get(name, True) for name in PERMISSIONS}
        case "kicked":
            found["until_date"] = 0
    return found


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """Return a Message; a message it answers is shown without the one that answered."""
    found: Json = {"message_id": message.id, "date": message.date, "chat": chat_json(message.chat)}
    if message.author is not None:
        found["from"] = user_json(message.author)
    if message.sender_chat is not None:
        found["sender_chat"] = chat_json(message.sender_chat)
    if message.topic is not None:
        found |= {"message_thread_id": message.topic.id, "is_topic_message": True}
    answered = message.reply_to or _opening(message.topic)
    if with_reply and answered is not None and answered is not message:
        found["reply_to_message"] = message_json(answered, with_reply=False)
    if message.edit_date is not None:
        found["edit_date"] = message.edit_date
    text, entities = ("caption", "caption_entities") if message.attachment else ("text", "entities")
    if message.text:
        found[text] = message.text
    if message.entities:
        found[entities] = message.entities
    if message.markup is not None and "inline_keyboard" in message.markup:
        found["reply_markup"] = message.markup
    return {**found, **message.service, **message.attachment, **message.more}


def _opening(topic: Topic | None) -> Message | None:
    return None if topic is None else topic.chat.messages.get(topic.id)


def press_json(press: Press, message: Message, *, inaccessible: bool) -> Json:
    """Return a CallbackQuery; an inaccessible message has nothing but its place and the date 0."""
    shown: Json = {"chat": chat_json(message.chat), "message_id": message.id, "date": 0}
    return {
        "id": press.id,
        "from": user_json(press.user),
        "message": shown if inaccessible else message_json(message),
        "chat_instance": str(abs(message.chat.id) * 31),
        "data": press.data,
    }


def member_update(chat: Chat, actor: User, old: Member, new: Member, date: int) -> Json:
    """Return a ChatMemberUpdated."""
    return {
        "chat": chat_json(chat),
        "from": user_json(actor),
        "date": date,
        "old_chat_member": member_json(old),
        "new_chat_member": member_json(new),
    }
