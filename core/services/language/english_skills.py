"""How English speaks of skills and providers. See ``Rule`` for how to read a line."""

from __future__ import annotations

from core.services.language.lexicon import Rule

SKILL_RULES: tuple[Rule, ...] = (
    # Changes of what is installed
    Rule(
        "install",
        "would love to have ... available|would like to have ... available|have ... available|"
        "get ... available|get ... going|get ... ready|get ... set up|have ... set up|get ... up and running|"
        "spin up|install|install me|install for me|set up|set me up with|setup|deploy|roll out|push|"
        "ship|get ... installed|have ... installed|need ... installed|reinstall|mind installing|mind putting|"
        "mind adding|mind deploying|mind setting up|push ... out|roll ... out|ship ... out",
        "skills providers ref last",
        "skills",
    ),
    Rule(
        "install",
        "needs to be on|need to be on|has to be on|must be on|needs to go on|needs to go to|"
        "needs to be installed on|has to go on|get me|give me|get us|give us|get us set up with|"
        "set us up with|would love to have|would love|we would love to have|would like to have|"
        "we would like to have|we would love|want to have|we want to have|really need|"
        "we really need|throw|stick|pop|slap|toss|place|going to need|we are going to need|i am going to need|"
        "make ... work|get ... onto|bring ... over to|would like|put|add|get|give|"
        "i need|we need|need|want|i want|we want|load|bring|copy|enable|can i get|can i have|could i have|"
        "can we have|can we get|i would like|we would like|i would like to have|i wanna have|we wanna have|"
        "i would love|i would love to have|make ... available|we would need|i would need|would need",
        "skills! providers! ref",
        "skills",
    ),
    Rule(
        "install",
        "add|get|enable|load|i need|we need|i want|we want|give me|get me|need",
        "skills!",
        "near",
    ),
    Rule(
        "sync",
        "make sure ... is up to date|make sure ... are up to date|ensure ... is up to date|keep ... up to date|"
        "make ... current|bring ... current|make sure ... is current|get ... current|pull the latest|"
        "pull in the latest|get the latest|fetch the latest|bring ... up to speed|bring ... to the latest|sync|"
        "synchronise|synchronize|update|upgrade|refresh|resync|bring ... up to date|get ... up to date|pull|"
        "bump|re-sync|pull ... again|mind updating|mind syncing|mind upgrading|mind refreshing",
        "skills providers ref last",
        "skills",
    ),
    Rule(
        "sync",
        "sync everything|update everything|upgrade everything|refresh everything|bring everything up to date|"
        "sync all|update all|upgrade all",
        "providers ref",
        fixed={"skills": ("*",)},
    ),
    Rule(
        "uninstall",
        "uninstall|un-install|deinstall|mind uninstalling",
        "skills providers last",
        "skills",
    ),
    Rule(
        "uninstall",
        "take ... back off|pull ... back off|take ... back out of|get ... back off|yank|rip ... out of|ditch|"
        "throw ... off|throw ... out of|boot ... off|clean ... off|remove|delete|take|take ... off|get rid of|"
        "drop|kick ... off|pull ... off|wipe|purge|mind removing|mind deleting",
        "skills! providers!",
        "skills",
    ),
    Rule("sync", "move|switch|change", "skills! providers! ref!", "skills"),
    Rule("sync", "bring|bring ... to|take ... to", "skills! providers ref!", "skills"),
    Rule(
        "uninstall",
        "take ... off|uninstall ... off|pull ... off|get ... off|get ... out of",
        "skills providers",
        "skills",
    ),
    Rule(
        "uninstall",
        "remove|get rid of",
        "skills! providers",
        "skills",
    ),
    Rule(
        "diff",
        "what would change if i sync|what would change if i update|what would change if i synced|"
        "what would change if i updated|what would change if i sync it|what would change if i refresh|"
        "what would change if we sync|what would change if we update|what would change if we synced|"
        "what would change if we updated|what would change if we sync it|what would change if we refresh|"
        "what would change if you sync|what would change if you update|what would change if you synced|"
        "what would change if you updated|what would change if you sync it|what would change if you refresh|"
        "what changes if i sync|what changes if i update|what changes if i synced|what changes if i updated|"
        "what changes if i sync it|what changes if i refresh|what changes if we sync|what changes if we update|"
        "what changes if we synced|what changes if we updated|what changes if we sync it|"
        "what changes if we refresh|what changes if you sync|what changes if you update|"
        "what changes if you synced|what changes if you updated|what changes if you sync it|"
        "what changes if you refresh|what will change if i sync|what will change if i update|"
        "what will change if i synced|what will change if i updated|what will change if i sync it|"
        "what will change if i refresh|what will change if we sync|what will change if we update|"
        "what will change if we synced|what will change if we updated|what will change if we sync it|"
        "what will change if we refresh|what will change if you sync|what will change if you update|"
        "what will change if you synced|what will change if you updated|what will change if you sync it|"
        "what will change if you refresh|show me what would change if i sync|"
        "show me what would change if i update|show me what would change if i synced|"
        "show me what would change if i updated|show me what would change if i sync it|"
        "show me what would change if i refresh|show me what would change if we sync|"
        "show me what would change if we update|show me what would change if we synced|"
        "show me what would change if we updated|show me what would change if we sync it|"
        "show me what would change if we refresh|show me what would change if you sync|"
        "show me what would change if you update|show me what would change if you synced|"
        "show me what would change if you updated|show me what would change if you sync it|"
        "show me what would change if you refresh|show me what changes if i sync|"
        "show me what changes if i update|show me what changes if i synced|show me what changes if i updated|"
        "show me what changes if i sync it|show me what changes if i refresh|show me what changes if we sync|"
        "show me what changes if we update|show me what changes if we synced|"
        "show me what changes if we updated|show me what changes if we sync it|"
        "show me what changes if we refresh|show me what changes if you sync|"
        "show me what changes if you update|show me what changes if you synced|"
        "show me what changes if you updated|show me what changes if you sync it|"
        "show me what changes if you refresh|how is ... different from|what is the difference between|"
        "what are the differences between|what differs between|what is different between|difference between|"
        "differences between|show me the difference between|how does ... differ|how is ... different|"
        "how do ... differ|what differs in|what are the changes in|show me what is new in|how far behind is|"
        "diff|compare|show diff|show the diff|show me the diff|show me diff|show the diff of|"
        "show me the diff of|what is new in|what is new with|show diff of|show the differences|differences|"
        "difference|what changed in|what has changed in|what is different in|what is different|changes in|"
        "changes|diffs|what would change in|what changes in|what would change for|what changed|"
        "show me what changed in|show what changed in|what has changed for|show me what is different in|"
        "show me the changes in|show the changes in|show me the changes of|show changes in",
        "skills! providers ref",
        "skills",
    ),
    Rule(
        "diff",
        "what would sync change in|what would sync change for|what would an update change in|"
        "what would updating ... change",
        "skills! providers ref",
        "skills",
    ),
    Rule(
        "rollback",
        "go back to the previous|go back to the old|go back to the last good|go back to the earlier|"
        "go back to the prior|roll back to the previous|roll back to the old|roll back to the last good|"
        "roll back to the earlier|roll back to the prior|back to the previous|back to the old|"
        "back to the last good|back to the earlier|back to the prior|return to the previous|return to the old|"
        "return to the last good|return to the earlier|return to the prior|switch back to the previous|"
        "switch back to the old|switch back to the last good|switch back to the earlier|"
        "switch back to the prior|restore the previous|restore the old|restore the last good|"
        "restore the earlier|restore the prior|bring back the previous|bring back the old|"
        "bring back the last good|bring back the earlier|bring back the prior|revert to the previous|"
        "revert to the old|revert to the last good|revert to the earlier|revert to the prior|"
        "get back the previous|get back the old|get back the last good|get back the earlier|get back the prior|"
        "put back the previous|put back the old|put back the last good|put back the earlier|put back the prior|"
        "revert ... to the old version|go back one version|one version back|roll ... back one version|"
        "put ... back the way it was|put ... back to how it was|rollback|roll back|roll-back|roll ... back|"
        "undo the install of|undo the installation of|undo the removal of|undo the update of|undo the upgrade of|"
        "undo the sync of|undo the change of|undo the change to|undo the changes to|"
        "revert|go back|take ... back|undo|bring ... back|put ... back|back out|reset|downgrade|revert back|"
        "return|mind rolling back|mind reverting",
        "skills providers ref last code",
        "skills",
    ),
    Rule(
        "rollback",
        "restore|restore ... to",
        "skills! providers! ref",
        "skills",
    ),
    Rule(
        "rollback",
        "restore|restore ... to",
        "skills! providers ref!",
        "skills",
    ),
    Rule(
        "rollback",
        "to the version before|revert ... to the version before|roll ... back to the version before|"
        "rollback ... to the version before|to the previous version|to the last version|to the prior version|"
        "to the earlier version|to the old version|to its previous version|back to its previous version|"
        "restore the previous version|roll back to the previous version|go back to the previous version|"
        "revert to the previous version|back to the previous version|rollback to the previous version|"
        "roll ... back to the previous version|restore the last version|revert ... to the previous version|"
        "go back to the version before|the previous version|take ... back to the previous version|"
        "bring ... back to the previous version|put ... back to the previous version|"
        "take ... back to the version before|put ... back to the version before|undo the last change of|"
        "undo the last change to",
        "skills providers",
        "skills",
    ),
    Rule(
        "retry",
        "rerun the failed one|re-run the failed one|redo the failed one|run the failed one again|"
        "rerun the failed|re-run the failed|rerun the failed install|re-run the failed install|"
        "retry the failed install|retry the failed sync|retry the install|retry the failed request|"
        "one more try for|one more try|one more go|one more go at|another try for|another go at|"
        "another shot at|give it one more try|have another try|try the failed one again|give ... one more try|"
        "give ... one more go|give ... one more shot|try the failed install again|retry|try again|"
        "give ... another try|give ... another go|give ... another shot|try that again|try it again|"
        "try the last one again|try ... again|run ... again|run it again|give it another try|try once more|"
        "retry the failed|retry the failed one|retry the last failed one|retry the last one|"
        "retry the last failed|retry it|retry that|have another go|retry the failed run|"
        "retry the last failed run|run that again|retry the last run",
        "code last",
    ),
)
