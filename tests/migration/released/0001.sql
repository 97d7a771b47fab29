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
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801c-b1a247116180','request_card','01a1fccc-2640-7000-8010-6fa24a5badf0',NULL,NULL,'01a1fccc-2640-7000-8000-088aa7b334d3','console','','alice',NULL,1,'01a1fccc-2640-7000-801b-8c1a93f46369',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801e-d6fbd5f22e37','approval_card','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e','console','','bob',NULL,1,'01a1fccc-2640-7000-801d-da59e4d11368',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8020-33e0a1ffcd6d','approval_card','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a','console','','carol',NULL,1,'01a1fccc-2640-7000-801f-1b6ff03589be',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8022-0c520ca2b65d','approval_card','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',NULL,'01a1fccc-2640-7000-8003-e2dfba135f91','console','','dave',NULL,1,'01a1fccc-2640-7000-8021-cca107e85210',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8055-c1e0314f2f63','request_card','01a1fccc-2640-7000-8049-4683c3b51f44',NULL,NULL,'01a1fccc-2640-7000-8000-088aa7b334d3','console','','alice',NULL,1,'01a1fccc-2640-7000-8054-49af0b692b2b',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8057-74e671734fcd','approval_card','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e','console','','bob',NULL,1,'01a1fccc-2640-7000-8056-d68042bde9d6',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8059-54dd6edcee96','approval_card','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a','console','','carol',NULL,1,'01a1fccc-2640-7000-8058-44a764d206ac',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-805b-ea40d737056e','approval_card','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',NULL,'01a1fccc-2640-7000-8003-e2dfba135f91','console','','dave',NULL,1,'01a1fccc-2640-7000-805a-cc02d3080a30',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8028-9e9876fdf872','01a1fccc-2640-7000-8016-f8afacfbb99d','01a1fccc-2640-7000-8001-5698c8aa053e',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8033-75e5f127103d','01a1fccc-2640-7000-8016-f8afacfbb99d','01a1fccc-2640-7000-8002-97643e2cb34a',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8061-d593c01bf452','01a1fccc-2640-7000-804f-0f68eaf27489','01a1fccc-2640-7000-8001-5698c8aa053e',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-8015-c2a187a6ed49','01a1fccc-2640-7000-8010-6fa24a5badf0','docx.tar','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',96,'application/x-tar','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}');
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-804e-c075d483bca8','01a1fccc-2640-7000-8049-4683c3b51f44','pdf.tar','bundles/64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a',94,'application/x-tar','64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}');
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
INSERT INTO "button_tokens" VALUES('pmvB4Lvd4ttw_V6x-iiLbA','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',1,'{"action":{"comment":null,"intent":"cancel","request":"W96D"},"kind":"action"}',NULL,'d302a322f58ecef7fc0ddf3e70a057caed42e3ab899959efb03118231a9e697e','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('QIcNvckYjhuMhUfLWCsrDg','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',1,'{"kind":"details"}',NULL,'4d6c55c6892c44e8f06781bb101d808fc77a0a160bf383e3ddcf5f93569ef4c3','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('rINN8SOfMi4UKkPRmUUgMw','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',1,'{"action":{"comment":null,"intent":"reject","request":"W96D"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','8cee03e01e190617c29ce7f506d5870ba7dfb674c11e8e9703daa4035adad8e3','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('-YgTTkl_2E8FL1ATX3Jvsw','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"W96D","skills":[]},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','1b3c167998b5c27d264d3a844e1ec924074fe3a2fc53dcdb407b2a60b2d05b65','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('0npinH21Eq9Y9jRYNOD8Kw','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',1,'{"action":{"comment":null,"intent":"approve","request":"W96D"},"kind":"action"}',NULL,'f16d37f74365780616458ec67d9411892372364dbb0dd86e84fe6f3f24ed09db','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('B1vDgh8nS_HbD42Q9axL7w','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',1,'{"action":{"execution":"W96D","intent":"timeline"},"kind":"action"}',NULL,'b339fce96c1029e6cbbfca5e8ef30f20908d01abc6c66959442a2f949c7320e2','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('nrQK7g5QIzfi59W1uZWGAg','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d',1,'{"action":{"intent":"rollback","providers":["Claude"],"run":"W96D","skills":["docx"],"to_ref":null},"kind":"action"}',NULL,'3183bd9a9f4f60c891ce194ae45d0ffc69e475731380b76fc579e3483e7337bd','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('TMuaQxFUVP9mhmh-lXk7hg','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',1,'{"action":{"comment":null,"intent":"cancel","request":"46FA"},"kind":"action"}',NULL,'dc2c2b093a2d685d5c4e6d4eac166782c83d3576ec8e9f4800e01783278ed0ee','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('QCfCDh3HHm8NDjX88llCcg','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',1,'{"kind":"details"}',NULL,'1a57eb91c9cc284e52702f2fe8e95c47fd21d0f99fbaf2edbe4e01ac7c9e4b9f','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('7gNvrrGDVQ-hue0XnhpyXw','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',1,'{"action":{"comment":null,"intent":"reject","request":"46FA"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','f4154d12d2f94abd870c0f8a7c6f6cad334e2511c92919ad14c79c99fbe4858f','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('-cMCumSROdJcBOKaKvaHsw','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"46FA","skills":[]},"kind":"action"}','{"fields":[{"initial":["Claude","Gemini"],"kind":"choices","label":"Places to keep","name":"providers","optional":false,"options":[{"label":"Claude","value":"Claude"},{"label":"Gemini","value":"Gemini"}]},{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','7f75ca8171bb5b7cec3b13899e6fe187a0e50be761b3e2d97712a18ac2e71e3c','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('dUfk9qRF36zxc_wm7MBz_A','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489',1,'{"action":{"comment":null,"intent":"approve","request":"46FA"},"kind":"action"}',NULL,'edfad38d9c1915fe83678c2912b1929fd686f5996f0a7e0e8de16a89d9f6cc03','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8005-b42abfdfc5a7','console','','alice','01a1fccc-2640-7000-8000-088aa7b334d3','Alice',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8006-94d9c3a43494','console','','bob','01a1fccc-2640-7000-8001-5698c8aa053e','Bob',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8007-6848f2c721a7','console','','carol','01a1fccc-2640-7000-8002-97643e2cb34a','Carol',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8008-674a543d8fa7','console','','dave','01a1fccc-2640-7000-8003-e2dfba135f91','Dave',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8009-7fc605eab90d','console','','erin','01a1fccc-2640-7000-8004-b54b3ed272fd','Erin',1,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8012-e369411e4b6d','01a1fccc-2640-7000-8000-088aa7b334d3','install','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]}','write','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8037-0f156808d73d','executed','2026-11-21T06:30:00.000000Z','2026-11-30T00:06:56.030000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8026-1439970282c5','01a1fccc-2640-7000-8001-5698c8aa053e','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-8024-97b86b0dd427',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8031-0dbd5e950512','01a1fccc-2640-7000-8002-97643e2cb34a','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-802f-ce73364e73cc',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-804b-91f7a8f0e2df','01a1fccc-2640-7000-8000-088aa7b334d3','install','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]}','write','01a1fccc-2640-7000-8049-4683c3b51f44',NULL,'accepted','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-805f-694d432f6f08','01a1fccc-2640-7000-8001-5698c8aa053e','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-805d-d55e575dc031',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "deployment_policies" VALUES('01a1fccc-2640-7000-800e-26a606c92993','default',1,'188d5231134dc1b48f4008b4f661e901c955f368c0b0eaf91acaf2846536aad1','{"groups":{},"rules":[{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"read","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":["Read"],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":["delegate"],"name":"stand in","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}]}',1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-30T00:06:54.616000Z');
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
INSERT INTO "execution_events" VALUES(1,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"b16b1cf26a102c34098afd9ae4bd2c6b"}','0000000000000000000000000000000000000000000000000000000000000000','835b86bc19cf52272ac1a8193bb1efcdd7b70e376d844bab2bf8bb4ce3a18af6');
INSERT INTO "execution_events" VALUES(2,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install docx on Claude","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install docx on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","skill":"docx"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"3b01d191a6b3e9e8872afaa156f405cb"}','835b86bc19cf52272ac1a8193bb1efcdd7b70e376d844bab2bf8bb4ce3a18af6','ad7e8272e91b9148c607ab4702f22e1fa3a75885441dfdbb1dd8dea7b6363850');
INSERT INTO "execution_events" VALUES(3,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"ref":"main","skill":"docx","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"84dac585cb95a7d54c1a3cc331b5a832","input_masked":"9dde8d02551d80bd8ce614ed041f52f3"}','ad7e8272e91b9148c607ab4702f22e1fa3a75885441dfdbb1dd8dea7b6363850','d0247b5f23186cecc2a71969c41bd256462c1ce5d371eb8426b4dcf70e579b13');
INSERT INTO "execution_events" VALUES(4,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"667f7d1df4b32780e5e5f591f4391aad","output_masked.output":"41ee3b2815425bcd3a5372ce58207c8d"}','d0247b5f23186cecc2a71969c41bd256462c1ce5d371eb8426b4dcf70e579b13','9a69f1a867f12ef7daf79420642e9bd965c2b1c423cdf2c30d18f9ecc643728c');
INSERT INTO "execution_events" VALUES(5,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"a11978797498f3e55e77b7d93ee341a8","input_masked":"d68e5e78e11d58279ca3300cf4cbe66e"}','9a69f1a867f12ef7daf79420642e9bd965c2b1c423cdf2c30d18f9ecc643728c','a45fb9459d259a7f19af7a26d52c5bdb252460d12ade698f80f15b5e8a5296d2');
INSERT INTO "execution_events" VALUES(6,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"9bc4c802c269d32a41a9b647d9bb870a","output_masked.output":"8b9d18732e155810aa7a8671aeebc593"}','a45fb9459d259a7f19af7a26d52c5bdb252460d12ade698f80f15b5e8a5296d2','e16766e50fe6c4e4ae4879feb1cb563c45796dfacfc3b077fb4d1ace60eb4418');
INSERT INTO "execution_events" VALUES(7,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolInvoked','{"ended":null,"input":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"input_masked":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"63e9b6fd3d2a97af5f93edd84fa53bdb","input_masked":"ad967305728250929868f5be90106a1d"}','e16766e50fe6c4e4ae4879feb1cb563c45796dfacfc3b077fb4d1ace60eb4418','7ead1910b49b4add04eff7c513d1e8448b0848d5688d2b0b2b329eda0c9f3467');
INSERT INTO "execution_events" VALUES(8,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"55a42edad3cb65b358a8fdc253cf1792","output_masked.output":"56588024557961a74d8fce688cf79694"}','7ead1910b49b4add04eff7c513d1e8448b0848d5688d2b0b2b329eda0c9f3467','a945d47eaaa2c90be2b3e7b7eda437d8fa63f93823b82a1858f307d973e7f4bc');
INSERT INTO "execution_events" VALUES(9,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ApprovalRequested','{"action":"install docx on Claude","details":{"code":"W96D","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-8016-f8afacfbb99d","revision":1,"subject":{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-f542bf63dc0b","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-f542bf63dc0b","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2},"subject_hash":"e20907d753a925d8c75cb7eed96dbc9c2aaa22cb7c9686eab8290b64e075a63d","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','a945d47eaaa2c90be2b3e7b7eda437d8fa63f93823b82a1858f307d973e7f4bc','b2f544b03521cb8a28420843881b59dcc7febd497c339f82f3895e1444d032a2');
INSERT INTO "execution_events" VALUES(10,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-088aa7b334d3","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"31cd583966c78c9781338db39fe603a0"}','b2f544b03521cb8a28420843881b59dcc7febd497c339f82f3895e1444d032a2','3c13148d06d99e096a2941023d62f605ea1de490e32c80a7e3cded100e88cfec');
INSERT INTO "execution_events" VALUES(11,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-5698c8aa053e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"49711dbf55cef6a512df894d8358b09f"}','3c13148d06d99e096a2941023d62f605ea1de490e32c80a7e3cded100e88cfec','c37bb972ad7afbfdccd5aa8f7c02bd92a8ec6e501b645f63ab2a16dd7836a33b');
INSERT INTO "execution_events" VALUES(12,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-97643e2cb34a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"39cb87e383cf2118318934b01b5e6ab0"}','c37bb972ad7afbfdccd5aa8f7c02bd92a8ec6e501b645f63ab2a16dd7836a33b','20ddf9d229a5e81842b763251712dabc39bb92d0dd908946c16bc956563c887c');
INSERT INTO "execution_events" VALUES(13,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-e2dfba135f91","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"fc0cec7d1895faac31a28ed1bd0c9942"}','20ddf9d229a5e81842b763251712dabc39bb92d0dd908946c16bc956563c887c','84f34bbcf20ef4569eeca7c6c4c89bf26d5f9cd3e9e590fdee5db0bdb98cd158');
INSERT INTO "execution_events" VALUES(14,'01a1fccc-2640-7000-8024-97b86b0dd427','01a1fccc-2640-7000-8001-5698c8aa053e','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"c373164de4bde097e25207c9c4560a0c"}','0000000000000000000000000000000000000000000000000000000000000000','33071d3f1237ba09293705d139e4770c9709aa0aa4baf18aef058d4d4986dbc9');
INSERT INTO "execution_events" VALUES(15,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8001-5698c8aa053e','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-5698c8aa053e","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','84f34bbcf20ef4569eeca7c6c4c89bf26d5f9cd3e9e590fdee5db0bdb98cd158','b694a81daf712f9096f75c363f0df6c38eb49ba0d0ad21497c04d68b485e2e1c');
INSERT INTO "execution_events" VALUES(16,'01a1fccc-2640-7000-8024-97b86b0dd427','01a1fccc-2640-7000-8001-5698c8aa053e','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #W96D is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-5698c8aa053e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"02a7b6f0933bed3ec4cb3bde28b93443"}','33071d3f1237ba09293705d139e4770c9709aa0aa4baf18aef058d4d4986dbc9','8279012abb4f60b7dfa5f07781ca91f27a01b5cac92056d9e07270b466306122');
INSERT INTO "execution_events" VALUES(17,'01a1fccc-2640-7000-802f-ce73364e73cc','01a1fccc-2640-7000-8002-97643e2cb34a','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"f1d45d6210967ab5df4d768bd0eeb8a2"}','0000000000000000000000000000000000000000000000000000000000000000','c2d3d586d1719c743e04f488bc9ad248a2a8bd6387d59ea55a2fa5083ac85e42');
INSERT INTO "execution_events" VALUES(18,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8002-97643e2cb34a','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8002-97643e2cb34a","channel":"console","comment":null,"decided":"approved","ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',15,'{}','b694a81daf712f9096f75c363f0df6c38eb49ba0d0ad21497c04d68b485e2e1c','7ea95e160ae7894217499746b8b47a088fa502907bd79f20cdf373475ac0d15c');
INSERT INTO "execution_events" VALUES(19,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',16,'{"input":"26616d8203c535e0d51e39020aefed36","input_masked":"9d7cf82279babcc125c544b2a3cd9198"}','7ea95e160ae7894217499746b8b47a088fa502907bd79f20cdf373475ac0d15c','edbeb9aa11470e1cfb60536cb2e61df0fd828f53c4f0782b55f85c3db4f2da19');
INSERT INTO "execution_events" VALUES(20,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ToolCompleted','{"duration_ms":0,"ended":"completed","output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',17,'{"output.output":"c16d37101834d33822544e35a00c1491","output_masked.output":"1177b07aefa283f62885bc87b2f10e0e"}','edbeb9aa11470e1cfb60536cb2e61df0fd828f53c4f0782b55f85c3db4f2da19','fd2f5da3ebcfdf1347b3846ca4a2eef7b856cce3471c82b2e2d6254ece793290');
INSERT INTO "execution_events" VALUES(21,'01a1fccc-2640-7000-802f-ce73364e73cc','01a1fccc-2640-7000-8002-97643e2cb34a','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #W96D is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-97643e2cb34a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"85e0c7b0eaaae67351e098609ad1ad17"}','c2d3d586d1719c743e04f488bc9ad248a2a8bd6387d59ea55a2fa5083ac85e42','381562251885aaa6b30870e13986d4b7ccee5a52456c6fcc7fd8c93b26a86b78');
INSERT INTO "execution_events" VALUES(22,'01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Installed docx on Claude\napproved by Bob, Carol in the console at 06:30\n15505b4, 1 file, verified byte for byte - 0.0 s","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-088aa7b334d3","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',18,'{"text":"db3ab3baebcfb5dea97b45a962cd80b4"}','fd2f5da3ebcfdf1347b3846ca4a2eef7b856cce3471c82b2e2d6254ece793290','aef8f8c7a8b3a9fea3a4f0d0d334e8f3ff31e6bd627854f5cfbbac49d36c0340');
INSERT INTO "execution_events" VALUES(23,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"2963fffdce827b18c26dd24510cb6da4"}','0000000000000000000000000000000000000000000000000000000000000000','abb825cc59fdfaff3200d8d8070864af8b9639f70760d338df69f30ab05eadbd');
INSERT INTO "execution_events" VALUES(24,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install pdf on Claude, Gemini","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install pdf on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","skill":"pdf"},"tool":"skill.install"},{"depends_on":[2],"description":"install pdf on Gemini","input":{"provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-c6e560208896","skill":"pdf"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"3189e6fbebaf58d11ab2191c97906b41"}','abb825cc59fdfaff3200d8d8070864af8b9639f70760d338df69f30ab05eadbd','586eb1b5fb14cee1052fad89fdcdf0dd6e545b56cc45d06759e95225ea1f8928');
INSERT INTO "execution_events" VALUES(25,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"ref":"main","skill":"pdf","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"af9cc7afb038d20fb7903b1a51f63a96","input_masked":"ccd49959eaed563a3f92a07aa1c637e4"}','586eb1b5fb14cee1052fad89fdcdf0dd6e545b56cc45d06759e95225ea1f8928','14d8b801ab4aeedb9ac9217d7baeb20e61babdf2d6922a86af3a8b37032cfdf0');
INSERT INTO "execution_events" VALUES(26,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"198c375af1448793bf57d00195be3c02","output_masked.output":"2df903f49614d6fedce8b28efb090fc6"}','14d8b801ab4aeedb9ac9217d7baeb20e61babdf2d6922a86af3a8b37032cfdf0','cdada5c28faaadee34d059365b5cc8e00e468764c631585272a08023f1bcde22');
INSERT INTO "execution_events" VALUES(27,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ToolInvoked','{"ended":null,"input":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"a646a53606da01cbaea980abb1f07b04","input_masked":"73e4c9ab07e9518f3a4e860ee516f838"}','cdada5c28faaadee34d059365b5cc8e00e468764c631585272a08023f1bcde22','46825c037effaba86282b95bf7d4ab63d528e766971d563e469d752eef36519f');
INSERT INTO "execution_events" VALUES(28,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"41894420d5289a706207ef4d723c197b","output_masked.output":"7b9e85e2d08127a6b48ea716e0404ecf"}','46825c037effaba86282b95bf7d4ab63d528e766971d563e469d752eef36519f','2d34fce34294e788b0a7ab4282aaf5ef4d7653b3c7bb24ea54cfd3e8ee577adf');
INSERT INTO "execution_events" VALUES(29,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ToolInvoked','{"ended":null,"input":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"input_masked":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"5dc2a5750a0e7ab91d9db7ddf309fd98","input_masked":"d51f5f0293cf287da2244ebe0c437284"}','2d34fce34294e788b0a7ab4282aaf5ef4d7653b3c7bb24ea54cfd3e8ee577adf','fe28b7636b4d7635d255d8f815cb8cb32b2f724c3455b0ebdb8d7e802f8927d9');
INSERT INTO "execution_events" VALUES(30,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"8ad3c9b98208ebdd050468cfabe66d02","output_masked.output":"70912da7b52f27e1a2de0ed8b5395bd1"}','fe28b7636b4d7635d255d8f815cb8cb32b2f724c3455b0ebdb8d7e802f8927d9','0ffe098d1e3adc55ff9889efd419d9d4ea1bdd5d86ffd8433c59d890343dcdeb');
INSERT INTO "execution_events" VALUES(31,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ApprovalRequested','{"action":"install pdf on Claude, Gemini","details":{"code":"46FA","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-804f-0f68eaf27489","revision":1,"subject":{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-c6e560208896","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2},"subject_hash":"2f92967f160e42739ec57dbec318d5dcaa53e0f88a495d17d14e988a768a96b1","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','0ffe098d1e3adc55ff9889efd419d9d4ea1bdd5d86ffd8433c59d890343dcdeb','b0fc2fb406470e31ac15593315efc84e13bfa00a934ba5d1fbf2988f65bdd374');
INSERT INTO "execution_events" VALUES(32,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-088aa7b334d3","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"534394a0e60aa00f5d55950e47e18753"}','b0fc2fb406470e31ac15593315efc84e13bfa00a934ba5d1fbf2988f65bdd374','bc561fd44ea9c3e5c6f00d4c0b85b7049f50954fa6c77cb0b229ac8b9b6ea63e');
INSERT INTO "execution_events" VALUES(33,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-5698c8aa053e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"25d3f4232ce09d05019458e0896a41b8"}','bc561fd44ea9c3e5c6f00d4c0b85b7049f50954fa6c77cb0b229ac8b9b6ea63e','87ca766ef1d64fe730c5ef00655b32d4077f4a613c00e62786bd12113a67a2db');
INSERT INTO "execution_events" VALUES(34,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-97643e2cb34a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"aa224ef3798ecbbd6b07303a32d1d83b"}','87ca766ef1d64fe730c5ef00655b32d4077f4a613c00e62786bd12113a67a2db','732e504325f80673f6ac884aea456b6cc60813f9d6d6183176a0d95f863876cf');
INSERT INTO "execution_events" VALUES(35,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8000-088aa7b334d3','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-e2dfba135f91","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"9fc7a64d933f9d85b01b25f56a054f14"}','732e504325f80673f6ac884aea456b6cc60813f9d6d6183176a0d95f863876cf','a6632f815b3ebf8a4f8f326528b21f296483abb12878aa8eaaa6485f086f133d');
INSERT INTO "execution_events" VALUES(36,'01a1fccc-2640-7000-805d-d55e575dc031','01a1fccc-2640-7000-8001-5698c8aa053e','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"cc011e1469df54a3a9944033473f254f"}','0000000000000000000000000000000000000000000000000000000000000000','daaac3466da070dd4b0f1eaa5f444720e5d6249b3c6916f2f1c263fc44a127a7');
INSERT INTO "execution_events" VALUES(37,'01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-8001-5698c8aa053e','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-5698c8aa053e","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','a6632f815b3ebf8a4f8f326528b21f296483abb12878aa8eaaa6485f086f133d','862d5454c28b2ac7c46c7fbc0e8825e2740e1c3cd89a16719ad82034f536a0ba');
INSERT INTO "execution_events" VALUES(38,'01a1fccc-2640-7000-805d-d55e575dc031','01a1fccc-2640-7000-8001-5698c8aa053e','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #46FA is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-5698c8aa053e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"31ec978eb8bff963e5e8a1155f6c9a50"}','daaac3466da070dd4b0f1eaa5f444720e5d6249b3c6916f2f1c263fc44a127a7','ae23a2770570b97898e0b8e983adbb545196f1a3045aa4dc5dea52150a48200f');
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
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8010-6fa24a5badf0','W96D','01a1fccc-2640-7000-8000-088aa7b334d3','console','','alice',NULL,'alice',1,'said 0','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','rules',4096,NULL,'completed',NULL,10,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-f542bf63dc0b","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-f542bf63dc0b","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8010-6fa24a5badf0','bot:1','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-30T00:06:56.029000Z','1 done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8024-97b86b0dd427','9MWW','01a1fccc-2640-7000-8001-5698c8aa053e','console','','bob',NULL,'bob',1,'said 1','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-8024-97b86b0dd427',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-30T00:06:55.687000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-802f-ce73364e73cc','Q7JW','01a1fccc-2640-7000-8002-97643e2cb34a','console','','carol',NULL,'carol',1,'said 2','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-802f-ce73364e73cc',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-30T00:06:55.953000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8049-4683c3b51f44','46FA','01a1fccc-2640-7000-8000-088aa7b334d3','console','','alice',NULL,'alice',1,'said 3','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','rules',4096,NULL,'pending','approval',7,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-c6e560208896","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8049-4683c3b51f44',NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-805d-d55e575dc031','RT44','01a1fccc-2640-7000-8001-5698c8aa053e','console','','bob',NULL,'bob',1,'said 4','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-805d-d55e575dc031',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-30T00:06:56.643000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-8016-f8afacfbb99d','W96D','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8012-e369411e4b6d','chatops','action_approval','approved','install docx on Claude',NULL,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-f542bf63dc0b","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-f542bf63dc0b","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','[]',NULL,'write','e20907d753a925d8c75cb7eed96dbc9c2aaa22cb7c9686eab8290b64e075a63d','7d4ab41ec7f66bba93d97cf96d3ccf32b2dcbd5019deab61be3642404b1ff390','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-088aa7b334d3"]',NULL,2,1,'01a1fccc-2640-7000-8000-088aa7b334d3','01a1fccc-2640-7000-8002-97643e2cb34a',NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-22T06:30:00.000000Z');
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-804f-0f68eaf27489','46FA','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804b-91f7a8f0e2df','chatops','action_approval','pending','install pdf on Claude, Gemini',NULL,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-2a38b6647200","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-c6e560208896","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-57d66b4302c9","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','[]',NULL,'write','2f92967f160e42739ec57dbec318d5dcaa53e0f88a495d17d14e988a768a96b1','8b8edc47deec26f7f30843a47304b89c1c18bfaf2690f23091150c896858ed47','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-088aa7b334d3"]',NULL,2,1,'01a1fccc-2640-7000-8000-088aa7b334d3',NULL,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z',NULL,NULL);
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
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-800f-df8b7259d0de','said 0','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 0","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8023-a719057936c8','said 1','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 1","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-802e-6e674efee413','said 2','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 2","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8048-edb423e2fc01','said 3','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 3","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-805c-2ac9f6722763','said 4','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 4","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8067-067231dd5ea5','said 5','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 5","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','pending',0,NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL);
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
INSERT INTO "install_runs" VALUES('01a1fccc-2640-7000-8037-0f156808d73d','01a1fccc-2640-7000-8010-6fa24a5badf0',NULL,'01a1fccc-2640-7000-800d-f542bf63dc0b','01a1fccc-2640-7000-800a-2a38b6647200','01a1fccc-2640-7000-8035-1b39d143f73e','01a1fccc-2640-7000-8000-088aa7b334d3','chatbot','install','main','success',1,NULL,NULL,NULL,NULL,'bot:1',NULL,1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "install_targets" VALUES('01a1fccc-2640-7000-8035-1b39d143f73e','01a1fccc-2640-7000-800d-f542bf63dc0b','01a1fccc-2640-7000-800a-2a38b6647200','15505b4689f37260f6d888217b3ff9668fd451a4','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',NULL,NULL,'installed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8014-673ca0ae77d5','request_card:01a1fccc-2640-7000-8010-6fa24a5badf0','request_card','01a1fccc-2640-7000-8010-6fa24a5badf0',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801b-8c1a93f46369');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8018-b6a45e782dbe','approval_card:01a1fccc-2640-7000-8016-f8afacfbb99d:01a1fccc-2640-7000-8001-5698c8aa053e','approval_card','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d','01a1fccc-2640-7000-8001-5698c8aa053e',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8001-5698c8aa053e',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801d-da59e4d11368');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8019-789358433d5f','approval_card:01a1fccc-2640-7000-8016-f8afacfbb99d:01a1fccc-2640-7000-8002-97643e2cb34a','approval_card','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d','01a1fccc-2640-7000-8002-97643e2cb34a',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8002-97643e2cb34a',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801f-1b6ff03589be');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-801a-01157589f45f','approval_card:01a1fccc-2640-7000-8016-f8afacfbb99d:01a1fccc-2640-7000-8003-e2dfba135f91','approval_card','01a1fccc-2640-7000-8010-6fa24a5badf0','01a1fccc-2640-7000-8016-f8afacfbb99d','01a1fccc-2640-7000-8003-e2dfba135f91',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8003-e2dfba135f91',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8021-cca107e85210');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8029-52b1926d7ce3','reply:said 1','reply','01a1fccc-2640-7000-8024-97b86b0dd427',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e','console','','bob',NULL,'console::bob',1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #W96D is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-802d-6719ed0bcf52');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8039-1d3a35f1b598','reply:said 2','reply','01a1fccc-2640-7000-802f-ce73364e73cc',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a','console','','carol',NULL,'console::carol',1,'{"asker":"carol","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #W96D is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8046-df12a63c9dd8');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8045-a5ebfe43262b','outcome:01a1fccc-2640-7000-8010-6fa24a5badf0','outcome','01a1fccc-2640-7000-8010-6fa24a5badf0',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8047-8004ceb9911a');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-804d-d8e720d84a00','request_card:01a1fccc-2640-7000-8049-4683c3b51f44','request_card','01a1fccc-2640-7000-8049-4683c3b51f44',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8054-49af0b692b2b');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8051-c4ca7c2c46fa','approval_card:01a1fccc-2640-7000-804f-0f68eaf27489:01a1fccc-2640-7000-8001-5698c8aa053e','approval_card','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489','01a1fccc-2640-7000-8001-5698c8aa053e',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8001-5698c8aa053e',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8056-d68042bde9d6');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8052-62b1c13977f2','approval_card:01a1fccc-2640-7000-804f-0f68eaf27489:01a1fccc-2640-7000-8002-97643e2cb34a','approval_card','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489','01a1fccc-2640-7000-8002-97643e2cb34a',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8002-97643e2cb34a',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8058-44a764d206ac');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8053-8cf4321d19c0','approval_card:01a1fccc-2640-7000-804f-0f68eaf27489:01a1fccc-2640-7000-8003-e2dfba135f91','approval_card','01a1fccc-2640-7000-8049-4683c3b51f44','01a1fccc-2640-7000-804f-0f68eaf27489','01a1fccc-2640-7000-8003-e2dfba135f91',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8003-e2dfba135f91',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-805a-cc02d3080a30');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8062-3ecac9bcd6a0','reply:said 4','reply','01a1fccc-2640-7000-805d-d55e575dc031',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e','console','','bob',NULL,'console::bob',1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #46FA is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8066-c552de8933a4');
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
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800a-2a38b6647200','01a1fccc-2640-7000-8001-5698c8aa053e','claude','Claude','connected','filesystem','{"path":"/home/bot/.claude/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800b-c6e560208896','01a1fccc-2640-7000-8001-5698c8aa053e','gemini','Gemini','connected','filesystem','{"path":"/home/bot/.gemini/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skill_versions" VALUES('01a1fccc-2640-7000-8042-2ec76827938f','01a1fccc-2640-7000-800d-f542bf63dc0b','main','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','Mina','2026-11-21T06:30:00.000000Z',1,96,NULL,'{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]}','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800c-57d66b4302c9','01a1fccc-2640-7000-8001-5698c8aa053e','pdf','PDF','Works with pdf files.','https://github.com/acme/skills','skills/pdf','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800d-f542bf63dc0b','01a1fccc-2640-7000-8001-5698c8aa053e','docx','DOCX','Works with docx files.','https://github.com/acme/skills','skills/docx','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8011-99698cd597b1','01a1fccc-2640-7000-8010-6fa24a5badf0','execution','01a1fccc-2640-7000-8010-6fa24a5badf0',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8013-84a8a7c20b11','01a1fccc-2640-7000-8010-6fa24a5badf0','chat_action','01a1fccc-2640-7000-8012-e369411e4b6d',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8017-f00fdb513fd8','01a1fccc-2640-7000-8010-6fa24a5badf0','hitl','01a1fccc-2640-7000-8016-f8afacfbb99d',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8025-8da1defdb7fa','01a1fccc-2640-7000-8024-97b86b0dd427','execution','01a1fccc-2640-7000-8024-97b86b0dd427',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8027-aa3e6c415b09','01a1fccc-2640-7000-8024-97b86b0dd427','chat_action','01a1fccc-2640-7000-8026-1439970282c5',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802a-0a2ea99fe411','01a1fccc-2640-7000-8024-97b86b0dd427','execution','01a1fccc-2640-7000-8024-97b86b0dd427','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802b-458d2d4acbbc','01a1fccc-2640-7000-8024-97b86b0dd427','execution','01a1fccc-2640-7000-8024-97b86b0dd427','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802c-33db9ed53645','01a1fccc-2640-7000-8024-97b86b0dd427','chat_action','01a1fccc-2640-7000-8026-1439970282c5','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8030-96735ad2b5f6','01a1fccc-2640-7000-802f-ce73364e73cc','execution','01a1fccc-2640-7000-802f-ce73364e73cc',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8032-e551b463aeaf','01a1fccc-2640-7000-802f-ce73364e73cc','chat_action','01a1fccc-2640-7000-8031-0dbd5e950512',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8034-19398f5bceb3','01a1fccc-2640-7000-8010-6fa24a5badf0','hitl','01a1fccc-2640-7000-8016-f8afacfbb99d','pending','approved','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8036-8f811f64e562','01a1fccc-2640-7000-8010-6fa24a5badf0','target','01a1fccc-2640-7000-8035-1b39d143f73e',NULL,'idle','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8038-de0bf6981cfc','01a1fccc-2640-7000-8010-6fa24a5badf0','run','01a1fccc-2640-7000-8037-0f156808d73d',NULL,'queued','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803a-532aee8e45a9','01a1fccc-2640-7000-802f-ce73364e73cc','execution','01a1fccc-2640-7000-802f-ce73364e73cc','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803b-7aadcb08eece','01a1fccc-2640-7000-802f-ce73364e73cc','execution','01a1fccc-2640-7000-802f-ce73364e73cc','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803c-594c1f98f6d1','01a1fccc-2640-7000-802f-ce73364e73cc','chat_action','01a1fccc-2640-7000-8031-0dbd5e950512','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-97643e2cb34a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803d-6d63923ad2ec','01a1fccc-2640-7000-8010-6fa24a5badf0','run','01a1fccc-2640-7000-8037-0f156808d73d','queued','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803e-d3bbb07f48af','01a1fccc-2640-7000-8010-6fa24a5badf0','execution','01a1fccc-2640-7000-8010-6fa24a5badf0','pending','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803f-1ab04bd1f0d2','01a1fccc-2640-7000-8010-6fa24a5badf0','target','01a1fccc-2640-7000-8035-1b39d143f73e','idle','syncing','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8040-05398ccd7651','01a1fccc-2640-7000-8010-6fa24a5badf0','run','01a1fccc-2640-7000-8037-0f156808d73d','running','success','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8041-fdf2ed0ee229','01a1fccc-2640-7000-8010-6fa24a5badf0','target','01a1fccc-2640-7000-8035-1b39d143f73e','syncing','installed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8043-ebf5fd246e32','01a1fccc-2640-7000-8010-6fa24a5badf0','execution','01a1fccc-2640-7000-8010-6fa24a5badf0','running','completed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8044-b8cd4490f41e','01a1fccc-2640-7000-8010-6fa24a5badf0','chat_action','01a1fccc-2640-7000-8012-e369411e4b6d','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804a-72fc81ff4151','01a1fccc-2640-7000-8049-4683c3b51f44','execution','01a1fccc-2640-7000-8049-4683c3b51f44',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804c-5ba90ee17f1f','01a1fccc-2640-7000-8049-4683c3b51f44','chat_action','01a1fccc-2640-7000-804b-91f7a8f0e2df',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8050-3a3feb7c6aab','01a1fccc-2640-7000-8049-4683c3b51f44','hitl','01a1fccc-2640-7000-804f-0f68eaf27489',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-088aa7b334d3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-805e-e1ea0926a21d','01a1fccc-2640-7000-805d-d55e575dc031','execution','01a1fccc-2640-7000-805d-d55e575dc031',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8060-1c28111a711c','01a1fccc-2640-7000-805d-d55e575dc031','chat_action','01a1fccc-2640-7000-805f-694d432f6f08',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8063-ee6d0a822bf0','01a1fccc-2640-7000-805d-d55e575dc031','execution','01a1fccc-2640-7000-805d-d55e575dc031','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8064-5194ddc1b94f','01a1fccc-2640-7000-805d-d55e575dc031','execution','01a1fccc-2640-7000-805d-d55e575dc031','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8065-e1e4ac7705da','01a1fccc-2640-7000-805d-d55e575dc031','chat_action','01a1fccc-2640-7000-805f-694d432f6f08','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-5698c8aa053e');
CREATE TABLE table_versions (
	name VARCHAR(64) NOT NULL, 
	version BIGINT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "table_versions" VALUES('users',5);
INSERT INTO "table_versions" VALUES('channel_identities',5);
INSERT INTO "table_versions" VALUES('skills',2);
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
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8000-088aa7b334d3','Alice-01a1fccc-2640-7000-8000-088aa7b334d3@example.test',0,'Alice','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8001-5698c8aa053e','Bob-01a1fccc-2640-7000-8001-5698c8aa053e@example.test',0,'Bob','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8002-97643e2cb34a','Carol-01a1fccc-2640-7000-8002-97643e2cb34a@example.test',0,'Carol','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8003-e2dfba135f91','Dave-01a1fccc-2640-7000-8003-e2dfba135f91@example.test',0,'Dave','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8004-b54b3ed272fd','Erin-01a1fccc-2640-7000-8004-b54b3ed272fd@example.test',0,'Erin','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
CREATE INDEX idx_audit_heads_checkpoint ON audit_heads (checkpoint);
CREATE INDEX idx_audit_heads_execution_id ON audit_heads (execution_id);
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
CREATE INDEX idx_artifacts_status ON artifacts (status);
CREATE INDEX idx_artifacts_expires_at ON artifacts (expires_at);
CREATE INDEX idx_artifacts_execution_id ON artifacts (execution_id);
CREATE INDEX idx_events_execution_id ON execution_events (execution_id);
CREATE INDEX idx_events_timestamp ON execution_events (timestamp);
CREATE INDEX idx_events_user_id ON execution_events (user_id);
CREATE INDEX idx_status_transitions_execution_id ON status_transitions (execution_id);
CREATE INDEX idx_freezes_ended_at ON freezes (ended_at);
CREATE INDEX idx_inbox_pending ON inbox (status, conversation_key, received_at, id);
CREATE INDEX idx_skill_versions_skill_id_created_at ON skill_versions (skill_id, created_at DESC);
CREATE INDEX idx_install_targets_provider_id ON install_targets (provider_id);
CREATE INDEX idx_install_runs_receipt_due ON install_runs (receipt_due);
CREATE INDEX idx_install_runs_target_id_status ON install_runs (target_id, status);
CREATE INDEX idx_install_runs_created_at ON install_runs (created_at DESC);
CREATE UNIQUE INDEX uq_install_runs_active_key ON install_runs (active_key);
CREATE INDEX idx_install_runs_execution_id ON install_runs (execution_id);
CREATE INDEX idx_install_runs_pair_created_at ON install_runs (skill_id, provider_id, created_at DESC);
CREATE INDEX idx_install_runs_status_created_at ON install_runs (status, created_at DESC);
CREATE INDEX idx_drift_events_target_id_detected_at ON drift_events (target_id, detected_at DESC);
CREATE INDEX idx_chat_actions_user_id_created_at ON chat_actions (user_id, created_at);
CREATE INDEX idx_chat_actions_execution_id ON chat_actions (execution_id);
CREATE INDEX idx_hitl_created_at ON hitl_requests (created_at);
CREATE INDEX idx_hitl_execution_id ON hitl_requests (execution_id);
CREATE INDEX idx_hitl_status ON hitl_requests (status);
CREATE INDEX idx_hitl_question_hash ON hitl_requests (question_hash, status);
CREATE INDEX idx_hitl_agent_status ON hitl_requests (agent_type, status);
CREATE INDEX idx_hitl_expires ON hitl_requests (expires_at);
CREATE INDEX idx_hitl_status_expires ON hitl_requests (status, expires_at, id);
CREATE INDEX idx_notices_execution_id ON notices (execution_id);
CREATE INDEX idx_notices_status_next_attempt_at ON notices (status, next_attempt_at);
CREATE INDEX idx_notices_pending ON notices (status, conversation_key, created_at, id);
CREATE INDEX idx_approval_prompts_drift_id ON approval_prompts (drift_id);
CREATE INDEX idx_approval_prompts_behind ON approval_prompts (is_behind, next_attempt_at);
CREATE INDEX idx_approval_prompts_message ON approval_prompts (channel, workspace_id, conversation_id, message_id);
CREATE INDEX idx_approval_prompts_execution_id ON approval_prompts (execution_id);
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
CREATE TRIGGER skills_count_insert AFTER INSERT ON skills FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'skills'; END;
CREATE TRIGGER skills_count_update AFTER UPDATE ON skills FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'skills'; END;
CREATE TRIGGER skills_count_delete AFTER DELETE ON skills FOR EACH ROW
BEGIN UPDATE table_versions SET version = version + 1 WHERE name = 'skills'; END;
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
