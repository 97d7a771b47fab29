"""How English speaks of rules, people and the bot itself. See ``Rule`` for how to read a line."""

from __future__ import annotations

from core.services.language.lexicon import Rule

PEOPLE_RULES: tuple[Rule, ...] = (
    # Who decides
    Rule(
        "policy",
        "policy|what is our approval policy|what are our approval rules|our policy|our rules|"
        "what is your policy|show policy|show the policy|show me the policy|what is the policy|rules|"
        "show the rules|show me the rules|what are the rules|policies|approval rules|approval policy|"
        "what rules apply|explain the policy|explain the rules|what is the approval policy|"
        "what needs approvals here|which rules apply|show me the approval rules|show policies|"
        "what are the approval rules|how do approvals work|show the approval policy|"
        "show me the approval policy|what is our policy|what are our rules|which rules do we have|"
        "what rules do we have|list our rules|list the rules|show us the policy|show us the rules|"
        "show me our policy|show our policy|show our rules|show me our rules|tell me the rules|"
        "tell me the policy|what are the approval policies|list policies|what does the policy say|"
        "what is the rule|show me the rule|what is the approval process|how does approval work|"
        "how does the approval work|show me the policies",
    ),
    Rule(
        "policy",
        "how come|how come ... needs approval|why is ... held up|why is ... on hold|what is blocking|"
        "what is holding up|why does ... need 2 approvals|why does ... need so many approvals|"
        "why does ... need more than one approval|why does ... need approval|why does ... need an approval|"
        "why do i need approval|why is approval needed|why is approval required|"
        "why does ... need to be approved|why does ... have to be approved|why does ... require approval|"
        "why do i need an approval|why approval|why is an approval needed|why is ... blocked|"
        "why is ... waiting|why does ... need two approvals|why does ... need somebody else|why|"
        "why do we need approval|why was approval required|why must ... be approved|"
        "why is ... not approved|why is approval needed for|why is an approval needed for|"
        "why do i need approval for|why do i need an approval for|why is ... pending|"
        "why is approval required for|why does ... wait|why does ... still need approval|"
        "which rule applies to|what rule applies to|why can i not approve|why can not i approve|"
        "why is ... still waiting|why is ... still pending|which policy applies to|what policy applies to|"
        "why does ... need a second approval|why does ... need more approvals|why not me|why not i|"
        "why am i not allowed to approve|why may i not approve|why am i not asked|why can i not vote on|"
        "why can not i vote on|can i approve|may i approve|am i allowed to approve|can i vote on|"
        "why was ... denied|why was ... refused|why did ... need approval|why was ... allowed|"
        "why do ... need approval|why can i not approve this|why is ... not allowed|why was ... blocked|"
        "why is ... stuck",
        "code last",
        fixed={"question": "why"},
    ),
    Rule(
        "policy",
        "who has to sign off on|who has the final say on|who do i need for|who do i have to ask for|"
        "who do i bug about|who do i ping for|who do i ping to approve|whom can i ask to approve|"
        "who can approve|who may approve|who should approve|who has to approve|who must approve|"
        "who approves|who needs to approve|who could approve|who can sign off|who can sign off on|"
        "who are the approvers|approvers|who is allowed to approve|list approvers|show approvers|"
        "who else can approve|who can approve the request|who will approve|who are the approvers of|"
        "who are the approvers for|approvers of|approvers for|who is able to approve|who can decide|"
        "who decides|who can vote on|who has to sign off|whose approval does ... need|who can reject|"
        "who is the approver of|who is the approver for|who is the approver|show the approvers|"
        "show me the approvers|whose approval is needed|whose approval is missing|who can give approval|"
        "who still has to approve|who has not approved|who is missing|who is allowed to sign off|"
        "who are allowed to approve|who is going to approve|who is supposed to approve|who should sign off|"
        "who needs to sign off|who do i ask to approve|who may sign off|who is responsible for approving|"
        "who gets to approve",
        "code last",
        fixed={"question": "who"},
    ),
    # Guard rails
    Rule(
        "freeze",
        "nothing gets changed on|lock everything on|put a freeze on|put a hold on|no changes to|"
        "no changes on|freeze|lock|lock down|pause|hold|freeze changes|freeze changes to|"
        "freeze all changes|stop changes to|block changes to|put ... on hold|freeze changes of|"
        "stop all changes|stop all changes to|lock ... down|block all changes|forbid changes to|"
        "forbid changes of|freeze all changes to|no more changes to|halt changes to|forbid all changes|"
        "suspend changes to",
        "skills providers why",
        "skills",
    ),
    Rule(
        "unfreeze",
        "freeze ... can be lifted|the freeze on ... can be lifted|the freeze of ... can be lifted|"
        "freeze ... is over|lift the ... freeze|end the ... freeze|remove the ... freeze|drop the freeze on|"
        "drop the freeze|release the freeze on|release the freeze|take the freeze off|stop freezing|"
        "... can change again|allow updates of|allow updates to|you can unfreeze|we can unfreeze|"
        "you can unfreeze ... again|unfreeze ... again|can be unfrozen|may be unfrozen|can be unlocked|"
        "you can unlock|ok to unfreeze|unfreeze|un-freeze|unlock|resume|thaw|release|lift the freeze|"
        "lift the freeze on|allow changes|allow changes to|allow changes again|unpause|lift the freeze of|"
        "defrost|end the freeze|end the freeze on|end the freeze of|allow changes of|"
        "allow changes to ... again|allow ... again|open ... again|remove the freeze|remove the freeze on|"
        "remove the freeze from|lift the freeze from|lift the freeze for|undo the freeze|undo the freeze of|"
        "undo the freeze on",
        "skills providers why",
        "skills",
    ),
    Rule(
        "delegate",
        "can vote for me|can approve for me|will approve for me|can stand in for me|can cover for me|"
        "will cover for me|can decide for me|will decide for me|is covering for me|is standing in for me|"
        "has my vote|handles my approvals|will handle my approvals|can handle my approvals|"
        "takes over my approvals|will take over my approvals|takes my approvals|will take my approvals|"
        "does my approvals|will do my approvals|covers my approvals|will cover my approvals|"
        "is filling in for me|will fill in for me|fills in for me|can fill in for me|acts for me|"
        "my approvals go to|send my approvals to|route my approvals to|fill in for me|votes on my behalf|"
        "approves on my behalf|will vote on my behalf|will approve on my behalf|can approve on my behalf|"
        "delegate|delegate to|delegate my approvals|delegate my approvals to|delegate my votes to|"
        "delegate my vote to|let ... vote for me|let ... approve for me|hand over to|"
        "hand over my approvals to|hand my approvals to|stand in for me|delegate approvals to|"
        "let ... vote in my place|let ... approve in my place|let ... decide for me|make ... my deputy|"
        "my deputy is|appoint ... as my deputy|let ... stand in for me|hand my approvals over to|"
        "have ... approve for me|delegate my approval to|let ... vote on my behalf|"
        "let ... approve on my behalf|delegate voting to|pass my approvals to|give ... my vote|"
        "give my vote to|let ... cover for me|delegate my approval rights to|delegate approval to|"
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
        "i am gone|gone|i will be gone|i will be on vacation|i will be on leave|i will be off|"
        "i will be out|i will not be here|i am traveling|i am travelling|taking time off|"
        "i am taking time off|pto|on pto|i am on pto|away|i am away|i will be away|set me away|"
        "mark me as away|mark me away|out of office|i am out of office|i will be out of office|"
        "i am out of the office|out of the office|ooo|i am ooo|i am out|on vacation|i am on vacation|"
        "on holiday|i am on holiday|on leave|i am on leave|i am off|i am not here|i am not available|"
        "i am unavailable|do not ask me",
        "back!",
        fixed={"to": None},
    ),
    Rule(
        "delegate",
        "back from vacation|back at work|back at my desk|i am around again|i am available again|back again|"
        "i have returned|i returned|i am back|i am back again|i am here again|i am back in the office|"
        "i am back from vacation|i am no longer away|i am not away any more|i am not away anymore|"
        "end my delegation|stop delegating|stop my delegation|cancel my delegation|undo my delegation|"
        "revoke my delegation|remove my delegation|take back my delegation|i vote myself again|"
        "withdraw my delegation|end the delegation|mark me as back",
        fixed={"to": None, "until": None},
    ),
    # People
    Rule(
        "set_role",
        "make|set the role of|change the role of|set|set role of|appoint|turn ... into|change ... to|"
        "promote ... to|demote ... to|give|grant|set role|set ... to|set ... as|change ... role to|"
        "give ... the|upgrade ... to|downgrade ... to|grant ... the|make user|assign|set ... role to|"
        "switch ... role to",
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
        "activate ... account|reactivate ... account|enable ... account|unlock ... account|restore ... account|"
        "unblock ... account|re-enable ... account|let ... back|restore ... access|give ... their access back|"
        "let ... use you|approve access for|allow access for|admit|onboard user|give ... access to the bot|"
        "let ... use the bot|activate|reactivate|activate user|reactivate user|let ... in|let ... in again|"
        "let ... back in|give ... access|give ... access again|enable user|unblock|unblock user|"
        "enable the account of|activate the account of|re-activate|re-enable|restore access for|"
        "grant access to|reinstate|give access to|let user ... in|unban|activate the user|enable|"
        "welcome ... back|give ... access back|reactivate the account of",
        "",
        "user",
    ),
    Rule(
        "deactivate_user",
        "deactivate him|deactivate her|deactivate them|suspend him|suspend her|block him|block her|lock him out|"
        "lock her out|offboard him|offboard her|disable him|disable her|"
        "suspend ... account|deactivate ... account|disable ... account|block ... account|lock ... account|"
        "close ... account|terminate ... account|revoke ... account|take ... access away|remove ... account|"
        "lock out user|freeze out|shut off|boot|suspend the account of|close the account of|deactivate|"
        "deactivate user|lock ... out|lock out|block user|ban|disable user|disable the account of|"
        "deactivate the account of|shut ... out|kick ... out|offboard|revoke access for|revoke access of|"
        "revoke ... access|remove ... access|take away ... access|cut ... access|cut off|remove access for|"
        "de-activate|remove user|deactivate the user|suspend|suspend user|block|disable|shut out|throw ... out|"
        "delete user|take away access from|kick out",
        "",
        "user",
    ),
    Rule(
        "link_identity",
        "here is my link code|my link code is|here is my code|my code is|link code is|the link code is|"
        "here is the code|here is the link code|how do i link my account|how do i link my telegram|"
        "how do i link my slack|how can i link my account|how can i link my telegram|"
        "how can i link my slack|i want to link my telegram|merge my accounts|link telegram|link slack|"
        "link my telegram account here|link my slack account here|link|link my account|link my accounts|"
        "link account|link accounts|link identity|link my identity|link me|link code|connect my account|"
        "connect my accounts|link my slack account|link my telegram account|link with code|"
        "link my other account|link my slack|link my telegram|connect my slack account|"
        "connect my telegram account|link my account with|link my accounts with|redeem|redeem code|"
        "redeem the code|redeem link code|join my accounts|link my slack and telegram|"
        "link my slack and my telegram|link my slack and telegram accounts|link my account with code|"
        "link account with code|link with the code|connect my telegram|connect my slack|use link code|"
        "this is also me|connect my telegram and slack|connect my slack and telegram|"
        "link my telegram and slack|get a link code|give me a link code|i need a link code|link using code|"
        "link my account using code|link this account",
        "code",
    ),
    Rule(
        "set_language",
        "can we switch to|can you speak|let us speak|talk to me in|can we talk in|can we speak|"
        "switch over to|go with|please|speak|set language|set language to|set my language|"
        "set my language to|language|talk|answer in|reply in|speak to me in|switch to|change language|"
        "change language to|change my language to|change the language to|switch language to|use|"
        "answer me in|set the language to|i prefer|reply to me in|write in|write to me in|"
        "switch my language to|switch the language to|talk in|speak in|answer|respond in|"
        "change my language|in",
        "language!",
    ),
    Rule(
        "set_timezone",
        "timezone|time zone|set timezone|set timezone to|set my timezone to|set my time zone to|"
        "set time zone to|set the timezone to|set my timezone|set my time zone|my timezone is|"
        "my time zone is|i am in|show times in|use timezone|use time zone|change my timezone to|"
        "change my time zone to|change timezone to|set the time zone to|use the timezone|use the time zone|"
        "change the timezone to|show me times in|i live in|change time zone to|switch my timezone to|"
        "use ... time|show times in ... time",
        "timezone!",
    ),
    # About the bot
    Rule(
        "costs",
        "llm costs|ai costs|token costs|model costs|"
        "what is the bill|what is the damage|how much are we spending|what are we spending|"
        "how many tokens did we burn|how much did we burn|spend report|usage report|what has it cost|"
        "how much has it cost|what did all this cost|costs report|costs|cost|show me the bill|the bill|"
        "show bill|show the bill|show costs|show me the costs|spending|how much did we spend|"
        "how much have we spent|what did we spend|what did it cost|what have we spent|show the costs|"
        "what does this cost|spend|usage|show usage|budget|how much does this cost|how much did it cost|"
        "show me costs|bill|what are the costs|what are our costs|how much money did we spend|"
        "show spending|token usage|show me the spending|cost report|how much do we spend|what do we spend|"
        "what was spent|how much was spent|how expensive was it|expenses|what did this cost|"
        "how many tokens did we use|show me usage|show the usage|show me the usage|what did you cost",
        "days",
    ),
    Rule(
        "whoami",
        "who do you have me down as|what are you calling me|which role do i have here|what role am i|"
        "am i a user|do i have admin rights|do i have admin|whoami|who am i|who do you think i am|"
        "what is my role|who am i to you|my account|my role|show my account|what are my rights|my profile|"
        "show my profile|am i an admin|what am i allowed to do|what can i do|my accounts|"
        "show me my account|do you know who i am|who is me|what is my name|which accounts do i have|"
        "what role do i have|which role do i have|do you know me|am i admin|my permissions|"
        "what are my permissions|what is my account|which user am i|what is my timezone|"
        "what is my language|am i linked",
    ),
    Rule(
        "help",
        "how does this thing work|what is this bot|what are my options|what can i do here|"
        "what can you do here|what should i say|how do i talk to you|what do you understand|show me around|"
        "what else can you do|help|what commands are there|which commands are there|help me|help with|"
        "help on|help about|what can you do|what can i say|how does this work|commands|usage help|"
        "show help|show commands|what are the commands|list commands|how do i use you|what do you do|"
        "i need help|i need help with|how can you help|how can you help me|start|what can i ask|"
        "what can i ask you|instructions|manual|can you help me|can you help|how do you work|"
        "what are you able to do|help me with|can you help me with|show me the commands|how to use|"
        "how do i use|how do i|how to|how can i|how does this bot work|who are you|what are you|"
        "what is this|help for|show me what you can do|what can you do for me|menu|how should i use you",
        "",
        "topic",
    ),
)
