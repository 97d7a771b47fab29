"""How English speaks of the catalogue, of providers and of what is there. See ``Rule`` for how to read a line."""

from __future__ import annotations

from core.services.language.lexicon import Rule

CATALOGUE_RULES: tuple[Rule, ...] = (
    # The catalogue
    Rule(
        "add_skill",
        "new skill|new skill for the catalogue|new skill for the catalog|here is a new skill|new skills from|"
        "new repo|a new skill for the catalogue|add|register|import|add new|add a new skill|"
        "add ... to the catalogue|add ... to the catalog|put ... in the catalogue|put ... into the catalogue|"
        "include|onboard|add ... to our catalogue|add ... to our catalog|track|add the skills|"
        "register the skills|add ... to catalog|add ... to catalogue|add the repo|add the repository|"
        "import the repo|include ... in the catalogue|include ... in our catalogue|include ... in the catalog|"
        "add ... into the catalogue|add the skill from|add skills from|add the skills from",
        "source! ref tags name",
    ),
    Rule(
        "archive_skill",
        "retire ... from the catalogue|archive ... from the catalogue|pull ... from the catalogue|"
        "take ... off the catalogue|pull ... from the catalog|kick ... out of the catalogue|"
        "throw ... out of the catalogue|put ... in the archive|move ... to the archive|send ... to the archive|"
        "mothball|archive|retire|hide|deprecate|remove ... from the catalogue|remove ... from the catalog|"
        "delete ... from the catalogue|delete ... from the catalog|take ... out of the catalogue|"
        "take ... out of the catalog|drop ... from the catalogue|put ... away|drop ... from the catalog|"
        "remove ... from our catalogue|remove ... from our catalog|shelve|remove ... from catalog|"
        "hide ... from the catalogue|hide ... from the catalog",
        "skills",
        "skills",
    ),
    Rule(
        "restore_skill",
        "need ... back in the catalogue|we need ... back in the catalogue|i need ... back in the catalogue|"
        "we want ... back in the catalogue|get ... back in the catalogue|get ... back into the catalogue|"
        "get ... out of the archive|take ... out of the archive|bring ... out of the archive|"
        "need ... back from the archive|make ... available in the catalogue again|restore|unarchive|un-archive|"
        "bring ... back to the catalogue|bring ... back to the catalog|unhide|put ... back in the catalogue|"
        "put ... back into the catalogue|unretire|put ... back in the catalog|restore ... to the catalogue|"
        "bring ... back into the catalogue|restore ... to the catalog|bring ... back from the archive|"
        "restore ... from the archive",
        "skills",
        "skills",
    ),
    Rule(
        "list_skills",
        "ls skills|what do we have in the catalogue|what do we have in the catalog|what is in our catalogue|"
        "what is in our catalog|what have we got in the catalogue|got any skills|have you got any skills|"
        "have we got any skills|what skills have you got|which skills have you got|what skills have we got|"
        "got anything for|any skill|anything in the catalogue|what else can i install|what else is there|"
        "which skills can you install|which skills do we have for|what skills do we have for|any skills for|"
        "do we have anything for|which skills|which skills are|what skills are|list skills|list the skills|"
        "list all skills|list all the skills|show skills|show me skills|show the skills|show me the skills|"
        "show all skills|show me all skills|what skills are there|which skills are there|"
        "what skills do you have|which skills do you have|what skills do we have|which skills do we have|"
        "skills|skill list|list of skills|catalogue|catalog|show the catalogue|show me the catalogue|"
        "show catalogue|what skills are available|which skills are available|available skills|"
        "what is in the catalogue|what is in the catalog|browse skills|search skills|search|find skills|find|"
        "find a skill|search for|search for skills|list|show the catalog|show me the catalog|what skills exist|"
        "what skills can i install|which skills can i install|what can i install|skills we have|"
        "search the catalogue|search the catalog|list available skills|show available skills|is there a skill|"
        "are there skills|do we have a skill|do you have a skill|do we have skills|any skills|"
        "is there any skill|look up skills|what do you have|show the skill list|show me the skill list|"
        "give me the skill list|what can be installed|give me the list of skills|what can we install|"
        "which skills can be installed|which skills can we use|which skills can i use|what skills can we use|"
        "what skills can i use|all skills|all the skills|all our skills|list all our skills|"
        "list all of our skills|list our skills|show our skills|show me our skills|show every skill|"
        "show me every skill|list every skill|show me all of our skills|show all our skills|"
        "show me all our skills|show all of our skills|what skills can we choose from|"
        "what skills can i choose from|skills with|all available skills|show all the skills|"
        "show me all the skills|which skills can we install|what skills can we install",
        "tag query",
        "query",
    ),
    Rule(
        "show_skill",
        "show|describe|details|details of|details on|details about|info|info on|info about|information on|"
        "information about|show skill|show me the skill|show the skill|describe the skill|show me skill|"
        "give me details on|give me details about|give me info on|give me information on|describe skill|"
        "what is the skill|what does the skill ... do|tell me about the skill|show details of|"
        "show me details of|show me the details of|show info on|show info about|show the details of|"
        "show details about",
        "skills!",
        "skills",
    ),
    Rule(
        "show_skill",
        "show me|tell me about|tell me more about|what is|what does ... do|more about|explain|"
        "what can ... do|what are|look at|give me details|give me info|give me information|about|"
        "what is ... for|what is ... about|what do you know about|what is ... good for|more information on|"
        "more information about|more details on|more details about|more details of|more info on|"
        "more info about|some more information on|some more information about|some information on|"
        "some info on|some details on|some more details on|show me more about|what does ... do exactly|"
        "what exactly does ... do|what exactly is|give me more information on|give me more info on|"
        "give me more details on|give me more information about",
        "skills!",
        "near",
    ),
    Rule(
        "edit_skill",
        "move ... to|default ... to|bump ... default to|edit|tag|retag|set the ref|set the ref of|set ref|"
        "set the tags|set tags|set the tags of|change the ref|change the ref of|change the tags|"
        "change the tags of|change ref|pin|pin ... to|point ... at|point|track|label|"
        "set the default ref of|use|set the default version of|change the version of|set the version of|"
        "change the default ref of|make ... track|add the tags|add tags|add the tag|add tag",
        "skills! ref tags",
    ),
    Rule(
        "edit_skill",
        "add the tags|add the tag|add tags|add tag|give ... the tag|give ... the tags|put the tag|"
        "put the tags|tag|retag|label|set the tags of|set tags of|set the tags for|set tags for|"
        "change the tags of|change tags of|edit the tags of|edit tags of|edit ... tags|set ... tags|"
        "change ... tags",
        "skills! tags!",
    ),
    Rule("edit_skill", "set|set ... to", "skills! ref!"),
    # Providers
    Rule(
        "list_providers",
        "providers we are connected to|the providers we are connected to|"
        "list the providers we are connected to|which providers are we connected to|"
        "what providers are we connected to|what are we connected to|where can i install stuff|"
        "where can we install stuff|where can i put skills|where can we put skills|where can skills go|"
        "which providers are hooked up|what providers are hooked up|what is hooked up|who are we connected to|"
        "which providers|what providers|list providers|list the providers|show me all connected providers|"
        "show all connected providers|list all connected providers|all connected providers|all providers|"
        "what providers are available to us|list all providers|show providers|show me the providers|"
        "show the providers|providers|which providers are connected|what providers are connected|"
        "what providers are there|which providers are there|which providers do we have|"
        "what providers do we have|connected providers|provider list|show all providers|"
        "which providers do you know|what providers do you know|which providers can i use|"
        "what providers can i use|where can i install skills|where can i install|which providers are available|"
        "what providers are available|show me all providers|list connected providers|show connected providers|"
        "available providers|list of providers|show me providers|what is connected|"
        "which accounts are connected|which providers can we install on|which providers can we install to|"
        "which providers can i install on|which providers can i install to|what providers can i install on|"
        "what providers can i install to|what providers are there to install to|where can we install|"
        "where can we install skills|which providers can we use|what providers can we use|"
        "what providers do you have|which providers do you have|our providers|show our providers|"
        "list our providers|where can i install things",
    ),
    Rule(
        "connect_provider",
        "connect|connect to|connect us to|connect provider|connect a provider|connect the provider",
        "provider name",
        "provider",
    ),
    Rule(
        "connect_provider",
        "hook up|link up|attach|add|register|set up|add a provider|add provider|add the provider|hook ... up|"
        "integrate|plug in|connect a new provider|add a new provider",
        "provider! name",
    ),
    Rule(
        "disconnect_provider",
        "remove the ... provider|drop the ... provider|disconnect the ... provider|delete the ... provider|"
        "get rid of the ... provider|remove ... as a provider|drop ... as a provider|cut the connection to|"
        "close the connection to|end the connection to|remove the connection to|disconnect|unhook|detach|"
        "unplug|remove the provider|remove provider|delete provider|delete the provider|disconnect from|"
        "disconnect provider|disconnect the provider|drop the provider|unlink|unlink provider|unlink the provider",
        "provider",
        "provider",
    ),
    # What is there
    Rule(
        "status",
        "status|status of|what do i have installed|what have i got installed|what do you have installed|"
        "what do i have|what have i installed|what is the status|what is installed|what is installed where|"
        "what do we have installed|what have we installed|which skills are installed|what skills are installed|"
        "is ... installed|are ... installed|where is ... installed|where are ... installed|show status|"
        "show the status|show me the status|show me status|give me the status|installed|overview|state|"
        "what is the state|what is running|matrix|show the matrix|show me the matrix|"
        "which version of ... is installed|what version of ... is installed|what versions are installed|"
        "which versions are installed|show me what is installed|list installed skills|list installed|"
        "installed skills|list what is installed|what is deployed|where do we have|what version of ... is|"
        "which version of ... is|what version is|what skills does ... have|which skills does ... have|"
        "what does ... have|what does ... have installed|how is ... doing|which version of ... do we have|"
        "what version of ... do we have|what skills do we have installed|check the status|check status|"
        "is ... up to date|are ... up to date|is everything up to date|tell me what is installed|"
        "what have we got installed|show installed skills|show me the installed skills|show what is installed|"
        "do we have ... installed|which providers have ... installed|what is the current status|show installed|"
        "status report|current status|current state|the status|the current status|the current state|"
        "show me the current status",
        "skills providers",
        "skills",
    ),
    Rule(
        "status",
        "where is|where do we have|where are|where do we use|do we have|who uses|have we got|is|who has|"
        "which providers have",
        "skills! providers",
        "near",
    ),
    Rule(
        "status",
        "what is|what is running|what do we have|what have we got|what is there|what is new",
        "providers!",
        "near",
    ),
    Rule(
        "drift",
        "did anybody tamper with|did anybody mess with|did anybody touch|did anybody edit|did anybody change|"
        "did anybody modify|did anybody fiddle with|did anyone tamper with|did anyone mess with|"
        "did anyone touch|did anyone edit|did anyone change|did anyone modify|did anyone fiddle with|"
        "did someone tamper with|did someone mess with|did someone touch|did someone edit|did someone change|"
        "did someone modify|did someone fiddle with|did somebody tamper with|did somebody mess with|"
        "did somebody touch|did somebody edit|did somebody change|did somebody modify|did somebody fiddle with|"
        "has anybody tampered with|has anybody messed with|has anybody touched|has anybody edited|"
        "has anybody changed|has anybody modified|has anybody fiddled with|has anyone tampered with|"
        "has anyone messed with|has anyone touched|has anyone edited|has anyone changed|has anyone modified|"
        "has anyone fiddled with|has someone tampered with|has someone messed with|has someone touched|"
        "has someone edited|has someone changed|has someone modified|has someone fiddled with|"
        "has somebody tampered with|has somebody messed with|has somebody touched|has somebody edited|"
        "has somebody changed|has somebody modified|has somebody fiddled with|was ... tampered with|"
        "was ... modified|was ... edited|has ... been modified|has ... been edited|has ... been tampered with|"
        "has ... been changed|is ... still as approved|is ... still what we approved|does ... still match|"
        "drift|has anything drifted|what has drifted|check drift|check for drift|show drift|show me drift|"
        "show me the drift|drifted|is there drift|is there any drift|any drift|drift report|has ... drifted|"
        "did anything drift|did ... drift|what drifted|has anything changed on disk|"
        "did anybody change the files|is anything out of sync|what is out of sync|is ... out of sync|"
        "out of sync|was anything tampered with|has anything been tampered with|show the drift|drift check|"
        "detect drift|check ... for drift|are there any drifts|was ... changed behind our back|"
        "anything drifted|run a drift check",
        "skills providers",
        "skills",
    ),
    Rule(
        "restore_drift",
        "restore drift|restore drift of|restore the drift|restore the drift of|undo drift|undo drift of|undo the drift|"
        "undo the drift of|repair drift|repair drift of|repair the drift|repair the drift of|fix drift|fix drift of|"
        "fix the drift|fix the drift of|put back what was approved|put back what was approved of|"
        "restore what was approved|restore what was approved of|restore drifted",
        "skills providers",
        "near",
    ),
    Rule(
        "accept_drift",
        "accept drift|accept drift of|accept the drift|accept the drift of|keep drift|keep drift of|keep the drift|"
        "keep the drift of|adopt drift|adopt drift of|adopt the drift|adopt the drift of|accept drifted|"
        "accept what was found|accept what was found of",
        "skills providers",
        "near",
    ),
    Rule(
        "ignore_drift",
        "ignore drift|ignore drift of|ignore the drift|ignore the drift of|dismiss drift|dismiss drift of|"
        "dismiss the drift|dismiss the drift of|silence drift|silence drift of|silence the drift|"
        "silence the drift of|ignore drifted",
        "skills providers",
        "near",
    ),
)
