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
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801c-5f00fc9a6dbc','request_card','01a1fccc-2640-7000-8010-4ce2fe5185c2',NULL,NULL,'01a1fccc-2640-7000-8000-076736c57a1e','console','','alice',NULL,1,'01a1fccc-2640-7000-801b-fe450a433120',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801e-80e351a4db3d','approval_card','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a','console','','bob',NULL,1,'01a1fccc-2640-7000-801d-3d871df46a2f',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8020-2499aeb911a5','approval_card','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2','console','','carol',NULL,1,'01a1fccc-2640-7000-801f-935b51369c60',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8022-e942fff1af47','approval_card','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',NULL,'01a1fccc-2640-7000-8003-2ef6b6974247','console','','dave',NULL,1,'01a1fccc-2640-7000-8021-e2d1327e93db',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8055-a919dae37008','request_card','01a1fccc-2640-7000-8049-96ebc626ea92',NULL,NULL,'01a1fccc-2640-7000-8000-076736c57a1e','console','','alice',NULL,1,'01a1fccc-2640-7000-8054-9e5b275a4d5c',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8057-476bb007e4bc','approval_card','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a','console','','bob',NULL,1,'01a1fccc-2640-7000-8056-23790a09be81',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8059-cb391e188f94','approval_card','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2','console','','carol',NULL,1,'01a1fccc-2640-7000-8058-4505b6469d04',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-805b-cc5cc74132d6','approval_card','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',NULL,'01a1fccc-2640-7000-8003-2ef6b6974247','console','','dave',NULL,1,'01a1fccc-2640-7000-805a-27fd7c0f42e2',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8028-718827c2b7a4','01a1fccc-2640-7000-8016-2750934c61d8','01a1fccc-2640-7000-8001-7f4e3569bf1a',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8033-7ed75c7ae3f1','01a1fccc-2640-7000-8016-2750934c61d8','01a1fccc-2640-7000-8002-0c976581ebc2',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8061-f5ae778545c7','01a1fccc-2640-7000-804f-5f58847b251d','01a1fccc-2640-7000-8001-7f4e3569bf1a',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-8015-8c10c4bd3e8f','01a1fccc-2640-7000-8010-4ce2fe5185c2','docx.tar','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',96,'application/x-tar','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}');
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-804e-8c1977d1b5f9','01a1fccc-2640-7000-8049-96ebc626ea92','pdf.tar','bundles/64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a',94,'application/x-tar','64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}');
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
INSERT INTO "button_tokens" VALUES('t9mK_Gqbj24Sor8jpMEqYA','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',1,'{"action":{"comment":null,"intent":"cancel","request":"N44Q"},"kind":"action"}',NULL,'2328d33634f5866a5a2c7c26820ce25c29beeb4ff2515056b8ac5cd18f443b4e','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('sGBUU9mD220JcJuWmr7K7A','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',1,'{"kind":"details"}',NULL,'356f8abb4a9f4fcf8463d0d20c7a4c628f9da45baf8280c0cdd9d328c8538315','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('tC3JvQOdCIaYrw7vmkt1Ig','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',1,'{"action":{"comment":null,"intent":"reject","request":"N44Q"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','68759431271631477aaa607d086badea195e4d48781be2a3e1316750fea28d3a','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('d4Fz10a_9lEPnBrKuUV0Ng','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"N44Q","skills":[]},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','21d3a47516c74f275a77494e50208d2db9edf660eb0d39fe6dd56d58260ac6d4','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('X_MPAyJ2wjdMbnT0UYp0SQ','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',1,'{"action":{"comment":null,"intent":"approve","request":"N44Q"},"kind":"action"}',NULL,'dcfc47657ca450245359dffac1dd6fc1d926c8dd6d6fd2fecdd411eef5a602ad','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('hpF-xpcg53u3alGVmChxIg','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',1,'{"action":{"execution":"N44Q","intent":"timeline"},"kind":"action"}',NULL,'41ef936cca5a88cd0838177f94cb8557a2e0f770eb67a7b7df64ea7074da7cd6','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('BvUU2j1K6Ksp0OFKvRqraA','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8',1,'{"action":{"intent":"rollback","providers":["Claude"],"run":"N44Q","skills":["docx"],"to_ref":null},"kind":"action"}',NULL,'22b3ffe8a141318e49d75406ecf9af89c2df68fbf94776446a6ee28b132f8728','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('88tBtYNR4oKRS8R1XhfSmQ','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',1,'{"action":{"comment":null,"intent":"cancel","request":"34XY"},"kind":"action"}',NULL,'b8a13668a4dbce72d6b6ae898addf04e66bbc0e997bc549e99059670e72bc2b7','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('rw8fKjwBmw85EtW6mzJaNQ','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',1,'{"kind":"details"}',NULL,'ad536db3fb2791bb4991561f0f387e1a01e12fc754429842291768e20229bc77','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('ZVE8pPw39BJaSQYCwap4bQ','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',1,'{"action":{"comment":null,"intent":"reject","request":"34XY"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','ddacbbca95bf1971be36a3e89a9fccaac84d44b37574189d2176e46cbc06abff','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('xfBv91ctcDGYIcpr-AFTnQ','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"34XY","skills":[]},"kind":"action"}','{"fields":[{"initial":["Claude","Gemini"],"kind":"choices","label":"Places to keep","name":"providers","optional":false,"options":[{"label":"Claude","value":"Claude"},{"label":"Gemini","value":"Gemini"}]},{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','662804334b491821001502a62c0b12e4c03091a8f049aff539254892affab51a','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('dCx5lWwqQQocWIEKpzjzlw','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d',1,'{"action":{"comment":null,"intent":"approve","request":"34XY"},"kind":"action"}',NULL,'dfc59a46fa2fb31e5322dc61926a55de4269cf8b60f135aab50c2f74be4c21f0','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8005-cb162ab78316','console','','alice','01a1fccc-2640-7000-8000-076736c57a1e','Alice',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8006-a7f8ec940b68','console','','bob','01a1fccc-2640-7000-8001-7f4e3569bf1a','Bob',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8007-e31b062d5c41','console','','carol','01a1fccc-2640-7000-8002-0c976581ebc2','Carol',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8008-aef7053876e5','console','','dave','01a1fccc-2640-7000-8003-2ef6b6974247','Dave',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8009-a295329e02f3','console','','erin','01a1fccc-2640-7000-8004-346a7fa960e6','Erin',1,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8012-2bcbfbdbeee3','01a1fccc-2640-7000-8000-076736c57a1e','install','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]}','write','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8037-d51c9a5b694a','executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8026-34899b703629','01a1fccc-2640-7000-8001-7f4e3569bf1a','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-8024-df74ab508930',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8031-7fbd03c27392','01a1fccc-2640-7000-8002-0c976581ebc2','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-802f-6be787a8e95b',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-804b-44f195f6dd76','01a1fccc-2640-7000-8000-076736c57a1e','install','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]}','write','01a1fccc-2640-7000-8049-96ebc626ea92',NULL,'accepted','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-805f-1ecc99698764','01a1fccc-2640-7000-8001-7f4e3569bf1a','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-805d-8f06f4698952',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "deployment_policies" VALUES('01a1fccc-2640-7000-800e-5408682e33e8','default',1,'188d5231134dc1b48f4008b4f661e901c955f368c0b0eaf91acaf2846536aad1','{"groups":{},"rules":[{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"read","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":["Read"],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":["delegate"],"name":"stand in","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}]}',1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-29T23:30:50.220000Z');
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
INSERT INTO "execution_events" VALUES(1,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"23ac2d77fffb3b35f2bcdaca08f76346"}','0000000000000000000000000000000000000000000000000000000000000000','296c8ef10540499ef5900f6ab3603015a270411dd1d6aab0320845d7c23b561c');
INSERT INTO "execution_events" VALUES(2,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install docx on Claude","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install docx on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","skill":"docx"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"eab8dc40e62e9ab7b4cfe7dd8efcd095"}','296c8ef10540499ef5900f6ab3603015a270411dd1d6aab0320845d7c23b561c','cc5b48e67d44473207148cf442ca6a871373b6e2afe52a6364be24d74525fd40');
INSERT INTO "execution_events" VALUES(3,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"ref":"main","skill":"docx","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"328b417e45999e33799b879f59b4f818","input_masked":"4ce2966d5940327466f4818625a63f3a"}','cc5b48e67d44473207148cf442ca6a871373b6e2afe52a6364be24d74525fd40','1b57fc761ef13f69faa2f6ed8ce12ab6f452bf59856f0c5a11f64eba7b9793c1');
INSERT INTO "execution_events" VALUES(4,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"41e2bf7369c86fc631cf43cee20d0fcf","output_masked.output":"ea1537ba37f459ddfb1db8194a76c531"}','1b57fc761ef13f69faa2f6ed8ce12ab6f452bf59856f0c5a11f64eba7b9793c1','b98095321c5985afed6defc14f4e699543f98c85660066ee7e8925d2eb953e7d');
INSERT INTO "execution_events" VALUES(5,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"0d02acce65e90b0850c5142084b5e086","input_masked":"9983563f9134a7fd7fcfb900a678a30a"}','b98095321c5985afed6defc14f4e699543f98c85660066ee7e8925d2eb953e7d','f007fcdb20455f148ff8303446c4bffe940ff67e960775c8e0e3d336a5e9862d');
INSERT INTO "execution_events" VALUES(6,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"e6af975edfd295ff917078cb6ee591d9","output_masked.output":"85839e88f9a52e32ff6d2ece92864675"}','f007fcdb20455f148ff8303446c4bffe940ff67e960775c8e0e3d336a5e9862d','59dc46d3d0e4d64ccf8778305e2210e76c449b5cd8243bcdd448934376b6820d');
INSERT INTO "execution_events" VALUES(7,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolInvoked','{"ended":null,"input":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"input_masked":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"9ce420dce9ab7ef38649603cf131cc0b","input_masked":"2602d93ebc7407397c6f2d63433658a0"}','59dc46d3d0e4d64ccf8778305e2210e76c449b5cd8243bcdd448934376b6820d','bc148ff5f548bd1f3fad9b3c6a92df6ed7678546e3fbad14f3f83c6c2741ebdf');
INSERT INTO "execution_events" VALUES(8,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"1e3b87e8bc0c6027292f29d17021eddb","output_masked.output":"29f647aae85063d96636403c09eb8b21"}','bc148ff5f548bd1f3fad9b3c6a92df6ed7678546e3fbad14f3f83c6c2741ebdf','b933e5cfa0aeb9627e4391e5254f6fe5e71cd9f38c6ed2b49c7740e44e181bae');
INSERT INTO "execution_events" VALUES(9,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ApprovalRequested','{"action":"install docx on Claude","details":{"code":"N44Q","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-8016-2750934c61d8","revision":1,"subject":{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-cf683e69041c","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-cf683e69041c","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2},"subject_hash":"0f2cdaf8bf8cf537bf3529e033265adc57442efcb6fa04bb0e81586aa24dd8ca","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','b933e5cfa0aeb9627e4391e5254f6fe5e71cd9f38c6ed2b49c7740e44e181bae','2843c0099fc27fdf2268b7362616113464471780c56ba3bb9b81c780a4cd46ac');
INSERT INTO "execution_events" VALUES(10,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-076736c57a1e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"c550f240265e0428c6ecf3d415ab6ee4"}','2843c0099fc27fdf2268b7362616113464471780c56ba3bb9b81c780a4cd46ac','c1537c8cc1c76481d8c82ed01b2f8bdb721a8a189892b2ff14a2636113205f65');
INSERT INTO "execution_events" VALUES(11,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-7f4e3569bf1a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"253d77a630ebe81b129234f1f84b5e08"}','c1537c8cc1c76481d8c82ed01b2f8bdb721a8a189892b2ff14a2636113205f65','e36e2a6ce0052139c9c32739ab1e626345857760bfb54c5d87d79ad24b253ed2');
INSERT INTO "execution_events" VALUES(12,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-0c976581ebc2","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"3add01f5519a5b8bb7d4bd97e001aaea"}','e36e2a6ce0052139c9c32739ab1e626345857760bfb54c5d87d79ad24b253ed2','abc27dd378613228824d39b0da64af91c2caa818a1e99c20e060fd15739c9169');
INSERT INTO "execution_events" VALUES(13,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-2ef6b6974247","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"83e6de0af87020790eff1abb5a719c53"}','abc27dd378613228824d39b0da64af91c2caa818a1e99c20e060fd15739c9169','87b9dd876ef72df96a024ec17e4b220011709b0386cdf42128a6015d7e944c7a');
INSERT INTO "execution_events" VALUES(14,'01a1fccc-2640-7000-8024-df74ab508930','01a1fccc-2640-7000-8001-7f4e3569bf1a','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"22e77fa57ccd783665a91785538e06a1"}','0000000000000000000000000000000000000000000000000000000000000000','ce34798e3525634bdb7b648ef7e44bc45debf37493236c37f280e66c4253e045');
INSERT INTO "execution_events" VALUES(15,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8001-7f4e3569bf1a','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-7f4e3569bf1a","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','87b9dd876ef72df96a024ec17e4b220011709b0386cdf42128a6015d7e944c7a','2e1f834a3db03803fb7327ba5356b8df9bf6892af3251dbbee4710c16426af3f');
INSERT INTO "execution_events" VALUES(16,'01a1fccc-2640-7000-8024-df74ab508930','01a1fccc-2640-7000-8001-7f4e3569bf1a','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #N44Q is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-7f4e3569bf1a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"7bb74fd37ac444b7157106df0521d9b7"}','ce34798e3525634bdb7b648ef7e44bc45debf37493236c37f280e66c4253e045','54d00cc1fca90ebcc9561b95ab08441d2de0bed924366773b551d38f054dd8c7');
INSERT INTO "execution_events" VALUES(17,'01a1fccc-2640-7000-802f-6be787a8e95b','01a1fccc-2640-7000-8002-0c976581ebc2','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"b4395f99b0635f36687af46b65c00e26"}','0000000000000000000000000000000000000000000000000000000000000000','8ba257f4bd84c87c05669ada1164d651acbfbef9e792890e834e64c6cf52490f');
INSERT INTO "execution_events" VALUES(18,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8002-0c976581ebc2','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8002-0c976581ebc2","channel":"console","comment":null,"decided":"approved","ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',15,'{}','2e1f834a3db03803fb7327ba5356b8df9bf6892af3251dbbee4710c16426af3f','053a8eb4ba10994eb6f7c6ff1bca0799515a576e5f7fed28bb3f1932178c4744');
INSERT INTO "execution_events" VALUES(19,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',16,'{"input":"c88bc7467c9766033e13a7f772f020ae","input_masked":"90336781f8a7027f6290e1ad85114ae6"}','053a8eb4ba10994eb6f7c6ff1bca0799515a576e5f7fed28bb3f1932178c4744','8df5c8a8d88838c1f414ed61a5d7c805cac00d290e4ba3e3871a9f36537fcd1e');
INSERT INTO "execution_events" VALUES(20,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ToolCompleted','{"duration_ms":0,"ended":"completed","output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',17,'{"output.output":"7474d7a3d6b9648cc9fa6327b856cef0","output_masked.output":"7ebfe41f88ffda3ebdaa9fe453636483"}','8df5c8a8d88838c1f414ed61a5d7c805cac00d290e4ba3e3871a9f36537fcd1e','6fe7a349e946a61740fc5cacf4ecfde73f952f181c68dcd1f37d3567675611cf');
INSERT INTO "execution_events" VALUES(21,'01a1fccc-2640-7000-802f-6be787a8e95b','01a1fccc-2640-7000-8002-0c976581ebc2','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #N44Q is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-0c976581ebc2","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"a44ffe9a876015c9df42be4e9bd3b855"}','8ba257f4bd84c87c05669ada1164d651acbfbef9e792890e834e64c6cf52490f','63ac1057b88ae2ce025e8751af2b3c889a903c3514d5a0e6d4525c3eb4e50886');
INSERT INTO "execution_events" VALUES(22,'01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Installed docx on Claude\napproved by Bob, Carol in the console at 06:30\n15505b4, 1 file, verified byte for byte - 0.0 s","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-076736c57a1e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',18,'{"text":"f077fc31c266ffd37571b6de16ab7ba0"}','6fe7a349e946a61740fc5cacf4ecfde73f952f181c68dcd1f37d3567675611cf','05d02349c02acfbd76d482e2dfec76fa3dc242d20de24135e2421936481c5c74');
INSERT INTO "execution_events" VALUES(23,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"3e85bf49e6991bce954542841d2f4541"}','0000000000000000000000000000000000000000000000000000000000000000','8268248f2a6a35886633eae0ed3190dcd04ac15c6447a03741c46de0e250c6d3');
INSERT INTO "execution_events" VALUES(24,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install pdf on Claude, Gemini","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install pdf on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","skill":"pdf"},"tool":"skill.install"},{"depends_on":[2],"description":"install pdf on Gemini","input":{"provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-3601c989e459","skill":"pdf"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"86e4ab5cbbcc0b9ea9ed0797c73b0c21"}','8268248f2a6a35886633eae0ed3190dcd04ac15c6447a03741c46de0e250c6d3','cfa64e4dbd7b0485868ef490b591c4560bf90534ecad49c9ab26e1de2b317a25');
INSERT INTO "execution_events" VALUES(25,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"ref":"main","skill":"pdf","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"43193b6e867853c0969913a8a229005d","input_masked":"4620d4f5bad690ce99946206bb061b9e"}','cfa64e4dbd7b0485868ef490b591c4560bf90534ecad49c9ab26e1de2b317a25','ef8b7114ea580f4f1fb8e9c6e65b8fe75aa56637d0b5973faa00a2b3276e62d8');
INSERT INTO "execution_events" VALUES(26,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"1772467f456e8dac7155792dd2ccf88a","output_masked.output":"2568dd9d0a18472af65efe9f73f3995e"}','ef8b7114ea580f4f1fb8e9c6e65b8fe75aa56637d0b5973faa00a2b3276e62d8','03aa51a2be42040c37324804852275a3287752293e7b0f268a5d708c991c0b34');
INSERT INTO "execution_events" VALUES(27,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ToolInvoked','{"ended":null,"input":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"b7975a5c79b687e8d2e61972b82f229a","input_masked":"b1360a7f8bec63e486bc8c5f29d8b3a3"}','03aa51a2be42040c37324804852275a3287752293e7b0f268a5d708c991c0b34','3f9e0e9225da0c48d8df5d79893940154c2d0eb12347fdb8a792e1e36cadad27');
INSERT INTO "execution_events" VALUES(28,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"302d548e62d733e56ca8402470764118","output_masked.output":"85ff6a1af6a0a9ab4cfab1f8cdbe222b"}','3f9e0e9225da0c48d8df5d79893940154c2d0eb12347fdb8a792e1e36cadad27','3403b55abb4f77344ec29004d6cc0947a8b9a2e1a7c73065abfa5566893c9791');
INSERT INTO "execution_events" VALUES(29,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ToolInvoked','{"ended":null,"input":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"input_masked":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"8e3cb8b9d32665d5fa9d7847b1e876d3","input_masked":"786fd075e03229e449ec361e3d41f4d7"}','3403b55abb4f77344ec29004d6cc0947a8b9a2e1a7c73065abfa5566893c9791','1736c8b5c7ac09da8deaf03356fa7c5c79c7fce4cb6be437ca84d2ba7c84d25e');
INSERT INTO "execution_events" VALUES(30,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"8dbed9bb074f791e2d3c5116225c10d5","output_masked.output":"fc8a6a896213e591142ad6976016de74"}','1736c8b5c7ac09da8deaf03356fa7c5c79c7fce4cb6be437ca84d2ba7c84d25e','6052cd653510d8fbc6523529c522c32e2d849a204aaddb4af11dd15c7d9007c4');
INSERT INTO "execution_events" VALUES(31,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ApprovalRequested','{"action":"install pdf on Claude, Gemini","details":{"code":"34XY","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-804f-5f58847b251d","revision":1,"subject":{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-3601c989e459","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2},"subject_hash":"87b295986d3c55bd4889779e7287675968e8def22978050e01b168affa6346a6","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','6052cd653510d8fbc6523529c522c32e2d849a204aaddb4af11dd15c7d9007c4','81bcaa19c60b2d8086359ae61bea6567b6c05c4c8ecbe28f2a1afa8f681180fd');
INSERT INTO "execution_events" VALUES(32,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-076736c57a1e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"ba6d5f573a02f1b268331481cddaeb91"}','81bcaa19c60b2d8086359ae61bea6567b6c05c4c8ecbe28f2a1afa8f681180fd','66a6e82482269f52a246952ad962536a43fd78bf1026b7623a7350a913515c0e');
INSERT INTO "execution_events" VALUES(33,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-7f4e3569bf1a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"5b433a11c6555ec9ec693d566fbe09d9"}','66a6e82482269f52a246952ad962536a43fd78bf1026b7623a7350a913515c0e','52054cd94bd66806abbbb54e963f14c1b8faa9e6b75f1ee37d931f64e48697cb');
INSERT INTO "execution_events" VALUES(34,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-0c976581ebc2","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"c6eeb05998143a8b223548624cc2c5a4"}','52054cd94bd66806abbbb54e963f14c1b8faa9e6b75f1ee37d931f64e48697cb','8e980f5ed91f0ebae9f11768b9e163f75f664cda4d7685ad3ee8d51417d9471c');
INSERT INTO "execution_events" VALUES(35,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8000-076736c57a1e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-2ef6b6974247","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"c65c83949c2be9918e837334e032879d"}','8e980f5ed91f0ebae9f11768b9e163f75f664cda4d7685ad3ee8d51417d9471c','e981fdf213c1dc6e3050da3c5ef717e3503d78a24499881eec5b08611a1d91c3');
INSERT INTO "execution_events" VALUES(36,'01a1fccc-2640-7000-805d-8f06f4698952','01a1fccc-2640-7000-8001-7f4e3569bf1a','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"3e88ef05abb193e5df6a524d93747cab"}','0000000000000000000000000000000000000000000000000000000000000000','8848160ef1904ebcc12c8bd4bf0962a078fba14a42f459f6757f527e9b90cf8f');
INSERT INTO "execution_events" VALUES(37,'01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-8001-7f4e3569bf1a','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-7f4e3569bf1a","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','e981fdf213c1dc6e3050da3c5ef717e3503d78a24499881eec5b08611a1d91c3','8b2f59846424cc9dfa9021495d8f0bdba64a1e2e587ac0bf65d4a3961cec3439');
INSERT INTO "execution_events" VALUES(38,'01a1fccc-2640-7000-805d-8f06f4698952','01a1fccc-2640-7000-8001-7f4e3569bf1a','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #34XY is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-7f4e3569bf1a","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"3c33a7a630f73f1e52b428ac02b8f422"}','8848160ef1904ebcc12c8bd4bf0962a078fba14a42f459f6757f527e9b90cf8f','5d3ca0d86e460aecfeca97ab28f7f7ce3e01d74c7833895b2f192b85cba3c9b2');
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
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8010-4ce2fe5185c2','N44Q','01a1fccc-2640-7000-8000-076736c57a1e','console','','alice',NULL,'alice',1,'said 0','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','rules',4096,NULL,'completed',NULL,10,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-cf683e69041c","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-cf683e69041c","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8010-4ce2fe5185c2','bot:1','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','1 done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8024-df74ab508930','F3PG','01a1fccc-2640-7000-8001-7f4e3569bf1a','console','','bob',NULL,'bob',1,'said 1','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-8024-df74ab508930',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-802f-6be787a8e95b','4EFY','01a1fccc-2640-7000-8002-0c976581ebc2','console','','carol',NULL,'carol',1,'said 2','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-802f-6be787a8e95b',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8049-96ebc626ea92','34XY','01a1fccc-2640-7000-8000-076736c57a1e','console','','alice',NULL,'alice',1,'said 3','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','rules',4096,NULL,'pending','approval',7,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-3601c989e459","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8049-96ebc626ea92',NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-805d-8f06f4698952','PR3F','01a1fccc-2640-7000-8001-7f4e3569bf1a','console','','bob',NULL,'bob',1,'said 4','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-805d-8f06f4698952',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-8016-2750934c61d8','N44Q','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8012-2bcbfbdbeee3','chatops','action_approval','approved','install docx on Claude',NULL,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-cf683e69041c","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-cf683e69041c","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','[]',NULL,'write','0f2cdaf8bf8cf537bf3529e033265adc57442efcb6fa04bb0e81586aa24dd8ca','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-076736c57a1e"]',NULL,2,1,'01a1fccc-2640-7000-8000-076736c57a1e','01a1fccc-2640-7000-8002-0c976581ebc2',NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-22T06:30:00.000000Z');
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-804f-5f58847b251d','34XY','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804b-44f195f6dd76','chatops','action_approval','pending','install pdf on Claude, Gemini',NULL,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1be5bb422932","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-3601c989e459","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-bc34a4bfb0f5","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','[]',NULL,'write','87b295986d3c55bd4889779e7287675968e8def22978050e01b168affa6346a6','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-076736c57a1e"]',NULL,2,1,'01a1fccc-2640-7000-8000-076736c57a1e',NULL,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z',NULL,NULL);
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
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-800f-de9d77e88662','said 0','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 0","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8023-c3f4ca18b3b9','said 1','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 1","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-802e-b9deca4c64c9','said 2','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 2","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8048-90aab3279120','said 3','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 3","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-805c-6e90aefc718c','said 4','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 4","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8067-2c0ea301409e','said 5','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 5","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','pending',0,NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL);
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
INSERT INTO "install_runs" VALUES('01a1fccc-2640-7000-8037-d51c9a5b694a','01a1fccc-2640-7000-8010-4ce2fe5185c2',NULL,'01a1fccc-2640-7000-800d-cf683e69041c','01a1fccc-2640-7000-800a-1be5bb422932','01a1fccc-2640-7000-8035-b3de476d648f','01a1fccc-2640-7000-8000-076736c57a1e','chatbot','install','main','success',1,NULL,NULL,NULL,NULL,'bot:1',NULL,1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "install_targets" VALUES('01a1fccc-2640-7000-8035-b3de476d648f','01a1fccc-2640-7000-800d-cf683e69041c','01a1fccc-2640-7000-800a-1be5bb422932','15505b4689f37260f6d888217b3ff9668fd451a4','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',NULL,NULL,'installed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8014-6236f1b02fc4','request_card:01a1fccc-2640-7000-8010-4ce2fe5185c2','request_card','01a1fccc-2640-7000-8010-4ce2fe5185c2',NULL,'01a1fccc-2640-7000-8000-076736c57a1e','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801b-fe450a433120');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8018-e404765273e8','approval_card:01a1fccc-2640-7000-8016-2750934c61d8:01a1fccc-2640-7000-8001-7f4e3569bf1a','approval_card','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8','01a1fccc-2640-7000-8001-7f4e3569bf1a',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801d-3d871df46a2f');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8019-94498a6316b0','approval_card:01a1fccc-2640-7000-8016-2750934c61d8:01a1fccc-2640-7000-8002-0c976581ebc2','approval_card','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8','01a1fccc-2640-7000-8002-0c976581ebc2',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801f-935b51369c60');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-801a-113e35b1f7ae','approval_card:01a1fccc-2640-7000-8016-2750934c61d8:01a1fccc-2640-7000-8003-2ef6b6974247','approval_card','01a1fccc-2640-7000-8010-4ce2fe5185c2','01a1fccc-2640-7000-8016-2750934c61d8','01a1fccc-2640-7000-8003-2ef6b6974247',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8021-e2d1327e93db');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8029-3806e2ff57bd','reply:said 1','reply','01a1fccc-2640-7000-8024-df74ab508930',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a','console','','bob',NULL,1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #N44Q is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-802d-2cb4a5b9c9cc');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8039-8b293a6f8075','reply:said 2','reply','01a1fccc-2640-7000-802f-6be787a8e95b',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2','console','','carol',NULL,1,'{"asker":"carol","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #N44Q is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8046-0320beddaa73');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8045-dba0fc9fbbe0','outcome:01a1fccc-2640-7000-8010-4ce2fe5185c2','outcome','01a1fccc-2640-7000-8010-4ce2fe5185c2',NULL,'01a1fccc-2640-7000-8000-076736c57a1e','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8047-9faed18b388f');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-804d-d8de4b262bc9','request_card:01a1fccc-2640-7000-8049-96ebc626ea92','request_card','01a1fccc-2640-7000-8049-96ebc626ea92',NULL,'01a1fccc-2640-7000-8000-076736c57a1e','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8054-9e5b275a4d5c');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8051-40cc6c592a95','approval_card:01a1fccc-2640-7000-804f-5f58847b251d:01a1fccc-2640-7000-8001-7f4e3569bf1a','approval_card','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d','01a1fccc-2640-7000-8001-7f4e3569bf1a',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8056-23790a09be81');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8052-faa9daae3a4f','approval_card:01a1fccc-2640-7000-804f-5f58847b251d:01a1fccc-2640-7000-8002-0c976581ebc2','approval_card','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d','01a1fccc-2640-7000-8002-0c976581ebc2',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8058-4505b6469d04');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8053-dcdc7889baa6','approval_card:01a1fccc-2640-7000-804f-5f58847b251d:01a1fccc-2640-7000-8003-2ef6b6974247','approval_card','01a1fccc-2640-7000-8049-96ebc626ea92','01a1fccc-2640-7000-804f-5f58847b251d','01a1fccc-2640-7000-8003-2ef6b6974247',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-805a-27fd7c0f42e2');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8062-1b87ca2e426b','reply:said 4','reply','01a1fccc-2640-7000-805d-8f06f4698952',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a','console','','bob',NULL,1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #34XY is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8066-f0cc774ff9b9');
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
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800a-1be5bb422932','01a1fccc-2640-7000-8001-7f4e3569bf1a','claude','Claude','connected','filesystem','{"path":"/home/bot/.claude/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800b-3601c989e459','01a1fccc-2640-7000-8001-7f4e3569bf1a','gemini','Gemini','connected','filesystem','{"path":"/home/bot/.gemini/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skill_versions" VALUES('01a1fccc-2640-7000-8042-973fa56fc498','01a1fccc-2640-7000-800d-cf683e69041c','main','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','Mina','2026-11-21T06:30:00.000000Z',1,96,NULL,'{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]}','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800c-bc34a4bfb0f5','01a1fccc-2640-7000-8001-7f4e3569bf1a','pdf','PDF','Works with pdf files.','https://github.com/acme/skills','skills/pdf','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800d-cf683e69041c','01a1fccc-2640-7000-8001-7f4e3569bf1a','docx','DOCX','Works with docx files.','https://github.com/acme/skills','skills/docx','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8011-d187336339e0','01a1fccc-2640-7000-8010-4ce2fe5185c2','execution','01a1fccc-2640-7000-8010-4ce2fe5185c2',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-076736c57a1e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8013-e9044926b9c7','01a1fccc-2640-7000-8010-4ce2fe5185c2','chat_action','01a1fccc-2640-7000-8012-2bcbfbdbeee3',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-076736c57a1e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8017-b42df2e984ac','01a1fccc-2640-7000-8010-4ce2fe5185c2','hitl','01a1fccc-2640-7000-8016-2750934c61d8',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-076736c57a1e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8025-f30d8f8f94c7','01a1fccc-2640-7000-8024-df74ab508930','execution','01a1fccc-2640-7000-8024-df74ab508930',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8027-155837eb3240','01a1fccc-2640-7000-8024-df74ab508930','chat_action','01a1fccc-2640-7000-8026-34899b703629',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802a-88b10fdebe51','01a1fccc-2640-7000-8024-df74ab508930','execution','01a1fccc-2640-7000-8024-df74ab508930','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802b-4479b7fcd3ca','01a1fccc-2640-7000-8024-df74ab508930','execution','01a1fccc-2640-7000-8024-df74ab508930','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802c-cb4b782c6983','01a1fccc-2640-7000-8024-df74ab508930','chat_action','01a1fccc-2640-7000-8026-34899b703629','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8030-dbaeeda0cf98','01a1fccc-2640-7000-802f-6be787a8e95b','execution','01a1fccc-2640-7000-802f-6be787a8e95b',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8032-efffe434f093','01a1fccc-2640-7000-802f-6be787a8e95b','chat_action','01a1fccc-2640-7000-8031-7fbd03c27392',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8034-c4b97372d82e','01a1fccc-2640-7000-8010-4ce2fe5185c2','hitl','01a1fccc-2640-7000-8016-2750934c61d8','pending','approved','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8036-0134f5089006','01a1fccc-2640-7000-8010-4ce2fe5185c2','target','01a1fccc-2640-7000-8035-b3de476d648f',NULL,'idle','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8038-21a0b8cfd208','01a1fccc-2640-7000-8010-4ce2fe5185c2','run','01a1fccc-2640-7000-8037-d51c9a5b694a',NULL,'queued','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803a-4771fb07192e','01a1fccc-2640-7000-802f-6be787a8e95b','execution','01a1fccc-2640-7000-802f-6be787a8e95b','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803b-970af3ea17f5','01a1fccc-2640-7000-802f-6be787a8e95b','execution','01a1fccc-2640-7000-802f-6be787a8e95b','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803c-c58e5307749c','01a1fccc-2640-7000-802f-6be787a8e95b','chat_action','01a1fccc-2640-7000-8031-7fbd03c27392','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-0c976581ebc2');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803d-662f9d34a771','01a1fccc-2640-7000-8010-4ce2fe5185c2','run','01a1fccc-2640-7000-8037-d51c9a5b694a','queued','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803e-cbb719cc1360','01a1fccc-2640-7000-8010-4ce2fe5185c2','execution','01a1fccc-2640-7000-8010-4ce2fe5185c2','pending','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803f-555e02552dfa','01a1fccc-2640-7000-8010-4ce2fe5185c2','target','01a1fccc-2640-7000-8035-b3de476d648f','idle','syncing','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8040-654ba3790ba3','01a1fccc-2640-7000-8010-4ce2fe5185c2','run','01a1fccc-2640-7000-8037-d51c9a5b694a','running','success','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8041-e4fcde7570c8','01a1fccc-2640-7000-8010-4ce2fe5185c2','target','01a1fccc-2640-7000-8035-b3de476d648f','syncing','installed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8043-dc5904d8ed24','01a1fccc-2640-7000-8010-4ce2fe5185c2','execution','01a1fccc-2640-7000-8010-4ce2fe5185c2','running','completed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8044-8f2410ee8f7e','01a1fccc-2640-7000-8010-4ce2fe5185c2','chat_action','01a1fccc-2640-7000-8012-2bcbfbdbeee3','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804a-0f09307958f2','01a1fccc-2640-7000-8049-96ebc626ea92','execution','01a1fccc-2640-7000-8049-96ebc626ea92',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-076736c57a1e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804c-6076d8b034f1','01a1fccc-2640-7000-8049-96ebc626ea92','chat_action','01a1fccc-2640-7000-804b-44f195f6dd76',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-076736c57a1e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8050-5afdf0b00308','01a1fccc-2640-7000-8049-96ebc626ea92','hitl','01a1fccc-2640-7000-804f-5f58847b251d',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-076736c57a1e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-805e-f0238a1fefc9','01a1fccc-2640-7000-805d-8f06f4698952','execution','01a1fccc-2640-7000-805d-8f06f4698952',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8060-a545819d4268','01a1fccc-2640-7000-805d-8f06f4698952','chat_action','01a1fccc-2640-7000-805f-1ecc99698764',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8063-2aa705e9e4f2','01a1fccc-2640-7000-805d-8f06f4698952','execution','01a1fccc-2640-7000-805d-8f06f4698952','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8064-f9ff7a867f66','01a1fccc-2640-7000-805d-8f06f4698952','execution','01a1fccc-2640-7000-805d-8f06f4698952','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8065-23b646a70f5c','01a1fccc-2640-7000-805d-8f06f4698952','chat_action','01a1fccc-2640-7000-805f-1ecc99698764','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-7f4e3569bf1a');
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
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8000-076736c57a1e','Alice-01a1fccc-2640-7000-8000-076736c57a1e@example.test',0,'Alice','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8001-7f4e3569bf1a','Bob-01a1fccc-2640-7000-8001-7f4e3569bf1a@example.test',0,'Bob','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8002-0c976581ebc2','Carol-01a1fccc-2640-7000-8002-0c976581ebc2@example.test',0,'Carol','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8003-2ef6b6974247','Dave-01a1fccc-2640-7000-8003-2ef6b6974247@example.test',0,'Dave','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8004-346a7fa960e6','Erin-01a1fccc-2640-7000-8004-346a7fa960e6@example.test',0,'Erin','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
CREATE INDEX idx_audit_heads_checkpoint ON audit_heads (checkpoint);
CREATE INDEX idx_audit_heads_execution_id ON audit_heads (execution_id);
CREATE INDEX idx_link_tries_external_id_created_at ON link_tries (external_id, created_at);
CREATE INDEX idx_delegations_until ON delegations (until);
CREATE INDEX idx_executions_status ON executions (status);
CREATE INDEX idx_executions_replay_of ON executions (replay_of, created_at);
CREATE INDEX idx_executions_by_user ON executions (user_id, created_at, id);
CREATE INDEX idx_executions_by_completed_at ON executions (completed_at, id);
CREATE INDEX idx_executions_by_status ON executions (status, id);
CREATE INDEX idx_executions_job_name ON executions (job_name);
CREATE INDEX idx_executions_conversation ON executions (channel, channel_id, created_at DESC);
CREATE INDEX idx_executions_waiting_for ON executions (waiting_for, created_at);
CREATE INDEX idx_executions_created_at ON executions (created_at DESC);
CREATE INDEX idx_executions_user_id ON executions (user_id);
CREATE INDEX idx_executions_by_created_at ON executions (created_at, id);
CREATE INDEX idx_link_codes_user_id ON link_codes (user_id);
CREATE INDEX idx_channel_identities_user_id ON channel_identities (user_id);
CREATE INDEX idx_api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX idx_providers_owner_id ON providers (owner_id);
CREATE INDEX idx_skills_github_url ON skills (github_url);
CREATE INDEX idx_skills_owner_id_created_at ON skills (owner_id, created_at DESC);
CREATE INDEX idx_artifacts_status ON artifacts (status);
CREATE INDEX idx_artifacts_execution_id ON artifacts (execution_id);
CREATE INDEX idx_artifacts_expires_at ON artifacts (expires_at);
CREATE INDEX idx_events_timestamp ON execution_events (timestamp);
CREATE INDEX idx_events_execution_id ON execution_events (execution_id);
CREATE INDEX idx_events_user_id ON execution_events (user_id);
CREATE INDEX idx_status_transitions_execution_id ON status_transitions (execution_id);
CREATE INDEX idx_freezes_ended_at ON freezes (ended_at);
CREATE INDEX idx_inbox_pending ON inbox (status, conversation_key, received_at);
CREATE INDEX idx_skill_versions_skill_id_created_at ON skill_versions (skill_id, created_at DESC);
CREATE INDEX idx_install_targets_provider_id ON install_targets (provider_id);
CREATE INDEX idx_install_runs_created_at ON install_runs (created_at DESC);
CREATE INDEX idx_install_runs_target_id_status ON install_runs (target_id, status);
CREATE UNIQUE INDEX uq_install_runs_active_key ON install_runs (active_key);
CREATE INDEX idx_install_runs_execution_id ON install_runs (execution_id);
CREATE INDEX idx_install_runs_pair_created_at ON install_runs (skill_id, provider_id, created_at DESC);
CREATE INDEX idx_install_runs_status_created_at ON install_runs (status, created_at DESC);
CREATE INDEX idx_install_runs_receipt_due ON install_runs (receipt_due);
CREATE INDEX idx_drift_events_target_id_detected_at ON drift_events (target_id, detected_at DESC);
CREATE INDEX idx_chat_actions_execution_id ON chat_actions (execution_id);
CREATE INDEX idx_chat_actions_user_id_created_at ON chat_actions (user_id, created_at);
CREATE INDEX idx_hitl_created_at ON hitl_requests (created_at);
CREATE INDEX idx_hitl_execution_id ON hitl_requests (execution_id);
CREATE INDEX idx_hitl_status ON hitl_requests (status);
CREATE INDEX idx_hitl_expires ON hitl_requests (expires_at);
CREATE INDEX idx_hitl_agent_status ON hitl_requests (agent_type, status);
CREATE INDEX idx_hitl_status_expires ON hitl_requests (status, expires_at, id);
CREATE INDEX idx_notices_status_next_attempt_at ON notices (status, next_attempt_at);
CREATE INDEX idx_notices_execution_id ON notices (execution_id);
CREATE INDEX idx_approval_prompts_behind ON approval_prompts (is_behind, next_attempt_at);
CREATE INDEX idx_approval_prompts_drift_id ON approval_prompts (drift_id);
CREATE INDEX idx_approval_prompts_execution_id ON approval_prompts (execution_id);
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
CREATE VIEW approval_requests AS SELECT id, code, execution_id, chat_action_id, agent_type, request_type, status, title, description, payload, options, response, risk_level, subject_hash, policy, rule, requesters, change, threshold, revision, created_by, responded_by, comment, callback_url, created_at, updated_at, expires_at, remind_at, responded_at, execution_expires_at FROM hitl_requests;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('execution_events',38);
COMMIT;
