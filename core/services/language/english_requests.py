"""How English speaks of requests. See ``Rule`` for how to read a line."""

from __future__ import annotations

from core.services.language.lexicon import Rule

REQUEST_RULES: tuple[Rule, ...] = (
    # What happened
    Rule(
        "history",
        "what happened with|what happened to|what has been happening with|what has been going on with|"
        "what is going on with|what did we do with|what did we do to|what was done to|who touched|history|"
        "history of|show me ... requests|show ... requests|list ... requests|give me ... requests|"
        "show history|show me the history|show the history|past requests|list past requests|"
        "recent requests|show recent requests|list requests|show requests|show me recent requests|"
        "all requests|log|show the log|what has happened to|what was requested|show past requests|"
        "recent changes|show me past requests|list recent requests|changelog|show me history|"
        "latest requests|what has been installed|what was installed|list the history|requests|"
        "last requests|show me the last requests|show the last requests|what happened lately|"
        "what happened recently|request history|history for|what has happened|show all requests|the past|"
        "recent activity|who installed|when was ... installed|when did we install|"
        "who asked for|who approved|who rejected|who requested|what did we install|who changed|activity",
        "skills limit by",
        "near",
    ),
    Rule(
        "history",
        "changes|the changes|show ... changes|show me ... changes|list ... changes|give me ... changes",
        "skills limit! by",
    ),
    Rule(
        "history",
        "my requests|show my requests|my history|what did i ask|what did i ask for|what have i asked for|"
        "what did i request|what have i requested|list my requests|show me my requests|show me my history|"
        "show my history|requests of mine|requests by me|history of my requests|my past requests|"
        "my recent requests|show my past requests|show my recent requests|what did i install|"
        "what have i installed|my ... requests|show my ... requests|show me my ... requests|"
        "list my ... requests|what is the status of my request|what is the status of my requests|"
        "status of my request|status of my requests|the status of my request|the status of my requests|"
        "what is the state of my request|what is the state of my requests|state of my request|my request status|"
        "where is my request|where are my requests|how is my request|how are my requests|how is my request doing|"
        "how are my requests doing|what about my request|what about my requests|is my request approved|"
        "are my requests approved|has my request been approved|have my requests been approved|"
        "was my request approved|were my requests approved|is my request done|are my requests done|my request|"
        "how is my request going|how are my requests going|did my request go through|did my requests go through",
        "skills limit",
        fixed={"user": "me"},
    ),
    Rule(
        "history",
        "what has ... been up to|what has ... been doing|what was ... up to|history of|history for|"
        "requests by|requests of|requests from|what did ... ask for|what has ... asked for|"
        "what did ... request|what did ... install|what has ... installed|what has ... requested|"
        "history of user|show ... requests|show me ... requests|list ... requests|requests|history|"
        "show ... history|show me ... history|give me ... requests|show requests by|show the requests of|"
        "show history of|list requests by|show me requests by|show the history of|show requests from|"
        "show me the requests of|show me requests from|history by|what did ... do|list requests from",
        "limit user!",
        "user",
    ),
    Rule(
        "timeline",
        "what is taking it so long|what is taking so long|why is it taking so long|why does it take so long|"
        "is it done|is it done yet|are we there yet|how far along is it|how is it coming along|is it finished|"
        "is it finished yet|did it work|did that work|did it go through|has it finished|how did it go|"
        "how did that go|any news|any update|any updates|timeline|timeline of|timeline for|show timeline|"
        "show the timeline|show me the timeline|show me what happened with|show me what happened to|"
        "what happened|trace|steps of|steps|show the steps|show the steps of|every step of|events of|"
        "show me every step of|show me the steps of|show what happened with|tell me what happened with|"
        "audit trail of|audit trail|progress of|progress|events|show every step of|show events of|"
        "tell me what happened|what did you do|what happened there|show me all the steps of|show all steps of|"
        "show progress",
        "code last",
    ),
    Rule(
        "timeline",
        "what exactly happened in|what exactly happened with|what exactly happened to|"
        "what exactly happened during|what exactly went wrong with|how long did ... take|how far along is|"
        "how is ... coming along|what did ... do exactly|what happened during|walk me through ... step by step|"
        "why did ... fail|why has ... failed|what went wrong with|what went wrong in|how did ... turn out|"
        "is ... through|who approved|who rejected|who decided|what happened with|what happened to|"
        "what happened in|what became of|how did ... go|what is happening with|what is going on with|"
        "how far is|walk me through|log of|what is the state of|where is|status of|status|how is ... going|"
        "what about|how is|how is ... doing|what is the status of|is ... done|is ... installed|did ... work|"
        "has ... been installed|when was|is ... finished|history of|what is with|what is up with|"
        "what is new with|any news on|any update on|what is happening to|any progress on",
        "code! last",
    ),
    Rule(
        "timeline",
        "show|show me|details of|details|details on|open|look at|see|view|info on|tell me about|describe|what is",
        "code!",
    ),
    Rule(
        "replay",
        "replay|view again|replay of|show ... again|play back|playback|view the replay of|look at ... again|"
        "see ... again|view ... again",
        "code last mode",
    ),
    Rule(
        "replay",
        "do ... dry|dry run ... again|dry run ... once more|simulate ... again|try ... as a dry run|"
        "dry run|dry-run|simulate|plan again|plan ... again|do a dry run of|dryrun|make a dry run of|"
        "show what ... would do|what would ... do now|dry run of|do a dry-run of|replay as a dry run|"
        "run ... dry",
        "code last",
        fixed={"mode": "dry-run"},
    ),
    Rule(
        "replay",
        "rerun|re-run|ask again|ask again for|request again|ask for ... again|rerun the request|"
        "request ... again|ask ... again|redo|repeat|do ... again|do ... over again|submit again|"
        "submit ... again|resubmit|rerun the last one|run it anew|start ... over|run ... once more|rerun it",
        "code last",
        fixed={"mode": "rerun"},
    ),
    # Decisions
    Rule(
        "pending",
        "any approvals for me|any approvals|any requests for me|any approvals waiting|any approvals left|"
        "anything for me to approve|any votes needed from me|anything waiting on me|is anything waiting on me|"
        "waiting on me|who is waiting on me|requests waiting on me|stuff waiting for me|anything on my desk|"
        "what is on my desk|do you need anything from me|does anything need my approval|anything in my queue|"
        "what is left to approve|anything left to approve|anything i should look at|what should i review|"
        "anything to review|what do i need to review|open approvals for me|pending|any open requests|"
        "is there something to approve|something to approve|are there open requests|is something waiting|"
        "something waiting|anything open|are there any open requests|is there anything i should approve|"
        "anything i should approve|show requests waiting for me|requests waiting for me|requests waiting|"
        "what is waiting|what is waiting for me|what waits|what waits for me|what is pending|"
        "what needs approval|what needs my approval|list pending|show pending|show me pending|pending requests|"
        "show pending requests|pending approvals|show pending approvals|open requests|"
        "what do i have to approve|what should i approve|what can i approve|anything to approve|"
        "anything waiting|anything pending|anything waiting for me|what is open|show me what is waiting|"
        "show open requests|list open requests|list pending requests|waiting|approvals|is anything waiting|"
        "is anything pending|is there anything to approve|is there anything waiting for me|inbox|my approvals|"
        "queue|do i have anything to approve|what am i supposed to approve|list approvals|show approvals|"
        "show me the pending requests|what is in the queue|show me pending requests|show me pending approvals|"
        "list pending approvals|what approvals are pending|which requests are pending|"
        "which requests are waiting|what requests are pending|what requests are waiting|"
        "what is waiting for approval|what is waiting for a decision|what is waiting on me|"
        "what needs a decision|what has to be approved|what still needs approval|todo|my queue|"
        "are there any pending requests|any pending requests|any pending approvals|are there pending requests|"
        "who is waiting for me|what is still open|what is still pending|what is still waiting|"
        "is anything waiting for me|is there anything pending|show me what is pending|what needs my attention|"
        "do i need to approve anything|show the pending requests|do i need to approve something|"
        "do i have to approve something|what is in my queue|what is in my inbox|list open approvals|"
        "open approvals|show open approvals|show me open requests|show me open approvals|"
        "what do i need to approve|what is on my plate|anything that needs my approval|"
        "anything needing my approval|are there requests waiting for my approval|"
        "requests waiting for my approval|is anybody waiting for my approval|is anyone waiting for my approval|"
        "is anybody waiting for me|is anyone waiting for me|anything waiting for my approval|"
        "what is waiting for my approval|is something waiting for my approval|waiting for my approval|"
        "needs my approval|which requests need my approval|what requests need my approval|anything to sign off|"
        "what do i have to sign off|anything i have to approve|anything i need to approve|"
        "is there anything i need to approve|is there anything i have to approve|my pending approvals|"
        "my pending requests|show my queue|show me my queue|show my pending approvals|"
        "is anything waiting for my approval|anything waiting for approval|requests waiting for approval",
    ),
    Rule(
        "approve",
        "looks good to me approve|looks good approve|lgtm approve|looks good ... approve|"
        "looks good to me ... approve|lgtm ... approve|approve|lgtm|i approve|sign off on|approve request|"
        "i approve of|approve the request|i sign off on",
        "code last",
        "comment",
    ),
    Rule(
        "approve",
        "looks good to me approved|looks good approved|lgtm approved|all good approved|"
        "looks good to me ... approved|looks good ... approved|lgtm ... approved|approved from my side|"
        "approved by me|approval from me for|it is a yes from me for|it is a yes for|a yes for|yes from me for|"
        "yes from me on|ok from me for|ok from me on|yes to|yes on|ok for|ok to|ok on|okay for|okay to|"
        "thumbs up on|thumbs up to|+1 on|+1 to|"
        "approving|you have my approval for|you have my ok for|"
        "signing off on|i hereby approve|no objections to|go ahead and approve|"
        "approved|looks good to me|give my ok to|sign off|accept|allow|+1|ship it|greenlight|"
        "let ... through|vote for|vote yes on|vote yes for|thumbs up for|give the go-ahead for|vote to approve|"
        "go ahead with",
        "code! last",
        "comment",
    ),
    Rule(
        "reject",
        "declining|denying|vetoing|turning down|reject|deny|decline|i reject|disapprove|reject request|"
        "reject the request|veto|i deny|i decline",
        "code last",
        "comment",
    ),
    Rule(
        "reject",
        "nope on|nope to|no on|no from me on|no from me to|no from me for|it is a no for|it is a no on|"
        "that is a no for|that is a no on|hard no on|hard no to|nay to|nay on|thumbs down on|thumbs down to|"
        "rejecting|i am rejecting|-1 on|-1 to|-1 from me on|nack|shoot down|shoot ... down|"
        "veto on|refuse|rejected|turn down|vote against|vote no on|-1|disallow|turn ... down|denied|"
        "knock back|thumbs down for|block|vote to reject",
        "code! last",
        "comment",
    ),
    Rule(
        "modify",
        "modify|approve ... with changes|approve with changes|change|amend|approve ... only|approve only|"
        "approve ... but only|approve ... just|approve|change the request|adjust|accept|restrict|limit|"
        "narrow|change the ref of|restrict ... to|change request|alter|modify ... only|modify only|"
        "change ... only|modify ... to only|change ... to only|modify ... but only|approve ... but just|"
        "approve ... but with|approve ... but use|approve ... but using|approve ... but at|"
        "approve request ... only|keep only ... of|keep only ... in",
        "code! ref skills providers",
    ),
    Rule(
        "modify",
        "modify|approve with changes|approve ... with changes|modify the request|change the request",
        "code last ref skills providers",
    ),
    Rule(
        "withdraw",
        "i want to take back my vote on|changed my mind about|unvote|take back my ok|take back my ok on|"
        "pull back my ok|take back my yes on|withdraw|withdraw my vote|take back my vote|take my vote back|"
        "take my approval back|withdraw my approval|take back my approval|revoke my approval|"
        "retract my vote|retract my approval|revoke my vote|unapprove|un-approve|undo my vote|"
        "undo my approval|retract|withdraw my rejection|take back my rejection|remove my vote|"
        "remove my approval|cancel my vote|cancel my approval|i take my vote back|i take my approval back|"
        "i take back my vote|i withdraw my vote|i withdraw my approval|i take back my approval|"
        "take my rejection back|undo my rejection|undo the approval|undo that approval|undo the vote|"
        "undo that vote|undo the rejection|undo that rejection|withdraw the approval|"
        "withdraw that approval|withdraw the vote|withdraw the rejection|revoke the approval|"
        "retract the approval|take back the approval|take the approval ... back|take back the vote|"
        "take the vote ... back|cancel the approval|remove the approval|take the approval back|"
        "take my approval ... back|take my vote ... back|take the vote back|i want my vote back|"
        "pull my approval|pull my vote|pull back my approval|pull back my vote|rescind my approval|"
        "rescind my vote|remove my approval from|remove my vote from|undo my approval on|"
        "take back my approval for|take back my approval from|retract my approval of|cancel my approval of|"
        "revoke my approval for|drop my vote|drop my approval",
        "code last",
    ),
    Rule(
        "cancel",
        "i do not need ... anymore|withdraw request|kill my request|scrap my request|drop my request for|"
        "cancel|abort|call off|call ... off|cancel request|cancel my request|cancel the request|"
        "take back my request|drop my request|take my request back|cancel my last request|"
        "withdraw my request|i take it back|drop the request|stop the request|revoke my request",
        "code last",
        "comment",
    ),
    Rule(
        "cancel",
        "stop|scrap|kill|take back|discard|abandon|never mind|nevermind|forget",
        "code! last",
        "comment",
    ),
    Rule("cancel", "undo|undo request|undo the request", "code!", "comment"),
    Rule(
        "break_glass",
        "emergency break glass|emergency break the glass|this is an emergency break glass|urgent break glass|"
        "break glass now for|break the glass on|break the glass for|emergency override for|"
        "emergency override on|push ... through|break glass|break the glass|break-glass|breakglass|"
        "emergency override|override the approval|override the approvals|override approval|override approvals|"
        "bypass the approval|bypass approval|bypass the approvals|bypass approvals|emergency|"
        "execute without approval|force through|force ... through|run ... without approval|"
        "execute ... without approval|break glass for|break glass on|skip the approval|skip approval",
        "code last",
        "comment",
    ),
)
