BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE api_tokens (
	id VARCHAR(36) NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	scopes TEXT NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	expires_at VARCHAR(27), 
	revoked_at VARCHAR(27), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_api_tokens_token_hash UNIQUE (token_hash), 
	CONSTRAINT ck_api_tokens_scopes_json CHECK (scopes IS NULL OR json_valid(scopes)), 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE TABLE approval_prompts (
	id VARCHAR(36) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	execution_id VARCHAR(36), 
	request_id VARCHAR(36), 
	drift_id VARCHAR(36), 
	user_id VARCHAR(36), 
	channel VARCHAR(20) NOT NULL, 
	workspace_id VARCHAR(100) NOT NULL, 
	conversation_id VARCHAR(255) NOT NULL, 
	thread_id VARCHAR(255), 
	is_private BOOLEAN DEFAULT 0 NOT NULL, 
	message_id VARCHAR(255) NOT NULL, 
	shown_revision INTEGER NOT NULL, 
	is_behind BOOLEAN DEFAULT 0 NOT NULL, 
	is_gone BOOLEAN DEFAULT 0 NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	next_attempt_at VARCHAR(27) NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_approval_prompts_kind CHECK (kind IN ('request_card', 'approval_card', 'fyi_card', 'reminder', 'vote_void', 'change_failed', 'break_glass', 'outcome', 'expired', 'reply', 'callback', 'drift_card')), 
	CONSTRAINT ck_approval_prompts_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE, 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(drift_id) REFERENCES drift_events (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801c-9acef7a37fd0','request_card','01a1fccc-2640-7000-8010-1e212c2ccd4e',NULL,NULL,'01a1fccc-2640-7000-8000-0135abb93b35','console','','alice',NULL,1,'01a1fccc-2640-7000-801b-a7c61649da54',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801e-6656c01258a1','approval_card','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff','console','','bob',NULL,1,'01a1fccc-2640-7000-801d-f4f95ccb27d2',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8020-99a4b141ef87','approval_card','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae','console','','carol',NULL,1,'01a1fccc-2640-7000-801f-7295f0ba255e',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8022-e456c945736a','approval_card','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',NULL,'01a1fccc-2640-7000-8003-4c1fd3d3142a','console','','dave',NULL,1,'01a1fccc-2640-7000-8021-5e18d93468e8',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8055-86a42365d082','request_card','01a1fccc-2640-7000-8049-6bacfeb7796a',NULL,NULL,'01a1fccc-2640-7000-8000-0135abb93b35','console','','alice',NULL,1,'01a1fccc-2640-7000-8054-33cf9546d714',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8057-384b8fc5a4d6','approval_card','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff','console','','bob',NULL,1,'01a1fccc-2640-7000-8056-f58edd126a19',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8059-9f3fe1555910','approval_card','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae','console','','carol',NULL,1,'01a1fccc-2640-7000-8058-312558894698',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-805b-55e56e5b1a9f','approval_card','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',NULL,'01a1fccc-2640-7000-8003-4c1fd3d3142a','console','','dave',NULL,1,'01a1fccc-2640-7000-805a-7703119d93a6',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
CREATE TABLE approval_votes (
	id VARCHAR(36) NOT NULL, 
	request_id VARCHAR(36) NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	approve BOOLEAN DEFAULT 0 NOT NULL, 
	is_confirmed BOOLEAN DEFAULT 1 NOT NULL, 
	comment TEXT, 
	answer TEXT, 
	revision INTEGER NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	on_behalf_of VARCHAR(36), 
	voted_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_approval_votes_person UNIQUE (request_id, user_id), 
	CONSTRAINT ck_approval_votes_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	CONSTRAINT ck_approval_votes_answer_json CHECK (answer IS NULL OR json_valid(answer)), 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	FOREIGN KEY(on_behalf_of) REFERENCES users (id)
);
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8028-c3cc75fc548e','01a1fccc-2640-7000-8016-1659661ed4f7','01a1fccc-2640-7000-8001-fa523c33c7ff',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8033-173f393c3ec2','01a1fccc-2640-7000-8016-1659661ed4f7','01a1fccc-2640-7000-8002-03d1e0e216ae',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8061-a791eda0dddc','01a1fccc-2640-7000-804f-c9ffa54c230e','01a1fccc-2640-7000-8001-fa523c33c7ff',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
CREATE TABLE artifacts (
	id VARCHAR(36) NOT NULL, 
	execution_id VARCHAR(36) NOT NULL, 
	file_name VARCHAR(255) NOT NULL, 
	file_path VARCHAR(1024) NOT NULL, 
	file_size BIGINT NOT NULL, 
	mime_type VARCHAR(100), 
	checksum VARCHAR(64), 
	type VARCHAR(20) DEFAULT 'other' NOT NULL, 
	status VARCHAR(20) DEFAULT 'active' NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	expires_at VARCHAR(27), 
	archived_at VARCHAR(27), 
	tags TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_artifacts_type CHECK (type IN ('code', 'document', 'image', 'data', 'log', 'other')), 
	CONSTRAINT ck_artifacts_status CHECK (status IN ('uploading', 'active', 'archived', 'deleted')), 
	CONSTRAINT ck_artifacts_tags_json CHECK (tags IS NULL OR json_valid(tags)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE
);
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-8015-40fa867c4666','01a1fccc-2640-7000-8010-1e212c2ccd4e','docx.tar','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',96,'application/x-tar','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}');
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-804e-2228eb8216bc','01a1fccc-2640-7000-8049-6bacfeb7796a','pdf.tar','bundles/64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a',94,'application/x-tar','64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}');
CREATE TABLE audit_checkpoints (
	id VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	first_event_id BIGINT NOT NULL, 
	last_event_id BIGINT NOT NULL, 
	event_count INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	merkle_root VARCHAR(64) NOT NULL, 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	key_id VARCHAR(100), 
	signature TEXT, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_audit_checkpoints_seq UNIQUE (seq)
);
CREATE TABLE audit_heads (
	id INTEGER NOT NULL, 
	checkpoint INTEGER, 
	execution_id VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	ids TEXT NOT NULL, 
	removed_at VARCHAR(27), 
	PRIMARY KEY (id)
);
CREATE TABLE button_tokens (
	token VARCHAR(32) NOT NULL, 
	execution_id VARCHAR(36), 
	request_id VARCHAR(36), 
	revision INTEGER DEFAULT 0 NOT NULL, 
	press TEXT NOT NULL, 
	form TEXT, 
	press_key VARCHAR(64) NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (token), 
	CONSTRAINT uq_button_tokens_press_key UNIQUE (press_key), 
	CONSTRAINT ck_button_tokens_press_json CHECK (press IS NULL OR json_valid(press)), 
	CONSTRAINT ck_button_tokens_form_json CHECK (form IS NULL OR json_valid(form)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE, 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE
);
INSERT INTO "button_tokens" VALUES('hHmzXDQoavCAHZhKYO356w','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',1,'{"action":{"comment":null,"intent":"cancel","request":"KN6D"},"kind":"action"}',NULL,'b24a5537f48b8e61443ed5d93c1ef67b4515a0a1495547d774592f1cfbfd12e0','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('-L1vtm5slj8iC_yDQxrKyw','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',1,'{"kind":"details"}',NULL,'85de8bd4d8d0f373c0d417dc6ed22bb3f86de1833baeef3ede54d7e301ddb789','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('lg30IYkDmyYyUVqyi9LKbQ','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',1,'{"action":{"comment":null,"intent":"reject","request":"KN6D"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','e9a9fa762fe55af0b48f0dc74a71631e2f41c78ff4f29268d47f14caed2c71a5','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('Bz5J1taiFSEJrSyz-ARf5Q','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"KN6D","skills":[]},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','74926206edfc5ae710c2900a935b9e7bd2cbd22f8ceb3f4ebc58533cc134a4ce','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('UJWSEcOr_5WkFv3s-zbclw','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',1,'{"action":{"comment":null,"intent":"approve","request":"KN6D"},"kind":"action"}',NULL,'1b8b2be7ba7d1c466ade5f56fe708fe9a6dcca3c57279a16905068594dd29bb5','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('ZBypsiOpKq1AXER5sI7lUA','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',1,'{"action":{"execution":"KN6D","intent":"timeline"},"kind":"action"}',NULL,'940a2649fe70e1cc9961713ce0ab359c0f30a2ae202e70bf09186dc165fac640','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('XrNXR4k2YBfz182VD26FbQ','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7',1,'{"action":{"intent":"rollback","providers":["Claude"],"run":"KN6D","skills":["docx"],"to_ref":null},"kind":"action"}',NULL,'e29a86e98c408cdd826eb63043877af8d32576817424b4602dc70dc02a654d29','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('A-RMI-E3tZjFSSGv0jqOMg','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',1,'{"action":{"comment":null,"intent":"cancel","request":"WQ7T"},"kind":"action"}',NULL,'e67c7391cb76fbe47ce920b50678d95779823942c6964243c71f6f0371ab15cc','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('O06-JRDZWgtiIASg9vWzSg','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',1,'{"kind":"details"}',NULL,'55ae046114c993f5ea06989c06ee6ec7a03b99deb38f7897fff36010da465fbb','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('tvPmpsx0E6cbkgA4VhX-KQ','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',1,'{"action":{"comment":null,"intent":"reject","request":"WQ7T"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','0aacc39c610772c64bf7ef08415488660207976def2826b0f97f2c9b1671e87e','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('ALpM_9TkZpIkHryQCYYlRQ','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"WQ7T","skills":[]},"kind":"action"}','{"fields":[{"initial":["Claude","Gemini"],"kind":"choices","label":"Places to keep","name":"providers","optional":false,"options":[{"label":"Claude","value":"Claude"},{"label":"Gemini","value":"Gemini"}]},{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','0e814131805c94fc4af98b19d3bc9ff5418b53eccdd6ba44050d0c220bd8b60d','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('rYh5-WOdHwvM5V8wWoNy2A','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e',1,'{"action":{"comment":null,"intent":"approve","request":"WQ7T"},"kind":"action"}',NULL,'81ba36bc2d8d3feefc4e0af4ac2f0bad1ac81dfd2e1f09760f454109e6a8cde0','2026-11-21T06:30:00.000000Z');
CREATE TABLE channel_identities (
	id VARCHAR(36) NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	workspace_id VARCHAR(100) NOT NULL, 
	external_id VARCHAR(255) NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	display_name VARCHAR(255) NOT NULL, 
	is_reachable BOOLEAN DEFAULT 1 NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_channel_identities_account UNIQUE (channel, workspace_id, external_id), 
	CONSTRAINT ck_channel_identities_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8005-26be8c9621b2','console','','alice','01a1fccc-2640-7000-8000-0135abb93b35','Alice',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8006-ef01246b5574','console','','bob','01a1fccc-2640-7000-8001-fa523c33c7ff','Bob',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8007-a1e5cb0069bf','console','','carol','01a1fccc-2640-7000-8002-03d1e0e216ae','Carol',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8008-82043c973942','console','','dave','01a1fccc-2640-7000-8003-4c1fd3d3142a','Dave',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8009-c20208b7729a','console','','erin','01a1fccc-2640-7000-8004-2e87f1356ce6','Erin',1,'2026-11-21T06:30:00.000000Z');
CREATE TABLE chat_actions (
	id VARCHAR(36) NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	intent VARCHAR(100) NOT NULL, 
	input_text TEXT NOT NULL, 
	resolved_action TEXT NOT NULL, 
	risk_level VARCHAR(20) NOT NULL, 
	execution_id VARCHAR(36), 
	run_id VARCHAR(36), 
	result VARCHAR(20) DEFAULT 'accepted' NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_chat_actions_risk_level CHECK (risk_level IN ('read', 'write', 'destructive')), 
	CONSTRAINT ck_chat_actions_result CHECK (result IN ('accepted', 'rejected', 'executed', 'failed')), 
	CONSTRAINT ck_chat_actions_resolved_action_json CHECK (resolved_action IS NULL OR json_valid(resolved_action)), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	FOREIGN KEY(execution_id) REFERENCES executions (id), 
	FOREIGN KEY(run_id) REFERENCES install_runs (id) ON DELETE SET NULL
);
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8012-1f7404dc6696','01a1fccc-2640-7000-8000-0135abb93b35','install','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]}','write','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8037-82419aa9470e','executed','2026-11-21T06:30:00.000000Z','2026-11-29T23:57:27.331000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8026-00e8ee6d3cca','01a1fccc-2640-7000-8001-fa523c33c7ff','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-8024-3ff6bb4f3a4d',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8031-3c121c5b6a76','01a1fccc-2640-7000-8002-03d1e0e216ae','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-802f-3c4e4701a3d3',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-804b-afd2093f8693','01a1fccc-2640-7000-8000-0135abb93b35','install','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]}','write','01a1fccc-2640-7000-8049-6bacfeb7796a',NULL,'accepted','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-805f-ec0e09b7bebd','01a1fccc-2640-7000-8001-fa523c33c7ff','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-805d-fb5c662ac58e',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
CREATE TABLE cost_usage_daily (
	id VARCHAR(36) NOT NULL, 
	day DATE NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	model VARCHAR(100) NOT NULL, 
	executions INTEGER DEFAULT 0 NOT NULL, 
	input_tokens BIGINT DEFAULT 0 NOT NULL, 
	output_tokens BIGINT DEFAULT 0 NOT NULL, 
	tokens_used BIGINT DEFAULT 0 NOT NULL, 
	estimated_cost NUMERIC(10, 6) NOT NULL, 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_cost_usage_daily_line UNIQUE (day, user_id, model), 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE TABLE delegations (
	id VARCHAR(36) NOT NULL, 
	from_user_id VARCHAR(36) NOT NULL, 
	to_user_id VARCHAR(36), 
	starts_at VARCHAR(27) NOT NULL, 
	until VARCHAR(27) NOT NULL, 
	ended_at VARCHAR(27), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(from_user_id) REFERENCES users (id), 
	FOREIGN KEY(to_user_id) REFERENCES users (id)
);
CREATE TABLE deployment_policies (
	id VARCHAR(36) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	rules TEXT NOT NULL, 
	is_active BOOLEAN DEFAULT 0 NOT NULL, 
	created_by VARCHAR(36), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_deployment_policies_version UNIQUE (name, version), 
	CONSTRAINT ck_deployment_policies_rules_json CHECK (rules IS NULL OR json_valid(rules)), 
	FOREIGN KEY(created_by) REFERENCES users (id)
);
INSERT INTO "deployment_policies" VALUES('01a1fccc-2640-7000-800e-22ad43f08a7a','default',1,'188d5231134dc1b48f4008b4f661e901c955f368c0b0eaf91acaf2846536aad1','{"groups":{},"rules":[{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"read","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":["Read"],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":["delegate"],"name":"stand in","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}]}',1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-29T23:57:26.850000Z');
CREATE TABLE drift_events (
	id VARCHAR(36) NOT NULL, 
	target_id VARCHAR(36) NOT NULL, 
	active_key VARCHAR(36), 
	expected_digest VARCHAR(64), 
	found_digest VARCHAR(64), 
	details TEXT, 
	status VARCHAR(20) DEFAULT 'open' NOT NULL, 
	resolution VARCHAR(20), 
	execution_id VARCHAR(36), 
	revision INTEGER DEFAULT 1 NOT NULL, 
	detected_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	ignored_by VARCHAR(36), 
	comment TEXT, 
	ignored_at VARCHAR(27), 
	resolved_at VARCHAR(27), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_drift_events_active_key UNIQUE (active_key), 
	CONSTRAINT ck_drift_events_status CHECK (status IN ('open', 'ignored', 'resolved')), 
	CONSTRAINT ck_drift_events_resolution CHECK (resolution IN ('restored', 'accepted', 'replaced', 'by_itself', 'changed_again')), 
	CONSTRAINT ck_drift_events_details_json CHECK (details IS NULL OR json_valid(details)), 
	FOREIGN KEY(target_id) REFERENCES install_targets (id), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE SET NULL, 
	FOREIGN KEY(ignored_by) REFERENCES users (id)
);
CREATE TABLE execution_events (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	execution_id VARCHAR(36) NOT NULL, 
	user_id VARCHAR(255) NOT NULL, 
	event_type VARCHAR(50) NOT NULL, 
	event_data TEXT NOT NULL, 
	timestamp VARCHAR(27) NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	seq INTEGER NOT NULL, 
	salts TEXT NOT NULL, 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT uq_execution_events_seq UNIQUE (execution_id, seq), 
	CONSTRAINT ck_execution_events_event_type CHECK (event_type IN ('MessageReceived', 'PlanGenerated', 'ApprovalRequested', 'ApprovalReceived', 'ToolInvoked', 'ToolCompleted', 'ResponseSent', 'ErrorOccurred')), 
	CONSTRAINT ck_execution_events_event_data_json CHECK (event_data IS NULL OR json_valid(event_data)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE RESTRICT
);
INSERT INTO "execution_events" VALUES(1,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"a4ab370a907de3d5d524f73e3c1b5240"}','0000000000000000000000000000000000000000000000000000000000000000','df34c8ad1554258d5a59a828f96d7177e737f7f2e667aeca6e3bdc8e6fedb6e4');
INSERT INTO "execution_events" VALUES(2,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install docx on Claude","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install docx on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","skill":"docx"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"3dd0779fc2b361bb2fd831d52f062c84"}','df34c8ad1554258d5a59a828f96d7177e737f7f2e667aeca6e3bdc8e6fedb6e4','91c9d5df096c8d52e6af3dad162b2a3524ffc962f99bfbffd27746c5f343e383');
INSERT INTO "execution_events" VALUES(3,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"ref":"main","skill":"docx","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"8668609de68bccd236e4fb6e58941b54","input_masked":"5cfdc7ea01458a95c1143ad6084eea8a"}','91c9d5df096c8d52e6af3dad162b2a3524ffc962f99bfbffd27746c5f343e383','a938b6bab9d3dec9e5d406eb5c6aac1e359103ca9561892814ae28869cae9e9f');
INSERT INTO "execution_events" VALUES(4,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"4c14be65cc370bd4d2a6e6a1c2ce11a8","output_masked.output":"58621b643e9ec0fde7f3c57cda9ce55c"}','a938b6bab9d3dec9e5d406eb5c6aac1e359103ca9561892814ae28869cae9e9f','2db907d47d5c63991537127b1a17e3823d16a28b36af4a1a508a233d10901cf6');
INSERT INTO "execution_events" VALUES(5,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"49428b36443a1fbcd367694f41384d1c","input_masked":"9b319e2609c6e32c2bb893505d2b52dc"}','2db907d47d5c63991537127b1a17e3823d16a28b36af4a1a508a233d10901cf6','d62e7eb69746ff7d5154b59325aff54ae3e1740c93d671f08ba1b90bae7f27af');
INSERT INTO "execution_events" VALUES(6,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"2fe3be6b74001d614d3d3d8089dbbf41","output_masked.output":"881dd58ce5e5472880569d6176958034"}','d62e7eb69746ff7d5154b59325aff54ae3e1740c93d671f08ba1b90bae7f27af','bebd3140befe128808cf466cf519b85269cc9943e83b7a5a5f7888d0eca383f0');
INSERT INTO "execution_events" VALUES(7,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolInvoked','{"ended":null,"input":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"input_masked":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"0968dbdcec89631a0bca566df1f1d9ec","input_masked":"7fd96704e0705a5352f79824cd2d8943"}','bebd3140befe128808cf466cf519b85269cc9943e83b7a5a5f7888d0eca383f0','6f69253ccb2471a79f1b18672e538020b1811e09f3cd6c7737c3d8c4975331b8');
INSERT INTO "execution_events" VALUES(8,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"e7a9556c22fb381f341c7594249eb230","output_masked.output":"68ba6717bd02c3f636e250a826c3f57e"}','6f69253ccb2471a79f1b18672e538020b1811e09f3cd6c7737c3d8c4975331b8','75a256fa6b93d8a184076a2ee108253054a66abcb25a300e4ab495d93e65be1e');
INSERT INTO "execution_events" VALUES(9,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ApprovalRequested','{"action":"install docx on Claude","details":{"code":"KN6D","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-8016-1659661ed4f7","revision":1,"subject":{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-1ac27f4cadf0","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-1ac27f4cadf0","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2},"subject_hash":"3ba4e7b9d0a1a6b8c06ceea132264a2427831f1fe7297abea3a6d8b75bffb585","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','75a256fa6b93d8a184076a2ee108253054a66abcb25a300e4ab495d93e65be1e','6d44bf44f2bb3cf43f2217535e8139d774ecc0d7d7213172466bc03541ebea0e');
INSERT INTO "execution_events" VALUES(10,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-0135abb93b35","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"559494dbe2d46f6710e9728450b82439"}','6d44bf44f2bb3cf43f2217535e8139d774ecc0d7d7213172466bc03541ebea0e','7ab1caae9fa58210ebdc9a726fb087773c3c5821b36d9fc53319949f44d5cb91');
INSERT INTO "execution_events" VALUES(11,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-fa523c33c7ff","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"cf5d31db51d89290a3de68994048873b"}','7ab1caae9fa58210ebdc9a726fb087773c3c5821b36d9fc53319949f44d5cb91','f0849b009e73de89c2af81f5a072bdd334ec1c1850f739ef707039181eb14297');
INSERT INTO "execution_events" VALUES(12,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-03d1e0e216ae","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"be9dc0d22aea739b3e3983da988aba3f"}','f0849b009e73de89c2af81f5a072bdd334ec1c1850f739ef707039181eb14297','b73064eaea3b761e720ba5dd3667e233ebcde0904ae766e0b06ec2a0d69ffc79');
INSERT INTO "execution_events" VALUES(13,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-4c1fd3d3142a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"309e5dadab58e7771d7a5676957f47f9"}','b73064eaea3b761e720ba5dd3667e233ebcde0904ae766e0b06ec2a0d69ffc79','a60c312d98ba571810e0e37f244c5489a5ee96b19f1b64126a408f03dd06bc4c');
INSERT INTO "execution_events" VALUES(14,'01a1fccc-2640-7000-8024-3ff6bb4f3a4d','01a1fccc-2640-7000-8001-fa523c33c7ff','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"5abc0eaf0df49a72b056300bb2ed94aa"}','0000000000000000000000000000000000000000000000000000000000000000','a8c3f6fd88b040b960a9745b29a08baac385f9b8a701e39176d1395af4a87f8f');
INSERT INTO "execution_events" VALUES(15,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8001-fa523c33c7ff','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-fa523c33c7ff","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','a60c312d98ba571810e0e37f244c5489a5ee96b19f1b64126a408f03dd06bc4c','62677e9e3d65d0b0e04cc78bd66b10c2a3ed9ff6137739eb0fd2e0de2047ae63');
INSERT INTO "execution_events" VALUES(16,'01a1fccc-2640-7000-8024-3ff6bb4f3a4d','01a1fccc-2640-7000-8001-fa523c33c7ff','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #KN6D is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-fa523c33c7ff","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"b08c355d0ed7cdf818dc6a3d1d168070"}','a8c3f6fd88b040b960a9745b29a08baac385f9b8a701e39176d1395af4a87f8f','ca4cc87498bcc67f9974ad2e89ddf113eb97fb1fcdc8c226298efb5576228142');
INSERT INTO "execution_events" VALUES(17,'01a1fccc-2640-7000-802f-3c4e4701a3d3','01a1fccc-2640-7000-8002-03d1e0e216ae','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"0277457c8de82303aa80b5a7dd539387"}','0000000000000000000000000000000000000000000000000000000000000000','045593d889ecd61d3477ba8181aa00e45adede3164ed9eeb97a613882a14f2a7');
INSERT INTO "execution_events" VALUES(18,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8002-03d1e0e216ae','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8002-03d1e0e216ae","channel":"console","comment":null,"decided":"approved","ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',15,'{}','62677e9e3d65d0b0e04cc78bd66b10c2a3ed9ff6137739eb0fd2e0de2047ae63','fc5bb6ba78b626afa558c50486b93d8e562437e5b1728850db6fcb5defbe5d11');
INSERT INTO "execution_events" VALUES(19,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',16,'{"input":"157fd5ef0fe97c438fa62ecbae520ec6","input_masked":"e71cab32e7bfcd8531a0862b331f120a"}','fc5bb6ba78b626afa558c50486b93d8e562437e5b1728850db6fcb5defbe5d11','31926e9c0fa9bdf90723f11d05689ce19a74c0ccfc5c7d6a290a5858c864a438');
INSERT INTO "execution_events" VALUES(20,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ToolCompleted','{"duration_ms":0,"ended":"completed","output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',17,'{"output.output":"bbcee3d353068a761cab83f8317da6a3","output_masked.output":"e8d1923557c1093e1c013e8111b66ee4"}','31926e9c0fa9bdf90723f11d05689ce19a74c0ccfc5c7d6a290a5858c864a438','5742e0fed9694c72a871e479fff8a032f0b4e75dcbbe025b9203835c541efbee');
INSERT INTO "execution_events" VALUES(21,'01a1fccc-2640-7000-802f-3c4e4701a3d3','01a1fccc-2640-7000-8002-03d1e0e216ae','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #KN6D is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-03d1e0e216ae","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"3d3c629a8e08b4bd4a0a631fec474d7e"}','045593d889ecd61d3477ba8181aa00e45adede3164ed9eeb97a613882a14f2a7','fd1b54540d0fae05bcec5329d1f8e4f89008e761fdbc5fafe595728a43873e6e');
INSERT INTO "execution_events" VALUES(22,'01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Installed docx on Claude\napproved by Bob, Carol in the console at 06:30\n15505b4, 1 file, verified byte for byte - 0.0 s","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-0135abb93b35","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',18,'{"text":"3a364c902bcf7b4c0898a2b54cc061f9"}','5742e0fed9694c72a871e479fff8a032f0b4e75dcbbe025b9203835c541efbee','f98adf422e2784de0d57916e660806a06b0982d9294976f671a05ec1a01f8004');
INSERT INTO "execution_events" VALUES(23,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"32ea053240d32689e18873b332b8d843"}','0000000000000000000000000000000000000000000000000000000000000000','12b5e656ab131933bfcd20222777bdaed0c2bccafc5b717dc5c02a3fcadcd4da');
INSERT INTO "execution_events" VALUES(24,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install pdf on Claude, Gemini","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install pdf on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","skill":"pdf"},"tool":"skill.install"},{"depends_on":[2],"description":"install pdf on Gemini","input":{"provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-834aafae17c9","skill":"pdf"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"a11abfd4e656d784a397cdadc063150c"}','12b5e656ab131933bfcd20222777bdaed0c2bccafc5b717dc5c02a3fcadcd4da','7a05c46f2896645ba4242ae034f04e080e453d2fc2621469df72f14065d4b511');
INSERT INTO "execution_events" VALUES(25,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"ref":"main","skill":"pdf","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"b46bd2ece9ee680e842038422fd84896","input_masked":"b38fc84e3add03bbb62e6c7fe147820e"}','7a05c46f2896645ba4242ae034f04e080e453d2fc2621469df72f14065d4b511','618ff09f69765c57f6f13852020d4fb413cdacad822e1b4203251e932f7250f5');
INSERT INTO "execution_events" VALUES(26,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"25a58ee4fc7e0d0cb5be1b3ad7af7fef","output_masked.output":"c51f89e284825142c48ec39d3c88599e"}','618ff09f69765c57f6f13852020d4fb413cdacad822e1b4203251e932f7250f5','47410a2b9150a3b7ffecccd9cf44154c0400789413c9415a9df60a7443fac512');
INSERT INTO "execution_events" VALUES(27,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ToolInvoked','{"ended":null,"input":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"6744e1c567c13d4624428672de75f88f","input_masked":"d6bddc74d4e15a298cd33bd9f905f0ea"}','47410a2b9150a3b7ffecccd9cf44154c0400789413c9415a9df60a7443fac512','9e92cd67b98a8c092e7c5954e66530e13980f1c579241292235ce087f5907c23');
INSERT INTO "execution_events" VALUES(28,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"1f0b6ae60d2dc33fa7768934c7c0382d","output_masked.output":"220f811b0c9928ea2bcb0ea653be4c7d"}','9e92cd67b98a8c092e7c5954e66530e13980f1c579241292235ce087f5907c23','7fc640ee82ebcad8c6193d88e8acafc5799488fdc9d90e566c99ae2154cd9810');
INSERT INTO "execution_events" VALUES(29,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ToolInvoked','{"ended":null,"input":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"input_masked":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"cb801ed50a7d3b9dce149e91a9fee3b3","input_masked":"9525016d4cd9bcebaf0d56b0486d64df"}','7fc640ee82ebcad8c6193d88e8acafc5799488fdc9d90e566c99ae2154cd9810','2f95d04152040323f14606bb8ae0c87c5e67384736b25eef12a2af5a49600926');
INSERT INTO "execution_events" VALUES(30,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"411d63d673f6ad782d7dfd02e9870fcf","output_masked.output":"76866c897c6963545dd167a068e31471"}','2f95d04152040323f14606bb8ae0c87c5e67384736b25eef12a2af5a49600926','7cac8a785693e599942f7f8089993758ea5f1818310f05d8291d42353cb4b68e');
INSERT INTO "execution_events" VALUES(31,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ApprovalRequested','{"action":"install pdf on Claude, Gemini","details":{"code":"WQ7T","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-804f-c9ffa54c230e","revision":1,"subject":{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-834aafae17c9","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2},"subject_hash":"56d30d787940640ff2e2c0af985504bd8bb823ba19d51e1fb82b9c8ca90214f5","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','7cac8a785693e599942f7f8089993758ea5f1818310f05d8291d42353cb4b68e','0688a6f121aea6aeb7e102a28955c3c933531af09978ed0ce1e40d663f64e3f3');
INSERT INTO "execution_events" VALUES(32,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-0135abb93b35","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"1f285e5cb47242f303c0ed5c4941b57c"}','0688a6f121aea6aeb7e102a28955c3c933531af09978ed0ce1e40d663f64e3f3','c6697c574a48627e04d66cc0d1401e24238a962a171b9ca6ec343cb54617e446');
INSERT INTO "execution_events" VALUES(33,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-fa523c33c7ff","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"838d2a3a231e09a470fb2d37965f7b65"}','c6697c574a48627e04d66cc0d1401e24238a962a171b9ca6ec343cb54617e446','2c1bf717829f059eceab26f4b25172dd72373a0b6178a8656d65b992175bd863');
INSERT INTO "execution_events" VALUES(34,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-03d1e0e216ae","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"8d4b44cf1a4c10e201958ded6518d204"}','2c1bf717829f059eceab26f4b25172dd72373a0b6178a8656d65b992175bd863','b740cfa70330fb91418d255ad7b1991638e9cd57544518294d92ba846b97c752');
INSERT INTO "execution_events" VALUES(35,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8000-0135abb93b35','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-4c1fd3d3142a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"e5b5c4a58fd30087f4bcfeceee78ea31"}','b740cfa70330fb91418d255ad7b1991638e9cd57544518294d92ba846b97c752','49888ab9c5156d699d090feac8f2693f31d0067794c829213e92feb80dc9393e');
INSERT INTO "execution_events" VALUES(36,'01a1fccc-2640-7000-805d-fb5c662ac58e','01a1fccc-2640-7000-8001-fa523c33c7ff','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"ef76449a2295a3c5123cd64b0ea4061b"}','0000000000000000000000000000000000000000000000000000000000000000','f7995aae6eccb68b058c021f2aa22003d5e1a0921f45876969c37e4c2dd01960');
INSERT INTO "execution_events" VALUES(37,'01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-8001-fa523c33c7ff','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-fa523c33c7ff","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','49888ab9c5156d699d090feac8f2693f31d0067794c829213e92feb80dc9393e','cf241a5855bed23e153ede1f53fce5b0906c221779210073457bdf4c1564ba9e');
INSERT INTO "execution_events" VALUES(38,'01a1fccc-2640-7000-805d-fb5c662ac58e','01a1fccc-2640-7000-8001-fa523c33c7ff','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #WQ7T is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-fa523c33c7ff","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"0bdd7cd072c56ee5b3a1e1bbbba1b219"}','f7995aae6eccb68b058c021f2aa22003d5e1a0921f45876969c37e4c2dd01960','a2bce6a9cd1cd407e798370567e700bd2caa5e1f69879b51636c9e5fcd20f0d2');
CREATE TABLE executions (
	id VARCHAR(36) NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	workspace_id VARCHAR(100) NOT NULL, 
	channel_id VARCHAR(255) NOT NULL, 
	thread_id VARCHAR(255), 
	channel_user_id VARCHAR(255) NOT NULL, 
	is_private BOOLEAN DEFAULT 0 NOT NULL, 
	dedupe_key VARCHAR(255) NOT NULL, 
	input_text TEXT NOT NULL, 
	prompt TEXT NOT NULL, 
	model VARCHAR(100) DEFAULT 'claude-sonnet-4-20250514' NOT NULL, 
	max_tokens INTEGER DEFAULT 4096 NOT NULL, 
	metadata TEXT, 
	status VARCHAR(20) DEFAULT 'pending' NOT NULL, 
	waiting_for VARCHAR(20), 
	revision INTEGER DEFAULT 1 NOT NULL, 
	subject TEXT, 
	job_name VARCHAR(255) NOT NULL, 
	pod_name VARCHAR(255), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	started_at VARCHAR(27), 
	completed_at VARCHAR(27), 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	output TEXT, 
	tokens_used INTEGER, 
	input_tokens INTEGER, 
	output_tokens INTEGER, 
	error_code VARCHAR(100), 
	error_message TEXT, 
	error_details TEXT, 
	estimated_cost NUMERIC(10, 6), 
	retain_until VARCHAR(27), 
	is_permanent BOOLEAN DEFAULT 0 NOT NULL, 
	timeout INTEGER, 
	callback_url VARCHAR(2048), 
	resources TEXT, 
	replay_of VARCHAR(36), 
	replay_mode VARCHAR(20), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_executions_code UNIQUE (code), 
	CONSTRAINT uq_executions_dedupe_key UNIQUE (dedupe_key), 
	CONSTRAINT ck_executions_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	CONSTRAINT ck_executions_status CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')), 
	CONSTRAINT ck_executions_waiting_for CHECK (waiting_for IN ('answer', 'plan', 'approval', 'run')), 
	CONSTRAINT ck_executions_replay_mode CHECK (replay_mode IN ('view', 'dry-run', 'rerun')), 
	CONSTRAINT ck_executions_metadata_json CHECK (metadata IS NULL OR json_valid(metadata)), 
	CONSTRAINT ck_executions_subject_json CHECK (subject IS NULL OR json_valid(subject)), 
	CONSTRAINT ck_executions_error_details_json CHECK (error_details IS NULL OR json_valid(error_details)), 
	CONSTRAINT ck_executions_resources_json CHECK (resources IS NULL OR json_valid(resources)), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	FOREIGN KEY(replay_of) REFERENCES executions (id) ON DELETE SET NULL
);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8010-1e212c2ccd4e','KN6D','01a1fccc-2640-7000-8000-0135abb93b35','console','','alice',NULL,'alice',1,'said 0','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','rules',4096,NULL,'completed',NULL,10,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-1ac27f4cadf0","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-1ac27f4cadf0","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8010-1e212c2ccd4e','bot:1','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:57:27.330000Z','1 done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8024-3ff6bb4f3a4d','P6Y7','01a1fccc-2640-7000-8001-fa523c33c7ff','console','','bob',NULL,'bob',1,'said 1','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-8024-3ff6bb4f3a4d',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:57:27.260000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-802f-3c4e4701a3d3','N76E','01a1fccc-2640-7000-8002-03d1e0e216ae','console','','carol',NULL,'carol',1,'said 2','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-802f-3c4e4701a3d3',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:57:27.306000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8049-6bacfeb7796a','WQ7T','01a1fccc-2640-7000-8000-0135abb93b35','console','','alice',NULL,'alice',1,'said 3','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','rules',4096,NULL,'pending','approval',7,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-834aafae17c9","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8049-6bacfeb7796a',NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-805d-fb5c662ac58e','6PNK','01a1fccc-2640-7000-8001-fa523c33c7ff','console','','bob',NULL,'bob',1,'said 4','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-805d-fb5c662ac58e',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:57:27.497000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE freezes (
	id VARCHAR(36) NOT NULL, 
	skill_id VARCHAR(36), 
	provider_id VARCHAR(36), 
	user_id VARCHAR(36) NOT NULL, 
	reason TEXT, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	ended_at VARCHAR(27), 
	PRIMARY KEY (id), 
	FOREIGN KEY(skill_id) REFERENCES skills (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE TABLE hitl_requests (
	id VARCHAR(36) NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	execution_id VARCHAR(36), 
	chat_action_id VARCHAR(36), 
	agent_type VARCHAR(20) NOT NULL, 
	request_type VARCHAR(50) NOT NULL, 
	status VARCHAR(20) DEFAULT 'pending' NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	description TEXT, 
	payload TEXT NOT NULL, 
	options TEXT DEFAULT '[]' NOT NULL, 
	response TEXT, 
	risk_level VARCHAR(20) NOT NULL, 
	subject_hash VARCHAR(64) NOT NULL, 
	question_hash VARCHAR(64), 
	policy VARCHAR(100) NOT NULL, 
	rule TEXT NOT NULL, 
	requesters TEXT NOT NULL, 
	change TEXT, 
	threshold INTEGER DEFAULT 1 NOT NULL, 
	revision INTEGER DEFAULT 1 NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	responded_by VARCHAR(100), 
	comment TEXT, 
	callback_url VARCHAR(2048), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	expires_at VARCHAR(27) NOT NULL, 
	remind_at VARCHAR(27), 
	responded_at VARCHAR(27), 
	execution_expires_at VARCHAR(27), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_hitl_requests_code UNIQUE (code), 
	CONSTRAINT ck_hitl_requests_agent_type CHECK (agent_type IN ('cost', 'bdp', 'hdsp', 'drift', 'chatops')), 
	CONSTRAINT ck_hitl_requests_request_type CHECK (request_type IN ('action_approval', 'prompt_input', 'confirmation')), 
	CONSTRAINT ck_hitl_requests_status CHECK (status IN ('pending', 'approved', 'rejected', 'expired', 'cancelled')), 
	CONSTRAINT ck_hitl_requests_risk_level CHECK (risk_level IN ('read', 'write', 'destructive')), 
	CONSTRAINT ck_hitl_requests_payload_json CHECK (payload IS NULL OR json_valid(payload)), 
	CONSTRAINT ck_hitl_requests_options_json CHECK (options IS NULL OR json_valid(options)), 
	CONSTRAINT ck_hitl_requests_response_json CHECK (response IS NULL OR json_valid(response)), 
	CONSTRAINT ck_hitl_requests_rule_json CHECK (rule IS NULL OR json_valid(rule)), 
	CONSTRAINT ck_hitl_requests_requesters_json CHECK (requesters IS NULL OR json_valid(requesters)), 
	CONSTRAINT ck_hitl_requests_change_json CHECK (change IS NULL OR json_valid(change)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id), 
	FOREIGN KEY(chat_action_id) REFERENCES chat_actions (id)
);
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-8016-1659661ed4f7','KN6D','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8012-1f7404dc6696','chatops','action_approval','approved','install docx on Claude',NULL,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-1ac27f4cadf0","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-1ac27f4cadf0","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','[]',NULL,'write','3ba4e7b9d0a1a6b8c06ceea132264a2427831f1fe7297abea3a6d8b75bffb585','62ba5a79ee39551642301766169d6490b8a0297672fd3de88b6d467812406d8f','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-0135abb93b35"]',NULL,2,1,'01a1fccc-2640-7000-8000-0135abb93b35','01a1fccc-2640-7000-8002-03d1e0e216ae',NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-22T06:30:00.000000Z');
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-804f-c9ffa54c230e','WQ7T','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804b-afd2093f8693','chatops','action_approval','pending','install pdf on Claude, Gemini',NULL,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-d610b13ee149","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-834aafae17c9","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-449bf2045c9d","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','[]',NULL,'write','56d30d787940640ff2e2c0af985504bd8bb823ba19d51e1fb82b9c8ca90214f5','4cc26d922e56c9e28eccd6e4fdf67f478f16f6a631abc722fc0d88925cc13204','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-0135abb93b35"]',NULL,2,1,'01a1fccc-2640-7000-8000-0135abb93b35',NULL,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z',NULL,NULL);
CREATE TABLE inbox (
	id VARCHAR(36) NOT NULL, 
	dedupe_key VARCHAR(255) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	conversation_key VARCHAR(512) NOT NULL, 
	payload TEXT NOT NULL, 
	status VARCHAR(20) DEFAULT 'pending' NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	last_error TEXT, 
	execution_id VARCHAR(36), 
	received_at VARCHAR(27) NOT NULL, 
	processed_at VARCHAR(27), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_inbox_dedupe_key UNIQUE (dedupe_key), 
	CONSTRAINT ck_inbox_kind CHECK (kind IN ('message', 'press', 'form')), 
	CONSTRAINT ck_inbox_status CHECK (status IN ('pending', 'done', 'failed')), 
	CONSTRAINT ck_inbox_payload_json CHECK (payload IS NULL OR json_valid(payload)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE SET NULL
);
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-800f-4595df7c6f9c','said 0','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 0","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8023-07799c839ad3','said 1','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 1","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-802e-a99cdf1a72de','said 2','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 2","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8048-1a162ae81073','said 3','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 3","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-805c-c9bd7a3e9c65','said 4','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 4","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8067-6cb271b84104','said 5','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 5","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','pending',0,NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL);
CREATE TABLE install_runs (
	id VARCHAR(36) NOT NULL, 
	execution_id VARCHAR(36) NOT NULL, 
	parent_run_id VARCHAR(36), 
	skill_id VARCHAR(36) NOT NULL, 
	provider_id VARCHAR(36) NOT NULL, 
	target_id VARCHAR(36), 
	triggered_by VARCHAR(36) NOT NULL, 
	trigger_source VARCHAR(20) DEFAULT 'chatbot' NOT NULL, 
	action VARCHAR(20) NOT NULL, 
	requested_ref VARCHAR(120), 
	status VARCHAR(20) DEFAULT 'queued' NOT NULL, 
	attempt INTEGER DEFAULT 1 NOT NULL, 
	error_code VARCHAR(100), 
	error_message TEXT, 
	not_before VARCHAR(27), 
	waits_for VARCHAR(255), 
	lease_owner VARCHAR(255), 
	lease_until VARCHAR(27), 
	fence INTEGER DEFAULT 0 NOT NULL, 
	active_key VARCHAR(36), 
	started_at VARCHAR(27), 
	finished_at VARCHAR(27), 
	receipt_due VARCHAR(27), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_install_runs_trigger_source CHECK (trigger_source IN ('ui', 'chatbot', 'system')), 
	CONSTRAINT ck_install_runs_action CHECK (action IN ('install', 'sync', 'retry', 'rollback', 'uninstall')), 
	CONSTRAINT ck_install_runs_status CHECK (status IN ('queued', 'running', 'success', 'failed', 'partial_failed')), 
	FOREIGN KEY(execution_id) REFERENCES executions (id), 
	FOREIGN KEY(parent_run_id) REFERENCES install_runs (id) ON DELETE SET NULL, 
	FOREIGN KEY(skill_id) REFERENCES skills (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id), 
	FOREIGN KEY(target_id) REFERENCES install_targets (id), 
	FOREIGN KEY(triggered_by) REFERENCES users (id)
);
INSERT INTO "install_runs" VALUES('01a1fccc-2640-7000-8037-82419aa9470e','01a1fccc-2640-7000-8010-1e212c2ccd4e',NULL,'01a1fccc-2640-7000-800d-1ac27f4cadf0','01a1fccc-2640-7000-800a-d610b13ee149','01a1fccc-2640-7000-8035-f9f3ea770d3d','01a1fccc-2640-7000-8000-0135abb93b35','chatbot','install','main','success',1,NULL,NULL,NULL,NULL,'bot:1',NULL,1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z');
CREATE TABLE install_targets (
	id VARCHAR(36) NOT NULL, 
	skill_id VARCHAR(36) NOT NULL, 
	provider_id VARCHAR(36) NOT NULL, 
	desired_ref VARCHAR(120) NOT NULL, 
	installed_ref VARCHAR(120), 
	installed_digest VARCHAR(64), 
	previous_ref VARCHAR(120), 
	previous_digest VARCHAR(64), 
	status VARCHAR(20) DEFAULT 'idle' NOT NULL, 
	last_synced_at VARCHAR(27), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_install_targets_pair UNIQUE (skill_id, provider_id), 
	CONSTRAINT ck_install_targets_status CHECK (status IN ('idle', 'syncing', 'installed', 'failed')), 
	FOREIGN KEY(skill_id) REFERENCES skills (id), 
	FOREIGN KEY(provider_id) REFERENCES providers (id)
);
INSERT INTO "install_targets" VALUES('01a1fccc-2640-7000-8035-f9f3ea770d3d','01a1fccc-2640-7000-800d-1ac27f4cadf0','01a1fccc-2640-7000-800a-d610b13ee149','15505b4689f37260f6d888217b3ff9668fd451a4','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',NULL,NULL,'installed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
CREATE TABLE link_codes (
	id VARCHAR(36) NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	workspace_id VARCHAR(100) NOT NULL, 
	conversation_id VARCHAR(255) NOT NULL, 
	claimed_by VARCHAR(36), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	expires_at VARCHAR(27) NOT NULL, 
	used_at VARCHAR(27), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_link_codes_code_hash UNIQUE (code_hash), 
	CONSTRAINT ck_link_codes_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	FOREIGN KEY(claimed_by) REFERENCES users (id)
);
CREATE TABLE link_tries (
	id VARCHAR(36) NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	workspace_id VARCHAR(100) NOT NULL, 
	external_id VARCHAR(255) NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_link_tries_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api'))
);
CREATE TABLE notices (
	id VARCHAR(36) NOT NULL, 
	dedupe_key VARCHAR(255) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	execution_id VARCHAR(36), 
	request_id VARCHAR(36), 
	user_id VARCHAR(36), 
	channel VARCHAR(20), 
	workspace_id VARCHAR(100), 
	conversation_id VARCHAR(255), 
	thread_id VARCHAR(255), 
	conversation_key VARCHAR(512), 
	is_private BOOLEAN DEFAULT 0 NOT NULL, 
	payload TEXT DEFAULT '{}' NOT NULL, 
	status VARCHAR(20) DEFAULT 'pending' NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	next_attempt_at VARCHAR(27) NOT NULL, 
	last_error TEXT, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	delivered_at VARCHAR(27), 
	message_id VARCHAR(255), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_notices_dedupe_key UNIQUE (dedupe_key), 
	CONSTRAINT ck_notices_kind CHECK (kind IN ('request_card', 'approval_card', 'fyi_card', 'reminder', 'vote_void', 'change_failed', 'break_glass', 'outcome', 'expired', 'reply', 'callback', 'drift_card')), 
	CONSTRAINT ck_notices_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	CONSTRAINT ck_notices_status CHECK (status IN ('pending', 'delivered', 'failed')), 
	CONSTRAINT ck_notices_payload_json CHECK (payload IS NULL OR json_valid(payload)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE, 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8014-5a07f7da15c3','request_card:01a1fccc-2640-7000-8010-1e212c2ccd4e','request_card','01a1fccc-2640-7000-8010-1e212c2ccd4e',NULL,'01a1fccc-2640-7000-8000-0135abb93b35','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801b-a7c61649da54');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8018-4829ad47565a','approval_card:01a1fccc-2640-7000-8016-1659661ed4f7:01a1fccc-2640-7000-8001-fa523c33c7ff','approval_card','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7','01a1fccc-2640-7000-8001-fa523c33c7ff',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8001-fa523c33c7ff',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801d-f4f95ccb27d2');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8019-773196042b88','approval_card:01a1fccc-2640-7000-8016-1659661ed4f7:01a1fccc-2640-7000-8002-03d1e0e216ae','approval_card','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7','01a1fccc-2640-7000-8002-03d1e0e216ae',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8002-03d1e0e216ae',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801f-7295f0ba255e');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-801a-d75d17ebba1f','approval_card:01a1fccc-2640-7000-8016-1659661ed4f7:01a1fccc-2640-7000-8003-4c1fd3d3142a','approval_card','01a1fccc-2640-7000-8010-1e212c2ccd4e','01a1fccc-2640-7000-8016-1659661ed4f7','01a1fccc-2640-7000-8003-4c1fd3d3142a',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8003-4c1fd3d3142a',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8021-5e18d93468e8');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8029-f5c332b5eac8','reply:said 1','reply','01a1fccc-2640-7000-8024-3ff6bb4f3a4d',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff','console','','bob',NULL,'console::bob',1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #KN6D is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-802d-6d540c348804');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8039-ad571a2113bf','reply:said 2','reply','01a1fccc-2640-7000-802f-3c4e4701a3d3',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae','console','','carol',NULL,'console::carol',1,'{"asker":"carol","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #KN6D is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8046-6057db0b55ba');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8045-d653e6ee9da6','outcome:01a1fccc-2640-7000-8010-1e212c2ccd4e','outcome','01a1fccc-2640-7000-8010-1e212c2ccd4e',NULL,'01a1fccc-2640-7000-8000-0135abb93b35','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8047-041f1d5fbb62');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-804d-18b02210366c','request_card:01a1fccc-2640-7000-8049-6bacfeb7796a','request_card','01a1fccc-2640-7000-8049-6bacfeb7796a',NULL,'01a1fccc-2640-7000-8000-0135abb93b35','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8054-33cf9546d714');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8051-2871f04bd53a','approval_card:01a1fccc-2640-7000-804f-c9ffa54c230e:01a1fccc-2640-7000-8001-fa523c33c7ff','approval_card','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e','01a1fccc-2640-7000-8001-fa523c33c7ff',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8001-fa523c33c7ff',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8056-f58edd126a19');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8052-34ca1076d0a0','approval_card:01a1fccc-2640-7000-804f-c9ffa54c230e:01a1fccc-2640-7000-8002-03d1e0e216ae','approval_card','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e','01a1fccc-2640-7000-8002-03d1e0e216ae',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8002-03d1e0e216ae',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8058-312558894698');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8053-55ec4d4ccb02','approval_card:01a1fccc-2640-7000-804f-c9ffa54c230e:01a1fccc-2640-7000-8003-4c1fd3d3142a','approval_card','01a1fccc-2640-7000-8049-6bacfeb7796a','01a1fccc-2640-7000-804f-c9ffa54c230e','01a1fccc-2640-7000-8003-4c1fd3d3142a',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8003-4c1fd3d3142a',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-805a-7703119d93a6');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8062-346ff76293b1','reply:said 4','reply','01a1fccc-2640-7000-805d-fb5c662ac58e',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff','console','','bob',NULL,'console::bob',1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #WQ7T is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8066-b149c7cb88db');
CREATE TABLE providers (
	id VARCHAR(36) NOT NULL, 
	owner_id VARCHAR(36) NOT NULL, 
	name VARCHAR(20) NOT NULL, 
	display_name VARCHAR(50) NOT NULL, 
	status VARCHAR(20) DEFAULT 'connected' NOT NULL, 
	mode VARCHAR(20) DEFAULT 'filesystem' NOT NULL, 
	config TEXT DEFAULT '{}' NOT NULL, 
	last_error TEXT, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_providers_name CHECK (name IN ('openai', 'claude', 'gemini')), 
	CONSTRAINT ck_providers_status CHECK (status IN ('connected', 'disconnected', 'error')), 
	CONSTRAINT ck_providers_mode CHECK (mode IN ('filesystem', 'git', 'api')), 
	CONSTRAINT ck_providers_config_json CHECK (config IS NULL OR json_valid(config)), 
	FOREIGN KEY(owner_id) REFERENCES users (id)
);
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800a-d610b13ee149','01a1fccc-2640-7000-8001-fa523c33c7ff','claude','Claude','connected','filesystem','{"path":"/home/bot/.claude/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800b-834aafae17c9','01a1fccc-2640-7000-8001-fa523c33c7ff','gemini','Gemini','connected','filesystem','{"path":"/home/bot/.gemini/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
CREATE TABLE retention_gate (
	id INTEGER NOT NULL, 
	purpose VARCHAR(20) DEFAULT 'retention' NOT NULL, 
	opened_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE skill_versions (
	id VARCHAR(36) NOT NULL, 
	skill_id VARCHAR(36) NOT NULL, 
	requested_ref VARCHAR(120) NOT NULL, 
	commit_sha VARCHAR(64), 
	digest VARCHAR(64) NOT NULL, 
	author VARCHAR(255), 
	committed_at VARCHAR(27), 
	file_count INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	manifest TEXT, 
	reach TEXT, 
	bundle_path VARCHAR(1024), 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_skill_versions_content UNIQUE (skill_id, commit_sha, digest), 
	CONSTRAINT ck_skill_versions_manifest_json CHECK (manifest IS NULL OR json_valid(manifest)), 
	CONSTRAINT ck_skill_versions_reach_json CHECK (reach IS NULL OR json_valid(reach)), 
	FOREIGN KEY(skill_id) REFERENCES skills (id)
);
INSERT INTO "skill_versions" VALUES('01a1fccc-2640-7000-8042-97bff71f78f6','01a1fccc-2640-7000-800d-1ac27f4cadf0','main','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','Mina','2026-11-21T06:30:00.000000Z',1,96,NULL,'{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]}','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','2026-11-21T06:30:00.000000Z');
CREATE TABLE skills (
	id VARCHAR(36) NOT NULL, 
	owner_id VARCHAR(36) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	title VARCHAR(120) NOT NULL, 
	description TEXT NOT NULL, 
	github_url VARCHAR(500) NOT NULL, 
	path VARCHAR(1024) NOT NULL, 
	source_ref VARCHAR(120) DEFAULT 'main' NOT NULL, 
	tags TEXT DEFAULT '[]' NOT NULL, 
	is_archived BOOLEAN DEFAULT 0 NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	updated_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_skills_name UNIQUE (name), 
	CONSTRAINT ck_skills_tags_json CHECK (tags IS NULL OR json_valid(tags)), 
	FOREIGN KEY(owner_id) REFERENCES users (id)
);
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800c-449bf2045c9d','01a1fccc-2640-7000-8001-fa523c33c7ff','pdf','PDF','Works with pdf files.','https://github.com/acme/skills','skills/pdf','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800d-1ac27f4cadf0','01a1fccc-2640-7000-8001-fa523c33c7ff','docx','DOCX','Works with docx files.','https://github.com/acme/skills','skills/docx','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
CREATE TABLE status_transitions (
	id VARCHAR(36) NOT NULL, 
	execution_id VARCHAR(36), 
	entity_type VARCHAR(20) NOT NULL, 
	entity_id VARCHAR(36) NOT NULL, 
	from_status VARCHAR(20), 
	to_status VARCHAR(20) NOT NULL, 
	transitioned_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	reason TEXT, 
	actor VARCHAR(255) NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_status_transitions_entity_type CHECK (entity_type IN ('execution', 'hitl', 'run', 'target', 'chat_action', 'artifact', 'drift')), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE
);
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8011-dccee5d29d5a','01a1fccc-2640-7000-8010-1e212c2ccd4e','execution','01a1fccc-2640-7000-8010-1e212c2ccd4e',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-0135abb93b35');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8013-7737a75831f6','01a1fccc-2640-7000-8010-1e212c2ccd4e','chat_action','01a1fccc-2640-7000-8012-1f7404dc6696',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-0135abb93b35');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8017-e1918e22b936','01a1fccc-2640-7000-8010-1e212c2ccd4e','hitl','01a1fccc-2640-7000-8016-1659661ed4f7',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-0135abb93b35');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8025-deebb5755edc','01a1fccc-2640-7000-8024-3ff6bb4f3a4d','execution','01a1fccc-2640-7000-8024-3ff6bb4f3a4d',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8027-67e97ef622b6','01a1fccc-2640-7000-8024-3ff6bb4f3a4d','chat_action','01a1fccc-2640-7000-8026-00e8ee6d3cca',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802a-7fd808150c36','01a1fccc-2640-7000-8024-3ff6bb4f3a4d','execution','01a1fccc-2640-7000-8024-3ff6bb4f3a4d','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802b-de88571c021c','01a1fccc-2640-7000-8024-3ff6bb4f3a4d','execution','01a1fccc-2640-7000-8024-3ff6bb4f3a4d','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802c-393c186a258c','01a1fccc-2640-7000-8024-3ff6bb4f3a4d','chat_action','01a1fccc-2640-7000-8026-00e8ee6d3cca','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8030-41ed3c66886c','01a1fccc-2640-7000-802f-3c4e4701a3d3','execution','01a1fccc-2640-7000-802f-3c4e4701a3d3',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8032-7650a059e275','01a1fccc-2640-7000-802f-3c4e4701a3d3','chat_action','01a1fccc-2640-7000-8031-3c121c5b6a76',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8034-0c06fcb2fb11','01a1fccc-2640-7000-8010-1e212c2ccd4e','hitl','01a1fccc-2640-7000-8016-1659661ed4f7','pending','approved','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8036-066166eb1353','01a1fccc-2640-7000-8010-1e212c2ccd4e','target','01a1fccc-2640-7000-8035-f9f3ea770d3d',NULL,'idle','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8038-94de449d040f','01a1fccc-2640-7000-8010-1e212c2ccd4e','run','01a1fccc-2640-7000-8037-82419aa9470e',NULL,'queued','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803a-c25ff40fb71d','01a1fccc-2640-7000-802f-3c4e4701a3d3','execution','01a1fccc-2640-7000-802f-3c4e4701a3d3','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803b-3c593d151664','01a1fccc-2640-7000-802f-3c4e4701a3d3','execution','01a1fccc-2640-7000-802f-3c4e4701a3d3','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803c-2f2e1c1eedce','01a1fccc-2640-7000-802f-3c4e4701a3d3','chat_action','01a1fccc-2640-7000-8031-3c121c5b6a76','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-03d1e0e216ae');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803d-8d185e1987b1','01a1fccc-2640-7000-8010-1e212c2ccd4e','run','01a1fccc-2640-7000-8037-82419aa9470e','queued','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803e-ceb56e7d0997','01a1fccc-2640-7000-8010-1e212c2ccd4e','execution','01a1fccc-2640-7000-8010-1e212c2ccd4e','pending','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803f-e29328203c18','01a1fccc-2640-7000-8010-1e212c2ccd4e','target','01a1fccc-2640-7000-8035-f9f3ea770d3d','idle','syncing','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8040-e9a9df710ce1','01a1fccc-2640-7000-8010-1e212c2ccd4e','run','01a1fccc-2640-7000-8037-82419aa9470e','running','success','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8041-a684d5f245d5','01a1fccc-2640-7000-8010-1e212c2ccd4e','target','01a1fccc-2640-7000-8035-f9f3ea770d3d','syncing','installed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8043-37b097d1a695','01a1fccc-2640-7000-8010-1e212c2ccd4e','execution','01a1fccc-2640-7000-8010-1e212c2ccd4e','running','completed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8044-d9dab488e418','01a1fccc-2640-7000-8010-1e212c2ccd4e','chat_action','01a1fccc-2640-7000-8012-1f7404dc6696','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804a-89eebc9bcb7f','01a1fccc-2640-7000-8049-6bacfeb7796a','execution','01a1fccc-2640-7000-8049-6bacfeb7796a',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-0135abb93b35');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804c-3819443d74d8','01a1fccc-2640-7000-8049-6bacfeb7796a','chat_action','01a1fccc-2640-7000-804b-afd2093f8693',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-0135abb93b35');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8050-60fd6d8f133a','01a1fccc-2640-7000-8049-6bacfeb7796a','hitl','01a1fccc-2640-7000-804f-c9ffa54c230e',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-0135abb93b35');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-805e-f1e398f2c31c','01a1fccc-2640-7000-805d-fb5c662ac58e','execution','01a1fccc-2640-7000-805d-fb5c662ac58e',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8060-3c9177a2964e','01a1fccc-2640-7000-805d-fb5c662ac58e','chat_action','01a1fccc-2640-7000-805f-ec0e09b7bebd',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8063-580a8ebb883b','01a1fccc-2640-7000-805d-fb5c662ac58e','execution','01a1fccc-2640-7000-805d-fb5c662ac58e','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8064-4fde6ed1777b','01a1fccc-2640-7000-805d-fb5c662ac58e','execution','01a1fccc-2640-7000-805d-fb5c662ac58e','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8065-45fbf56c4972','01a1fccc-2640-7000-805d-fb5c662ac58e','chat_action','01a1fccc-2640-7000-805f-ec0e09b7bebd','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-fa523c33c7ff');
CREATE TABLE table_versions (
	name VARCHAR(64) NOT NULL, 
	version BIGINT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "table_versions" VALUES('users',5);
INSERT INTO "table_versions" VALUES('channel_identities',5);
CREATE TABLE users (
	id VARCHAR(36) NOT NULL, 
	email VARCHAR(255) NOT NULL, 
	email_verified BOOLEAN DEFAULT 0 NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	role VARCHAR(20) DEFAULT 'user' NOT NULL, 
	is_active BOOLEAN DEFAULT 1 NOT NULL, 
	language VARCHAR(10) DEFAULT 'en' NOT NULL, 
	timezone VARCHAR(64) DEFAULT 'UTC' NOT NULL, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	admitted_at VARCHAR(27), 
	PRIMARY KEY (id), 
	CONSTRAINT uq_users_email UNIQUE (email), 
	CONSTRAINT ck_users_role CHECK (role IN ('user', 'admin'))
);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8000-0135abb93b35','Alice-01a1fccc-2640-7000-8000-0135abb93b35@example.test',0,'Alice','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8001-fa523c33c7ff','Bob-01a1fccc-2640-7000-8001-fa523c33c7ff@example.test',0,'Bob','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8002-03d1e0e216ae','Carol-01a1fccc-2640-7000-8002-03d1e0e216ae@example.test',0,'Carol','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8003-4c1fd3d3142a','Dave-01a1fccc-2640-7000-8003-4c1fd3d3142a@example.test',0,'Dave','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8004-2e87f1356ce6','Erin-01a1fccc-2640-7000-8004-2e87f1356ce6@example.test',0,'Erin','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
CREATE INDEX idx_audit_heads_checkpoint ON audit_heads (checkpoint);
CREATE INDEX idx_audit_heads_execution_id ON audit_heads (execution_id);
CREATE INDEX idx_link_tries_external_id_created_at ON link_tries (external_id, created_at);
CREATE INDEX idx_delegations_until ON delegations (until);
CREATE INDEX idx_executions_status ON executions (status);
CREATE INDEX idx_executions_by_user ON executions (user_id, created_at, id);
CREATE INDEX idx_executions_by_completed_at ON executions (completed_at, id);
CREATE INDEX idx_executions_by_status ON executions (status, id);
CREATE INDEX idx_executions_job_name ON executions (job_name);
CREATE INDEX idx_executions_conversation ON executions (channel, channel_id, created_at DESC);
CREATE INDEX idx_executions_user_id ON executions (user_id);
CREATE INDEX idx_executions_waiting_for ON executions (waiting_for, created_at);
CREATE INDEX idx_executions_created_at ON executions (created_at DESC);
CREATE INDEX idx_executions_replay_of ON executions (replay_of, created_at);
CREATE INDEX idx_executions_by_created_at ON executions (created_at, id);
CREATE INDEX idx_link_codes_user_id ON link_codes (user_id);
CREATE INDEX idx_channel_identities_user_id ON channel_identities (user_id);
CREATE INDEX idx_api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX idx_providers_owner_id ON providers (owner_id);
CREATE INDEX idx_skills_github_url ON skills (github_url);
CREATE INDEX idx_skills_owner_id_created_at ON skills (owner_id, created_at DESC);
CREATE INDEX idx_artifacts_execution_id ON artifacts (execution_id);
CREATE INDEX idx_artifacts_status ON artifacts (status);
CREATE INDEX idx_artifacts_expires_at ON artifacts (expires_at);
CREATE INDEX idx_events_execution_id ON execution_events (execution_id);
CREATE INDEX idx_events_timestamp ON execution_events (timestamp);
CREATE INDEX idx_events_user_id ON execution_events (user_id);
CREATE INDEX idx_status_transitions_execution_id ON status_transitions (execution_id);
CREATE INDEX idx_freezes_ended_at ON freezes (ended_at);
CREATE INDEX idx_inbox_pending ON inbox (status, conversation_key, received_at, id);
CREATE INDEX idx_skill_versions_skill_id_created_at ON skill_versions (skill_id, created_at DESC);
CREATE INDEX idx_install_targets_provider_id ON install_targets (provider_id);
CREATE INDEX idx_install_runs_created_at ON install_runs (created_at DESC);
CREATE INDEX idx_install_runs_target_id_status ON install_runs (target_id, status);
CREATE UNIQUE INDEX uq_install_runs_active_key ON install_runs (active_key);
CREATE INDEX idx_install_runs_receipt_due ON install_runs (receipt_due);
CREATE INDEX idx_install_runs_pair_created_at ON install_runs (skill_id, provider_id, created_at DESC);
CREATE INDEX idx_install_runs_execution_id ON install_runs (execution_id);
CREATE INDEX idx_install_runs_status_created_at ON install_runs (status, created_at DESC);
CREATE INDEX idx_drift_events_target_id_detected_at ON drift_events (target_id, detected_at DESC);
CREATE INDEX idx_chat_actions_execution_id ON chat_actions (execution_id);
CREATE INDEX idx_chat_actions_user_id_created_at ON chat_actions (user_id, created_at);
CREATE INDEX idx_hitl_created_at ON hitl_requests (created_at);
CREATE INDEX idx_hitl_execution_id ON hitl_requests (execution_id);
CREATE INDEX idx_hitl_status ON hitl_requests (status);
CREATE INDEX idx_hitl_question_hash ON hitl_requests (question_hash, status);
CREATE INDEX idx_hitl_agent_status ON hitl_requests (agent_type, status);
CREATE INDEX idx_hitl_expires ON hitl_requests (expires_at);
CREATE INDEX idx_hitl_status_expires ON hitl_requests (status, expires_at, id);
CREATE INDEX idx_notices_status_next_attempt_at ON notices (status, next_attempt_at);
CREATE INDEX idx_notices_pending ON notices (status, conversation_key, created_at, id);
CREATE INDEX idx_notices_execution_id ON notices (execution_id);
CREATE INDEX idx_approval_prompts_execution_id ON approval_prompts (execution_id);
CREATE INDEX idx_approval_prompts_drift_id ON approval_prompts (drift_id);
CREATE INDEX idx_approval_prompts_behind ON approval_prompts (is_behind, next_attempt_at);
CREATE INDEX idx_approval_prompts_message ON approval_prompts (channel, workspace_id, conversation_id, message_id);
CREATE INDEX idx_button_tokens_execution_id ON button_tokens (execution_id);
CREATE TRIGGER users_count_insert AFTER INSERT ON users FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'users'; END;
CREATE TRIGGER users_count_update AFTER UPDATE ON users FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'users'; END;
CREATE TRIGGER users_count_delete AFTER DELETE ON users FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'users'; END;
CREATE TRIGGER channel_identities_count_insert AFTER INSERT ON channel_identities FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'channel_identities'; END;
CREATE TRIGGER channel_identities_count_update AFTER UPDATE ON channel_identities FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'channel_identities'; END;
CREATE TRIGGER channel_identities_count_delete AFTER DELETE ON channel_identities FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'channel_identities'; END;
CREATE TRIGGER execution_events_no_update BEFORE UPDATE ON execution_events FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM retention_gate WHERE purpose = 'redaction') OR NEW.id IS NOT OLD.id OR NEW.execution_id IS NOT OLD.execution_id OR NEW.user_id IS NOT OLD.user_id OR NEW.event_type IS NOT OLD.event_type OR NEW.timestamp IS NOT OLD.timestamp OR NEW.created_at IS NOT OLD.created_at OR NEW.seq IS NOT OLD.seq OR NEW.prev_hash IS NOT OLD.prev_hash OR NEW.hash IS NOT OLD.hash
BEGIN SELECT RAISE(ABORT, 'execution_events is append-only'); END;
CREATE TRIGGER execution_events_no_delete BEFORE DELETE ON execution_events FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM retention_gate WHERE purpose = 'retention')
BEGIN SELECT RAISE(ABORT, 'execution_events is append-only'); END;
CREATE TRIGGER execution_events_no_insert BEFORE INSERT ON execution_events FOR EACH ROW WHEN EXISTS (SELECT 1 FROM execution_events WHERE id = NEW.id OR (execution_id = NEW.execution_id AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'execution_events is append-only'); END;
CREATE TRIGGER skills_keep_updated_at AFTER UPDATE OF updated_at ON skills FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE skills SET updated_at = NEW.updated_at WHERE id = NEW.id; END;
CREATE TRIGGER providers_keep_updated_at AFTER UPDATE OF updated_at ON providers FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE providers SET updated_at = NEW.updated_at WHERE id = NEW.id; END;
CREATE TRIGGER install_targets_keep_updated_at AFTER UPDATE OF updated_at ON install_targets FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE install_targets SET updated_at = NEW.updated_at WHERE id = NEW.id; END;
CREATE TRIGGER executions_keep_updated_at AFTER UPDATE OF updated_at ON executions FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE executions SET updated_at = NEW.updated_at WHERE id = NEW.id; END;
CREATE TRIGGER chat_actions_keep_updated_at AFTER UPDATE OF updated_at ON chat_actions FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE chat_actions SET updated_at = NEW.updated_at WHERE id = NEW.id; END;
CREATE TRIGGER hitl_requests_keep_updated_at AFTER UPDATE OF updated_at ON hitl_requests FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE hitl_requests SET updated_at = NEW.updated_at WHERE id = NEW.id; END;
CREATE TRIGGER skills_touch_updated_at AFTER UPDATE ON skills FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE skills SET updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id; END;
CREATE TRIGGER providers_touch_updated_at AFTER UPDATE ON providers FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE providers SET updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id; END;
CREATE TRIGGER install_targets_touch_updated_at AFTER UPDATE ON install_targets FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE install_targets SET updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id; END;
CREATE TRIGGER executions_touch_updated_at AFTER UPDATE ON executions FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE executions SET updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id; END;
CREATE TRIGGER chat_actions_touch_updated_at AFTER UPDATE ON chat_actions FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE chat_actions SET updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id; END;
CREATE TRIGGER hitl_requests_touch_updated_at AFTER UPDATE ON hitl_requests FOR EACH ROW WHEN NEW.updated_at IS OLD.updated_at
BEGIN UPDATE hitl_requests SET updated_at = strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z' WHERE id = NEW.id; END;
CREATE VIEW approval_requests AS SELECT id, code, execution_id, chat_action_id, agent_type, request_type, status, title, description, payload, options, response, risk_level, subject_hash, question_hash, policy, rule, requesters, change, threshold, revision, created_by, responded_by, comment, callback_url, created_at, updated_at, expires_at, remind_at, responded_at, execution_expires_at FROM hitl_requests;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('execution_events',38);
COMMIT;
