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
	execution_id VARCHAR(36) NOT NULL, 
	request_id VARCHAR(36), 
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
	CONSTRAINT ck_approval_prompts_kind CHECK (kind IN ('request_card', 'approval_card', 'fyi_card', 'reminder', 'vote_void', 'change_failed', 'break_glass', 'outcome', 'expired', 'reply')), 
	CONSTRAINT ck_approval_prompts_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE, 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801c-ae1dfc4c0953','request_card','01a1fccc-2640-7000-8010-32baff485fe2',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f','console','','alice',NULL,1,'01a1fccc-2640-7000-801b-1496b220c2e0',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801e-94e369454b8a','approval_card','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8001-22b01a79ccd0','console','','bob',NULL,1,'01a1fccc-2640-7000-801d-db363ddcb61e',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8020-8e44863abfef','approval_card','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8002-9c6f5f4a8b34','console','','carol',NULL,1,'01a1fccc-2640-7000-801f-8abcd08a7cf1',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8022-2f6a3f536098','approval_card','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8003-d66473dbc01f','console','','dave',NULL,1,'01a1fccc-2640-7000-8021-06628ce73ca3',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8055-5acd90b35afe','request_card','01a1fccc-2640-7000-8049-0a7627625df7',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f','console','','alice',NULL,1,'01a1fccc-2640-7000-8054-c6bc87fa538f',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8057-5f26d1a0a57a','approval_card','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f','01a1fccc-2640-7000-8001-22b01a79ccd0','console','','bob',NULL,1,'01a1fccc-2640-7000-8056-6d14873c420e',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8059-e790fdea3f7c','approval_card','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f','01a1fccc-2640-7000-8002-9c6f5f4a8b34','console','','carol',NULL,1,'01a1fccc-2640-7000-8058-d47c20e4c7ae',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-805b-fcaa42c2f9ab','approval_card','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f','01a1fccc-2640-7000-8003-d66473dbc01f','console','','dave',NULL,1,'01a1fccc-2640-7000-805a-fcb2f94a3ad0',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
