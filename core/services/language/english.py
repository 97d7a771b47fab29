"""The English lexicon. To teach the bot a phrase, add it to a rule; to teach it politeness, add it to the fillers."""

from __future__ import annotations

from core.services.language.english_people import PEOPLE_RULES
from core.services.language.english_requests import REQUEST_RULES
from core.services.language.english_skills import SKILL_RULES
from core.services.language.lexicon import Lexicon

ENGLISH = Lexicon(
    rules=(*SKILL_RULES, *REQUEST_RULES, *PEOPLE_RULES),
    fillers=(
        "please|pls|plz|kindly|hey|hi|hello|yo|ok|okay|alright|so|well|yes|yeah|yep|sure|thanks|thank you|thx|ty|"
        "cheers|thanks a lot|many thanks|thank you very much|thanks in advance|can you|could you|would you|"
        "will you|can we|could we|would you mind|would it be possible to|i would be grateful if you could|"
        "i would be glad if you could|it would be great if you could|it would be nice if you could|"
        "i would appreciate it if you could|would you be able to|would you please|i am hoping you can|"
        "i was hoping you could|i was wondering if you could|could somebody|can somebody|can someone|"
        "could someone|would you be so kind to|would you be so kind as to|could you possibly|can u|could u|"
        "i want to|i want you to|i would like to|i would like you to|i wanna|we want to|we would like to|"
        "we want you to|i need to|i need you to|we need to|we need you to|let us|lets|let me|go ahead and|go and|"
        "just|quickly|quick|right now|now|asap|immediately|for me|for us|bot|skillwarden|dear bot|good morning|"
        "good evening|good afternoon|guys|team|everyone|if you can|if possible|when you can|"
        "when you have a moment|when you get a chance|if you could|as soon as possible|one more time|a bit|"
        "real quick|actually|then|next|mate|buddy|tell me|give me|let me know|i want to know|"
        "i would like to know|i want to see|let me see|can i see|may i see|i would like to see|do you know|too|"
        "also|as well|today|at the moment|currently|for now|this time|to be sure|sorry|oh|ah|um|hmm|exactly|"
        "overall|so far|there|thanks for the help|thanks for your help|thank you for the help|"
        "thank you for your help|at your convenience|whenever you can|when possible|real soon|pretty please|"
        "do you|good day|greetings|us"
    ),
    looks="",
    glue=(
        "'s|the|a|an|of|for|on|to|in|into|onto|from|at|with|off|via|under|our|my|called|named|across|about|by|"
        "exactly|both"
    ),
    conjunctions="and|plus|as well as|along with|together with|+",
    places="on|to|in|into|onto|from|at|off|for|across|under",
    places_after="",
    determiners="the|our|my|a",
    ref_leads=(
        "using|using the|from the|with the|at the|in the|on the|at|@|from|on|to|with|in|of|pinned to|pinned at|"
        "as of|for"
    ),
    ref_nouns=(
        "version|ref|tag|branch|commit|revision|release|rev|the version|the tag|the branch|the commit|the ref|"
        "the release|ref to|the ref to|version to|branch named|tag named"
    ),
    ref_marks="at|@|as of|pinned to|pinned at",
    ref_trails="branch",
    latest=(
        "latest|the latest|latest version|the latest version|newest|the newest|newest version|the newest version|"
        "head|most recent version|the most recent version|current version|the current version|latest one|"
        "the latest one"
    ),
    branches="main|master|dev|develop|development|staging|stable|beta|next|trunk|nightly",
    skill_nouns="skill|skills",
    provider_nouns="provider|providers|account",
    request_nouns="request|code|number|run|execution|ticket|id|req",
    all_skills=(
        "all skills|all the skills|every skill|all of the skills|each skill|all our skills|all of our skills|"
        "every single skill"
    ),
    all_providers=(
        "everywhere|all providers|every provider|all the providers|all of the providers|each provider|"
        "all of them|all of our providers|all our providers|every single provider|all three providers"
    ),
    everything="all|everything|every one|each|the lot",
    pronouns=(
        "it|that|this|them|these|those|this one|that one|the same|the same one|that skill|this skill|the skill|"
        "the same skill|that request|this request|the request|the skills|these skills|those skills|"
        "the same skills"
    ),
    last=(
        "the last one|the last|last one|the last request|last request|my last request|the latest request|"
        "the previous one|the previous request|the last change|my last one|the last execution|the last run|"
        "the most recent one|last run"
    ),
    also="too|also|as well|same|the same|do the same|the same for|now|and|what about|how about|and now",
    likewise="too|also|as well",
    tag_trails="",
    tag_leads=(
        "tagged|tagged as|tagged with|tag|tags|with tag|with tags|with the tag|with the tags|labelled|labeled|as"
    ),
    tag_marks="with|to|as",
    name_leads="as|named|called|under the name|with the name",
    name_trails="",
    person_leads="by|from|of user|for user",
    comment_leads=(
        "because|since|reason|comment|cause|cuz|due to|saying|note|with the comment|with comment|with the reason|"
        "on the grounds that|the reason is|reason is|with the note"
    ),
    comment_traps=(
        "if|as|by|unless|once|when|after|until|only|but|except|not|and|then|or|instead|provided|assuming|in case|"
        "on|at|for|with|to|without|before|later|tomorrow|while|whenever|as soon as|as long as|never|nor|"
        "everything|all|unlike|do not|does not|excluding|besides|apart from|minus|yet|is|was|are|do|does|did|"
        "what|why|how|who|where|which|whose|can|could|should|would|may|might|shall|will|has|have|so that|"
        "regardless|despite|anyway|anyways|no matter|even"
    ),
    reservations=(
        "if|iff|unless|until|till|except|excepting|excluding|exclude|but|only|without|whether|or|instead|rather|"
        "once|when|whenever|after|before|while|provided|providing|assuming|supposing|suppose|as long as|"
        "as soon as|so long as|in case|pending|on condition|condition|conditions|conditional|depending|depends|"
        "subject to|contingent|apart from|aside from|besides|minus|although|though|however|otherwise|later|"
        "tomorrow|tonight|first|maybe|perhaps|probably|possibly|presumably|hopefully|might|guess|think|believe|"
        "suspect|unsure|uncertain|undecided|doubt|doubts|doubtful|hesitant|hesitate|wonder|wondering|tentatively|"
        "provisionally|hypothetically|theoretically|almost|supposedly|allegedly|says|said|claims|hmm|um|er|wait|"
        "hold|stop|nope|nah|nay|oops|whoops|nevermind|forget|scratch|disregard|ignore|undo|unapprove|kidding|"
        "joking|jk|opposite|not yet|not now|not sure|not really|not so fast|no wait|of course not|conditionally|"
        "next week|next month|i mean|behalf"
    ),
    negations="not|no|never|nobody|none|without|nor|neither|cannot|forbid|avoid|hardly",
    doubts=(
        "if|unless|would|should|whether|suppose|imagine|assuming|said|says|told|asked|wrote|writes|wants|wanted|"
        "claims|might|maybe|perhaps|how|why|when|what|who|did|does|was|were|has|have|had|ignore|pretend|"
        "disregard|forget|rules|instructions|prompt|wonder|wondering|thinking|considering|could|happens|happen|"
        "wish|supposed|can|may|i|you|we|he|she|they|or|instead|rather|than|except|system|override|bypass|behalf|"
        "kidding|joking|wait|oops|mean"
    ),
    requests=(
        "can you|could you|would you|will you|can u|could u|can we|could we|would you mind|"
        "would it be possible to|please|pls|plz|can i get|can i have|could i have|could i get|can we have|"
        "can we get"
    ),
    common=(
        "i|me|you|he|she|they|we|us|him|her|his|their|your|ours|yours|mine|one|ones|some|something|anything|"
        "nothing|stuff|thing|things|good|better|best|new|old|other|others|another|more|less|most|few|many|much|"
        "very|really|is|are|am|be|been|being|was|were|will|would|should|could|can|may|might|must|shall|do|does|"
        "did|done|have|has|had|having|what|which|who|whom|whose|when|where|why|how|if|unless|because|while|"
        "although|though|than|as|but|or|yet|not|no|never|there|here|somewhere|someone|somebody|anybody|anyone|"
        "nobody|up|down|out|over|again|back|away|off|before|after|during|until|since|between|both|either|neither|"
        "same|such|only|own|too|also|just|even|still|already|soon|later|today|tomorrow|yesterday|tonight|week|"
        "month|day|hour|people|person|user|users|time|way|work|works|working|want|wants|need|needs|like|likes|"
        "know|think|believe|say|says|said|tell|told|ask|asked|make|made|let|first|last|next|previous|rules|rule|"
        "instructions|joke|weather|lunch|coffee|everybody|everyone|it|this|that|these|those|them|the|a|an|so|ok|"
        "sure|maybe|perhaps|myself|yourself|production|prod|carefully|software|program|app|package|packages|file|"
        "files|document|documents|repo|repository|windows|linux|server|computer|laptop|machine|dinner|breakfast|"
        "life|love|meaning|world|music|food|party|meeting|hell|lot|lots|bit|great|nice|bad|wrong|right|left|home|"
        "house|car|kitchen|office|door|light|lights|name|names|everything|all|skill|skills|provider|providers|"
        "catalogue|catalog|of|on|in|to|for|from|at|with|and|any|every|each|mind|job|question|questions|help|bot|"
        "money|noise|noon|place|point|problem|reason|story|team|today's|word|words|year|years|fun|idea|plan|plans"
    ),
    myself="me|my|mine|i|myself",
    topics=(
        "roles|role|people|voting|votes|vote|rollbacks|installing|approving|freezing|linking|updates|languages|"
        "drift"
    ),
    modes={
        "view": "view|as a view",
        "dry-run": "dry run|dry-run|dryrun|as a dry run|as dry run|as a dry-run|as dry-run|as a simulation",
        "rerun": "rerun|re-run|as a rerun|as rerun|again for real|for real",
    },
    roles={
        "admin": "admin", "administrator": "admin", "an admin": "admin", "an administrator": "admin", "admins": "admin",
        "admin rights": "admin", "the admin role": "admin", "admin role": "admin", "the role admin": "admin",
        "user": "user", "a user": "user", "a normal user": "user", "normal user": "user", "a regular user": "user",
        "regular user": "user", "member": "user", "a member": "user", "a plain user": "user", "the user role": "user",
        "user role": "user", "an ordinary user": "user", "ordinary user": "user", "the role user": "user",
    },
    languages={"english": "en", "en": "en", "korean": "ko", "ko": "ko", "kr": "ko"},
    zones={},
    weekdays={
        "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    },
    days_ahead={"tomorrow": 1},
    next_week="",
    day_leads="",
    month_day=(),
    units={"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "hour": 1 / 24,
           "hours": 1 / 24},
    spans={},
    numbers={"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10},
    time_leads={
        "until": "until|till|for|through|next|the|this",
        "back": "until|till|for|through",
        "days": "in|over|for|during|the|last|past|this|within|of",
        "limit": "the|last|latest|past|recent|top|limit|newest",
    },
    time_trails={"until": "", "back": "", "days": "", "limit": "", "day": ""},
    row_nouns="requests|entries|changes|ones|items|rows",
    contractions={
        "what's": "what is", "whats": "what is", "who's": "who is", "where's": "where is", "how's": "how is",
        "that's": "that is", "it's": "it is", "don't": "do not", "dont": "do not", "doesn't": "does not",
        "didn't": "did not",
        "isn't": "is not", "can't": "can not", "cannot": "can not", "won't": "will not", "shouldn't": "should not",
        "mustn't": "must not", "wouldn't": "would not", "let's": "let us", "i'd": "i would", "i'm": "i am",
        "im": "i am",
        "we'd": "we would", "i've": "i have", "there's": "there is", "aren't": "are not", "we're": "we are",
        "i'll": "i will",
        "wasn't": "was not", "haven't": "have not", "hasn't": "has not", "couldn't": "could not", "we've": "we have",
    },
)  # fmt: skip
