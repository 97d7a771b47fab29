"""How English speaks of requests, people and the bot itself. See ``Rule`` for how to read a line."""

from __future__ import annotations

from core.services.language.lexicon import Rule

REQUEST_RULES: tuple[Rule, ...] = (
    # What happened
    Rule(
        "history",
        "history|history of|show me ... requests|show ... requests|list ... requests|give me ... requests|"
        "show history|show me the history|show the history|past requests|list past requests|recent requests|"
        "show recent requests|list requests|show requests|show me recent requests|all requests|log|show the log|"
        "what has happened to|what was requested|show past requests|recent changes|show me past requests|"
        "list recent requests|changelog|show me history|latest requests|what has been installed|what was installed|"
        "list the history|requests|last requests|show me the last requests|show the last requests|"
        "what happened lately|what happened recently|request history|history for|what has happened|show all requests|"
        "the past|recent activity|who installed|who asked for|who requested|what did we install|who changed|activity",
        "skills limit by",
        "near",
    ),
    Rule(
        "history",
        "my requests|show my requests|my history|what did i ask for|what have i asked for|what did i request|"
        "what have i requested|list my requests|show me my requests|show me my history|show my history|"
        "requests of mine|requests by me|history of my requests|my past requests|my recent requests|"
        "show my past requests|show my recent requests|what did i install|what have i installed",
        "skills limit",
        fixed={"user": "me"},
    ),
    Rule(
        "history",
        "history of|history for|requests by|requests of|requests from|what did ... ask for|"
        "what has ... asked for|what did ... request|what did ... install|what has ... installed|"
        "what has ... requested|history of user|show requests by|show the requests of|show history of|"
        "list requests by|show me requests by|show the history of|show requests from|show me the requests of|"
        "show me requests from|history by|what did ... do|list requests from",
        "limit",
        "user",
    ),
    Rule(
        "timeline",
        "timeline|timeline of|timeline for|show timeline|show the timeline|show me the timeline|"
        "show me what happened with|show me what happened to|what happened|trace|steps of|steps|show the steps|"
        "show the steps of|every step of|events of|show me every step of|show me the steps of|"
        "show what happened with|tell me what happened with|audit trail of|audit trail|progress of|progress|"
        "events|show every step of|show events of|tell me what happened|what did you do|what happened there|"
        "show me all the steps of|show all steps of|show progress",
        "code last",
    ),
    Rule(
        "timeline",
        "who approved|who rejected|who decided|what happened with|what happened to|what happened in|what became of|"
        "how did ... go|what is happening with|what is going on with|how far is|walk me through|log of|"
        "what is the state of|where is|status of|status|how is ... going|what about|how is|how is ... doing|"
        "what is the status of|is ... done|is ... installed|did ... work|has ... been installed|when was|"
        "is ... finished|history of|what is with",
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
        "dry run|dry-run|simulate|plan again|plan ... again|do a dry run of|dryrun|make a dry run of|"
        "show what ... would do|what would ... do now|dry run of|do a dry-run of|replay as a dry run|run ... dry",
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
        "pending|show requests waiting for me|requests waiting for me|requests waiting|what is waiting|"
        "what is waiting for me|what waits|what waits for me|what is pending|what needs approval|"
        "what needs my approval|list pending|show pending|show me pending|pending requests|show pending requests|"
        "pending approvals|show pending approvals|open requests|what do i have to approve|what should i approve|"
        "what can i approve|anything to approve|anything waiting|anything pending|anything waiting for me|"
        "what is open|show me what is waiting|show open requests|list open requests|list pending requests|waiting|"
        "approvals|is anything waiting|is anything pending|is there anything to approve|"
        "is there anything waiting for me|inbox|my approvals|queue|do i have anything to approve|"
        "what am i supposed to approve|list approvals|show approvals|show me the pending requests|"
        "what is in the queue|show me pending requests|show me pending approvals|list pending approvals|"
        "what approvals are pending|which requests are pending|which requests are waiting|what requests are pending|"
        "what requests are waiting|what is waiting for approval|what is waiting for a decision|what is waiting on me|"
        "what needs a decision|what has to be approved|what still needs approval|todo|my queue|"
        "are there any pending requests|any pending requests|any pending approvals|are there pending requests|"
        "who is waiting for me|what is still open|what is still pending|what is still waiting|"
        "is anything waiting for me|is there anything pending|show me what is pending|what needs my attention|"
        "do i need to approve anything|show the pending requests|anything for me to approve",
    ),
    Rule(
        "approve",
        "approve|lgtm|i approve|sign off on|approve request|i approve of|approve the request|i sign off on",
        "code last",
        "comment",
    ),
    Rule(
        "approve",
        "approved|looks good to me|give my ok to|sign off|accept|allow|+1|ship it|greenlight|let ... through|"
        "vote for|vote yes on|vote yes for|thumbs up for|give the go-ahead for|vote to approve|is approved|"
        "go ahead with",
        "code! last",
        "comment",
    ),
    Rule(
        "reject",
        "reject|deny|decline|i reject|disapprove|reject request|reject the request|veto|i deny|i decline",
        "code last",
        "comment",
    ),
    Rule(
        "reject",
        "refuse|rejected|turn down|vote against|vote no on|-1|disallow|turn ... down|denied|knock back|"
        "thumbs down for|block|is rejected|vote to reject",
        "code! last",
        "comment",
    ),
    Rule(
        "modify",
        "modify|approve ... with changes|approve with changes|change|amend|approve ... only|approve only|"
        "approve ... but only|approve ... just|approve|change the request|adjust|accept|restrict|limit|narrow|"
        "change the ref of|restrict ... to|change request|alter|modify ... only|modify only|"
        "change ... only|modify ... to only|change ... to only|modify ... but only|approve ... but just|"
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
        "withdraw|withdraw my vote|take back my vote|take my vote back|take my approval back|"
        "withdraw my approval|take back my approval|revoke my approval|retract my vote|retract my approval|"
        "revoke my vote|unapprove|un-approve|undo my vote|undo my approval|retract|withdraw my rejection|"
        "take back my rejection|remove my vote|remove my approval|cancel my vote|cancel my approval|"
        "i take my vote back|i take my approval back|i take back my vote|i withdraw my vote|"
        "i withdraw my approval|i take back my approval|take my rejection back|undo my rejection|"
        "undo the approval|undo that approval|undo the vote|undo that vote|undo the rejection|undo that rejection|"
        "withdraw the approval|withdraw that approval|withdraw the vote|withdraw the rejection|revoke the approval|"
        "retract the approval|take back the approval|take the approval ... back|take back the vote|"
        "take the vote ... back|cancel the approval|remove the approval",
        "code last",
    ),
    Rule(
        "cancel",
        "cancel|abort|call off|call ... off|cancel request|cancel my request|cancel the request|"
        "take back my request|drop my request|take my request back|cancel my last request|withdraw my request|"
        "i take it back|drop the request|stop the request|revoke my request",
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
        "break glass|break the glass|break-glass|breakglass|emergency override|override the approval|"
        "override the approvals|override approval|override approvals|bypass the approval|bypass approval|"
        "bypass the approvals|bypass approvals|emergency|execute without approval|force through|"
        "force ... through|run ... without approval|execute ... without approval|break glass for|break glass on|"
        "skip the approval|skip approval",
        "code last",
        "comment",
    ),
    # Who decides
    Rule(
        "policy",
        "policy|show policy|show the policy|show me the policy|what is the policy|rules|show the rules|"
        "show me the rules|what are the rules|policies|approval rules|approval policy|what rules apply|"
        "explain the policy|explain the rules|what is the approval policy|what needs approvals here|"
        "which rules apply|show me the approval rules|show policies|what are the approval rules|"
        "how do approvals work|show the approval policy|show me the approval policy|what is our policy|"
        "what are our rules|which rules do we have|what rules do we have",
    ),
    Rule(
        "policy",
        "why does ... need approval|why does ... need an approval|why do i need approval|why is approval needed|"
        "why is approval required|why does ... need to be approved|why does ... have to be approved|"
        "why does ... require approval|why do i need an approval|why approval|why is an approval needed|"
        "why is ... blocked|why is ... waiting|why does ... need two approvals|why does ... need somebody else|"
        "why|why do we need approval|why was approval required|why must ... be approved|why is ... not approved|"
        "why is approval needed for|why is an approval needed for|why do i need approval for|"
        "why do i need an approval for|why is ... pending|why is approval required for|why does ... wait|"
        "why does ... still need approval|which rule applies to|what rule applies to|why can i not approve|"
        "why can not i approve|why is ... still waiting|why is ... still pending|which policy applies to|"
        "what policy applies to|why does ... need a second approval|why does ... need more approvals|"
        "why not me|why not i|why am i not allowed to approve|why may i not approve|why am i not asked|"
        "why can i not vote on|why can not i vote on|can i approve|may i approve|am i allowed to approve|"
        "can i vote on|why was ... denied|why was ... refused|why did ... need approval|why was ... allowed",
        "code last",
        fixed={"question": "why"},
    ),
    Rule(
        "policy",
        "who can approve|who may approve|who should approve|who has to approve|who must approve|who approves|"
        "who needs to approve|who could approve|who can sign off|who can sign off on|who are the approvers|"
        "approvers|who is allowed to approve|list approvers|show approvers|who else can approve|"
        "who can approve the request|who will approve|who are the approvers of|who are the approvers for|"
        "approvers of|approvers for|who is able to approve|who can decide|who decides|who can vote on|"
        "who has to sign off|who has to sign off on|whose approval does ... need|who can reject|"
        "who is the approver of|who is the approver for|who is the approver|show the approvers|"
        "show me the approvers|whose approval is needed|whose approval is missing|who can give approval|"
        "who still has to approve|who has not approved|who is missing",
        "code last",
        fixed={"question": "who"},
    ),
    # Guard rails
    Rule(
        "freeze",
        "freeze|lock|lock down|pause|hold|freeze changes|freeze changes to|freeze all changes|stop changes to|"
        "block changes to|put ... on hold|freeze changes of|stop all changes|stop all changes to|lock ... down|"
        "block all changes|forbid changes to|forbid changes of|freeze all changes to|no more changes to|"
        "halt changes to|forbid all changes|suspend changes to",
        "skills providers why",
        "skills",
    ),
    Rule(
        "unfreeze",
        "unfreeze|un-freeze|unlock|resume|thaw|release|lift the freeze|lift the freeze on|allow changes|"
        "allow changes to|allow changes again|unpause|lift the freeze of|defrost|end the freeze|"
        "end the freeze on|end the freeze of|allow changes of|allow changes to ... again|allow ... again|"
        "open ... again|remove the freeze|remove the freeze on|remove the freeze from|lift the freeze from|"
        "lift the freeze for|undo the freeze|undo the freeze of|undo the freeze on",
        "skills providers why",
        "skills",
    ),
    Rule(
        "delegate",
        "delegate|delegate to|delegate my approvals|delegate my approvals to|delegate my votes to|"
        "delegate my vote to|let ... vote for me|let ... approve for me|hand over to|hand over my approvals to|"
        "hand my approvals to|stand in for me|delegate approvals to|let ... vote in my place|"
        "let ... approve in my place|let ... decide for me|make ... my deputy|my deputy is|appoint ... as my deputy|"
        "let ... stand in for me|hand my approvals over to|have ... approve for me|delegate my approval to|"
        "let ... vote on my behalf|let ... approve on my behalf|delegate voting to|pass my approvals to|"
        "give ... my vote|give my vote to|let ... cover for me|delegate my approval rights to|delegate approval to|"
        "stands in for me|votes for me|approves for me|decides for me|covers for me|answers for me|"
        "will stand in for me|will vote for me|is my deputy|votes in my place|approves in my place",
        "until",
        "user",
    ),
    Rule(
        "delegate",
        "delegates to|delegates his approvals to|delegates her approvals to|delegates their approvals to|"
        "delegates his votes to|delegates her votes to|delegates their votes to",
        "owner! until",
        "user",
    ),
    Rule(
        "delegate",
        "away|i am away|i will be away|set me away|mark me as away|mark me away|out of office|i am out of office|"
        "i will be out of office|i am out of the office|out of the office|ooo|i am ooo|i am out|on vacation|"
        "i am on vacation|on holiday|i am on holiday|on leave|i am on leave|i am off|i am not here|"
        "i am not available|i am unavailable|do not ask me",
        "back!",
        fixed={"to": None},
    ),
    Rule(
        "delegate",
        "i am back|i am back again|i am here again|i am back in the office|i am back from vacation|"
        "i am no longer away|i am not away any more|i am not away anymore|end my delegation|stop delegating|"
        "stop my delegation|cancel my delegation|undo my delegation|revoke my delegation|remove my delegation|"
        "take back my delegation|i vote myself again|withdraw my delegation|end the delegation|mark me as back",
        fixed={"to": None, "until": None},
    ),
    # People
    Rule(
        "set_role",
        "make|set the role of|change the role of|set|set role of|appoint|turn ... into|change ... to|"
        "promote ... to|demote ... to|give|grant|set role|set ... to|set ... as|change ... role to|give ... the|"
        "upgrade ... to|downgrade ... to|grant ... the|make user|assign",
        "role!",
        "user",
    ),
    Rule("set_role", "set my role to|change my role to|switch my role to", "role!", fixed={"user": "me"}),
    Rule(
        "set_role",
        "promote|give admin rights to|make admin|grant admin to|give admin to|grant admin rights to|elevate",
        "",
        "user",
        fixed={"role": "admin"},
    ),
    Rule(
        "set_role",
        "demote|take admin rights from|revoke admin rights from|remove admin rights from|revoke admin from|"
        "take admin away from|remove ... as admin|remove admin from|revoke admin rights of|"
        "remove ... as an admin|take away admin rights from|strip admin rights from|take admin from",
        "",
        "user",
        fixed={"role": "user"},
    ),
    Rule(
        "activate_user",
        "activate|reactivate|activate user|reactivate user|let ... in|let ... in again|let ... back in|"
        "give ... access|give ... access again|enable user|unblock|unblock user|enable the account of|"
        "activate the account of|re-activate|re-enable|restore access for|grant access to|reinstate|"
        "give access to|let user ... in|unban|activate the user|enable|welcome ... back|give ... access back|"
        "reactivate the account of",
        "",
        "user",
    ),
    Rule(
        "deactivate_user",
        "deactivate|deactivate user|lock ... out|lock out|block user|ban|disable user|disable the account of|"
        "deactivate the account of|shut ... out|kick ... out|offboard|revoke access for|revoke access of|"
        "revoke ... access|remove access for|de-activate|remove user|deactivate the user|suspend|suspend user|"
        "block|disable|shut out|throw ... out|delete user|take away access from|kick out",
        "",
        "user",
    ),
    Rule(
        "link_identity",
        "link|link my account|link my accounts|link account|link accounts|link identity|link my identity|link me|"
        "link code|connect my account|connect my accounts|link my slack account|link my telegram account|"
        "link with code|link my other account|link my slack|link my telegram|connect my slack account|"
        "connect my telegram account|link my account with|link my accounts with|redeem|redeem code|"
        "redeem the code|redeem link code|join my accounts|link my slack and telegram|"
        "link my slack and my telegram|link my slack and telegram accounts|link my account with code|"
        "link account with code|link with the code|connect my telegram|connect my slack|use link code|"
        "this is also me|connect my telegram and slack|connect my slack and telegram|link my telegram and slack|"
        "get a link code|give me a link code|i need a link code|link using code|link my account using code|"
        "link this account",
        "code",
    ),
    Rule(
        "set_language",
        "speak|set language|set language to|set my language|set my language to|language|talk|answer in|reply in|"
        "talk to me in|speak to me in|switch to|change language|change language to|change my language to|"
        "change the language to|switch language to|use|answer me in|set the language to|i prefer|reply to me in|"
        "write in|write to me in|switch my language to|switch the language to|talk in|speak in|answer|respond in|"
        "change my language|in",
        "language!",
    ),
    Rule(
        "set_timezone",
        "timezone|time zone|set timezone|set timezone to|set my timezone to|set my time zone to|set time zone to|"
        "set the timezone to|set my timezone|set my time zone|my timezone is|my time zone is|i am in|"
        "show times in|use timezone|use time zone|change my timezone to|change my time zone to|"
        "change timezone to|set the time zone to|use the timezone|use the time zone|change the timezone to|"
        "show me times in|i live in|change time zone to|switch my timezone to|use ... time|show times in ... time",
        "timezone!",
    ),
    # About the bot
    Rule(
        "costs",
        "costs|cost|show costs|show me the costs|spending|how much did we spend|how much have we spent|"
        "what did we spend|what did it cost|what have we spent|show the costs|what does this cost|spend|usage|"
        "show usage|budget|how much does this cost|how much did it cost|show me costs|bill|what are the costs|"
        "what are our costs|how much money did we spend|show spending|token usage|show me the spending|"
        "cost report|how much do we spend|what do we spend|what was spent|how much was spent|"
        "how expensive was it|expenses|what did this cost|how many tokens did we use|show me usage|"
        "show the usage|show me the usage|what did you cost",
        "days",
    ),
    Rule(
        "whoami",
        "whoami|who am i|who do you think i am|what is my role|who am i to you|my account|my role|"
        "show my account|what are my rights|my profile|show my profile|am i an admin|what am i allowed to do|"
        "what can i do|my accounts|show me my account|do you know who i am|who is me|what is my name|"
        "which accounts do i have|what role do i have|which role do i have|do you know me|am i admin|"
        "my permissions|what are my permissions|what is my account|which user am i|what is my timezone|"
        "what is my language|am i linked",
    ),
    Rule(
        "help",
        "help|what commands are there|which commands are there|help me|help with|help on|help about|"
        "what can you do|what can i say|how does this work|commands|"
        "usage help|show help|show commands|what are the commands|list commands|how do i use you|what do you do|"
        "i need help|i need help with|how can you help|how can you help me|start|what can i ask|"
        "what can i ask you|instructions|manual|can you help me|can you help|how do you work|"
        "what are you able to do|help me with|can you help me with|show me the commands|how to use|how do i use|"
        "how do i|how to|how can i|how does this bot work|who are you|what are you|what is this|help for|"
        "show me what you can do|what can you do for me|menu|how should i use you",
        "",
        "topic",
    ),
)
