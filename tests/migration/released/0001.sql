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
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801c-e82d996bda3e','request_card','01a1fccc-2640-7000-8010-d2eafcfee849',NULL,NULL,'01a1fccc-2640-7000-8000-2730776149f1','console','','alice',NULL,1,'01a1fccc-2640-7000-801b-b69857ad8d32',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801e-a952cd21af41','approval_card','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd','console','','bob',NULL,1,'01a1fccc-2640-7000-801d-cdc5701f25bb',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8020-f2a147bc7184','approval_card','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b','console','','carol',NULL,1,'01a1fccc-2640-7000-801f-0a01fe659087',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8022-ab05efea60f7','approval_card','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',NULL,'01a1fccc-2640-7000-8003-91aac76d1cfc','console','','dave',NULL,1,'01a1fccc-2640-7000-8021-825c3f2af047',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8055-f9512503d382','request_card','01a1fccc-2640-7000-8049-4542b4e71592',NULL,NULL,'01a1fccc-2640-7000-8000-2730776149f1','console','','alice',NULL,1,'01a1fccc-2640-7000-8054-1fb0d693cc5d',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8057-8921af1c8e13','approval_card','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd','console','','bob',NULL,1,'01a1fccc-2640-7000-8056-af54c04a06b7',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8059-d8beb17d0f61','approval_card','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b','console','','carol',NULL,1,'01a1fccc-2640-7000-8058-4780d543ad91',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-805b-5b65147a6d3b','approval_card','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',NULL,'01a1fccc-2640-7000-8003-91aac76d1cfc','console','','dave',NULL,1,'01a1fccc-2640-7000-805a-48d63b2436dc',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8028-1c86dc3b6123','01a1fccc-2640-7000-8016-4c530bc6a522','01a1fccc-2640-7000-8001-4698a76ffcfd',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8033-aa853e5f0b09','01a1fccc-2640-7000-8016-4c530bc6a522','01a1fccc-2640-7000-8002-56bc4db6517b',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8061-bc811f5beafb','01a1fccc-2640-7000-804f-1e333434a41d','01a1fccc-2640-7000-8001-4698a76ffcfd',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-8015-5dca7aa52def','01a1fccc-2640-7000-8010-d2eafcfee849','docx.tar','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',96,'application/x-tar','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}');
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-804e-e143fc97915c','01a1fccc-2640-7000-8049-4542b4e71592','pdf.tar','bundles/64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a',94,'application/x-tar','64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}');
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
INSERT INTO "button_tokens" VALUES('D5g-BJaiw2gyiFq3UXzUyQ','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',1,'{"action":{"comment":null,"intent":"cancel","request":"6NAE"},"kind":"action"}',NULL,'ed0c4b9bd0aeef38fcde3eb3d875ab233128bf870452583deeb5e4e42394b8c0','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('VzCyGrfwKLcayNF9cCBnVQ','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',1,'{"kind":"details"}',NULL,'e552c32b16087997ac3025fc46541c5264a3abb551d2db484713407abddb607a','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('JuUIR4gifk3YN6rhdRdrLg','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',1,'{"action":{"comment":null,"intent":"reject","request":"6NAE"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','54f22da8ff7e7c02f6eb5bd943d05273041411b02ea7cf2c0d7b83e1fdec9f53','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('hg93xc86-yFWFONEZSXqDw','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"6NAE","skills":[]},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','21e2e7b535fbe458c20415199e0d1c8702c57760a71bf69b71701b9fc92a68d7','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('T3qhTgJ8eTPcYDkf61ZsTg','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',1,'{"action":{"comment":null,"intent":"approve","request":"6NAE"},"kind":"action"}',NULL,'b9a0f8eb0bdabf84919e0f9671cef87872e45bf01ef2f01ac6809f45b17ef0a2','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('2pb3rOVYLoPQknMb5TyrYg','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',1,'{"action":{"execution":"6NAE","intent":"timeline"},"kind":"action"}',NULL,'5eae47e4116cb75eddd824a6f96a533b5bb5708bcfc33bb93186599eee20eb7a','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('JBpkswFkcebGjDDio-IVpA','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522',1,'{"action":{"intent":"rollback","providers":["Claude"],"run":"6NAE","skills":["docx"],"to_ref":null},"kind":"action"}',NULL,'2acd6e3fdd6251740de0b1a895a0b485ca4b2abdd4977130d358d08b7a7d29a3','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('et4hfvOXfadR_mJMqjOxAA','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',1,'{"action":{"comment":null,"intent":"cancel","request":"P6HM"},"kind":"action"}',NULL,'a91e130ca44ae3e4c64c843bdb66bdfb761ce3d3ff94a392f7b7118d90ba288c','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('Ibi8WFn8szs3tYNYsZfI6Q','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',1,'{"kind":"details"}',NULL,'82560f9692f60acb3f80f1d223107c45b41679d0c95afd1000e0cacaf4f43f8b','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('I4kiPtk74-gKvcoF7qwibw','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',1,'{"action":{"comment":null,"intent":"reject","request":"P6HM"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','7cdd99c02ace72b3b53a4b819244ef93c8f8d1b6de743f3c2af8461906195093','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('r20N_ZlbhUdlYyPwBymm4A','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"P6HM","skills":[]},"kind":"action"}','{"fields":[{"initial":["Claude","Gemini"],"kind":"choices","label":"Places to keep","name":"providers","optional":false,"options":[{"label":"Claude","value":"Claude"},{"label":"Gemini","value":"Gemini"}]},{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','5ab76ec423d949f820b1a18ce2abe3589db8d69adc527116ea6f16c73caef139','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('4S0d48jYOApRswoViCov7Q','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d',1,'{"action":{"comment":null,"intent":"approve","request":"P6HM"},"kind":"action"}',NULL,'d3c2c880ca5c80efbe59d19bf9e299b8ce5afd5bfc1c49de74a9db71ef9ae24a','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8005-7e8964f0fea4','console','','alice','01a1fccc-2640-7000-8000-2730776149f1','Alice',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8006-dde9164c3ee5','console','','bob','01a1fccc-2640-7000-8001-4698a76ffcfd','Bob',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8007-57009f10cba3','console','','carol','01a1fccc-2640-7000-8002-56bc4db6517b','Carol',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8008-8dd3edf4f157','console','','dave','01a1fccc-2640-7000-8003-91aac76d1cfc','Dave',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8009-ca0dbc172666','console','','erin','01a1fccc-2640-7000-8004-2f5519565532','Erin',1,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8012-1bb172b6b28e','01a1fccc-2640-7000-8000-2730776149f1','install','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]}','write','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8037-079e6044e2c2','executed','2026-11-21T06:30:00.000000Z','2026-11-29T23:53:57.811000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8026-24edef74445f','01a1fccc-2640-7000-8001-4698a76ffcfd','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-8024-7bde735c11c3',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8031-9f79a1d2faf5','01a1fccc-2640-7000-8002-56bc4db6517b','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-802f-c97b164389a1',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-804b-b021ca3603d3','01a1fccc-2640-7000-8000-2730776149f1','install','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]}','write','01a1fccc-2640-7000-8049-4542b4e71592',NULL,'accepted','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-805f-bd0e0f182c5e','01a1fccc-2640-7000-8001-4698a76ffcfd','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-805d-92924bd7c35d',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "deployment_policies" VALUES('01a1fccc-2640-7000-800e-8ccfa06f041b','default',1,'188d5231134dc1b48f4008b4f661e901c955f368c0b0eaf91acaf2846536aad1','{"groups":{},"rules":[{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"read","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":["Read"],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":["delegate"],"name":"stand in","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}]}',1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-29T23:53:57.521000Z');
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
INSERT INTO "execution_events" VALUES(1,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"eb75da6679315a2538817b7a1aa1245a"}','0000000000000000000000000000000000000000000000000000000000000000','d1ad83ca022c7df5f05ac3f9564bf6ece806827c8305a8b1b303673ce0a6f7e2');
INSERT INTO "execution_events" VALUES(2,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install docx on Claude","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install docx on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","skill":"docx"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"3570d9e0ac3c33f667027d3bbd79755d"}','d1ad83ca022c7df5f05ac3f9564bf6ece806827c8305a8b1b303673ce0a6f7e2','2a2144b7ea7e1421391eab29769a98ac774e522506566d4614b66ac900364155');
INSERT INTO "execution_events" VALUES(3,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"ref":"main","skill":"docx","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"967b2900f284d51041df11894845a086","input_masked":"46b5d675647d1d3afb495147ad8f4869"}','2a2144b7ea7e1421391eab29769a98ac774e522506566d4614b66ac900364155','53f3084780e1664b44fcd785fe809f4fe413e13eb7bcf32285a895e1808489aa');
INSERT INTO "execution_events" VALUES(4,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"36183ff6eb00d4894eebace074828d85","output_masked.output":"43ddaf017aa3b6e1f2438ebda742a805"}','53f3084780e1664b44fcd785fe809f4fe413e13eb7bcf32285a895e1808489aa','cc4688e5055cabe8f485758a89b6903dd0e9a68fbf592ebcc3416473a2e2ba46');
INSERT INTO "execution_events" VALUES(5,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"43aa2307a1c57cb37e1e1062019ee433","input_masked":"ca2536ac6ea80549a65f40f10ba62b78"}','cc4688e5055cabe8f485758a89b6903dd0e9a68fbf592ebcc3416473a2e2ba46','53d39445a28df407a52f5d4a6dd737e435af2a98618338ddb32b3d3cc1743f28');
INSERT INTO "execution_events" VALUES(6,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"7333741588077218c03ec3048d6b861e","output_masked.output":"440e6c8827c6baa6c1e81df003078ed2"}','53d39445a28df407a52f5d4a6dd737e435af2a98618338ddb32b3d3cc1743f28','410513b82d41e0fed4feace50d1cd3deeb1e9b0e1fddbd1c4244aa3596b9bfb6');
INSERT INTO "execution_events" VALUES(7,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolInvoked','{"ended":null,"input":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"input_masked":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"ce53d337f407be003147bff4ee88d369","input_masked":"f9ac24c86ec4bc13e689471b8eedcab0"}','410513b82d41e0fed4feace50d1cd3deeb1e9b0e1fddbd1c4244aa3596b9bfb6','14b4a885898246b67dd4e85e0b4a16284297d012fbeb272737e246d94aee04a3');
INSERT INTO "execution_events" VALUES(8,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"e5628363ac88a2f2e4babe7560674523","output_masked.output":"a9a2e3c88591a426c800c37af69c0e30"}','14b4a885898246b67dd4e85e0b4a16284297d012fbeb272737e246d94aee04a3','27f8111954c5126018e2f45ea935bd0684941d25f4719e219d26194f6bf2c947');
INSERT INTO "execution_events" VALUES(9,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ApprovalRequested','{"action":"install docx on Claude","details":{"code":"6NAE","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-8016-4c530bc6a522","revision":1,"subject":{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-e60ce68cc2f7","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-e60ce68cc2f7","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2},"subject_hash":"144b71d75f5df488bb9bbebfd6a0bb422df03f4873efb5b527e22d477677e9c9","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','27f8111954c5126018e2f45ea935bd0684941d25f4719e219d26194f6bf2c947','59780eaa87251f55037a1ac475bdeafe88f00a3cfae6fcd76cc9e0a0b66ca84c');
INSERT INTO "execution_events" VALUES(10,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-2730776149f1","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"0297ceb37ef130c2b0ce3cf70ee6799f"}','59780eaa87251f55037a1ac475bdeafe88f00a3cfae6fcd76cc9e0a0b66ca84c','cab3c0c0148219f33ca51ddbc667fc83cc85ad10a41af201a0f1b5da5b82301e');
INSERT INTO "execution_events" VALUES(11,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-4698a76ffcfd","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"cf7927a8d63a1e39caf99bfa78d8d898"}','cab3c0c0148219f33ca51ddbc667fc83cc85ad10a41af201a0f1b5da5b82301e','41bf1f3cb98e1b8e1399282ccb1176a5b66ffb5de91502547d4f1a9d42ee47a0');
INSERT INTO "execution_events" VALUES(12,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-56bc4db6517b","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"fc1169b73c4d96a084aef25132343565"}','41bf1f3cb98e1b8e1399282ccb1176a5b66ffb5de91502547d4f1a9d42ee47a0','e4aee88eda97750d0e63ba50b600144f54b965b0cf0069aa81ec150f8047b02c');
INSERT INTO "execution_events" VALUES(13,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-91aac76d1cfc","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"514877ab04ee5c6609613b0ecc018391"}','e4aee88eda97750d0e63ba50b600144f54b965b0cf0069aa81ec150f8047b02c','be21a5f2f12137b4dbf77950b31e8397f63d8277862813b39d43ac9e244ded62');
INSERT INTO "execution_events" VALUES(14,'01a1fccc-2640-7000-8024-7bde735c11c3','01a1fccc-2640-7000-8001-4698a76ffcfd','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"2327933498b52f74b99fd83b9ac89eb5"}','0000000000000000000000000000000000000000000000000000000000000000','d0daf701cb8bae5bd8ff92f7e178243931dad8d7cb5e34ec88a8f6af52cb98eb');
INSERT INTO "execution_events" VALUES(15,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8001-4698a76ffcfd','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-4698a76ffcfd","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','be21a5f2f12137b4dbf77950b31e8397f63d8277862813b39d43ac9e244ded62','856673ed1e0985164131037a5e74078753a20f43d16182944e8cc8b25cfdb8de');
INSERT INTO "execution_events" VALUES(16,'01a1fccc-2640-7000-8024-7bde735c11c3','01a1fccc-2640-7000-8001-4698a76ffcfd','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #6NAE is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-4698a76ffcfd","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"010dee17ce95aa345fcca74dcfd4144e"}','d0daf701cb8bae5bd8ff92f7e178243931dad8d7cb5e34ec88a8f6af52cb98eb','4ae8c37a6c4549dd22cf16c9c4314bae128fdcb19f36d2f495960ddbaecf4ae8');
INSERT INTO "execution_events" VALUES(17,'01a1fccc-2640-7000-802f-c97b164389a1','01a1fccc-2640-7000-8002-56bc4db6517b','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"8c6ddfb5787ebc4a75e9ce0de408b1f8"}','0000000000000000000000000000000000000000000000000000000000000000','7d645aa0d88e5a6939584e453413da8b3ad7ed094d5360b2e215402d690753f5');
INSERT INTO "execution_events" VALUES(18,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8002-56bc4db6517b','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8002-56bc4db6517b","channel":"console","comment":null,"decided":"approved","ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',15,'{}','856673ed1e0985164131037a5e74078753a20f43d16182944e8cc8b25cfdb8de','067e7271257dac4475e16265ce1bffa17faf5ca653fbdccba4da04516e60d02a');
INSERT INTO "execution_events" VALUES(19,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',16,'{"input":"ba0f605856ce30129c652c35da996123","input_masked":"ebdb449ff46f886dd2322f791a70c7c1"}','067e7271257dac4475e16265ce1bffa17faf5ca653fbdccba4da04516e60d02a','7f2f0bd6e4dd390c6a6069fb00c77936b3573f1b3a0c2d81d96b49df965507bc');
INSERT INTO "execution_events" VALUES(20,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ToolCompleted','{"duration_ms":0,"ended":"completed","output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',17,'{"output.output":"5de37062f9ee9e837aa576c4445514e3","output_masked.output":"d17a1d59ed923bf5b16eca6e4d3ecf5c"}','7f2f0bd6e4dd390c6a6069fb00c77936b3573f1b3a0c2d81d96b49df965507bc','0c4b577f323566715ce4e0ab1a321a76e4113f078c7465ecfbf87179aa59a93f');
INSERT INTO "execution_events" VALUES(21,'01a1fccc-2640-7000-802f-c97b164389a1','01a1fccc-2640-7000-8002-56bc4db6517b','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #6NAE is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-56bc4db6517b","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"3bebb1d46e8057e964aa0fd6ca2cafc6"}','7d645aa0d88e5a6939584e453413da8b3ad7ed094d5360b2e215402d690753f5','c4fbd76e5c547a4c319c2902d4a50e19034710c2215a35c6100c419ba6c25102');
INSERT INTO "execution_events" VALUES(22,'01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Installed docx on Claude\napproved by Bob, Carol in the console at 06:30\n15505b4, 1 file, verified byte for byte - 0.0 s","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-2730776149f1","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',18,'{"text":"bef30348a343a075a6926a690dcce1d8"}','0c4b577f323566715ce4e0ab1a321a76e4113f078c7465ecfbf87179aa59a93f','75be40b7f5e36901648f90f164ffe94a52d3b55fbdca0c348e02fde43e83be96');
INSERT INTO "execution_events" VALUES(23,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"c5fea3151dd9c1f593937178fc6d87c9"}','0000000000000000000000000000000000000000000000000000000000000000','ec7490846650dcda8a8171f898facc9eb30d14d64d0f4ae64abecd6e9cca162d');
INSERT INTO "execution_events" VALUES(24,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install pdf on Claude, Gemini","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install pdf on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","skill":"pdf"},"tool":"skill.install"},{"depends_on":[2],"description":"install pdf on Gemini","input":{"provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-e99b367620f9","skill":"pdf"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"02e0d72b0d90a16b3c0ade3dfbbd8cfe"}','ec7490846650dcda8a8171f898facc9eb30d14d64d0f4ae64abecd6e9cca162d','9863f4f00434475385b9a98467741744df53552a58a31283d1604aa7d43737f7');
INSERT INTO "execution_events" VALUES(25,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"ref":"main","skill":"pdf","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"f73d6cd51b05c08fac6120a922b740ab","input_masked":"7d8022d477410316729e974b4063ce86"}','9863f4f00434475385b9a98467741744df53552a58a31283d1604aa7d43737f7','c68900c0c66d881c674968a0fb064019763ff35cb116839f8813fcb86d53c999');
INSERT INTO "execution_events" VALUES(26,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"b954d49de9a51c02dc445ce9805e7bf2","output_masked.output":"e5261df6a29214b09fc80baa263925ea"}','c68900c0c66d881c674968a0fb064019763ff35cb116839f8813fcb86d53c999','31e25d72569c9d786dbe092abf725c448b9c23dd80a868dd7e665163b3356123');
INSERT INTO "execution_events" VALUES(27,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ToolInvoked','{"ended":null,"input":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"de9c961514a249eb230bcd10836cf1b3","input_masked":"15d8201bb0190dc89a3d42072cb7a577"}','31e25d72569c9d786dbe092abf725c448b9c23dd80a868dd7e665163b3356123','fde6e992c233de057a108f3c915f6b0c0392b98004ded880c500262e55203421');
INSERT INTO "execution_events" VALUES(28,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"7a94b3c003510a693311569bfca1f1a2","output_masked.output":"210dde22270fa9f590d7630e00690587"}','fde6e992c233de057a108f3c915f6b0c0392b98004ded880c500262e55203421','fbd387962ecfdbab656590024a846bb04302e4aa42f8bd4832b9c9f6b8b74235');
INSERT INTO "execution_events" VALUES(29,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ToolInvoked','{"ended":null,"input":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"input_masked":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"9c30330b47f5bbfbfdd1c7636d10e816","input_masked":"9c13ca576d0815037cbf9980d4384d8e"}','fbd387962ecfdbab656590024a846bb04302e4aa42f8bd4832b9c9f6b8b74235','d756e931ca76eec50f701e5b3e5cc4a7316b797a5858cb2c67105a72aeed5ce5');
INSERT INTO "execution_events" VALUES(30,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"e7624a98482e3af219d93bca4b9cecd7","output_masked.output":"6ff77b94318f968b5fea4f721528b8c3"}','d756e931ca76eec50f701e5b3e5cc4a7316b797a5858cb2c67105a72aeed5ce5','f34f0626d1b9db3880121a1eec17d2609cdc0a6081c7009f4640612d03885794');
INSERT INTO "execution_events" VALUES(31,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ApprovalRequested','{"action":"install pdf on Claude, Gemini","details":{"code":"P6HM","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-804f-1e333434a41d","revision":1,"subject":{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-e99b367620f9","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2},"subject_hash":"299a89a41e7c14cc03b434947202863f0e87fb8cb39144945211677874caa10f","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','f34f0626d1b9db3880121a1eec17d2609cdc0a6081c7009f4640612d03885794','6a54c2944241f3f9764583a77bbef6e81a5e8c464b606328844deba45dc6503a');
INSERT INTO "execution_events" VALUES(32,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-2730776149f1","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"00aba2692b5fbf130a38d67464f02dc1"}','6a54c2944241f3f9764583a77bbef6e81a5e8c464b606328844deba45dc6503a','871adad85743419a99995a0fa7b90991b824b7194a2a38bc44a7f4ad718242db');
INSERT INTO "execution_events" VALUES(33,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-4698a76ffcfd","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"f8946ea980ed90e974f87cdc990d94a9"}','871adad85743419a99995a0fa7b90991b824b7194a2a38bc44a7f4ad718242db','d4256211786a80c25541d51fba7d4bb80fac2871223fb672a564ccba47694e57');
INSERT INTO "execution_events" VALUES(34,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-56bc4db6517b","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"d00ec307dfed38f74fa6fa672b54eac6"}','d4256211786a80c25541d51fba7d4bb80fac2871223fb672a564ccba47694e57','ab444a65d4b3e78d66b6ad13d7c102031dd9469063bc4add0badce9a22fdc1ee');
INSERT INTO "execution_events" VALUES(35,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8000-2730776149f1','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-91aac76d1cfc","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"f09514f1a814cb4794b5dc811af53721"}','ab444a65d4b3e78d66b6ad13d7c102031dd9469063bc4add0badce9a22fdc1ee','97ee5537041451674ad4a78e6f87a5fdcf371b27bdecd3b05f738fee5b24ff6e');
INSERT INTO "execution_events" VALUES(36,'01a1fccc-2640-7000-805d-92924bd7c35d','01a1fccc-2640-7000-8001-4698a76ffcfd','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"47c26630ec23e9e81d0bbebbda68d17b"}','0000000000000000000000000000000000000000000000000000000000000000','bc2da1ec6606d69700b33c8ed1dde186ce9f12e85098fbeb036f2214006b4cf5');
INSERT INTO "execution_events" VALUES(37,'01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-8001-4698a76ffcfd','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-4698a76ffcfd","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','97ee5537041451674ad4a78e6f87a5fdcf371b27bdecd3b05f738fee5b24ff6e','2c761ac37cd41e4e38dc591c59acd5286d0f507bd999ff0c3ac8811d446bfd88');
INSERT INTO "execution_events" VALUES(38,'01a1fccc-2640-7000-805d-92924bd7c35d','01a1fccc-2640-7000-8001-4698a76ffcfd','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #P6HM is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-4698a76ffcfd","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"d9a76e71b249b36e73b283824e0637eb"}','bc2da1ec6606d69700b33c8ed1dde186ce9f12e85098fbeb036f2214006b4cf5','c083e247880efd4dc3cca2b16fc0fc5158f188fa5e0985c7be9c80f9b06e4c7a');
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
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8010-d2eafcfee849','6NAE','01a1fccc-2640-7000-8000-2730776149f1','console','','alice',NULL,'alice',1,'said 0','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','rules',4096,NULL,'completed',NULL,10,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-e60ce68cc2f7","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-e60ce68cc2f7","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8010-d2eafcfee849','bot:1','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:53:57.810000Z','1 done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8024-7bde735c11c3','QQ9G','01a1fccc-2640-7000-8001-4698a76ffcfd','console','','bob',NULL,'bob',1,'said 1','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-8024-7bde735c11c3',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:53:57.739000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-802f-c97b164389a1','3JPY','01a1fccc-2640-7000-8002-56bc4db6517b','console','','carol',NULL,'carol',1,'said 2','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-802f-c97b164389a1',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:53:57.789000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8049-4542b4e71592','P6HM','01a1fccc-2640-7000-8000-2730776149f1','console','','alice',NULL,'alice',1,'said 3','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','rules',4096,NULL,'pending','approval',7,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-e99b367620f9","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8049-4542b4e71592',NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-805d-92924bd7c35d','7TKW','01a1fccc-2640-7000-8001-4698a76ffcfd','console','','bob',NULL,'bob',1,'said 4','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-805d-92924bd7c35d',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-29T23:53:57.933000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-8016-4c530bc6a522','6NAE','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8012-1bb172b6b28e','chatops','action_approval','approved','install docx on Claude',NULL,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-e60ce68cc2f7","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-e60ce68cc2f7","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','[]',NULL,'write','144b71d75f5df488bb9bbebfd6a0bb422df03f4873efb5b527e22d477677e9c9','9cc9bbb235a5761df19ea82571de91c21736ef7455d75eba578aab824e6eb421','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-2730776149f1"]',NULL,2,1,'01a1fccc-2640-7000-8000-2730776149f1','01a1fccc-2640-7000-8002-56bc4db6517b',NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-22T06:30:00.000000Z');
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-804f-1e333434a41d','P6HM','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804b-b021ca3603d3','chatops','action_approval','pending','install pdf on Claude, Gemini',NULL,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-536302963247","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-e99b367620f9","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-a5fcac80c466","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','[]',NULL,'write','299a89a41e7c14cc03b434947202863f0e87fb8cb39144945211677874caa10f','cbb161c7a557ebefc45e50c0e93a6041543cdc7fda50358f4f6575d0d49a8020','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-2730776149f1"]',NULL,2,1,'01a1fccc-2640-7000-8000-2730776149f1',NULL,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z',NULL,NULL);
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
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-800f-5a7ef38e544e','said 0','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 0","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8023-c1ef094234fa','said 1','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 1","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-802e-bc924c529e09','said 2','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 2","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8048-114e3f700edf','said 3','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 3","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-805c-e63dc63642ab','said 4','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 4","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8067-533ce6d5daf5','said 5','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 5","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','pending',0,NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL);
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
INSERT INTO "install_runs" VALUES('01a1fccc-2640-7000-8037-079e6044e2c2','01a1fccc-2640-7000-8010-d2eafcfee849',NULL,'01a1fccc-2640-7000-800d-e60ce68cc2f7','01a1fccc-2640-7000-800a-536302963247','01a1fccc-2640-7000-8035-a05dc69a52be','01a1fccc-2640-7000-8000-2730776149f1','chatbot','install','main','success',1,NULL,NULL,NULL,NULL,'bot:1',NULL,1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "install_targets" VALUES('01a1fccc-2640-7000-8035-a05dc69a52be','01a1fccc-2640-7000-800d-e60ce68cc2f7','01a1fccc-2640-7000-800a-536302963247','15505b4689f37260f6d888217b3ff9668fd451a4','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',NULL,NULL,'installed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8014-190874a6358e','request_card:01a1fccc-2640-7000-8010-d2eafcfee849','request_card','01a1fccc-2640-7000-8010-d2eafcfee849',NULL,'01a1fccc-2640-7000-8000-2730776149f1','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801b-b69857ad8d32');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8018-22b020fb5dec','approval_card:01a1fccc-2640-7000-8016-4c530bc6a522:01a1fccc-2640-7000-8001-4698a76ffcfd','approval_card','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522','01a1fccc-2640-7000-8001-4698a76ffcfd',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801d-cdc5701f25bb');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8019-c90180e24895','approval_card:01a1fccc-2640-7000-8016-4c530bc6a522:01a1fccc-2640-7000-8002-56bc4db6517b','approval_card','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522','01a1fccc-2640-7000-8002-56bc4db6517b',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801f-0a01fe659087');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-801a-b1fd1a2ee903','approval_card:01a1fccc-2640-7000-8016-4c530bc6a522:01a1fccc-2640-7000-8003-91aac76d1cfc','approval_card','01a1fccc-2640-7000-8010-d2eafcfee849','01a1fccc-2640-7000-8016-4c530bc6a522','01a1fccc-2640-7000-8003-91aac76d1cfc',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8021-825c3f2af047');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8029-1663f02cd803','reply:said 1','reply','01a1fccc-2640-7000-8024-7bde735c11c3',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd','console','','bob',NULL,1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #6NAE is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-802d-7b4ae051990c');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8039-63264d0235f2','reply:said 2','reply','01a1fccc-2640-7000-802f-c97b164389a1',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b','console','','carol',NULL,1,'{"asker":"carol","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #6NAE is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8046-e13f83e1f1f0');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8045-5e1324ec8ee1','outcome:01a1fccc-2640-7000-8010-d2eafcfee849','outcome','01a1fccc-2640-7000-8010-d2eafcfee849',NULL,'01a1fccc-2640-7000-8000-2730776149f1','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8047-82fea6b2bda2');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-804d-e19cd8303491','request_card:01a1fccc-2640-7000-8049-4542b4e71592','request_card','01a1fccc-2640-7000-8049-4542b4e71592',NULL,'01a1fccc-2640-7000-8000-2730776149f1','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8054-1fb0d693cc5d');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8051-73703e8e32e7','approval_card:01a1fccc-2640-7000-804f-1e333434a41d:01a1fccc-2640-7000-8001-4698a76ffcfd','approval_card','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d','01a1fccc-2640-7000-8001-4698a76ffcfd',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8056-af54c04a06b7');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8052-cbea4a6c1df8','approval_card:01a1fccc-2640-7000-804f-1e333434a41d:01a1fccc-2640-7000-8002-56bc4db6517b','approval_card','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d','01a1fccc-2640-7000-8002-56bc4db6517b',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8058-4780d543ad91');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8053-c04238d9c52c','approval_card:01a1fccc-2640-7000-804f-1e333434a41d:01a1fccc-2640-7000-8003-91aac76d1cfc','approval_card','01a1fccc-2640-7000-8049-4542b4e71592','01a1fccc-2640-7000-804f-1e333434a41d','01a1fccc-2640-7000-8003-91aac76d1cfc',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-805a-48d63b2436dc');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8062-71e09f809ee4','reply:said 4','reply','01a1fccc-2640-7000-805d-92924bd7c35d',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd','console','','bob',NULL,1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #P6HM is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8066-79f5978c14c8');
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
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800a-536302963247','01a1fccc-2640-7000-8001-4698a76ffcfd','claude','Claude','connected','filesystem','{"path":"/home/bot/.claude/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800b-e99b367620f9','01a1fccc-2640-7000-8001-4698a76ffcfd','gemini','Gemini','connected','filesystem','{"path":"/home/bot/.gemini/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skill_versions" VALUES('01a1fccc-2640-7000-8042-c8e7887efaf2','01a1fccc-2640-7000-800d-e60ce68cc2f7','main','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','Mina','2026-11-21T06:30:00.000000Z',1,96,NULL,'{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]}','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800c-a5fcac80c466','01a1fccc-2640-7000-8001-4698a76ffcfd','pdf','PDF','Works with pdf files.','https://github.com/acme/skills','skills/pdf','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800d-e60ce68cc2f7','01a1fccc-2640-7000-8001-4698a76ffcfd','docx','DOCX','Works with docx files.','https://github.com/acme/skills','skills/docx','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8011-d315034595d2','01a1fccc-2640-7000-8010-d2eafcfee849','execution','01a1fccc-2640-7000-8010-d2eafcfee849',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-2730776149f1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8013-536afac26979','01a1fccc-2640-7000-8010-d2eafcfee849','chat_action','01a1fccc-2640-7000-8012-1bb172b6b28e',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-2730776149f1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8017-3f03d6a5746a','01a1fccc-2640-7000-8010-d2eafcfee849','hitl','01a1fccc-2640-7000-8016-4c530bc6a522',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-2730776149f1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8025-950238156f2d','01a1fccc-2640-7000-8024-7bde735c11c3','execution','01a1fccc-2640-7000-8024-7bde735c11c3',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8027-2ba1089572b4','01a1fccc-2640-7000-8024-7bde735c11c3','chat_action','01a1fccc-2640-7000-8026-24edef74445f',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802a-971cfcf10ed3','01a1fccc-2640-7000-8024-7bde735c11c3','execution','01a1fccc-2640-7000-8024-7bde735c11c3','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802b-aec18b0853f2','01a1fccc-2640-7000-8024-7bde735c11c3','execution','01a1fccc-2640-7000-8024-7bde735c11c3','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802c-9f9c594a067f','01a1fccc-2640-7000-8024-7bde735c11c3','chat_action','01a1fccc-2640-7000-8026-24edef74445f','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8030-7a0d15faa231','01a1fccc-2640-7000-802f-c97b164389a1','execution','01a1fccc-2640-7000-802f-c97b164389a1',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8032-253054b6127b','01a1fccc-2640-7000-802f-c97b164389a1','chat_action','01a1fccc-2640-7000-8031-9f79a1d2faf5',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8034-7df17198e68c','01a1fccc-2640-7000-8010-d2eafcfee849','hitl','01a1fccc-2640-7000-8016-4c530bc6a522','pending','approved','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8036-6476db62fb84','01a1fccc-2640-7000-8010-d2eafcfee849','target','01a1fccc-2640-7000-8035-a05dc69a52be',NULL,'idle','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8038-da5f55fadc34','01a1fccc-2640-7000-8010-d2eafcfee849','run','01a1fccc-2640-7000-8037-079e6044e2c2',NULL,'queued','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803a-ba627a4048be','01a1fccc-2640-7000-802f-c97b164389a1','execution','01a1fccc-2640-7000-802f-c97b164389a1','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803b-1334673faedb','01a1fccc-2640-7000-802f-c97b164389a1','execution','01a1fccc-2640-7000-802f-c97b164389a1','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803c-86d072a15d9b','01a1fccc-2640-7000-802f-c97b164389a1','chat_action','01a1fccc-2640-7000-8031-9f79a1d2faf5','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-56bc4db6517b');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803d-e8958716e825','01a1fccc-2640-7000-8010-d2eafcfee849','run','01a1fccc-2640-7000-8037-079e6044e2c2','queued','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803e-c191bf7a49aa','01a1fccc-2640-7000-8010-d2eafcfee849','execution','01a1fccc-2640-7000-8010-d2eafcfee849','pending','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803f-b999905803b8','01a1fccc-2640-7000-8010-d2eafcfee849','target','01a1fccc-2640-7000-8035-a05dc69a52be','idle','syncing','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8040-53bc47fdc575','01a1fccc-2640-7000-8010-d2eafcfee849','run','01a1fccc-2640-7000-8037-079e6044e2c2','running','success','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8041-b70e66dfb643','01a1fccc-2640-7000-8010-d2eafcfee849','target','01a1fccc-2640-7000-8035-a05dc69a52be','syncing','installed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8043-a9eb032b0704','01a1fccc-2640-7000-8010-d2eafcfee849','execution','01a1fccc-2640-7000-8010-d2eafcfee849','running','completed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8044-6994a0e520f9','01a1fccc-2640-7000-8010-d2eafcfee849','chat_action','01a1fccc-2640-7000-8012-1bb172b6b28e','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804a-5e6040df631a','01a1fccc-2640-7000-8049-4542b4e71592','execution','01a1fccc-2640-7000-8049-4542b4e71592',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-2730776149f1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804c-6587abdc7282','01a1fccc-2640-7000-8049-4542b4e71592','chat_action','01a1fccc-2640-7000-804b-b021ca3603d3',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-2730776149f1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8050-b4f06405ce8d','01a1fccc-2640-7000-8049-4542b4e71592','hitl','01a1fccc-2640-7000-804f-1e333434a41d',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-2730776149f1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-805e-e4624430bb6b','01a1fccc-2640-7000-805d-92924bd7c35d','execution','01a1fccc-2640-7000-805d-92924bd7c35d',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8060-58e146e9e77b','01a1fccc-2640-7000-805d-92924bd7c35d','chat_action','01a1fccc-2640-7000-805f-bd0e0f182c5e',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8063-4588c9bb76f4','01a1fccc-2640-7000-805d-92924bd7c35d','execution','01a1fccc-2640-7000-805d-92924bd7c35d','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8064-ff9aae94f8ea','01a1fccc-2640-7000-805d-92924bd7c35d','execution','01a1fccc-2640-7000-805d-92924bd7c35d','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8065-dff9dc698806','01a1fccc-2640-7000-805d-92924bd7c35d','chat_action','01a1fccc-2640-7000-805f-bd0e0f182c5e','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-4698a76ffcfd');
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
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8000-2730776149f1','Alice-01a1fccc-2640-7000-8000-2730776149f1@example.test',0,'Alice','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8001-4698a76ffcfd','Bob-01a1fccc-2640-7000-8001-4698a76ffcfd@example.test',0,'Bob','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8002-56bc4db6517b','Carol-01a1fccc-2640-7000-8002-56bc4db6517b@example.test',0,'Carol','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8003-91aac76d1cfc','Dave-01a1fccc-2640-7000-8003-91aac76d1cfc@example.test',0,'Dave','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8004-2f5519565532','Erin-01a1fccc-2640-7000-8004-2f5519565532@example.test',0,'Erin','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
CREATE INDEX idx_audit_heads_execution_id ON audit_heads (execution_id);
CREATE INDEX idx_audit_heads_checkpoint ON audit_heads (checkpoint);
CREATE INDEX idx_link_tries_external_id_created_at ON link_tries (external_id, created_at);
CREATE INDEX idx_delegations_until ON delegations (until);
CREATE INDEX idx_executions_by_user ON executions (user_id, created_at, id);
CREATE INDEX idx_executions_by_completed_at ON executions (completed_at, id);
CREATE INDEX idx_executions_by_status ON executions (status, id);
CREATE INDEX idx_executions_job_name ON executions (job_name);
CREATE INDEX idx_executions_conversation ON executions (channel, channel_id, created_at DESC);
CREATE INDEX idx_executions_waiting_for ON executions (waiting_for, created_at);
CREATE INDEX idx_executions_created_at ON executions (created_at DESC);
CREATE INDEX idx_executions_user_id ON executions (user_id);
CREATE INDEX idx_executions_by_created_at ON executions (created_at, id);
CREATE INDEX idx_executions_replay_of ON executions (replay_of, created_at);
CREATE INDEX idx_executions_status ON executions (status);
CREATE INDEX idx_link_codes_user_id ON link_codes (user_id);
CREATE INDEX idx_channel_identities_user_id ON channel_identities (user_id);
CREATE INDEX idx_api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX idx_providers_owner_id ON providers (owner_id);
CREATE INDEX idx_skills_owner_id_created_at ON skills (owner_id, created_at DESC);
CREATE INDEX idx_skills_github_url ON skills (github_url);
CREATE INDEX idx_artifacts_execution_id ON artifacts (execution_id);
CREATE INDEX idx_artifacts_status ON artifacts (status);
CREATE INDEX idx_artifacts_expires_at ON artifacts (expires_at);
CREATE INDEX idx_events_execution_id ON execution_events (execution_id);
CREATE INDEX idx_events_timestamp ON execution_events (timestamp);
CREATE INDEX idx_events_user_id ON execution_events (user_id);
CREATE INDEX idx_status_transitions_execution_id ON status_transitions (execution_id);
CREATE INDEX idx_freezes_ended_at ON freezes (ended_at);
CREATE INDEX idx_inbox_pending ON inbox (status, conversation_key, received_at);
CREATE INDEX idx_skill_versions_skill_id_created_at ON skill_versions (skill_id, created_at DESC);
CREATE INDEX idx_install_targets_provider_id ON install_targets (provider_id);
CREATE INDEX idx_install_runs_receipt_due ON install_runs (receipt_due);
CREATE INDEX idx_install_runs_created_at ON install_runs (created_at DESC);
CREATE INDEX idx_install_runs_target_id_status ON install_runs (target_id, status);
CREATE UNIQUE INDEX uq_install_runs_active_key ON install_runs (active_key);
CREATE INDEX idx_install_runs_pair_created_at ON install_runs (skill_id, provider_id, created_at DESC);
CREATE INDEX idx_install_runs_execution_id ON install_runs (execution_id);
CREATE INDEX idx_install_runs_status_created_at ON install_runs (status, created_at DESC);
CREATE INDEX idx_drift_events_target_id_detected_at ON drift_events (target_id, detected_at DESC);
CREATE INDEX idx_chat_actions_user_id_created_at ON chat_actions (user_id, created_at);
CREATE INDEX idx_chat_actions_execution_id ON chat_actions (execution_id);
CREATE INDEX idx_hitl_status ON hitl_requests (status);
CREATE INDEX idx_hitl_question_hash ON hitl_requests (question_hash, status);
CREATE INDEX idx_hitl_agent_status ON hitl_requests (agent_type, status);
CREATE INDEX idx_hitl_expires ON hitl_requests (expires_at);
CREATE INDEX idx_hitl_status_expires ON hitl_requests (status, expires_at, id);
CREATE INDEX idx_hitl_created_at ON hitl_requests (created_at);
CREATE INDEX idx_hitl_execution_id ON hitl_requests (execution_id);
CREATE INDEX idx_notices_execution_id ON notices (execution_id);
CREATE INDEX idx_notices_status_next_attempt_at ON notices (status, next_attempt_at);
CREATE INDEX idx_approval_prompts_execution_id ON approval_prompts (execution_id);
CREATE INDEX idx_approval_prompts_behind ON approval_prompts (is_behind, next_attempt_at);
CREATE INDEX idx_approval_prompts_message ON approval_prompts (channel, workspace_id, conversation_id, message_id);
CREATE INDEX idx_approval_prompts_drift_id ON approval_prompts (drift_id);
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
