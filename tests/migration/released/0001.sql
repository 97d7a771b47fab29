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
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801c-22370c1c6a36','request_card','01a1fccc-2640-7000-8010-d93df0033d6f',NULL,NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8','console','','alice',NULL,1,'01a1fccc-2640-7000-801b-a151b8cb16a5',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801e-ef61c31f80d3','approval_card','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79','console','','bob',NULL,1,'01a1fccc-2640-7000-801d-89d046c47d8c',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8020-161d43e5a945','approval_card','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',NULL,'01a1fccc-2640-7000-8002-5140772a4433','console','','carol',NULL,1,'01a1fccc-2640-7000-801f-6ac2feb9a42c',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8022-0a668cb9dcb6','approval_card','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',NULL,'01a1fccc-2640-7000-8003-0a944209d46b','console','','dave',NULL,1,'01a1fccc-2640-7000-8021-b3edeae8907f',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8055-b6c2cbcb7f8a','request_card','01a1fccc-2640-7000-8049-817e90ba0feb',NULL,NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8','console','','alice',NULL,1,'01a1fccc-2640-7000-8054-cff7504d8e43',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8057-2f945c4e2444','approval_card','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79','console','','bob',NULL,1,'01a1fccc-2640-7000-8056-199e1e7b4c29',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8059-309c29f87f76','approval_card','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',NULL,'01a1fccc-2640-7000-8002-5140772a4433','console','','carol',NULL,1,'01a1fccc-2640-7000-8058-2862eab32ea0',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-805b-d062e756b97b','approval_card','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',NULL,'01a1fccc-2640-7000-8003-0a944209d46b','console','','dave',NULL,1,'01a1fccc-2640-7000-805a-20188d08ca8d',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8028-d6708fb2675a','01a1fccc-2640-7000-8016-9b8bf16e7b3a','01a1fccc-2640-7000-8001-924a8fa81f79',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8033-a17c1db93557','01a1fccc-2640-7000-8016-9b8bf16e7b3a','01a1fccc-2640-7000-8002-5140772a4433',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8061-50030f3a5e64','01a1fccc-2640-7000-804f-59575f86162a','01a1fccc-2640-7000-8001-924a8fa81f79',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-8015-e63506e963ac','01a1fccc-2640-7000-8010-d93df0033d6f','docx.tar','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',96,'application/x-tar','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}');
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-804e-26619bb29295','01a1fccc-2640-7000-8049-817e90ba0feb','pdf.tar','bundles/64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a',94,'application/x-tar','64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}');
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
INSERT INTO "button_tokens" VALUES('7dopuT3u1EDds69LWomT_A','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',1,'{"action":{"comment":null,"intent":"cancel","request":"RJ3E"},"kind":"action"}',NULL,'f2713db8e22bb015a509c78a5de0bb07ed1114a643b24bfdb533129a5fb112fd','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('gNEqUk_2VF8CVXKF21DNLQ','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',1,'{"kind":"details"}',NULL,'66e102bb14655af731f9e6a2f77a25e85e64744d485f535f9fef8529c66379ef','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('u6R6cGyTlDaISVW9bPln9g','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',1,'{"action":{"comment":null,"intent":"reject","request":"RJ3E"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','0ec92f2197657b25616d6aa1ae6df93bf3cf006ec1c8217bdaa6a43e59f46b30','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('C1C286NorIXjiT_riNjmLg','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"RJ3E","skills":[]},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','aa38b9e53884c8ed761b54dcc2f5197fdd047ca723513e71a43ffad41854ad46','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('yOGLqV7YitQrf-Am3nEE1w','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',1,'{"action":{"comment":null,"intent":"approve","request":"RJ3E"},"kind":"action"}',NULL,'1462055e7d58dc1d18aa2d30d700c5dd90121a1cdfcfd2e18a04530dca5b4bc4','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('L33B4NkpU73kPixkPa5Hdg','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',1,'{"action":{"execution":"RJ3E","intent":"timeline"},"kind":"action"}',NULL,'c26f741ba9c396b39c7be39c67b5a15fcd5c3e95b3a14902e425bfc6c127d322','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('ByCmMAFtED9J9rr1JXXrtA','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a',1,'{"action":{"intent":"rollback","providers":["Claude"],"run":"RJ3E","skills":["docx"],"to_ref":null},"kind":"action"}',NULL,'68625aa8440037bfe412ccf5ca2bebc0b2538f3836f449797c085b80bf2faa24','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('sJ8tKyrz2JWaJThMhyoDXA','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',1,'{"action":{"comment":null,"intent":"cancel","request":"G6KW"},"kind":"action"}',NULL,'947ef6af7b1f60017bc5550f092dd3e74a354fe1ac1023521158cf3ed6aee2a8','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('hFfHsrrcvUeq3lMrK0Ebyg','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',1,'{"kind":"details"}',NULL,'4478af14efe0b568bf260f448bc3b8799e8dec34ff67bccbb01b8a00c789359d','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('wRF4QmkBpOVXoh0dA2ff6w','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',1,'{"action":{"comment":null,"intent":"reject","request":"G6KW"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','97a7915541d7d12b0796e0052e127edbd075b03e436752c5a6b8b032c4aceb63','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('qHNZ27OptvBT2zkexM0zIA','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"G6KW","skills":[]},"kind":"action"}','{"fields":[{"initial":["Claude","Gemini"],"kind":"choices","label":"Places to keep","name":"providers","optional":false,"options":[{"label":"Claude","value":"Claude"},{"label":"Gemini","value":"Gemini"}]},{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','17c6e49111239f8129e9c372aecac1230bf05db91d62d9aa11fff9ae8f489b0b','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('kWPvIRRx5kWVmNKAA6TE5A','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a',1,'{"action":{"comment":null,"intent":"approve","request":"G6KW"},"kind":"action"}',NULL,'fe174d48a73528a1c9f7b3e56f9c97bf9be7c235060e96bee93fa917d1737f4a','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8005-d2ced26f5cde','console','','alice','01a1fccc-2640-7000-8000-b920ecaa36d8','Alice',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8006-a7afb676a7eb','console','','bob','01a1fccc-2640-7000-8001-924a8fa81f79','Bob',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8007-994ab3f03926','console','','carol','01a1fccc-2640-7000-8002-5140772a4433','Carol',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8008-404c9e0ff6ac','console','','dave','01a1fccc-2640-7000-8003-0a944209d46b','Dave',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8009-46e4240079e6','console','','erin','01a1fccc-2640-7000-8004-3b76fd5cb4b6','Erin',1,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8012-cfe52eb4e6cc','01a1fccc-2640-7000-8000-b920ecaa36d8','install','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]}','write','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8037-82eda8e5375e','executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8026-0ff19dce5340','01a1fccc-2640-7000-8001-924a8fa81f79','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-8024-239a31c32221',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8031-c478ca9b8e51','01a1fccc-2640-7000-8002-5140772a4433','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-802f-7f07e615d554',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-804b-9e0205a821e2','01a1fccc-2640-7000-8000-b920ecaa36d8','install','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]}','write','01a1fccc-2640-7000-8049-817e90ba0feb',NULL,'accepted','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-805f-312399ab9a04','01a1fccc-2640-7000-8001-924a8fa81f79','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-805d-e3d1dc6c3af6',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "deployment_policies" VALUES('01a1fccc-2640-7000-800e-ab555f3d55f9','default',1,'188d5231134dc1b48f4008b4f661e901c955f368c0b0eaf91acaf2846536aad1','{"groups":{},"rules":[{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"read","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":["Read"],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":["delegate"],"name":"stand in","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}]}',1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-30T00:48:51.679000Z');
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
INSERT INTO "execution_events" VALUES(1,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"f3a4ea32d25317d888605d158bbd2082"}','0000000000000000000000000000000000000000000000000000000000000000','495927dccdf17cfe618881bbe7f38628c15aaea6633f236a07f1246f4e7ef90b');
INSERT INTO "execution_events" VALUES(2,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install docx on Claude","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install docx on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","skill":"docx"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"591cb28f47b205b331a9b54edb0197d0"}','495927dccdf17cfe618881bbe7f38628c15aaea6633f236a07f1246f4e7ef90b','d705b40f566b62b4f6ef917c45ffc3d840f7028ef6c530774285fc103cf9499f');
INSERT INTO "execution_events" VALUES(3,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"ref":"main","skill":"docx","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"fddad0c2607f06a695204b9aa27952df","input_masked":"2022994548b520468c510d2d0a270f8a"}','d705b40f566b62b4f6ef917c45ffc3d840f7028ef6c530774285fc103cf9499f','2f46e2b50b8e5b0e6ff09834fc35f2111bf80336f4b3024df9a0cc8e4bafcd33');
INSERT INTO "execution_events" VALUES(4,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"7c66a66e8e86f2d2b4f939ca2b165bfe","output_masked.output":"2c18d377bc652db354e3744eec08194a"}','2f46e2b50b8e5b0e6ff09834fc35f2111bf80336f4b3024df9a0cc8e4bafcd33','45b09db34e578e942b6212fb81c4a185743f261e85eb4d46f83c617d4dc9dcc6');
INSERT INTO "execution_events" VALUES(5,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"f6f4de4f3d9a7b7be48d0e3c619fb1df","input_masked":"cb9999307827434dc372bdfab7507c37"}','45b09db34e578e942b6212fb81c4a185743f261e85eb4d46f83c617d4dc9dcc6','16c8f9323a94e8ec40492519fa4d96d3ae45d81997dd721225391f16ab83a52e');
INSERT INTO "execution_events" VALUES(6,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"ba09870326ec5f69b434832120482e6b","output_masked.output":"ee70e4f74c3083c35efa3cc70fdb1182"}','16c8f9323a94e8ec40492519fa4d96d3ae45d81997dd721225391f16ab83a52e','03587e1a01a3053de8fd65e56addf3c1b7bc21dfd3409f0fa08454548f890de6');
INSERT INTO "execution_events" VALUES(7,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolInvoked','{"ended":null,"input":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"input_masked":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"ec6c629ca4ee2cdf0d4183d0ebb067da","input_masked":"2abe2a287d8103197cacc0b8e59777d2"}','03587e1a01a3053de8fd65e56addf3c1b7bc21dfd3409f0fa08454548f890de6','3fdf125324d17bf94a1efb943b33e4003e7393e25e5c462344f7e021cc758752');
INSERT INTO "execution_events" VALUES(8,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"8f5d164d090ecb0b2fc159bce69267c6","output_masked.output":"cc6ac64ffd7d060e5a4ca7e60da32ecf"}','3fdf125324d17bf94a1efb943b33e4003e7393e25e5c462344f7e021cc758752','7e164d8969287f55487517fc04f5d074d421adcb276ab3165f177b211d570e30');
INSERT INTO "execution_events" VALUES(9,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ApprovalRequested','{"action":"install docx on Claude","details":{"code":"RJ3E","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-8016-9b8bf16e7b3a","revision":1,"subject":{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-df8da604d321","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-df8da604d321","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2},"subject_hash":"240632309cbbb35a3a618a002c746a820ef33ea9620f496853d4092d84bbda17","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','7e164d8969287f55487517fc04f5d074d421adcb276ab3165f177b211d570e30','e17da32495628f8ea7c51d35b4270f8420712630a93e1ba838f594af1e96b001');
INSERT INTO "execution_events" VALUES(10,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-b920ecaa36d8","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"b1091c28922eba7d94489cb4f466458a"}','e17da32495628f8ea7c51d35b4270f8420712630a93e1ba838f594af1e96b001','2765597b6c60e337ea6e0ebedd70ef5b13aae45dce837772a36acd37d24349fc');
INSERT INTO "execution_events" VALUES(11,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-924a8fa81f79","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"9b95566a4effa72860423ee63d3028b0"}','2765597b6c60e337ea6e0ebedd70ef5b13aae45dce837772a36acd37d24349fc','608aa41fdf222ee2e1a300ec625e271094129a66257c469e03e324129c6e159e');
INSERT INTO "execution_events" VALUES(12,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-5140772a4433","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"42090080b0672e7ea32a6e01c11dc9c9"}','608aa41fdf222ee2e1a300ec625e271094129a66257c469e03e324129c6e159e','5884a6d88ec37bc3336523cc2ff96b7f92eb247da512b347a086cc109dabd62f');
INSERT INTO "execution_events" VALUES(13,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-0a944209d46b","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"5dff1a4b636d3f8c187247204708ecdf"}','5884a6d88ec37bc3336523cc2ff96b7f92eb247da512b347a086cc109dabd62f','53909dd0f09b837e83997ea8f5730b22f47317c6722472f824387b916e7426d3');
INSERT INTO "execution_events" VALUES(14,'01a1fccc-2640-7000-8024-239a31c32221','01a1fccc-2640-7000-8001-924a8fa81f79','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"6fd8e0470095db00a0130a3e818aebe6"}','0000000000000000000000000000000000000000000000000000000000000000','ec339131f41731b1805b010b6d168990e2e5de06851c2881a98cc9a9874a5dc3');
INSERT INTO "execution_events" VALUES(15,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8001-924a8fa81f79','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-924a8fa81f79","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','53909dd0f09b837e83997ea8f5730b22f47317c6722472f824387b916e7426d3','992280f88158188499f0918af886f2e61282810edd65b06414567183290c93cd');
INSERT INTO "execution_events" VALUES(16,'01a1fccc-2640-7000-8024-239a31c32221','01a1fccc-2640-7000-8001-924a8fa81f79','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #RJ3E is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-924a8fa81f79","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"ad570c9b2bd434a25051354dd2d5a8e9"}','ec339131f41731b1805b010b6d168990e2e5de06851c2881a98cc9a9874a5dc3','25485d56628422fe32fe502cbc7cc85e9dc702425e4378eaf4966ef0afb8dcc1');
INSERT INTO "execution_events" VALUES(17,'01a1fccc-2640-7000-802f-7f07e615d554','01a1fccc-2640-7000-8002-5140772a4433','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"1565848c0053dbcb62c0fb0c520608df"}','0000000000000000000000000000000000000000000000000000000000000000','257f62f81b1cb4a278a4afc5b20c47c164bb8a28ac5fd07c52deeace78f2f7da');
INSERT INTO "execution_events" VALUES(18,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8002-5140772a4433','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8002-5140772a4433","channel":"console","comment":null,"decided":"approved","ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',15,'{}','992280f88158188499f0918af886f2e61282810edd65b06414567183290c93cd','8d06cc0037fdcc926cf615365f0f1de2e155c2d1cfb5e492baf300a5cb084614');
INSERT INTO "execution_events" VALUES(19,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',16,'{"input":"8e5af7be6ec1e2e4eb48534c78adddd9","input_masked":"c4bc796a3d65d49f434db6364c8e0d00"}','8d06cc0037fdcc926cf615365f0f1de2e155c2d1cfb5e492baf300a5cb084614','eb4e9d5f5e7ed072cc6fd2163779090ab0dcc6a979b4af0323a4361b12716776');
INSERT INTO "execution_events" VALUES(20,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolCompleted','{"duration_ms":0,"ended":"completed","output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',17,'{"output.output":"1372ca084f8aceab9b2073beb607d1d7","output_masked.output":"50492e37738275852fde1c3648d1d3c8"}','eb4e9d5f5e7ed072cc6fd2163779090ab0dcc6a979b4af0323a4361b12716776','0e7fd6a129dce3e4af33695919000821842c1ba3be05df8d94c7e4bd7af37ea5');
INSERT INTO "execution_events" VALUES(21,'01a1fccc-2640-7000-802f-7f07e615d554','01a1fccc-2640-7000-8002-5140772a4433','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #RJ3E is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-5140772a4433","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"110a31e0143346f30827623f1abbef19"}','257f62f81b1cb4a278a4afc5b20c47c164bb8a28ac5fd07c52deeace78f2f7da','bbc4b705e50627501e4a7012f5361e25e459bfa34db386a33de88180db00fc12');
INSERT INTO "execution_events" VALUES(22,'01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Installed docx on Claude\napproved by Bob, Carol in the console at 06:30\n15505b4, 1 file, verified byte for byte - 0.0 s","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-b920ecaa36d8","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',18,'{"text":"6798ee917e82f45da69be83151dd395e"}','0e7fd6a129dce3e4af33695919000821842c1ba3be05df8d94c7e4bd7af37ea5','7c03309040b52f7c69ae713add2387df4ec3b71c01ef3a4ce0fc1746665fc20a');
INSERT INTO "execution_events" VALUES(23,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"cee4baa54f2f70905b9d1abeb54a16c3"}','0000000000000000000000000000000000000000000000000000000000000000','d05f72b5e04fe2323cfc6201f1eb42ec74e16b026b98a5aa63678c015b756bec');
INSERT INTO "execution_events" VALUES(24,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install pdf on Claude, Gemini","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install pdf on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","skill":"pdf"},"tool":"skill.install"},{"depends_on":[2],"description":"install pdf on Gemini","input":{"provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-8a810e8c8e3e","skill":"pdf"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"1327d25271452a10c95f7982d82d1091"}','d05f72b5e04fe2323cfc6201f1eb42ec74e16b026b98a5aa63678c015b756bec','f9dc6d26c2bc858e75755e417bf9fe65a80ea7b0f02a06dce5b7a7a222a4d615');
INSERT INTO "execution_events" VALUES(25,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"ref":"main","skill":"pdf","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"37b2e31e242beb32efe4e011ff22f10c","input_masked":"609c9f16f24017bcf04505a927af3708"}','f9dc6d26c2bc858e75755e417bf9fe65a80ea7b0f02a06dce5b7a7a222a4d615','e99ab494162d53917cc090dcfd923375b6a64a1b59d92a0b3518d13b1c5d262f');
INSERT INTO "execution_events" VALUES(26,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"d53686a06e8f47fab885c45cc6a08770","output_masked.output":"918d2f50098140c169a9d1d18890273b"}','e99ab494162d53917cc090dcfd923375b6a64a1b59d92a0b3518d13b1c5d262f','420b0ad21b30cea0670a390ae20cad54e1c3a79b3e5a5ac15236550aa6ddcdfa');
INSERT INTO "execution_events" VALUES(27,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolInvoked','{"ended":null,"input":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"07853823911ef570698e85591fca83cf","input_masked":"ddeceb80eb1a5ce53b6eac5ab0cac029"}','420b0ad21b30cea0670a390ae20cad54e1c3a79b3e5a5ac15236550aa6ddcdfa','38b9c07e82f76deb1f4aa1e11fc23915ecb8fe13cb5be323e49dd9a8f09151cb');
INSERT INTO "execution_events" VALUES(28,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"output_masked":{"error":null,"output":{"bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1,"written_by":"Mina"},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"d9f1c86f6867e1c6e4da1281c24d42ec","output_masked.output":"cfe54f82a59e52898575e536e46ad6dc"}','38b9c07e82f76deb1f4aa1e11fc23915ecb8fe13cb5be323e49dd9a8f09151cb','fd5f49cfc4d8882b4b7d04f7b8448320fc53e1bf4ab70c0b37bd88deeb372e9d');
INSERT INTO "execution_events" VALUES(29,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolInvoked','{"ended":null,"input":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"input_masked":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"d9dfb78ee33388400fb81b9b7b59291c","input_masked":"1d611c8580ee74322538448467260cc7"}','fd5f49cfc4d8882b4b7d04f7b8448320fc53e1bf4ab70c0b37bd88deeb372e9d','8839fd3914b8e27deb7b41fc98f82513f873a74eec2daa35bb87c6b53f3164dd');
INSERT INTO "execution_events" VALUES(30,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"82d5387688c1c7596ba13a326a0fed3d","output_masked.output":"90da908756d074450d8c59270f550c5f"}','8839fd3914b8e27deb7b41fc98f82513f873a74eec2daa35bb87c6b53f3164dd','e5af976da25d90aa741386ae2931227489316d965f4a630e78546636ffe61900');
INSERT INTO "execution_events" VALUES(31,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ApprovalRequested','{"action":"install pdf on Claude, Gemini","details":{"code":"G6KW","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-804f-59575f86162a","revision":1,"subject":{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-8a810e8c8e3e","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2},"subject_hash":"0a5a314f08e138fc290747f4ad3bfdf1ac87d6a2578af8e4e70e6555c33b7cce","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','e5af976da25d90aa741386ae2931227489316d965f4a630e78546636ffe61900','3037f257b19a0252e810701ea246f9cce1c383f0d3b96955d5ab61ca3b2aac41');
INSERT INTO "execution_events" VALUES(32,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-b920ecaa36d8","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"d87deae73c427e8a6ca7cbe500416950"}','3037f257b19a0252e810701ea246f9cce1c383f0d3b96955d5ab61ca3b2aac41','4c03d8ca6f4654403bbe9ff5f234c0e5b5b16c44342e3b1b60b8478e23399119');
INSERT INTO "execution_events" VALUES(33,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-924a8fa81f79","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"00a60f53949942ddc3445df4b748c5ae"}','4c03d8ca6f4654403bbe9ff5f234c0e5b5b16c44342e3b1b60b8478e23399119','7d718858de69ad602ba8dbee7149da53718156615bf2a8e9ebbd7493dab6c8a9');
INSERT INTO "execution_events" VALUES(34,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-5140772a4433","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"75262ad9c825a0636e5343760f130759"}','7d718858de69ad602ba8dbee7149da53718156615bf2a8e9ebbd7493dab6c8a9','cd0f74f728849aafd4136977aaa44e780953f925d154de3d40b531c37a2a7d2a');
INSERT INTO "execution_events" VALUES(35,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8000-b920ecaa36d8','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-0a944209d46b","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"1ad3d0ff3d87ff4cf08212d81f849a8f"}','cd0f74f728849aafd4136977aaa44e780953f925d154de3d40b531c37a2a7d2a','e5a84aa19fad7b597e7c2752bff111727742ff91fa199f29975c0c70a089bccc');
INSERT INTO "execution_events" VALUES(36,'01a1fccc-2640-7000-805d-e3d1dc6c3af6','01a1fccc-2640-7000-8001-924a8fa81f79','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"8406bbc30b737001c6e5f750d01fb1d4"}','0000000000000000000000000000000000000000000000000000000000000000','8a811c372b14b57839b2b77c5765302a0674d7d64652491c61b637b5c5b34ae2');
INSERT INTO "execution_events" VALUES(37,'01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-8001-924a8fa81f79','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-924a8fa81f79","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','e5a84aa19fad7b597e7c2752bff111727742ff91fa199f29975c0c70a089bccc','f6c9e429347e96c9797d00a50bc9023c6ed7b429d7255f701c666666467728a3');
INSERT INTO "execution_events" VALUES(38,'01a1fccc-2640-7000-805d-e3d1dc6c3af6','01a1fccc-2640-7000-8001-924a8fa81f79','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #G6KW is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-924a8fa81f79","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"e41999568ea1c0184f0bbc1df90beace"}','8a811c372b14b57839b2b77c5765302a0674d7d64652491c61b637b5c5b34ae2','92b90c18d6bf4bc6a63cff9c78e4c71fb2f3eeebe38c17a8d7943400f73e18d4');
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
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8010-d93df0033d6f','RJ3E','01a1fccc-2640-7000-8000-b920ecaa36d8','console','','alice',NULL,'alice',1,'said 0','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','rules',4096,NULL,'completed',NULL,10,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-df8da604d321","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-df8da604d321","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8010-d93df0033d6f','bot:1','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','1 done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8024-239a31c32221','DHG7','01a1fccc-2640-7000-8001-924a8fa81f79','console','','bob',NULL,'bob',1,'said 1','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-8024-239a31c32221',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-802f-7f07e615d554','CWX6','01a1fccc-2640-7000-8002-5140772a4433','console','','carol',NULL,'carol',1,'said 2','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-802f-7f07e615d554',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8049-817e90ba0feb','G6KW','01a1fccc-2640-7000-8000-b920ecaa36d8','console','','alice',NULL,'alice',1,'said 3','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','rules',4096,NULL,'pending','approval',7,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-8a810e8c8e3e","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8049-817e90ba0feb',NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-805d-e3d1dc6c3af6','3HWN','01a1fccc-2640-7000-8001-924a8fa81f79','console','','bob',NULL,'bob',1,'said 4','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-805d-e3d1dc6c3af6',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-8016-9b8bf16e7b3a','RJ3E','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8012-cfe52eb4e6cc','chatops','action_approval','approved','install docx on Claude',NULL,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":96,"skill_id":"01a1fccc-2640-7000-800d-df8da604d321","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-df8da604d321","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','[]',NULL,'write','240632309cbbb35a3a618a002c746a820ef33ea9620f496853d4092d84bbda17','67fb8077f398e871011d58bbb0596a6ff8367b670ac81714e65a25ac4841b986','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-b920ecaa36d8"]',NULL,2,1,'01a1fccc-2640-7000-8000-b920ecaa36d8','01a1fccc-2640-7000-8002-5140772a4433',NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-22T06:30:00.000000Z');
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-804f-59575f86162a','G6KW','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804b-9e0205a821e2','chatops','action_approval','pending','install pdf on Claude, Gemini',NULL,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"d38d8c1a1837a962fbe0a54c296947888dace3977747245c1dbb0c4fe975eba0","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","signature":{"by":null,"flaw":null,"state":"not_checked"},"size":94,"skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","title":"","warnings":[]}],"targets":[{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-82033bfe57db","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"adopts":false,"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-8a810e8c8e3e","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-d4a96d8a854b","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','[]',NULL,'write','0a5a314f08e138fc290747f4ad3bfdf1ac87d6a2578af8e4e70e6555c33b7cce','fe84ba67e29a301e609e0df19587f7586d062aa52c883fdd28c59383aa4a8341','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"signed":null,"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-b920ecaa36d8"]',NULL,2,1,'01a1fccc-2640-7000-8000-b920ecaa36d8',NULL,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z',NULL,NULL);
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
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-800f-77119a76dbbb','said 0','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 0","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8023-c2355db70a2f','said 1','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 1","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-802e-4483633dba15','said 2','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 2","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8048-3403f77cab50','said 3','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 3","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-805c-4cdd0fb16360','said 4','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 4","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8067-b85beeeba9b9','said 5','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 5","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','pending',0,NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL);
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
INSERT INTO "install_runs" VALUES('01a1fccc-2640-7000-8037-82eda8e5375e','01a1fccc-2640-7000-8010-d93df0033d6f',NULL,'01a1fccc-2640-7000-800d-df8da604d321','01a1fccc-2640-7000-800a-82033bfe57db','01a1fccc-2640-7000-8035-b362a4c8cc73','01a1fccc-2640-7000-8000-b920ecaa36d8','chatbot','install','main','success',1,NULL,NULL,NULL,NULL,'bot:1',NULL,1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "install_targets" VALUES('01a1fccc-2640-7000-8035-b362a4c8cc73','01a1fccc-2640-7000-800d-df8da604d321','01a1fccc-2640-7000-800a-82033bfe57db','15505b4689f37260f6d888217b3ff9668fd451a4','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',NULL,NULL,'installed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8014-7f599248b030','request_card:01a1fccc-2640-7000-8010-d93df0033d6f','request_card','01a1fccc-2640-7000-8010-d93df0033d6f',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801b-a151b8cb16a5');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8018-b939cf70d48f','approval_card:01a1fccc-2640-7000-8016-9b8bf16e7b3a:01a1fccc-2640-7000-8001-924a8fa81f79','approval_card','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a','01a1fccc-2640-7000-8001-924a8fa81f79',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8001-924a8fa81f79',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801d-89d046c47d8c');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8019-73837fbc19bc','approval_card:01a1fccc-2640-7000-8016-9b8bf16e7b3a:01a1fccc-2640-7000-8002-5140772a4433','approval_card','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a','01a1fccc-2640-7000-8002-5140772a4433',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8002-5140772a4433',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801f-6ac2feb9a42c');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-801a-aee908d608b3','approval_card:01a1fccc-2640-7000-8016-9b8bf16e7b3a:01a1fccc-2640-7000-8003-0a944209d46b','approval_card','01a1fccc-2640-7000-8010-d93df0033d6f','01a1fccc-2640-7000-8016-9b8bf16e7b3a','01a1fccc-2640-7000-8003-0a944209d46b',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8003-0a944209d46b',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8021-b3edeae8907f');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8029-aa77e179b997','reply:said 1','reply','01a1fccc-2640-7000-8024-239a31c32221',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79','console','','bob',NULL,'console::bob',1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #RJ3E is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-802d-57f1ef9cd732');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8039-efb036a473d8','reply:said 2','reply','01a1fccc-2640-7000-802f-7f07e615d554',NULL,'01a1fccc-2640-7000-8002-5140772a4433','console','','carol',NULL,'console::carol',1,'{"asker":"carol","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #RJ3E is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8046-3754cbd508b5');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8045-e6308eeb1a81','outcome:01a1fccc-2640-7000-8010-d93df0033d6f','outcome','01a1fccc-2640-7000-8010-d93df0033d6f',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8047-e7fa7bcf8e0c');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-804d-6c79815830c9','request_card:01a1fccc-2640-7000-8049-817e90ba0feb','request_card','01a1fccc-2640-7000-8049-817e90ba0feb',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8','console','','alice',NULL,'console::alice',1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8054-cff7504d8e43');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8051-23fe3987d550','approval_card:01a1fccc-2640-7000-804f-59575f86162a:01a1fccc-2640-7000-8001-924a8fa81f79','approval_card','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a','01a1fccc-2640-7000-8001-924a8fa81f79',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8001-924a8fa81f79',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8056-199e1e7b4c29');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8052-9a913a06b851','approval_card:01a1fccc-2640-7000-804f-59575f86162a:01a1fccc-2640-7000-8002-5140772a4433','approval_card','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a','01a1fccc-2640-7000-8002-5140772a4433',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8002-5140772a4433',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8058-2862eab32ea0');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8053-6442f2c03327','approval_card:01a1fccc-2640-7000-804f-59575f86162a:01a1fccc-2640-7000-8003-0a944209d46b','approval_card','01a1fccc-2640-7000-8049-817e90ba0feb','01a1fccc-2640-7000-804f-59575f86162a','01a1fccc-2640-7000-8003-0a944209d46b',NULL,NULL,NULL,NULL,'user:01a1fccc-2640-7000-8003-0a944209d46b',0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-805a-20188d08ca8d');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8062-ec3b5185bfc8','reply:said 4','reply','01a1fccc-2640-7000-805d-e3d1dc6c3af6',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79','console','','bob',NULL,'console::bob',1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #G6KW is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8066-982e808a08d4');
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
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800a-82033bfe57db','01a1fccc-2640-7000-8001-924a8fa81f79','claude','Claude','connected','filesystem','{"path":"/home/bot/.claude/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800b-8a810e8c8e3e','01a1fccc-2640-7000-8001-924a8fa81f79','gemini','Gemini','connected','filesystem','{"path":"/home/bot/.gemini/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skill_versions" VALUES('01a1fccc-2640-7000-8042-fd62b38a889b','01a1fccc-2640-7000-800d-df8da604d321','main','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','Mina','2026-11-21T06:30:00.000000Z',1,96,NULL,'{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]}','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800c-d4a96d8a854b','01a1fccc-2640-7000-8001-924a8fa81f79','pdf','PDF','Works with pdf files.','https://github.com/acme/skills','skills/pdf','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800d-df8da604d321','01a1fccc-2640-7000-8001-924a8fa81f79','docx','DOCX','Works with docx files.','https://github.com/acme/skills','skills/docx','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8011-3ee961899696','01a1fccc-2640-7000-8010-d93df0033d6f','execution','01a1fccc-2640-7000-8010-d93df0033d6f',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8013-b866ad88115a','01a1fccc-2640-7000-8010-d93df0033d6f','chat_action','01a1fccc-2640-7000-8012-cfe52eb4e6cc',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8017-1d7ab62b0207','01a1fccc-2640-7000-8010-d93df0033d6f','hitl','01a1fccc-2640-7000-8016-9b8bf16e7b3a',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8025-907051a5c34b','01a1fccc-2640-7000-8024-239a31c32221','execution','01a1fccc-2640-7000-8024-239a31c32221',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8027-9afa66e9b441','01a1fccc-2640-7000-8024-239a31c32221','chat_action','01a1fccc-2640-7000-8026-0ff19dce5340',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802a-2c72c89e6b92','01a1fccc-2640-7000-8024-239a31c32221','execution','01a1fccc-2640-7000-8024-239a31c32221','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802b-e8581b1360b9','01a1fccc-2640-7000-8024-239a31c32221','execution','01a1fccc-2640-7000-8024-239a31c32221','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802c-6b6ebf1e44e1','01a1fccc-2640-7000-8024-239a31c32221','chat_action','01a1fccc-2640-7000-8026-0ff19dce5340','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8030-7731dc8e79ac','01a1fccc-2640-7000-802f-7f07e615d554','execution','01a1fccc-2640-7000-802f-7f07e615d554',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8032-cb592a506128','01a1fccc-2640-7000-802f-7f07e615d554','chat_action','01a1fccc-2640-7000-8031-c478ca9b8e51',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8034-38c884a97e77','01a1fccc-2640-7000-8010-d93df0033d6f','hitl','01a1fccc-2640-7000-8016-9b8bf16e7b3a','pending','approved','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8036-3c86eadba923','01a1fccc-2640-7000-8010-d93df0033d6f','target','01a1fccc-2640-7000-8035-b362a4c8cc73',NULL,'idle','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8038-9f9081f5aa08','01a1fccc-2640-7000-8010-d93df0033d6f','run','01a1fccc-2640-7000-8037-82eda8e5375e',NULL,'queued','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803a-3299460645e7','01a1fccc-2640-7000-802f-7f07e615d554','execution','01a1fccc-2640-7000-802f-7f07e615d554','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803b-cdd5e5a9799c','01a1fccc-2640-7000-802f-7f07e615d554','execution','01a1fccc-2640-7000-802f-7f07e615d554','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803c-5ca741dfb54e','01a1fccc-2640-7000-802f-7f07e615d554','chat_action','01a1fccc-2640-7000-8031-c478ca9b8e51','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-5140772a4433');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803d-7e3c541406c5','01a1fccc-2640-7000-8010-d93df0033d6f','run','01a1fccc-2640-7000-8037-82eda8e5375e','queued','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803e-d940cacb4394','01a1fccc-2640-7000-8010-d93df0033d6f','execution','01a1fccc-2640-7000-8010-d93df0033d6f','pending','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803f-136e04aa84ae','01a1fccc-2640-7000-8010-d93df0033d6f','target','01a1fccc-2640-7000-8035-b362a4c8cc73','idle','syncing','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8040-0424d50d1c48','01a1fccc-2640-7000-8010-d93df0033d6f','run','01a1fccc-2640-7000-8037-82eda8e5375e','running','success','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8041-a82a4f024f4d','01a1fccc-2640-7000-8010-d93df0033d6f','target','01a1fccc-2640-7000-8035-b362a4c8cc73','syncing','installed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8043-47d887b61343','01a1fccc-2640-7000-8010-d93df0033d6f','execution','01a1fccc-2640-7000-8010-d93df0033d6f','running','completed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8044-896b3839d48d','01a1fccc-2640-7000-8010-d93df0033d6f','chat_action','01a1fccc-2640-7000-8012-cfe52eb4e6cc','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804a-78d2e365edbc','01a1fccc-2640-7000-8049-817e90ba0feb','execution','01a1fccc-2640-7000-8049-817e90ba0feb',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804c-7ab20a4e89a0','01a1fccc-2640-7000-8049-817e90ba0feb','chat_action','01a1fccc-2640-7000-804b-9e0205a821e2',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8050-fdda2da6b829','01a1fccc-2640-7000-8049-817e90ba0feb','hitl','01a1fccc-2640-7000-804f-59575f86162a',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-b920ecaa36d8');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-805e-82fb0c56fff9','01a1fccc-2640-7000-805d-e3d1dc6c3af6','execution','01a1fccc-2640-7000-805d-e3d1dc6c3af6',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8060-430cbadc57d2','01a1fccc-2640-7000-805d-e3d1dc6c3af6','chat_action','01a1fccc-2640-7000-805f-312399ab9a04',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8063-1e3a282ec428','01a1fccc-2640-7000-805d-e3d1dc6c3af6','execution','01a1fccc-2640-7000-805d-e3d1dc6c3af6','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8064-ac8ff72e4dfc','01a1fccc-2640-7000-805d-e3d1dc6c3af6','execution','01a1fccc-2640-7000-805d-e3d1dc6c3af6','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8065-a1610d6cba42','01a1fccc-2640-7000-805d-e3d1dc6c3af6','chat_action','01a1fccc-2640-7000-805f-312399ab9a04','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-924a8fa81f79');
CREATE TABLE table_versions (
	name VARCHAR(64) NOT NULL, 
	version VARCHAR(36) NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "table_versions" VALUES('users','ad7b1f5a711c2b2fafefbc4fa59be4f7');
INSERT INTO "table_versions" VALUES('channel_identities','deaf8e1366d88e07c3e039fddb5c48b5');
INSERT INTO "table_versions" VALUES('skills','e1985dabfad9003dce81e8736346de7a');
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
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8000-b920ecaa36d8','Alice-01a1fccc-2640-7000-8000-b920ecaa36d8@example.test',0,'Alice','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8001-924a8fa81f79','Bob-01a1fccc-2640-7000-8001-924a8fa81f79@example.test',0,'Bob','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8002-5140772a4433','Carol-01a1fccc-2640-7000-8002-5140772a4433@example.test',0,'Carol','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8003-0a944209d46b','Dave-01a1fccc-2640-7000-8003-0a944209d46b@example.test',0,'Dave','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8004-3b76fd5cb4b6','Erin-01a1fccc-2640-7000-8004-3b76fd5cb4b6@example.test',0,'Erin','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
CREATE INDEX idx_audit_heads_checkpoint ON audit_heads (checkpoint);
CREATE INDEX idx_audit_heads_execution_id ON audit_heads (execution_id);
CREATE INDEX idx_link_tries_external_id_created_at ON link_tries (external_id, created_at);
CREATE INDEX idx_delegations_until ON delegations (until);
CREATE INDEX idx_executions_status ON executions (status);
CREATE INDEX idx_executions_by_created_at ON executions (created_at, id);
CREATE INDEX idx_executions_by_user ON executions (user_id, created_at, id);
CREATE INDEX idx_executions_by_completed_at ON executions (completed_at, id);
CREATE INDEX idx_executions_replay_of ON executions (replay_of, created_at);
CREATE INDEX idx_executions_by_status ON executions (status, id);
CREATE INDEX idx_executions_job_name ON executions (job_name);
CREATE INDEX idx_executions_conversation ON executions (channel, channel_id, created_at DESC);
CREATE INDEX idx_executions_waiting_for ON executions (waiting_for, created_at);
CREATE INDEX idx_executions_created_at ON executions (created_at DESC);
CREATE INDEX idx_executions_user_id ON executions (user_id);
CREATE INDEX idx_link_codes_user_id ON link_codes (user_id);
CREATE INDEX idx_channel_identities_user_id ON channel_identities (user_id);
CREATE INDEX idx_api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX idx_providers_owner_id ON providers (owner_id);
CREATE INDEX idx_skills_github_url ON skills (github_url);
CREATE INDEX idx_skills_owner_id_created_at ON skills (owner_id, created_at DESC);
CREATE INDEX idx_artifacts_execution_id ON artifacts (execution_id);
CREATE INDEX idx_artifacts_status ON artifacts (status);
CREATE INDEX idx_artifacts_expires_at ON artifacts (expires_at);
CREATE INDEX idx_events_timestamp ON execution_events (timestamp);
CREATE INDEX idx_events_execution_id ON execution_events (execution_id);
CREATE INDEX idx_events_user_id ON execution_events (user_id);
CREATE INDEX idx_status_transitions_execution_id ON status_transitions (execution_id);
CREATE INDEX idx_freezes_ended_at ON freezes (ended_at);
CREATE INDEX idx_inbox_pending ON inbox (status, conversation_key, received_at, id);
CREATE INDEX idx_skill_versions_skill_id_created_at ON skill_versions (skill_id, created_at DESC);
CREATE INDEX idx_install_targets_provider_id ON install_targets (provider_id);
CREATE INDEX idx_install_runs_created_at ON install_runs (created_at DESC);
CREATE INDEX idx_install_runs_target_id_status ON install_runs (target_id, status);
CREATE UNIQUE INDEX uq_install_runs_active_key ON install_runs (active_key);
CREATE INDEX idx_install_runs_pair_created_at ON install_runs (skill_id, provider_id, created_at DESC);
CREATE INDEX idx_install_runs_execution_id ON install_runs (execution_id);
CREATE INDEX idx_install_runs_status_created_at ON install_runs (status, created_at DESC);
CREATE INDEX idx_install_runs_receipt_due ON install_runs (receipt_due);
CREATE INDEX idx_drift_events_target_id_detected_at ON drift_events (target_id, detected_at DESC);
CREATE INDEX idx_chat_actions_execution_id ON chat_actions (execution_id);
CREATE INDEX idx_chat_actions_user_id_created_at ON chat_actions (user_id, created_at);
CREATE INDEX idx_hitl_created_at ON hitl_requests (created_at);
CREATE INDEX idx_hitl_execution_id ON hitl_requests (execution_id);
CREATE INDEX idx_hitl_status ON hitl_requests (status);
CREATE INDEX idx_hitl_expires ON hitl_requests (expires_at);
CREATE INDEX idx_hitl_question_hash ON hitl_requests (question_hash, status);
CREATE INDEX idx_hitl_agent_status ON hitl_requests (agent_type, status);
CREATE INDEX idx_hitl_status_expires ON hitl_requests (status, expires_at, id);
CREATE INDEX idx_notices_status_next_attempt_at ON notices (status, next_attempt_at);
CREATE INDEX idx_notices_execution_id ON notices (execution_id);
CREATE INDEX idx_notices_pending ON notices (status, conversation_key, created_at, id);
CREATE INDEX idx_approval_prompts_message ON approval_prompts (channel, workspace_id, conversation_id, message_id);
CREATE INDEX idx_approval_prompts_execution_id ON approval_prompts (execution_id);
CREATE INDEX idx_approval_prompts_drift_id ON approval_prompts (drift_id);
CREATE INDEX idx_approval_prompts_behind ON approval_prompts (is_behind, next_attempt_at);
CREATE INDEX idx_button_tokens_execution_id ON button_tokens (execution_id);
CREATE TRIGGER users_version_insert AFTER INSERT ON users FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'users'; END;
CREATE TRIGGER users_version_update AFTER UPDATE ON users FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'users'; END;
CREATE TRIGGER users_version_delete AFTER DELETE ON users FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'users'; END;
CREATE TRIGGER channel_identities_version_insert AFTER INSERT ON channel_identities FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'channel_identities'; END;
CREATE TRIGGER channel_identities_version_update AFTER UPDATE ON channel_identities FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'channel_identities'; END;
CREATE TRIGGER channel_identities_version_delete AFTER DELETE ON channel_identities FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'channel_identities'; END;
CREATE TRIGGER skills_version_insert AFTER INSERT ON skills FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'skills'; END;
CREATE TRIGGER skills_version_update AFTER UPDATE ON skills FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'skills'; END;
CREATE TRIGGER skills_version_delete AFTER DELETE ON skills FOR EACH ROW
BEGIN UPDATE table_versions SET version = lower(hex(randomblob(16))) WHERE name = 'skills'; END;
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