CREATE TABLE approval_votes (
	id VARCHAR(36) NOT NULL, 
	request_id VARCHAR(36) NOT NULL, 
	user_id VARCHAR(36) NOT NULL, 
	approve BOOLEAN DEFAULT 0 NOT NULL, 
	is_confirmed BOOLEAN DEFAULT 1 NOT NULL, 
	comment TEXT, 
	revision INTEGER NOT NULL, 
	channel VARCHAR(20) NOT NULL, 
	on_behalf_of VARCHAR(36), 
	voted_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_approval_votes_person UNIQUE (request_id, user_id), 
	CONSTRAINT ck_approval_votes_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id), 
	FOREIGN KEY(on_behalf_of) REFERENCES users (id)
);
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8028-ae34ef2a3f7b','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8001-22b01a79ccd0',1,1,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8033-411865a8dda1','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8002-9c6f5f4a8b34',1,1,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8061-ac992dce6274','01a1fccc-2640-7000-804f-a17920d9a37f','01a1fccc-2640-7000-8001-22b01a79ccd0',1,1,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-8015-8f591bb6f011','01a1fccc-2640-7000-8010-32baff485fe2','docx.tar','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',96,'application/x-tar','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}');
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-804e-4026a9c4c2a6','01a1fccc-2640-7000-8049-0a7627625df7','pdf.tar','bundles/64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a',94,'application/x-tar','64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}');
CREATE TABLE audit_checkpoints (
	id VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	first_event_id BIGINT NOT NULL, 
	last_event_id BIGINT NOT NULL, 
	event_count INTEGER NOT NULL, 
	merkle_root VARCHAR(64) NOT NULL, 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	key_id VARCHAR(100), 
	signature TEXT, 
	created_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_audit_checkpoints_seq UNIQUE (seq)
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
INSERT INTO "button_tokens" VALUES('VxN_XN6KzK3Ui1SJJc2ZCg','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219',1,'{"kind":"action","action":{"intent":"cancel","request":"THQP","comment":null}}',NULL,'09f6ee8095c83a291555f716df9cb007367e0bc6263fa60021813e372eef451d','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('Kly4CtbzSkzivU3BMVgxmA','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219',1,'{"kind":"details"}',NULL,'6d97f0046ac33dff520daeac3ce9fce193fe33981e2aa87a4a593bcd01346652','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('aYoXtn9a2botVoQsthm26g','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219',1,'{"kind":"action","action":{"intent":"reject","request":"THQP","comment":null}}','{"title":"","fields":[{"kind":"text","name":"text","label":"Why? The requester will read this.","initial":"","optional":false,"multiline":true}]}','797db3933603fb430fd1d98413cfb7789900fa8288cec5fea72b65bb226a006b','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('MUuXgB6MEUwz1pbrirc8jg','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219',1,'{"kind":"action","action":{"intent":"modify","request":"THQP","ref":null,"skills":[],"providers":[]}}','{"title":"","fields":[{"kind":"text","name":"ref","label":"Another ref than main? Then somebody else has to approve it.","initial":"","optional":true,"multiline":false}]}','be383cc1bf5da50d286372be896e644e459ff2adb1a8c14f932233a73ff8c780','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('M1ntZDFCOO4TsXl9F-cwvQ','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219',1,'{"kind":"action","action":{"intent":"approve","request":"THQP","comment":null}}',NULL,'ab607f4d4056ba221770be84faf512c3cab2d20fbdef91f40327b513397b8564','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('uJb9CMlVukWt_Poyz6Iqhw','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219',1,'{"kind":"action","action":{"intent":"timeline","execution":"THQP"}}',NULL,'501248ef8f2bab015df2b2ed9960d5079343509ff5884431f5a3e4fbf958667f','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('CxxFUy65Mu8KaOtNO1vb8Q','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219',1,'{"kind":"action","action":{"intent":"rollback","skills":["docx"],"providers":["Claude"],"to_ref":null}}',NULL,'fb8c024cc73f6c118aee512f2ad88e43576144e43a384ca7fa840b647c347bf4','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('ShK1EtBsH9434ZH9dgIuvg','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f',1,'{"kind":"action","action":{"intent":"cancel","request":"TNNK","comment":null}}',NULL,'e5bb78ed5c68137f27af2fcedfd2343c7c462358a0c12dde06e0d12cae28fcfe','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('8ByVDuyttTs9CBnky2OHHQ','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f',1,'{"kind":"details"}',NULL,'41d8e1fe563f9bc217b8e1741ef0466387052c1f70812f28be8184bd38a050ac','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('JppzYxZJnAdx6-2hD8aGIg','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f',1,'{"kind":"action","action":{"intent":"reject","request":"TNNK","comment":null}}','{"title":"","fields":[{"kind":"text","name":"text","label":"Why? The requester will read this.","initial":"","optional":false,"multiline":true}]}','56ff111076453a18d58e22c46f4dbd27a0781ce65419016666b8a56fd03c39dc','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('k-6I1cMWGvAl_W2On_ua-A','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f',1,'{"kind":"action","action":{"intent":"modify","request":"TNNK","ref":null,"skills":[],"providers":[]}}','{"title":"","fields":[{"kind":"choices","name":"providers","label":"Places to keep","options":[{"value":"Claude","label":"Claude"},{"value":"Gemini","label":"Gemini"}],"initial":["Claude","Gemini"],"optional":false},{"kind":"text","name":"ref","label":"Another ref than main? Then somebody else has to approve it.","initial":"","optional":true,"multiline":false}]}','cdb40ce0f546f3b60f3cc5f0a5277d41e399310f13a36e9591326f880f02baf8','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('GlOVnpFG7UDys3BMslxW8Q','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f',1,'{"kind":"action","action":{"intent":"approve","request":"TNNK","comment":null}}',NULL,'dd869a89c4bc33e0411a19e23216aad7fdc71bdf7b24be14bb635d4e3b6f7af5','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8005-60f59668aab0','console','','alice','01a1fccc-2640-7000-8000-987d6e2a664f','Alice',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8006-e3b9b8a86181','console','','bob','01a1fccc-2640-7000-8001-22b01a79ccd0','Bob',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8007-b0892dfde36c','console','','carol','01a1fccc-2640-7000-8002-9c6f5f4a8b34','Carol',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8008-749619ce790c','console','','dave','01a1fccc-2640-7000-8003-d66473dbc01f','Dave',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8009-68c0517bf8af','console','','erin','01a1fccc-2640-7000-8004-c85762a78399','Erin',1,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8012-b4ed4848f227','01a1fccc-2640-7000-8000-987d6e2a664f','install','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','write','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8037-b707ee57b6da','executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8026-2a002c063539','01a1fccc-2640-7000-8001-22b01a79ccd0','approve','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','read','01a1fccc-2640-7000-8024-69af774039e1',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8031-ac3d94df0f64','01a1fccc-2640-7000-8002-9c6f5f4a8b34','approve','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','read','01a1fccc-2640-7000-802f-3d315ef1b7ca',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-804b-3c10b19d6fd5','01a1fccc-2640-7000-8000-987d6e2a664f','install','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','write','01a1fccc-2640-7000-8049-0a7627625df7',NULL,'accepted','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-805f-98e362e2412f','01a1fccc-2640-7000-8001-22b01a79ccd0','approve','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','read','01a1fccc-2640-7000-805d-46a2eee83f15',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "deployment_policies" VALUES('01a1fccc-2640-7000-800e-477245ab4021','default',1,'020d49c656156da2ed3dcb7f5e9e47e644ff746e5535450936bc8df60ec688fd','{"rules":[{"name":"read","priority":0,"intents":[],"risks":["Read"],"providers":[],"skills":[],"sources":[],"reach":[],"changes":[],"digest_already_approved":null,"teams":[],"chats":[],"outcome":"allow","approvers":{"roles":["admin"],"groups":[],"slack_groups":[],"people":[]},"threshold":1,"allow_self":false,"ttl":null,"execution_ttl":"P1D","remind_before":null,"escalate_after":null,"escalate_to":{"roles":[],"groups":[],"slack_groups":[],"people":[]},"notify":{"roles":[],"groups":[],"slack_groups":[],"people":[]}},{"name":"stand in","priority":0,"intents":["delegate"],"risks":[],"providers":[],"skills":[],"sources":[],"reach":[],"changes":[],"digest_already_approved":null,"teams":[],"chats":[],"outcome":"allow","approvers":{"roles":["admin"],"groups":[],"slack_groups":[],"people":[]},"threshold":1,"allow_self":false,"ttl":null,"execution_ttl":"P1D","remind_before":null,"escalate_after":null,"escalate_to":{"roles":[],"groups":[],"slack_groups":[],"people":[]},"notify":{"roles":[],"groups":[],"slack_groups":[],"people":[]}},{"name":"two admins","priority":0,"intents":[],"risks":[],"providers":[],"skills":[],"sources":[],"reach":[],"changes":[],"digest_already_approved":null,"teams":[],"chats":[],"outcome":"require","approvers":{"roles":["admin"],"groups":[],"slack_groups":[],"people":[]},"threshold":2,"allow_self":false,"ttl":null,"execution_ttl":"P1D","remind_before":null,"escalate_after":null,"escalate_to":{"roles":[],"groups":[],"slack_groups":[],"people":[]},"notify":{"roles":[],"groups":[],"slack_groups":[],"people":[]}}],"groups":{}}',1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T20:07:54.700000Z');
CREATE TABLE drift_events (
	id VARCHAR(36) NOT NULL, 
	target_id VARCHAR(36) NOT NULL, 
	expected_digest VARCHAR(64), 
	found_digest VARCHAR(64), 
	details TEXT, 
	comment TEXT, 
	detected_at VARCHAR(27) DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z') NOT NULL, 
	resolved_at VARCHAR(27), 
	PRIMARY KEY (id), 
	CONSTRAINT ck_drift_events_details_json CHECK (details IS NULL OR json_valid(details)), 
	FOREIGN KEY(target_id) REFERENCES install_targets (id)
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
	salt VARCHAR(64) NOT NULL, 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT uq_execution_events_seq UNIQUE (execution_id, seq), 
	CONSTRAINT ck_execution_events_event_type CHECK (event_type IN ('MessageReceived', 'PlanGenerated', 'ApprovalRequested', 'ApprovalReceived', 'ToolInvoked', 'ToolCompleted', 'ResponseSent', 'ErrorOccurred')), 
	CONSTRAINT ck_execution_events_event_data_json CHECK (event_data IS NULL OR json_valid(event_data)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE RESTRICT
);
INSERT INTO "execution_events" VALUES(1,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','MessageReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","message":{"sender":{"channel":"console","workspace_id":"","external_id":"alice","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"alice","thread_id":null,"private":true},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}","attachments":[]}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'c63fd218ef683f81fca32c34b242a326','0000000000000000000000000000000000000000000000000000000000000000','43c0db03df3ebe4f48242f257ec2fbbd7c27a7d3805047aef59ebf363e9226aa');
INSERT INTO "execution_events" VALUES(2,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','PlanGenerated','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"PlanGenerated","plan":{"goal":"install docx on Claude","steps":[{"description":"resolve acme/skills","tool":"skill_source.resolve","input":{"skill":"docx","source":"acme/skills","ref":"main"},"depends_on":[]},{"description":"fetch docx","tool":"skill_source.fetch","input":{"skill":"docx","source":"acme/skills","ref":"main"},"depends_on":[0]},{"description":"inspect docx","tool":"skill.inspect","input":{"skill":"docx","source":"acme/skills","ref":"main"},"depends_on":[1]},{"description":"install docx on Claude","tool":"skill.install","input":{"skill":"docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03"},"depends_on":[2]}],"estimated_risk":"Write","requires_approval":true},"model_used":"rules","tokens_used":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'fa493fb8dbe62a59722a4c86576f0e9d','43c0db03df3ebe4f48242f257ec2fbbd7c27a7d3805047aef59ebf363e9226aa','e73ec41a77abe1299e5e00fe4e24bcb6055e352c5dc1b77df19b9201b2104cb0');
INSERT INTO "execution_events" VALUES(3,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolInvoked','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolInvoked","tool":"skill_source.resolve","step":0,"input":{"skill":"docx","source":"acme/skills","ref":"main"},"input_masked":{"skill":"docx","source":"acme/skills","ref":"main"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'d68606e06ed989062d7d98e4951acb4f','e73ec41a77abe1299e5e00fe4e24bcb6055e352c5dc1b77df19b9201b2104cb0','ebc5d1d18ef6a7b06896493c23721ca702db19aab94edcf016f3de2c7350ebf9');
INSERT INTO "execution_events" VALUES(4,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolCompleted','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolCompleted","tool":"skill_source.resolve","step":0,"output":{"success":true,"output":{"source":"acme/skills","ref":"main","commit":"15505b4689f37260f6d888217b3ff9668fd451a4"},"error":null},"output_masked":{"success":true,"output":{"source":"acme/skills","ref":"main","commit":"15505b4689f37260f6d888217b3ff9668fd451a4"},"error":null},"duration_ms":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'5cebb8d5cd1ce72d662b81c83f7f39ef','ebc5d1d18ef6a7b06896493c23721ca702db19aab94edcf016f3de2c7350ebf9','292345cdd90b4a41803125d73d77dfc9fae539e594a584adcc243996152c7ba8');
INSERT INTO "execution_events" VALUES(5,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolInvoked','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolInvoked","tool":"skill_source.fetch","step":1,"input":{"skill":"docx","source":"acme/skills","ref":"main","commit":"15505b4689f37260f6d888217b3ff9668fd451a4"},"input_masked":{"skill":"docx","source":"acme/skills","ref":"main","commit":"15505b4689f37260f6d888217b3ff9668fd451a4"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'e091050a0aee7b7d31bdb02a8c826f8d','292345cdd90b4a41803125d73d77dfc9fae539e594a584adcc243996152c7ba8','05daf074dfea401bcd50777ca70f1b8af57b960f3050514f107b9f870ac45886');
INSERT INTO "execution_events" VALUES(6,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolCompleted','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolCompleted","tool":"skill_source.fetch","step":1,"output":{"success":true,"output":{"files":1,"bytes":96,"author":"Mina","committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"},"error":null},"output_masked":{"success":true,"output":{"files":1,"bytes":96,"author":"***MASKED***","committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"},"error":null},"duration_ms":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'5165a517fe21498e82f2edc6ab30f7d4','05daf074dfea401bcd50777ca70f1b8af57b960f3050514f107b9f870ac45886','3cd5000c976fa5b5f99339b635bf6367aea964e3f4fb21c8ba9f56900dd1157d');
INSERT INTO "execution_events" VALUES(7,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolInvoked','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolInvoked","tool":"skill.inspect","step":2,"input":{"skill":"docx","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"},"input_masked":{"skill":"docx","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'238a6d8ad2ef4255ab1cc148d812e4da','3cd5000c976fa5b5f99339b635bf6367aea964e3f4fb21c8ba9f56900dd1157d','a68fd0873eb71fcd6b059b8c681d1246afae1de10f45c68c6df7798e36b20d1a');
INSERT INTO "execution_events" VALUES(8,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolCompleted','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolCompleted","tool":"skill.inspect","step":2,"output":{"success":true,"output":{"level":"contained","scripts":0,"allowed_tools":[],"hosts":[]},"error":null},"output_masked":{"success":true,"output":{"level":"contained","scripts":0,"allowed_tools":[],"hosts":[]},"error":null},"duration_ms":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'966b11a50ee099020b05305bc139469f','a68fd0873eb71fcd6b059b8c681d1246afae1de10f45c68c6df7798e36b20d1a','512ef39ba0ae105feffae71fabda70efe0f157fd1995dce6b3af78b83e4f42a7');
INSERT INTO "execution_events" VALUES(9,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ApprovalRequested','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","action":"install docx on Claude","risk_level":"Write","details":{"code":"THQP","request_id":"01a1fccc-2640-7000-8016-067f46c55219","revision":1,"subject":{"action":{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null},"skills":[{"skill_id":"01a1fccc-2640-7000-800d-7ba4189d96cd","name":"docx","title":"","asked_as":"docx","description":"The skill docx.","origin":"source","location":{"url":"https://github.com/acme/skills","label":"acme/skills","host":"github.com","path":"skills/docx","ref":"main"},"path":"skills/docx","requested_ref":"main","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","author":"Mina","committed_at":"2026-11-21T06:30:00Z","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","approved_before":false,"file_count":1,"size":96,"reach":{"level":"contained","scripts":[],"executables":[],"allowed_tools":[],"hosts":[],"binaries":[],"hidden":[],"findings":[]},"warnings":[]}],"targets":[{"provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03","provider":"Claude","provider_kind":"claude","skill_id":"01a1fccc-2640-7000-800d-7ba4189d96cd","skill":"docx","location":"/Claude/docx","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","source":"github.com/acme/skills/skills/docx","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}}],"patches":[],"records":[],"left_out":[],"rule":"two admins","rule_hash":"8db3beafc0681caa3396449a64ce7ae25a669377b601586a5e5580d38d44d2f9","threshold":2},"policy":"two admins","threshold":2,"subject_hash":"5bf9488715f36cabdb7468f97f724baaada423eada2ad572adc6c0dc5d868130","expires_at":"2026-11-21T07:30:00Z"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'670024749e1a6e3b6fe11bbbe3ac1819','512ef39ba0ae105feffae71fabda70efe0f157fd1995dce6b3af78b83e4f42a7','a71e3a74a2b4257de2377097349c912bc3e11183ffaedb4d097bc27d9d51b4d8');
INSERT INTO "execution_events" VALUES(10,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Install docx on Claude","channel":"console","to":"01a1fccc-2640-7000-8000-987d6e2a664f"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'9756a913faeb7cdd752bd61412d25e94','a71e3a74a2b4257de2377097349c912bc3e11183ffaedb4d097bc27d9d51b4d8','13733e545e0169364433918db5fc19058c6ae8a634ad8bdd54653fe38c6c9219');
INSERT INTO "execution_events" VALUES(11,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Alice asks: install docx on Claude","channel":"console","to":"01a1fccc-2640-7000-8001-22b01a79ccd0"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'96ae8e0d85fa3d7893c573ec4392c7fb','13733e545e0169364433918db5fc19058c6ae8a634ad8bdd54653fe38c6c9219','e4e645d1e26fe88caad0618b06f511942cb80dd2b77ee8f24936dc8ca3f25008');
INSERT INTO "execution_events" VALUES(12,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Alice asks: install docx on Claude","channel":"console","to":"01a1fccc-2640-7000-8002-9c6f5f4a8b34"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'87f4554691f3e2d01cd2f6734303a704','e4e645d1e26fe88caad0618b06f511942cb80dd2b77ee8f24936dc8ca3f25008','da81842a5fd1fbfe53ce8f7a203221e32a821d11ffc1a5958c88d8aca2758e09');
INSERT INTO "execution_events" VALUES(13,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Alice asks: install docx on Claude","channel":"console","to":"01a1fccc-2640-7000-8003-d66473dbc01f"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'094e559dce1aa5c0a7fe89e42e80ed15','da81842a5fd1fbfe53ce8f7a203221e32a821d11ffc1a5958c88d8aca2758e09','769db12d0d9a03b88585acaf28da0228462266b40ead641647ee295544003d69');
INSERT INTO "execution_events" VALUES(14,'01a1fccc-2640-7000-8024-69af774039e1','01a1fccc-2640-7000-8001-22b01a79ccd0','MessageReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","message":{"sender":{"channel":"console","workspace_id":"","external_id":"bob","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"bob","thread_id":null,"private":true},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}","attachments":[]}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'47728b30efbc27722cd7ad110c01b8da','0000000000000000000000000000000000000000000000000000000000000000','215850c310ea12c3ec81314886b1be6b081ec197f7c204f59382be1388cd7361');
INSERT INTO "execution_events" VALUES(15,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8001-22b01a79ccd0','ApprovalReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","approved":true,"modified":null,"by":"01a1fccc-2640-7000-8001-22b01a79ccd0","on_behalf_of":null,"channel":"console","comment":null,"revision":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'5978dca0c5ae4a77c674afd89f079d00','769db12d0d9a03b88585acaf28da0228462266b40ead641647ee295544003d69','6a5f2958715a2d4c402b299d86c2ade47837984577d1595d61829bcce1e76025');
INSERT INTO "execution_events" VALUES(16,'01a1fccc-2640-7000-8024-69af774039e1','01a1fccc-2640-7000-8001-22b01a79ccd0','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Your approval of #THQP is counted.","channel":"console","to":"01a1fccc-2640-7000-8001-22b01a79ccd0"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'ea3c3b7fa3096093352a60d461caafec','215850c310ea12c3ec81314886b1be6b081ec197f7c204f59382be1388cd7361','016885e8d8c1b4a0a6008eac6dcc4ddccde10c2f3a318af5b7730439cfe35597');
INSERT INTO "execution_events" VALUES(17,'01a1fccc-2640-7000-802f-3d315ef1b7ca','01a1fccc-2640-7000-8002-9c6f5f4a8b34','MessageReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","message":{"sender":{"channel":"console","workspace_id":"","external_id":"carol","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"carol","thread_id":null,"private":true},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}","attachments":[]}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'ef0f987a7d590adb9c16c39bd7625b1f','0000000000000000000000000000000000000000000000000000000000000000','e1c0ea685a2e864346897d401b91a087a5cc7eac9bec184a1908ed1ffab3fa7f');
INSERT INTO "execution_events" VALUES(18,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8002-9c6f5f4a8b34','ApprovalReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","approved":true,"modified":null,"by":"01a1fccc-2640-7000-8002-9c6f5f4a8b34","on_behalf_of":null,"channel":"console","comment":null,"revision":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',15,'e8d7b5b9e9822e8bdfe0a8bc1101622e','6a5f2958715a2d4c402b299d86c2ade47837984577d1595d61829bcce1e76025','88f6bd8326bc93835f4340fb29ab30fdbb4afdaf45e2197b190f88042395fd5f');
INSERT INTO "execution_events" VALUES(19,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolInvoked','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolInvoked","tool":"skill.install","step":3,"input":{"skill":"docx","provider":"Claude","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"},"input_masked":{"skill":"docx","provider":"Claude","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',16,'e51cdaecbd2dd816bd8a6ed06faade3a','88f6bd8326bc93835f4340fb29ab30fdbb4afdaf45e2197b190f88042395fd5f','c4dd8a46c3f68334ba02b44673795e275335bf52f783fe0a357b2526fb8410f1');
INSERT INTO "execution_events" VALUES(20,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ToolCompleted','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolCompleted","tool":"skill.install","step":3,"output":{"success":true,"output":{"skill":"docx","provider":"Claude","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1},"error":null},"output_masked":{"success":true,"output":{"skill":"docx","provider":"Claude","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1},"error":null},"duration_ms":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',17,'dfae294d498ce86c7e135a6d472f5ac7','c4dd8a46c3f68334ba02b44673795e275335bf52f783fe0a357b2526fb8410f1','7dd451bd537f7187be9a5ae7f70d0de11a19edbcfab5fc2568695abf4d0a3ee9');
INSERT INTO "execution_events" VALUES(21,'01a1fccc-2640-7000-802f-3d315ef1b7ca','01a1fccc-2640-7000-8002-9c6f5f4a8b34','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Your approval of #THQP is counted.","channel":"console","to":"01a1fccc-2640-7000-8002-9c6f5f4a8b34"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'5465c1376457ba38185a5520ef6f2abd','e1c0ea685a2e864346897d401b91a087a5cc7eac9bec184a1908ed1ffab3fa7f','b197f2775f866e361f5a0f8bec197eb3801ffa6070a49fcf2e9347b6ebc367dd');
INSERT INTO "execution_events" VALUES(22,'01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Installed docx on Claude\napproved by Bob, Carol in the console at 06:30\n15505b4, 1 file, verified byte for byte - 0.0 s","channel":"console","to":"01a1fccc-2640-7000-8000-987d6e2a664f"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',18,'d1b7b83ccc56ff3ae4f56681dd25a09c','7dd451bd537f7187be9a5ae7f70d0de11a19edbcfab5fc2568695abf4d0a3ee9','eb242dea495423517b5832faab3b2bc6b919e87e3a198e4edfdd7b38fdd56f16');
INSERT INTO "execution_events" VALUES(23,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','MessageReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","message":{"sender":{"channel":"console","workspace_id":"","external_id":"alice","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"alice","thread_id":null,"private":true},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}","attachments":[]}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'f037790f6dc41243211951d5a5be25d4','0000000000000000000000000000000000000000000000000000000000000000','1c792e165b2f98a1692e7acfce2a5c8a7dc39f08ebaf1c33269ac598ecd01b9d');
INSERT INTO "execution_events" VALUES(24,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','PlanGenerated','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"PlanGenerated","plan":{"goal":"install pdf on Claude, Gemini","steps":[{"description":"resolve acme/skills","tool":"skill_source.resolve","input":{"skill":"pdf","source":"acme/skills","ref":"main"},"depends_on":[]},{"description":"fetch pdf","tool":"skill_source.fetch","input":{"skill":"pdf","source":"acme/skills","ref":"main"},"depends_on":[0]},{"description":"inspect pdf","tool":"skill.inspect","input":{"skill":"pdf","source":"acme/skills","ref":"main"},"depends_on":[1]},{"description":"install pdf on Claude","tool":"skill.install","input":{"skill":"pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03"},"depends_on":[2]},{"description":"install pdf on Gemini","tool":"skill.install","input":{"skill":"pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-42831b419efc"},"depends_on":[2]}],"estimated_risk":"Write","requires_approval":true},"model_used":"rules","tokens_used":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'9de060f0a56b319530671293f499c849','1c792e165b2f98a1692e7acfce2a5c8a7dc39f08ebaf1c33269ac598ecd01b9d','c7adead09fcd7d8fb9edff641ad9ff745cdd6748ae9231d9380a2bdc49087590');
INSERT INTO "execution_events" VALUES(25,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ToolInvoked','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolInvoked","tool":"skill_source.resolve","step":0,"input":{"skill":"pdf","source":"acme/skills","ref":"main"},"input_masked":{"skill":"pdf","source":"acme/skills","ref":"main"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'9fd9df1ffd2e3ec0e74519730fccb9ce','c7adead09fcd7d8fb9edff641ad9ff745cdd6748ae9231d9380a2bdc49087590','ad4597991794b809ac720e58c4bc6ee162be42faf6c5b2deca23db20b46196dc');
INSERT INTO "execution_events" VALUES(26,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ToolCompleted','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolCompleted","tool":"skill_source.resolve","step":0,"output":{"success":true,"output":{"source":"acme/skills","ref":"main","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1"},"error":null},"output_masked":{"success":true,"output":{"source":"acme/skills","ref":"main","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1"},"error":null},"duration_ms":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'5c912869f89a983b9fbf5e05bf8666fb','ad4597991794b809ac720e58c4bc6ee162be42faf6c5b2deca23db20b46196dc','70fef0af2dd8056535b65899d7530e2e455658e8b3538830e810a6a0f43c21de');
INSERT INTO "execution_events" VALUES(27,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ToolInvoked','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolInvoked","tool":"skill_source.fetch","step":1,"input":{"skill":"pdf","source":"acme/skills","ref":"main","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1"},"input_masked":{"skill":"pdf","source":"acme/skills","ref":"main","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'eedcfda6dd91b22948ef9afc5a59864a','70fef0af2dd8056535b65899d7530e2e455658e8b3538830e810a6a0f43c21de','a45d127a140865ecab2fa65800c262ff0fc75a7ccf08a5338a1f7ed27ecbf55d');
INSERT INTO "execution_events" VALUES(28,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ToolCompleted','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolCompleted","tool":"skill_source.fetch","step":1,"output":{"success":true,"output":{"files":1,"bytes":94,"author":"Mina","committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},"error":null},"output_masked":{"success":true,"output":{"files":1,"bytes":94,"author":"***MASKED***","committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},"error":null},"duration_ms":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'9ebc3906ec2caa9916eb61f8811cbffa','a45d127a140865ecab2fa65800c262ff0fc75a7ccf08a5338a1f7ed27ecbf55d','1dd72aa019d082a4424422d024ae64461ede334206d6c332c44a58bd7b8e79e0');
INSERT INTO "execution_events" VALUES(29,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ToolInvoked','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolInvoked","tool":"skill.inspect","step":2,"input":{"skill":"pdf","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},"input_masked":{"skill":"pdf","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'7dfcd1788a4131846cc6ea58b21d0846','1dd72aa019d082a4424422d024ae64461ede334206d6c332c44a58bd7b8e79e0','0396462fd9849a5a1d7b6218a4a1c2a3e95f57bf6bfe57cac345f9918b6d5c35');
INSERT INTO "execution_events" VALUES(30,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ToolCompleted','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ToolCompleted","tool":"skill.inspect","step":2,"output":{"success":true,"output":{"level":"contained","scripts":0,"allowed_tools":[],"hosts":[]},"error":null},"output_masked":{"success":true,"output":{"level":"contained","scripts":0,"allowed_tools":[],"hosts":[]},"error":null},"duration_ms":0}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'ec8eaa4642a44bbb90434e43aae0f135','0396462fd9849a5a1d7b6218a4a1c2a3e95f57bf6bfe57cac345f9918b6d5c35','093beba5859f549ac34b80547ec20633625d64a90eeda95398f1fc7382f8d497');
INSERT INTO "execution_events" VALUES(31,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ApprovalRequested','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","action":"install pdf on Claude, Gemini","risk_level":"Write","details":{"code":"TNNK","request_id":"01a1fccc-2640-7000-804f-a17920d9a37f","revision":1,"subject":{"action":{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null},"skills":[{"skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","name":"pdf","title":"","asked_as":"pdf","description":"The skill pdf.","origin":"source","location":{"url":"https://github.com/acme/skills","label":"acme/skills","host":"github.com","path":"skills/pdf","ref":"main"},"path":"skills/pdf","requested_ref":"main","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","author":"Mina","committed_at":"2026-11-21T06:30:00Z","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","approved_before":false,"file_count":1,"size":94,"reach":{"level":"contained","scripts":[],"executables":[],"allowed_tools":[],"hosts":[],"binaries":[],"hidden":[],"findings":[]},"warnings":[]}],"targets":[{"provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03","provider":"Claude","provider_kind":"claude","skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","skill":"pdf","location":"/Claude/pdf","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","source":"github.com/acme/skills/skills/pdf","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}},{"provider_id":"01a1fccc-2640-7000-800b-42831b419efc","provider":"Gemini","provider_kind":"gemini","skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","skill":"pdf","location":"/Gemini/pdf","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","source":"github.com/acme/skills/skills/pdf","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}}],"patches":[],"records":[],"left_out":[],"rule":"two admins","rule_hash":"8db3beafc0681caa3396449a64ce7ae25a669377b601586a5e5580d38d44d2f9","threshold":2},"policy":"two admins","threshold":2,"subject_hash":"3a226087f8415668d96e851c2123a1bba4727791fc00d27727495d698af3d537","expires_at":"2026-11-21T07:30:00Z"}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'204ce9907959afef837ea14d2ade7abc','093beba5859f549ac34b80547ec20633625d64a90eeda95398f1fc7382f8d497','5e47b6f12ec1a0d7c181c1042df4f0c506fbd25d1e8e939c71ac1d6dc4b737d4');
INSERT INTO "execution_events" VALUES(32,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Install pdf on Claude, Gemini","channel":"console","to":"01a1fccc-2640-7000-8000-987d6e2a664f"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'d6304177ae401be723abbfbd92501e97','5e47b6f12ec1a0d7c181c1042df4f0c506fbd25d1e8e939c71ac1d6dc4b737d4','0bd0907459eee663eddca2aace2d69a681420d64c49c99d6376d39785be158b1');
INSERT INTO "execution_events" VALUES(33,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Alice asks: install pdf on Claude, Gemini","channel":"console","to":"01a1fccc-2640-7000-8001-22b01a79ccd0"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'3cfda103b04da1ca391439d4ca74172c','0bd0907459eee663eddca2aace2d69a681420d64c49c99d6376d39785be158b1','996efe5827d9bef133dc62e9a3001ecd7832fa848db6b0087515809cad8b45ae');
INSERT INTO "execution_events" VALUES(34,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Alice asks: install pdf on Claude, Gemini","channel":"console","to":"01a1fccc-2640-7000-8002-9c6f5f4a8b34"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'bfc6e229294011b285f9e4184b6b3ece','996efe5827d9bef133dc62e9a3001ecd7832fa848db6b0087515809cad8b45ae','2b5e518db2c8e8fe9a50fc256c6f738e88612be1e3e39013e3dc6208a0a23c26');
INSERT INTO "execution_events" VALUES(35,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8000-987d6e2a664f','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Alice asks: install pdf on Claude, Gemini","channel":"console","to":"01a1fccc-2640-7000-8003-d66473dbc01f"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'7bdccf63bcd158dc90f3a9c1fa0b2db6','2b5e518db2c8e8fe9a50fc256c6f738e88612be1e3e39013e3dc6208a0a23c26','d512b2e55b3543512dbf081dad9ed8cb2b3896259fb1141c416adba2e9a214cf');
INSERT INTO "execution_events" VALUES(36,'01a1fccc-2640-7000-805d-46a2eee83f15','01a1fccc-2640-7000-8001-22b01a79ccd0','MessageReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","message":{"sender":{"channel":"console","workspace_id":"","external_id":"bob","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"bob","thread_id":null,"private":true},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}","attachments":[]}}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'3a65cd47a96d11749f09e82d6efef3a7','0000000000000000000000000000000000000000000000000000000000000000','7f2dd9ba7b76e5bd29544d7178463b8eb8a05aa3066e0e57980301f28ae1a4df');
INSERT INTO "execution_events" VALUES(37,'01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-8001-22b01a79ccd0','ApprovalReceived','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","approved":true,"modified":null,"by":"01a1fccc-2640-7000-8001-22b01a79ccd0","on_behalf_of":null,"channel":"console","comment":null,"revision":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'3d66dceafd12cec042ae0263f8d84c95','d512b2e55b3543512dbf081dad9ed8cb2b3896259fb1141c416adba2e9a214cf','7ae728579d371dccd66c4bb61403bb1f56d98363e1b8c115aa4b212020a0d614');
INSERT INTO "execution_events" VALUES(38,'01a1fccc-2640-7000-805d-46a2eee83f15','01a1fccc-2640-7000-8001-22b01a79ccd0','ResponseSent','{"v":1,"timestamp":"2026-11-21T06:30:00Z","type":"ResponseSent","text":"Your approval of #TNNK is counted.","channel":"console","to":"01a1fccc-2640-7000-8001-22b01a79ccd0"}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'5162b8e9ef5dada54a3451c768f527f4','7f2dd9ba7b76e5bd29544d7178463b8eb8a05aa3066e0e57980301f28ae1a4df','df2eb130060c724b0486c634961e0bee7ac95d4149bb845b1616c571d466cf7f');
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
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8010-32baff485fe2','THQP','01a1fccc-2640-7000-8000-987d6e2a664f','console','','alice',NULL,'alice',1,'said 0','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','rules',4096,NULL,'completed',NULL,10,'{"action":{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null},"skills":[{"skill_id":"01a1fccc-2640-7000-800d-7ba4189d96cd","name":"docx","title":"","asked_as":"docx","description":"The skill docx.","origin":"source","location":{"url":"https://github.com/acme/skills","label":"acme/skills","host":"github.com","path":"skills/docx","ref":"main"},"path":"skills/docx","requested_ref":"main","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","author":"Mina","committed_at":"2026-11-21T06:30:00Z","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","approved_before":false,"file_count":1,"size":96,"reach":{"level":"contained","scripts":[],"executables":[],"allowed_tools":[],"hosts":[],"binaries":[],"hidden":[],"findings":[]},"warnings":[]}],"targets":[{"provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03","provider":"Claude","provider_kind":"claude","skill_id":"01a1fccc-2640-7000-800d-7ba4189d96cd","skill":"docx","location":"/Claude/docx","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","source":"github.com/acme/skills/skills/docx","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}}],"patches":[],"records":[],"left_out":[],"rule":"two admins","rule_hash":"8db3beafc0681caa3396449a64ce7ae25a669377b601586a5e5580d38d44d2f9","threshold":2}','skillwarden-01a1fccc-2640-7000-8010-32baff485fe2','bot:1','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','1 done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8024-69af774039e1','WNTH','01a1fccc-2640-7000-8001-22b01a79ccd0','console','','bob',NULL,'bob',1,'said 1','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-8024-69af774039e1',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-802f-3d315ef1b7ca','3T7D','01a1fccc-2640-7000-8002-9c6f5f4a8b34','console','','carol',NULL,'carol',1,'said 2','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-802f-3d315ef1b7ca',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8049-0a7627625df7','TNNK','01a1fccc-2640-7000-8000-987d6e2a664f','console','','alice',NULL,'alice',1,'said 3','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','rules',4096,NULL,'pending','approval',7,'{"action":{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null},"skills":[{"skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","name":"pdf","title":"","asked_as":"pdf","description":"The skill pdf.","origin":"source","location":{"url":"https://github.com/acme/skills","label":"acme/skills","host":"github.com","path":"skills/pdf","ref":"main"},"path":"skills/pdf","requested_ref":"main","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","author":"Mina","committed_at":"2026-11-21T06:30:00Z","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","approved_before":false,"file_count":1,"size":94,"reach":{"level":"contained","scripts":[],"executables":[],"allowed_tools":[],"hosts":[],"binaries":[],"hidden":[],"findings":[]},"warnings":[]}],"targets":[{"provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03","provider":"Claude","provider_kind":"claude","skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","skill":"pdf","location":"/Claude/pdf","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","source":"github.com/acme/skills/skills/pdf","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}},{"provider_id":"01a1fccc-2640-7000-800b-42831b419efc","provider":"Gemini","provider_kind":"gemini","skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","skill":"pdf","location":"/Gemini/pdf","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","source":"github.com/acme/skills/skills/pdf","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}}],"patches":[],"records":[],"left_out":[],"rule":"two admins","rule_hash":"8db3beafc0681caa3396449a64ce7ae25a669377b601586a5e5580d38d44d2f9","threshold":2}','skillwarden-01a1fccc-2640-7000-8049-0a7627625df7',NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-805d-46a2eee83f15','XNHR','01a1fccc-2640-7000-8001-22b01a79ccd0','console','','bob',NULL,'bob',1,'said 4','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-805d-46a2eee83f15',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
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
	CONSTRAINT ck_hitl_requests_status CHECK (status IN ('pending', 'approved', 'rejected', 'expired', 'cancelled')), 
	CONSTRAINT ck_hitl_requests_risk_level CHECK (risk_level IN ('read', 'write', 'destructive')), 
	CONSTRAINT ck_hitl_requests_payload_json CHECK (payload IS NULL OR json_valid(payload)), 
	CONSTRAINT ck_hitl_requests_response_json CHECK (response IS NULL OR json_valid(response)), 
	CONSTRAINT ck_hitl_requests_rule_json CHECK (rule IS NULL OR json_valid(rule)), 
	CONSTRAINT ck_hitl_requests_requesters_json CHECK (requesters IS NULL OR json_valid(requesters)), 
	CONSTRAINT ck_hitl_requests_change_json CHECK (change IS NULL OR json_valid(change)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id), 
	FOREIGN KEY(chat_action_id) REFERENCES chat_actions (id)
);
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-8016-067f46c55219','THQP','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8012-b4ed4848f227','chatops','action_approval','approved','install docx on Claude',NULL,'{"action":{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null},"skills":[{"skill_id":"01a1fccc-2640-7000-800d-7ba4189d96cd","name":"docx","title":"","asked_as":"docx","description":"The skill docx.","origin":"source","location":{"url":"https://github.com/acme/skills","label":"acme/skills","host":"github.com","path":"skills/docx","ref":"main"},"path":"skills/docx","requested_ref":"main","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","author":"Mina","committed_at":"2026-11-21T06:30:00Z","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","approved_before":false,"file_count":1,"size":96,"reach":{"level":"contained","scripts":[],"executables":[],"allowed_tools":[],"hosts":[],"binaries":[],"hidden":[],"findings":[]},"warnings":[]}],"targets":[{"provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03","provider":"Claude","provider_kind":"claude","skill_id":"01a1fccc-2640-7000-800d-7ba4189d96cd","skill":"docx","location":"/Claude/docx","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","source":"github.com/acme/skills/skills/docx","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}}],"patches":[],"records":[],"left_out":[],"rule":"two admins","rule_hash":"8db3beafc0681caa3396449a64ce7ae25a669377b601586a5e5580d38d44d2f9","threshold":2}',NULL,'write','5bf9488715f36cabdb7468f97f724baaada423eada2ad572adc6c0dc5d868130','two admins','{"name":"two admins","priority":0,"intents":[],"risks":[],"providers":[],"skills":[],"sources":[],"reach":[],"changes":[],"digest_already_approved":null,"teams":[],"chats":[],"outcome":"require","approvers":{"roles":["admin"],"groups":[],"slack_groups":[],"people":[]},"threshold":2,"allow_self":false,"ttl":null,"execution_ttl":"P1D","remind_before":null,"escalate_after":null,"escalate_to":{"roles":[],"groups":[],"slack_groups":[],"people":[]},"notify":{"roles":[],"groups":[],"slack_groups":[],"people":[]}}','["01a1fccc-2640-7000-8000-987d6e2a664f"]',NULL,2,1,'01a1fccc-2640-7000-8000-987d6e2a664f','01a1fccc-2640-7000-8002-9c6f5f4a8b34',NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-22T06:30:00.000000Z');
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-804f-a17920d9a37f','TNNK','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804b-3c10b19d6fd5','chatops','action_approval','pending','install pdf on Claude, Gemini',NULL,'{"action":{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null},"skills":[{"skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","name":"pdf","title":"","asked_as":"pdf","description":"The skill pdf.","origin":"source","location":{"url":"https://github.com/acme/skills","label":"acme/skills","host":"github.com","path":"skills/pdf","ref":"main"},"path":"skills/pdf","requested_ref":"main","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","author":"Mina","committed_at":"2026-11-21T06:30:00Z","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","approved_before":false,"file_count":1,"size":94,"reach":{"level":"contained","scripts":[],"executables":[],"allowed_tools":[],"hosts":[],"binaries":[],"hidden":[],"findings":[]},"warnings":[]}],"targets":[{"provider_id":"01a1fccc-2640-7000-800a-a8b0aad42f03","provider":"Claude","provider_kind":"claude","skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","skill":"pdf","location":"/Claude/pdf","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","source":"github.com/acme/skills/skills/pdf","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}},{"provider_id":"01a1fccc-2640-7000-800b-42831b419efc","provider":"Gemini","provider_kind":"gemini","skill_id":"01a1fccc-2640-7000-800c-80795e83bb7b","skill":"pdf","location":"/Gemini/pdf","installed_ref":null,"installed_digest":null,"recorded_digest":null,"wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","source":"github.com/acme/skills/skills/pdf","reach_widened":false,"retry_of":null,"diff":{"first_install":true,"added":["SKILL.md"],"removed":[],"changed":[],"lines_added":5,"lines_removed":0,"changed_scripts":[],"allowed_tools_added":[]}}],"patches":[],"records":[],"left_out":[],"rule":"two admins","rule_hash":"8db3beafc0681caa3396449a64ce7ae25a669377b601586a5e5580d38d44d2f9","threshold":2}',NULL,'write','3a226087f8415668d96e851c2123a1bba4727791fc00d27727495d698af3d537','two admins','{"name":"two admins","priority":0,"intents":[],"risks":[],"providers":[],"skills":[],"sources":[],"reach":[],"changes":[],"digest_already_approved":null,"teams":[],"chats":[],"outcome":"require","approvers":{"roles":["admin"],"groups":[],"slack_groups":[],"people":[]},"threshold":2,"allow_self":false,"ttl":null,"execution_ttl":"P1D","remind_before":null,"escalate_after":null,"escalate_to":{"roles":[],"groups":[],"slack_groups":[],"people":[]},"notify":{"roles":[],"groups":[],"slack_groups":[],"people":[]}}','["01a1fccc-2640-7000-8000-987d6e2a664f"]',NULL,2,1,'01a1fccc-2640-7000-8000-987d6e2a664f',NULL,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z',NULL,NULL);
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
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-800f-7cb743c898fe','said 0','message','console::alice','{"dedupe_key":"said 0","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","workspace_id":"","external_id":"alice","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"alice","thread_id":null,"private":true},"kind":"message","text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}","attachments":[]}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8023-89c58a8a2d0f','said 1','message','console::bob','{"dedupe_key":"said 1","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","workspace_id":"","external_id":"bob","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"bob","thread_id":null,"private":true},"kind":"message","text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}","attachments":[]}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-802e-3fdafd3eb602','said 2','message','console::carol','{"dedupe_key":"said 2","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","workspace_id":"","external_id":"carol","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"carol","thread_id":null,"private":true},"kind":"message","text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}","attachments":[]}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8048-ce442e664655','said 3','message','console::alice','{"dedupe_key":"said 3","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","workspace_id":"","external_id":"alice","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"alice","thread_id":null,"private":true},"kind":"message","text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}","attachments":[]}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-805c-de79c5af86db','said 4','message','console::bob','{"dedupe_key":"said 4","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","workspace_id":"","external_id":"bob","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"bob","thread_id":null,"private":true},"kind":"message","text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}","attachments":[]}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8067-22ca68d0a387','said 5','message','console::carol','{"dedupe_key":"said 5","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","workspace_id":"","external_id":"carol","display_name":"","standing":null},"conversation":{"channel":"console","workspace_id":"","conversation_id":"carol","thread_id":null,"private":true},"kind":"message","text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}","attachments":[]}','pending',0,NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL);
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
	lease_owner VARCHAR(255), 
	lease_until VARCHAR(27), 
	fence INTEGER DEFAULT 0 NOT NULL, 
	active_key VARCHAR(36), 
	started_at VARCHAR(27), 
	finished_at VARCHAR(27), 
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
INSERT INTO "install_runs" VALUES('01a1fccc-2640-7000-8037-b707ee57b6da','01a1fccc-2640-7000-8010-32baff485fe2',NULL,'01a1fccc-2640-7000-800d-7ba4189d96cd','01a1fccc-2640-7000-800a-a8b0aad42f03','01a1fccc-2640-7000-8035-410a1577cac2','01a1fccc-2640-7000-8000-987d6e2a664f','chatbot','install','main','success',1,NULL,NULL,NULL,'bot:1',NULL,1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "install_targets" VALUES('01a1fccc-2640-7000-8035-410a1577cac2','01a1fccc-2640-7000-800d-7ba4189d96cd','01a1fccc-2640-7000-800a-a8b0aad42f03','15505b4689f37260f6d888217b3ff9668fd451a4','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',NULL,NULL,'installed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
	CONSTRAINT ck_notices_kind CHECK (kind IN ('request_card', 'approval_card', 'fyi_card', 'reminder', 'vote_void', 'change_failed', 'break_glass', 'outcome', 'expired', 'reply')), 
	CONSTRAINT ck_notices_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	CONSTRAINT ck_notices_status CHECK (status IN ('pending', 'delivered', 'failed')), 
	CONSTRAINT ck_notices_payload_json CHECK (payload IS NULL OR json_valid(payload)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE, 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8014-00c4fcd904a9','request_card:01a1fccc-2640-7000-8010-32baff485fe2','request_card','01a1fccc-2640-7000-8010-32baff485fe2',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801b-1496b220c2e0');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8018-654ba3dc7871','approval_card:01a1fccc-2640-7000-8016-067f46c55219:01a1fccc-2640-7000-8001-22b01a79ccd0','approval_card','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8001-22b01a79ccd0',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801d-db363ddcb61e');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8019-0a19b116c55f','approval_card:01a1fccc-2640-7000-8016-067f46c55219:01a1fccc-2640-7000-8002-9c6f5f4a8b34','approval_card','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8002-9c6f5f4a8b34',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801f-8abcd08a7cf1');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-801a-bd2a736075c5','approval_card:01a1fccc-2640-7000-8016-067f46c55219:01a1fccc-2640-7000-8003-d66473dbc01f','approval_card','01a1fccc-2640-7000-8010-32baff485fe2','01a1fccc-2640-7000-8016-067f46c55219','01a1fccc-2640-7000-8003-d66473dbc01f',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8021-06628ce73ca3');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8029-fe6070cf87e8','reply:said 1','reply','01a1fccc-2640-7000-8024-69af774039e1',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0','console','','bob',NULL,1,'{"card":{"title":"Your approval of #THQP is counted.","code":null,"lines":[],"facts":[],"table":null,"steps":[],"sections":[],"buttons":[],"invited":[]},"only_for":null,"asker":"bob"}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-802d-3550bc165102');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8039-d539d80b7f5a','reply:said 2','reply','01a1fccc-2640-7000-802f-3d315ef1b7ca',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34','console','','carol',NULL,1,'{"card":{"title":"Your approval of #THQP is counted.","code":null,"lines":[],"facts":[],"table":null,"steps":[],"sections":[],"buttons":[],"invited":[]},"only_for":null,"asker":"carol"}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8046-288dc340f12c');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8045-9b6dfeebfb1b','outcome:01a1fccc-2640-7000-8010-32baff485fe2','outcome','01a1fccc-2640-7000-8010-32baff485fe2',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8047-20e2c5f65a13');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-804d-45ee679b5dac','request_card:01a1fccc-2640-7000-8049-0a7627625df7','request_card','01a1fccc-2640-7000-8049-0a7627625df7',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8054-c6bc87fa538f');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8051-9c965ceb139b','approval_card:01a1fccc-2640-7000-804f-a17920d9a37f:01a1fccc-2640-7000-8001-22b01a79ccd0','approval_card','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f','01a1fccc-2640-7000-8001-22b01a79ccd0',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8056-6d14873c420e');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8052-80d6c629f896','approval_card:01a1fccc-2640-7000-804f-a17920d9a37f:01a1fccc-2640-7000-8002-9c6f5f4a8b34','approval_card','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f','01a1fccc-2640-7000-8002-9c6f5f4a8b34',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8058-d47c20e4c7ae');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8053-9a61a9681783','approval_card:01a1fccc-2640-7000-804f-a17920d9a37f:01a1fccc-2640-7000-8003-d66473dbc01f','approval_card','01a1fccc-2640-7000-8049-0a7627625df7','01a1fccc-2640-7000-804f-a17920d9a37f','01a1fccc-2640-7000-8003-d66473dbc01f',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-805a-fcb2f94a3ad0');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8062-bd86932b7506','reply:said 4','reply','01a1fccc-2640-7000-805d-46a2eee83f15',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0','console','','bob',NULL,1,'{"card":{"title":"Your approval of #TNNK is counted.","code":null,"lines":[],"facts":[],"table":null,"steps":[],"sections":[],"buttons":[],"invited":[]},"only_for":null,"asker":"bob"}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8066-587d910a6595');
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
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800a-a8b0aad42f03','01a1fccc-2640-7000-8001-22b01a79ccd0','claude','Claude','connected','filesystem','{"path":"/home/bot/.claude/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800b-42831b419efc','01a1fccc-2640-7000-8001-22b01a79ccd0','gemini','Gemini','connected','filesystem','{"path":"/home/bot/.gemini/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
CREATE TABLE retention_gate (
	id INTEGER NOT NULL, 
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
INSERT INTO "skill_versions" VALUES('01a1fccc-2640-7000-8042-c37ea55f3992','01a1fccc-2640-7000-800d-7ba4189d96cd','main','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','Mina','2026-11-21T06:30:00.000000Z',1,96,NULL,'{"level":"contained","scripts":[],"executables":[],"allowed_tools":[],"hosts":[],"binaries":[],"hidden":[],"findings":[]}','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800c-80795e83bb7b','01a1fccc-2640-7000-8001-22b01a79ccd0','pdf','PDF','Works with pdf files.','https://github.com/acme/skills','skills/pdf','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800d-7ba4189d96cd','01a1fccc-2640-7000-8001-22b01a79ccd0','docx','DOCX','Works with docx files.','https://github.com/acme/skills','skills/docx','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
	CONSTRAINT ck_status_transitions_entity_type CHECK (entity_type IN ('execution', 'hitl', 'run', 'target', 'chat_action', 'artifact')), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE
);
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8011-b79b581e7764','01a1fccc-2640-7000-8010-32baff485fe2','execution','01a1fccc-2640-7000-8010-32baff485fe2',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8013-e29b93d7ddbd','01a1fccc-2640-7000-8010-32baff485fe2','chat_action','01a1fccc-2640-7000-8012-b4ed4848f227',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8017-98265a29f9c6','01a1fccc-2640-7000-8010-32baff485fe2','hitl','01a1fccc-2640-7000-8016-067f46c55219',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8025-03e702414cb6','01a1fccc-2640-7000-8024-69af774039e1','execution','01a1fccc-2640-7000-8024-69af774039e1',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8027-22c3d2f34dcc','01a1fccc-2640-7000-8024-69af774039e1','chat_action','01a1fccc-2640-7000-8026-2a002c063539',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802a-957787401ccc','01a1fccc-2640-7000-8024-69af774039e1','execution','01a1fccc-2640-7000-8024-69af774039e1','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802b-7cd06fbdacf4','01a1fccc-2640-7000-8024-69af774039e1','execution','01a1fccc-2640-7000-8024-69af774039e1','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802c-9ccb26d400c4','01a1fccc-2640-7000-8024-69af774039e1','chat_action','01a1fccc-2640-7000-8026-2a002c063539','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8030-8bfc9713116d','01a1fccc-2640-7000-802f-3d315ef1b7ca','execution','01a1fccc-2640-7000-802f-3d315ef1b7ca',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8032-57fe90a56adb','01a1fccc-2640-7000-802f-3d315ef1b7ca','chat_action','01a1fccc-2640-7000-8031-ac3d94df0f64',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8034-85f60123af77','01a1fccc-2640-7000-8010-32baff485fe2','hitl','01a1fccc-2640-7000-8016-067f46c55219','pending','approved','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8036-8b2aaeaa6b62','01a1fccc-2640-7000-8010-32baff485fe2','target','01a1fccc-2640-7000-8035-410a1577cac2',NULL,'idle','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8038-f676eb2aef61','01a1fccc-2640-7000-8010-32baff485fe2','run','01a1fccc-2640-7000-8037-b707ee57b6da',NULL,'queued','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803a-90e775acdbca','01a1fccc-2640-7000-802f-3d315ef1b7ca','execution','01a1fccc-2640-7000-802f-3d315ef1b7ca','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803b-48f74bb6ea06','01a1fccc-2640-7000-802f-3d315ef1b7ca','execution','01a1fccc-2640-7000-802f-3d315ef1b7ca','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803c-24664ebfbc0a','01a1fccc-2640-7000-802f-3d315ef1b7ca','chat_action','01a1fccc-2640-7000-8031-ac3d94df0f64','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-9c6f5f4a8b34');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803d-c2837f4ee530','01a1fccc-2640-7000-8010-32baff485fe2','run','01a1fccc-2640-7000-8037-b707ee57b6da','queued','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803e-3b2487de3f64','01a1fccc-2640-7000-8010-32baff485fe2','execution','01a1fccc-2640-7000-8010-32baff485fe2','pending','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803f-02af454fcac0','01a1fccc-2640-7000-8010-32baff485fe2','target','01a1fccc-2640-7000-8035-410a1577cac2','idle','syncing','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8040-0bc1aaee5062','01a1fccc-2640-7000-8010-32baff485fe2','run','01a1fccc-2640-7000-8037-b707ee57b6da','running','success','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8041-dcea4b39795a','01a1fccc-2640-7000-8010-32baff485fe2','target','01a1fccc-2640-7000-8035-410a1577cac2','syncing','installed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8043-195c1e2e40fd','01a1fccc-2640-7000-8010-32baff485fe2','execution','01a1fccc-2640-7000-8010-32baff485fe2','running','completed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8044-2c2f69d07619','01a1fccc-2640-7000-8010-32baff485fe2','chat_action','01a1fccc-2640-7000-8012-b4ed4848f227','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804a-2353804fec7d','01a1fccc-2640-7000-8049-0a7627625df7','execution','01a1fccc-2640-7000-8049-0a7627625df7',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804c-92915cb2eaf5','01a1fccc-2640-7000-8049-0a7627625df7','chat_action','01a1fccc-2640-7000-804b-3c10b19d6fd5',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8050-aabe79f1e159','01a1fccc-2640-7000-8049-0a7627625df7','hitl','01a1fccc-2640-7000-804f-a17920d9a37f',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-987d6e2a664f');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-805e-87b54b9ebaf7','01a1fccc-2640-7000-805d-46a2eee83f15','execution','01a1fccc-2640-7000-805d-46a2eee83f15',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8060-62076dde2b9e','01a1fccc-2640-7000-805d-46a2eee83f15','chat_action','01a1fccc-2640-7000-805f-98e362e2412f',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8063-156c4bdb6f77','01a1fccc-2640-7000-805d-46a2eee83f15','execution','01a1fccc-2640-7000-805d-46a2eee83f15','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8064-598ea287c73d','01a1fccc-2640-7000-805d-46a2eee83f15','execution','01a1fccc-2640-7000-805d-46a2eee83f15','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8065-a11ad0d97810','01a1fccc-2640-7000-805d-46a2eee83f15','chat_action','01a1fccc-2640-7000-805f-98e362e2412f','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-22b01a79ccd0');
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
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8000-987d6e2a664f','Alice-01a1fccc-2640-7000-8000-987d6e2a664f@example.test',0,'Alice','user',1,'en','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8001-22b01a79ccd0','Bob-01a1fccc-2640-7000-8001-22b01a79ccd0@example.test',0,'Bob','admin',1,'en','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8002-9c6f5f4a8b34','Carol-01a1fccc-2640-7000-8002-9c6f5f4a8b34@example.test',0,'Carol','admin',1,'en','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8003-d66473dbc01f','Dave-01a1fccc-2640-7000-8003-d66473dbc01f@example.test',0,'Dave','admin',1,'en','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8004-c85762a78399','Erin-01a1fccc-2640-7000-8004-c85762a78399@example.test',0,'Erin','user',1,'en','UTC','2026-11-21T06:30:00.000000Z',NULL);
CREATE INDEX idx_link_tries_external_id_created_at ON link_tries (external_id, created_at);
CREATE INDEX idx_delegations_until ON delegations (until);
CREATE INDEX idx_executions_user_id ON executions (user_id);
CREATE INDEX idx_executions_created_at ON executions (created_at DESC);
CREATE INDEX idx_executions_conversation ON executions (channel, channel_id, created_at DESC);
CREATE INDEX idx_executions_job_name ON executions (job_name);
CREATE INDEX idx_executions_waiting_for ON executions (waiting_for, created_at);
CREATE INDEX idx_executions_status ON executions (status);
CREATE INDEX idx_link_codes_user_id ON link_codes (user_id);
CREATE INDEX idx_channel_identities_user_id ON channel_identities (user_id);
CREATE INDEX idx_api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX idx_providers_owner_id ON providers (owner_id);
CREATE INDEX idx_skills_github_url ON skills (github_url);
CREATE INDEX idx_skills_owner_id_created_at ON skills (owner_id, created_at DESC);
CREATE INDEX idx_artifacts_status ON artifacts (status);
CREATE INDEX idx_artifacts_expires_at ON artifacts (expires_at);
CREATE INDEX idx_artifacts_execution_id ON artifacts (execution_id);
CREATE INDEX idx_events_timestamp ON execution_events (timestamp);
CREATE INDEX idx_events_execution_id ON execution_events (execution_id);
CREATE INDEX idx_events_user_id ON execution_events (user_id);
CREATE INDEX idx_status_transitions_execution_id ON status_transitions (execution_id);
CREATE INDEX idx_freezes_ended_at ON freezes (ended_at);
CREATE INDEX idx_inbox_pending ON inbox (status, conversation_key, received_at);
CREATE INDEX idx_skill_versions_skill_id_created_at ON skill_versions (skill_id, created_at DESC);
CREATE INDEX idx_install_targets_provider_id ON install_targets (provider_id);
CREATE INDEX idx_install_runs_created_at ON install_runs (created_at DESC);
CREATE INDEX idx_install_runs_target_id ON install_runs (target_id);
CREATE INDEX idx_install_runs_pair_created_at ON install_runs (skill_id, provider_id, created_at DESC);
CREATE INDEX idx_install_runs_execution_id ON install_runs (execution_id);
CREATE UNIQUE INDEX uq_install_runs_active_key ON install_runs (active_key);
CREATE INDEX idx_install_runs_status_created_at ON install_runs (status, created_at DESC);
CREATE INDEX idx_drift_events_target_id_detected_at ON drift_events (target_id, detected_at DESC);
CREATE INDEX idx_chat_actions_execution_id ON chat_actions (execution_id);
CREATE INDEX idx_chat_actions_user_id_created_at ON chat_actions (user_id, created_at);
CREATE INDEX idx_hitl_execution_id ON hitl_requests (execution_id);
CREATE INDEX idx_hitl_status ON hitl_requests (status);
CREATE INDEX idx_hitl_expires ON hitl_requests (expires_at);
CREATE INDEX idx_hitl_agent_status ON hitl_requests (agent_type, status);
CREATE INDEX idx_hitl_created_at ON hitl_requests (created_at);
CREATE INDEX idx_notices_execution_id ON notices (execution_id);
CREATE INDEX idx_notices_status_next_attempt_at ON notices (status, next_attempt_at);
CREATE INDEX idx_approval_prompts_execution_id ON approval_prompts (execution_id);
CREATE INDEX idx_approval_prompts_behind ON approval_prompts (is_behind, next_attempt_at);
CREATE INDEX idx_approval_prompts_message ON approval_prompts (channel, workspace_id, conversation_id, message_id);
CREATE INDEX idx_button_tokens_execution_id ON button_tokens (execution_id);
CREATE TRIGGER execution_events_no_update BEFORE UPDATE ON execution_events FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM retention_gate)
BEGIN SELECT RAISE(ABORT, 'execution_events is append-only'); END;
CREATE TRIGGER execution_events_no_delete BEFORE DELETE ON execution_events FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM retention_gate)
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
CREATE VIEW approval_requests AS SELECT id, code, execution_id, chat_action_id, agent_type, request_type, status, title, description, payload, response, risk_level, subject_hash, policy, rule, requesters, change, threshold, revision, created_by, responded_by, comment, callback_url, created_at, updated_at, expires_at, remind_at, responded_at, execution_expires_at FROM hitl_requests;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('execution_events',38);
COMMIT;
