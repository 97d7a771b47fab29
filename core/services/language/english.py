"""The English lexicon. To teach the bot a phrase, add it to a rule; to teach it politeness, add it to the fillers."""

from __future__ import annotations

from core.services.language.english_catalogue import CATALOGUE_RULES
from core.services.language.english_people import PEOPLE_RULES
from core.services.language.english_requests import REQUEST_RULES
from core.services.language.english_skills import SKILL_RULES
from core.services.language.lexicon import Lexicon

ENGLISH = Lexicon(
    rules=(*SKILL_RULES, *CATALOGUE_RULES, *REQUEST_RULES, *PEOPLE_RULES),
    fillers=(
        "could you set that up|can you set that up|could you arrange that|can you arrange that|can you do that|"
        "could you do that|can you make that happen|could you make that happen|can you take care of that|"
        "could you take care of that|can you take care of it|could you take care of it|please take care of it|"
        "please take care of that|can you help with that|could you help with that|can you help us with that|"
        "can you help me with that|can you do that for me|can you do that for us|would that be possible|"
        "is that possible|would that work|can you do it|could you do it|can you handle that|"
        "could you handle that|can you handle it|please do so|please do that|make it so|our team|my team|"
        "the team|ugh|argh|damn|dang|omg|wow|yikes|gosh|aw|aww|yay|woah|man|dude|ok so|right|folks|please|pls|"
        "plz|kindly|ok|okay|alright|so|well|yes|yeah|yep|sure|thanks in advance|can you|could you|would you|"
        "will you|can we|could we|would you mind|would it be possible to|i would be grateful if you could|"
        "i would be glad if you could|it would be great if you could|it would be nice if you could|"
        "i would appreciate it if you could|would you be able to|would you please|i am hoping you can|"
        "i was hoping you could|i was wondering if you could|could somebody|can somebody|can someone|"
        "could someone|would you be so kind to|would you be so kind as to|could you possibly|can u|could u|"
        "i want to|i want you to|i would like to|i would like you to|i wanna|we want to|we would like to|"
        "we want you to|i need to|i need you to|we need to|we need you to|let us|lets|let me|go ahead and|go and|"
        "just|quickly|quick|right now|now|asap|immediately|for me|for us|bot|skillwarden|dear bot|guys|team|"
        "everyone|if you can|if possible|when you can|when you have a moment|when you get a chance|if you could|"
        "as soon as possible|one more time|a bit|real quick|actually|then|next|mate|buddy|tell me|give me|"
        "let me know|i want to know|i would like to know|i want to see|let me see|can i see|may i see|"
        "i would like to see|do you know|too|also|as well|today|at the moment|currently|for now|this time|"
        "to be sure|sorry|oh|ah|um|hmm|exactly|overall|so far|there|at your convenience|whenever you can|"
        "when possible|real soon|pretty please|do you|us|atm|rn|btw|fyi|cool|great|perfect|awesome|so yeah|"
        "real fast|when u can|if u can|can ya|could ya|pls and thx|please and thank you|any chance you could|"
        "any chance you can|any chance to|any chance we could|is it possible to|possible to|"
        "would love it if you could|in the catalogue|in the catalog|in our catalogue|in our catalog|"
        "would somebody|would someone|will somebody|will someone|can anyone|could anyone|can anybody|"
        "could anybody|i wonder if you could|do me a favor and|do me a favour and|for the team|for my team|"
        "for our team|for everyone|for everybody|once again|again please|again|sorry all|ok all|that is all|"
        "that will be all|all good|you all|dear all"
    ),
    greetings=(
        "hey|hi|hello|yo|good morning|good evening|good afternoon|mornin|good day|greetings|hiya|heya|howdy|gm|"
        "hi all|hey all|hello all|hiya all|heya all|howdy all|yo all|morning|morning all|gm all|good morning all|"
        "good evening all|good afternoon all|greetings all"
    ),
    thanks=(
        "thanks so much|thank you so much|much appreciated|appreciate it|thanks|thank you|thx|ty|cheers|"
        "thanks a lot|many thanks|thank you very much|thanks for the help|thanks for your help|"
        "thank you for the help|thank you for your help|thx a lot|tysm|tyvm|ta|thanks all|thank you all|thx all|"
        "ty all|cheers all|n thx"
    ),
    grounds=(
        "still has the old|still has an old|has the old|has an old|still runs the old|still on the old|"
        "is still old|still shows the old|still uses the old|is not good|is no good|the install failed|"
        "the sync failed|the update failed|the rollback failed|the last install failed|it failed|that failed|"
        "install failed|the run failed|the deploy failed|the installation failed|the last run failed|is broken|"
        "are broken|is outdated|are outdated|is out of date|are out of date|is old|is too old|is ancient|"
        "is stale|is behind|does not work|do not work|is not working|are not working|is not working any more|"
        "does not work any more|does not work anymore|is not working anymore|stopped working|is acting up|"
        "is buggy|has a bug|has bugs|has problems|has issues|is failing|are failing|keeps failing|is crashing|"
        "crashes|keeps crashing|is misbehaving|is wrong|is weird|is slow|is bad|is a mess|is faulty|broke|"
        "is messed up|is acting weird|is acting strange|is behaving strangely|is causing problems|"
        "is causing trouble|is making trouble|breaks everything|broke everything|is obsolete|are obsolete|"
        "is redundant|is deprecated|is unused|are unused|is not used|are not used|is not used any more|"
        "is not used anymore|is useless|is not needed|is not needed any more|is not needed anymore|"
        "are not needed any more|is no longer needed|are no longer needed|is no longer used|are no longer used|"
        "nobody uses|nobody is using|no one uses|no one is using|nobody needs|no one needs|we do not use|"
        "we do not need|we no longer use|we no longer need|i do not need|i no longer need|we are not using|"
        "we are done with|i am done with|any more|anymore|any longer|nobody touches|nobody should touch|"
        "no one touches|no one should touch|there is a newer|there is a new|there is a new version of|"
        "there is a newer version of|a new version is out|is missing|is important|is urgent|looks broken|"
        "looks outdated|seems broken|seems outdated|seems off|looks wrong|failed|has failed|is down|i am off|"
        "i am out|i am away|i will be away|i will be off|i will be out|i am on vacation|i am on leave|"
        "i am on holiday|left|has left|left us|left the company|has left the company|left the team|"
        "has left the team|joined|has joined|joined us|joined the team|joined the company"
    ),
    second_thoughts=(
        "nvm|never mind|nevermind|oops|ooops|whoops|wait|no wait|hold on|stop|no|nope|forget it|my bad|"
        "my mistake|wrong one|on second thought|scratch that|changed my mind|i changed my mind|hmm|um|"
        "actually no|sorry"
    ),
    urges="please|pls|plz|pretty please|asap|->|please and thank you",
    looks=(
        "anywhere|somewhere|check whether|check if|see whether|see if|find out if|find out whether|tell me if|"
        "tell me whether|let me know if|let me know whether|ai|again|once more|one more time|lately|recently|"
        "these days|actually|exactly|currently|already|without changing anything|without changing things|"
        "without touching anything|without doing anything|without installing anything|without running it|"
        "step by step|in detail|for us|hooked up|at all|and the repo|and the source|and its source|"
        "and upstream|and the repository|with the repo|with its source|with the source|with upstream|"
        "from the repo|from the source|from its source|from upstream|against the repo|against its source|"
        "against the source|against upstream|vs the repo|vs upstream|to the repo|to its source|than the repo|"
        "right now|yet|show me|show us|by hand|manually"
    ),
    glue=(
        "->|'s|the|the new|a|an|of|for|on|to|in|into|onto|from|at|with|off|via|under|our|my|called|named|"
        "across|about|by|exactly|both"
    ),
    conjunctions="and|plus|as well as|along with|together with|+",
    places="->|on|to|in|into|onto|from|at|off|for|across|under",
    places_after="",
    origins="from|off",
    relations="of",
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
        "latest|the latest|latest version|the latest version|newest|the newest|newest version|"
        "the newest version|head|most recent version|the most recent version|current version|"
        "the current version|latest one|the latest one"
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
    also=(
        "looks good|looks great|nice|works great|works|great|it works|that works|that worked|good|"
        "same thing for|same thing with|the same thing for|same again for|same deal for|ditto for|ditto|"
        "likewise for|do the same for|do that for|repeat that for|too|also|as well|same|the same|do the same|"
        "the same for|now|and|what about|how about|and now"
    ),
    likewise="too|also|as well",
    tag_trails="",
    tag_leads=(
        "tag it|tag it as|tag it with|label it|label it as|and tag it|and tag it as|and label it|with the label|"
        "tagged|tagged as|tagged with|tag|tags|with tag|with tags|with the tag|with the tags|labelled|"
        "labeled|as"
    ),
    tag_marks="with|to|as",
    name_leads="as|named|called|under the name|with the name",
    name_trails="",
    person_leads="by|from|of user|for user",
    comment_leads=(
        "because|since|reason|comment|cause|cuz|due to|saying|note|with the comment|with comment|"
        "with the reason|on the grounds that|the reason is|reason is|with the note"
    ),
    causes="because|cause|cuz|due to",
    comment_traps=(
        "if|as|by|unless|once|when|after|until|only|but|except|not|and|then|or|instead|provided|assuming|"
        "in case|on|at|for|with|to|without|before|later|tomorrow|while|whenever|as soon as|as long as|"
        "never|nor|everything|all|unlike|do not|does not|excluding|besides|apart from|minus|yet|is|was|are|"
        "do|does|did|what|why|how|who|where|which|whose|can|could|should|would|may|might|shall|will|has|"
        "have|so that|regardless|despite|anyway|anyways|no matter|even"
    ),
    reservations=(
        "if|iff|unless|until|till|except|excepting|excluding|exclude|but|only|without|whether|or|instead|"
        "rather|once|when|whenever|after|before|while|provided|providing|assuming|supposing|suppose|"
        "as long as|as soon as|so long as|in case|pending|on condition|condition|conditions|conditional|"
        "depending|depends|subject to|contingent|apart from|aside from|besides|minus|although|though|"
        "however|otherwise|later|tomorrow|tonight|first|maybe|perhaps|probably|possibly|presumably|"
        "hopefully|might|guess|think|believe|suspect|unsure|uncertain|undecided|doubt|doubts|doubtful|"
        "hesitant|hesitate|wonder|wondering|tentatively|provisionally|hypothetically|theoretically|almost|"
        "supposedly|allegedly|says|said|claims|hmm|um|er|wait|hold|stop|nope|nah|nay|oops|whoops|nevermind|"
        "forget|scratch|disregard|ignore|undo|unapprove|kidding|joking|jk|opposite|not yet|not now|"
        "not sure|not really|not so fast|no wait|of course not|conditionally|next week|next month|i mean|"
        "behalf|nvm|hold on|my bad|my mistake|wrong one|never mind"
    ),
    negations="not|no|never|nobody|none|without|nor|neither|cannot|forbid|avoid|hardly",
    purposes="for",
    owners="my",
    audiences="team|folks|people|users|admin|admins|members|guys|group|department|dept|squad|crew|colleagues",
    callings=(
        "guys|team|everyone|everybody|folks|anyone|anybody|someone|somebody|can anyone|could anyone|can anybody|"
        "could anybody|can someone|could someone|can somebody|could somebody|would someone|would somebody|"
        "will someone|will somebody"
    ),
    absences="nobody|nobody else|no one|no one else|none|can not",
    doubts=(
        "if|unless|would|should|whether|suppose|imagine|assuming|said|says|told|asked|wrote|writes|wants|"
        "wanted|claims|might|maybe|perhaps|how|why|when|what|who|did|does|was|were|has|have|had|ignore|"
        "pretend|disregard|forget|rules|instructions|prompt|wonder|wondering|thinking|considering|could|"
        "happens|happen|wish|supposed|can|may|i|you|we|he|she|they|or|instead|rather|than|except|system|"
        "override|bypass|behalf|kidding|joking|wait|oops|mean"
    ),
    requests=(
        "can you|could you|would you|will you|can u|could u|can we|could we|would you mind|"
        "would it be possible to|please|pls|plz|can i get|can i have|could i have|could i get|can we have|"
        "can we get|mind|any chance|is it possible to|can someone|could someone|can somebody|could somebody|"
        "can anyone|could anyone|can anybody|could anybody|can ya|could ya|would somebody|would someone"
    ),
    common=(
        "i|me|you|he|she|they|we|us|him|her|his|their|your|ours|yours|mine|one|ones|some|something|"
        "anything|nothing|stuff|thing|things|good|better|best|new|old|other|others|another|more|less|most|"
        "few|many|much|very|really|is|are|am|be|been|being|was|were|will|would|should|could|can|may|might|"
        "must|shall|do|does|did|done|have|has|had|having|what|which|who|whom|whose|when|where|why|how|if|"
        "unless|because|while|although|though|than|as|but|or|yet|not|no|never|there|here|somewhere|someone|"
        "somebody|anybody|anyone|nobody|up|down|out|over|again|back|away|off|before|after|during|until|"
        "since|between|both|either|neither|same|such|only|own|too|also|just|even|still|already|soon|later|"
        "today|tomorrow|yesterday|tonight|week|month|day|hour|people|person|user|users|time|way|work|works|"
        "working|want|wants|need|needs|like|likes|know|think|believe|say|says|said|tell|told|ask|asked|"
        "make|made|let|first|last|next|previous|rules|rule|instructions|joke|weather|lunch|coffee|"
        "everybody|everyone|it|this|that|these|those|them|the|a|an|so|ok|sure|maybe|perhaps|myself|"
        "yourself|production|prod|carefully|software|program|app|package|packages|file|files|document|"
        "documents|repo|repository|windows|linux|server|computer|laptop|machine|dinner|breakfast|life|love|"
        "meaning|world|music|food|party|meeting|hell|lot|lots|bit|great|nice|bad|wrong|right|left|home|"
        "house|car|kitchen|office|door|light|lights|name|names|everything|all|skill|skills|provider|"
        "providers|catalogue|catalog|of|on|in|to|for|from|at|with|and|any|every|each|mind|job|question|"
        "questions|help|bot|money|noise|noon|place|point|problem|reason|story|team|today's|word|words|year|"
        "years|fun|idea|plan|plans"
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
        "i'll": "i will", "here's": "here is", "y'all": "you all", "gonna": "going to", "nobody's": "nobody is",
        "they're": "they are", "you're": "you are",
        "wasn't": "was not", "haven't": "have not", "hasn't": "has not", "couldn't": "could not", "we've": "we have",
    },
)  # fmt: skip
