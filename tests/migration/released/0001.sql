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
	CONSTRAINT ck_approval_prompts_kind CHECK (kind IN ('request_card', 'approval_card', 'fyi_card', 'reminder', 'vote_void', 'change_failed', 'break_glass', 'outcome', 'expired', 'reply', 'callback')), 
	CONSTRAINT ck_approval_prompts_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE, 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801c-c72cf9067f76','request_card','01a1fccc-2640-7000-8010-d09c55c51f72',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e','console','','alice',NULL,1,'01a1fccc-2640-7000-801b-b313b98e65a9',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-801e-6f8ef53c2da4','approval_card','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8001-f8545fc11bd3','console','','bob',NULL,1,'01a1fccc-2640-7000-801d-908b64c63e87',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8020-872d9bc462cc','approval_card','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8002-e4eed00f993c','console','','carol',NULL,1,'01a1fccc-2640-7000-801f-dd9aa42ba68d',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8022-e0b65b516b68','approval_card','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8003-5fbfcc91c886','console','','dave',NULL,1,'01a1fccc-2640-7000-8021-51fe5a952964',10,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8055-77767f2ba7cb','request_card','01a1fccc-2640-7000-8049-fb64c32895b5',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e','console','','alice',NULL,1,'01a1fccc-2640-7000-8054-c41dec0321ac',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8057-8f401c9a7145','approval_card','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb','01a1fccc-2640-7000-8001-f8545fc11bd3','console','','bob',NULL,1,'01a1fccc-2640-7000-8056-226c3f0c06ac',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-8059-e965a7e0ee43','approval_card','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb','01a1fccc-2640-7000-8002-e4eed00f993c','console','','carol',NULL,1,'01a1fccc-2640-7000-8058-ab11b2a80c72',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_prompts" VALUES('01a1fccc-2640-7000-805b-b874fd64ca99','approval_card','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb','01a1fccc-2640-7000-8003-5fbfcc91c886','console','','dave',NULL,1,'01a1fccc-2640-7000-805a-e650d8c1e19b',7,0,0,0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8028-1884253d9788','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8001-f8545fc11bd3',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8033-90193cef2ac1','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8002-e4eed00f993c',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
INSERT INTO "approval_votes" VALUES('01a1fccc-2640-7000-8061-b25826cbc307','01a1fccc-2640-7000-804f-27f4dceb4acb','01a1fccc-2640-7000-8001-f8545fc11bd3',1,1,NULL,NULL,1,'console',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-8015-42510fc86959','01a1fccc-2640-7000-8010-d09c55c51f72','docx.tar','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',96,'application/x-tar','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}');
INSERT INTO "artifacts" VALUES('01a1fccc-2640-7000-804e-66b4254a7d0b','01a1fccc-2640-7000-8049-fb64c32895b5','pdf.tar','bundles/64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a',94,'application/x-tar','64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a','code','active','2026-11-21T06:30:00.000000Z',NULL,NULL,'{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}');
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
INSERT INTO "button_tokens" VALUES('yhdQE9RlkfIeO5P4Vl0bfA','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2',1,'{"action":{"comment":null,"intent":"cancel","request":"CFRC"},"kind":"action"}',NULL,'2cde345377badee62a116dae7f82aeedaa07dd70a063e6f0c48ef9d404d19249','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('sWU0Xz49z_OMOvmoP7KhPg','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2',1,'{"kind":"details"}',NULL,'8575965f783f4591b2e7908209082d04305901d16af995a4c12d1a6adf861f42','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('kqyuHUJqTdJ_ijZx9sXCXA','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2',1,'{"action":{"comment":null,"intent":"reject","request":"CFRC"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','61ff40322e9e7b4de22b226bf836a128e7e800c4025a94f5683fba48142316f1','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('37-a9HbLiH7ghcDfsSU0Vw','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"CFRC","skills":[]},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','f2887f9db1f0c98a413e824b1f10956be7be8a5782d9c38c8cab81f1db1ea026','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('p0mCUa8ByNYTkA1Qq3kZSg','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2',1,'{"action":{"comment":null,"intent":"approve","request":"CFRC"},"kind":"action"}',NULL,'4b4dba04c6aa8f9d941ea8559435383d8e5a335225a7ec11911b321625648f55','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('M6h5zP4nme5_iGf99FLOsA','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2',1,'{"action":{"execution":"CFRC","intent":"timeline"},"kind":"action"}',NULL,'99acdf7e0faa39d3800d6ad9c5eafbbaf95c51643a2ebe5ca8660a3e7f1a058a','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('TylbyjRlCc5VJJPZjASfEQ','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2',1,'{"action":{"intent":"rollback","providers":["Claude"],"run":"CFRC","skills":["docx"],"to_ref":null},"kind":"action"}',NULL,'e6c0833ae963b051127293dc50e60f502633f841ef8afec078fa5a3eecc6ef8d','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('806qN7szNbx-JHPPep40Ag','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb',1,'{"action":{"comment":null,"intent":"cancel","request":"ED9A"},"kind":"action"}',NULL,'007f690c743b7267a6f3be5d8fe15147f9abc42bea10d6fd57cac82d3873fcd7','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('uHi6YTcVBSfmrdzq1ZzBvQ','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb',1,'{"kind":"details"}',NULL,'35d3060ecb0ea8239281ae10c5cbad229b39a9aed30ec1b875b63ff8757c8612','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('oIRt23JXj-bl2CAygRD7HA','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb',1,'{"action":{"comment":null,"intent":"reject","request":"ED9A"},"kind":"action"}','{"fields":[{"initial":"","kind":"text","label":"Why? The requester will read this.","multiline":true,"name":"text","optional":false}],"language":"en","title":""}','d79010b464fa9bb88e10cddf3364bb01c694449a86975befcd38837fd1223d44','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('ZPkS89w71EaV-ApuC8ZEIQ','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb',1,'{"action":{"intent":"modify","providers":[],"ref":null,"request":"ED9A","skills":[]},"kind":"action"}','{"fields":[{"initial":["Claude","Gemini"],"kind":"choices","label":"Places to keep","name":"providers","optional":false,"options":[{"label":"Claude","value":"Claude"},{"label":"Gemini","value":"Gemini"}]},{"initial":"","kind":"text","label":"Another ref than main? Then somebody else has to approve it.","multiline":false,"name":"ref","optional":true}],"language":"en","title":""}','4c82f22e56ca01cc75053e754addfd9f59b2ed9169bd9420bc818e0f32b3d1e2','2026-11-21T06:30:00.000000Z');
INSERT INTO "button_tokens" VALUES('WYmp4tt41aaEpQdLmkii0g','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb',1,'{"action":{"comment":null,"intent":"approve","request":"ED9A"},"kind":"action"}',NULL,'2e496b0581f82e567386ccf9b821f12008b242eccc1df82664cb0f56ffa1071d','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8005-ab0ee5cb8416','console','','alice','01a1fccc-2640-7000-8000-5cde2b375a6e','Alice',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8006-87c3869fb0d5','console','','bob','01a1fccc-2640-7000-8001-f8545fc11bd3','Bob',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8007-7b414d9c22bc','console','','carol','01a1fccc-2640-7000-8002-e4eed00f993c','Carol',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8008-f74259b8619f','console','','dave','01a1fccc-2640-7000-8003-5fbfcc91c886','Dave',1,'2026-11-21T06:30:00.000000Z');
INSERT INTO "channel_identities" VALUES('01a1fccc-2640-7000-8009-156506c1994f','console','','erin','01a1fccc-2640-7000-8004-072bc313b53c','Erin',1,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8012-749508877847','01a1fccc-2640-7000-8000-5cde2b375a6e','install','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]}','write','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8037-6ba4f176e8c9','executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8026-a04e5c888a6c','01a1fccc-2640-7000-8001-f8545fc11bd3','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-8024-2d7d630e3ce3',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-8031-1e45cd416588','01a1fccc-2640-7000-8002-e4eed00f993c','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-802f-470c85557cf8',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-804b-ae30a85aba2b','01a1fccc-2640-7000-8000-5cde2b375a6e','install','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]}','write','01a1fccc-2640-7000-8049-fb64c32895b5',NULL,'accepted','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "chat_actions" VALUES('01a1fccc-2640-7000-805f-6a9c3481ef1d','01a1fccc-2640-7000-8001-f8545fc11bd3','approve','{"intent":"approve","request":null,"comment":null}','{"comment":null,"intent":"approve","request":null}','read','01a1fccc-2640-7000-805d-8396754103e6',NULL,'executed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "deployment_policies" VALUES('01a1fccc-2640-7000-800e-0a7641982081','default',1,'90f9a0a73504419eb04f8a2f176ad1a6018b4d46c67cc4a4d6cc24b5f30701e2','{"groups":{},"rules":[{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"read","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":["Read"],"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":["delegate"],"name":"stand in","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"allow","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"skills":[],"sources":[],"teams":[],"threshold":1,"ttl":null},{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}]}',1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T20:52:38.079000Z');
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
	salts TEXT NOT NULL, 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT uq_execution_events_seq UNIQUE (execution_id, seq), 
	CONSTRAINT ck_execution_events_event_type CHECK (event_type IN ('MessageReceived', 'PlanGenerated', 'ApprovalRequested', 'ApprovalReceived', 'ToolInvoked', 'ToolCompleted', 'ResponseSent', 'ErrorOccurred')), 
	CONSTRAINT ck_execution_events_event_data_json CHECK (event_data IS NULL OR json_valid(event_data)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE RESTRICT
);
INSERT INTO "execution_events" VALUES(1,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"4736aadec1099e768ae40e4bbe158d9b"}','0000000000000000000000000000000000000000000000000000000000000000','dde1c60fdbcc42c6d87079b5cb9578281aa749043da877a79dbf3fbd1af932ff');
INSERT INTO "execution_events" VALUES(2,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install docx on Claude","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect docx","input":{"ref":"main","skill":"docx","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install docx on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","skill":"docx"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"ec963116825f10f0a2051a7c2e9add2a"}','dde1c60fdbcc42c6d87079b5cb9578281aa749043da877a79dbf3fbd1af932ff','c7409d86cc43f201607dcd91e08e66ebdac941ed406feec7bf5fef3295d1545a');
INSERT INTO "execution_events" VALUES(3,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"ref":"main","skill":"docx","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"cc67a9cbb5c50c0f208d4b3bf24d42b1","input_masked":"07519190f7ab29d14f78c374312bd185"}','c7409d86cc43f201607dcd91e08e66ebdac941ed406feec7bf5fef3295d1545a','d50b465f4ff611bf64008ee42ffb83dddc5d406f21aed5aacf5ea312a08e6142');
INSERT INTO "execution_events" VALUES(4,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"5001d5630bd9aaca8ba04d95bf45de22","output_masked.output":"35edef53754c18922e9762ac47c329ba"}','d50b465f4ff611bf64008ee42ffb83dddc5d406f21aed5aacf5ea312a08e6142','671b0b4e1cf6e6c21c5d3b4382d3d79bbe3549bf3b76ca3571549c8af38f4a52');
INSERT INTO "execution_events" VALUES(5,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","ref":"main","skill":"docx","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"8bdb984e8a9d76ee056e4d8d77684051","input_masked":"4aa2c876215430f699924134a883a364"}','671b0b4e1cf6e6c21c5d3b4382d3d79bbe3549bf3b76ca3571549c8af38f4a52','f66c739c530b0dbdbfebba57a1915cf3709d8e4e2bc26bac70e729a08e7a27e1');
INSERT INTO "execution_events" VALUES(6,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"author":"Mina","bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1},"success":true},"output_masked":{"error":null,"output":{"author":"***MASKED***","bytes":96,"committed_at":"2026-11-21T06:30:00+00:00","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"58ef9137e3a50ee762532d18084776e4","output_masked.output":"5891a59e376cad00e9bbdef93e1ae828"}','f66c739c530b0dbdbfebba57a1915cf3709d8e4e2bc26bac70e729a08e7a27e1','691a98b48ef237d3167d000e0d7c2b878da00d2fc8c818ace5c5020be2c044e9');
INSERT INTO "execution_events" VALUES(7,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolInvoked','{"ended":null,"input":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"input_masked":{"digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","skill":"docx"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"146d09302d0838985017c86e2b40ad8a","input_masked":"bd459807ec0c0f6f11851e3502d86fcb"}','691a98b48ef237d3167d000e0d7c2b878da00d2fc8c818ace5c5020be2c044e9','82cf208354855f68bbd963746a3f80e8899717cc06a049706b71eedf639901f1');
INSERT INTO "execution_events" VALUES(8,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"092ec0917514397f2bec23f0a7540eb0","output_masked.output":"34ce59f9571896890e79a46a8ea9a4a6"}','82cf208354855f68bbd963746a3f80e8899717cc06a049706b71eedf639901f1','43a6b9450a14cbb1529cbec96a21b3b1d6565da2a0493236f654f3736d152edb');
INSERT INTO "execution_events" VALUES(9,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ApprovalRequested','{"action":"install docx on Claude","details":{"code":"CFRC","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-8016-0c3862fe22e2","revision":1,"subject":{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"80e54259c500a9c7ac11aa65663ed18691a025c86d39e7a6454b40087cbb6631","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","size":96,"skill_id":"01a1fccc-2640-7000-800d-94ac2fb866b1","title":"","warnings":[]}],"targets":[{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-94ac2fb866b1","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2},"subject_hash":"ff8170e64acb0fad9873ca71e295963a915d92bfa4296023af2f662555a439be","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','43a6b9450a14cbb1529cbec96a21b3b1d6565da2a0493236f654f3736d152edb','a7da46bda389e1d10418d7f423855a1496a0b062a7c4f6edd5a9892771be8586');
INSERT INTO "execution_events" VALUES(10,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-5cde2b375a6e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"00a33d51ba5cc86dd68b42d980c69eb1"}','a7da46bda389e1d10418d7f423855a1496a0b062a7c4f6edd5a9892771be8586','2f38ba1ba6601490ba6d2144048090b5d3b09b39453688b10a3f74ec37d42697');
INSERT INTO "execution_events" VALUES(11,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-f8545fc11bd3","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"ff37e55f42256d88f081db37b8bb1b09"}','2f38ba1ba6601490ba6d2144048090b5d3b09b39453688b10a3f74ec37d42697','a5b6c7c5da07894a598d0ce1409ea0fb7daadf919aae3087b0303146de97bd2f');
INSERT INTO "execution_events" VALUES(12,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-e4eed00f993c","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"dc5c94af2b3dd5653ebeb128c26a4f09"}','a5b6c7c5da07894a598d0ce1409ea0fb7daadf919aae3087b0303146de97bd2f','ad431c59b363507fe52dcea71444fb2acd80b9830a8a9a0724b8619174bd349a');
INSERT INTO "execution_events" VALUES(13,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install docx on Claude","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-5fbfcc91c886","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"b4d9703a2a3f0c63b1b67e618348bd0b"}','ad431c59b363507fe52dcea71444fb2acd80b9830a8a9a0724b8619174bd349a','3e69d5b2ecd966328eb040ff585f9c635a83303baeb209a2d0932697033a95e7');
INSERT INTO "execution_events" VALUES(14,'01a1fccc-2640-7000-8024-2d7d630e3ce3','01a1fccc-2640-7000-8001-f8545fc11bd3','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"4bac590705189a1859fda64e89cfacf5"}','0000000000000000000000000000000000000000000000000000000000000000','9638c6e7a25c4d1cffba432bcfb2b969883e122985a05b6c28ddc4379bfaf262');
INSERT INTO "execution_events" VALUES(15,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8001-f8545fc11bd3','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-f8545fc11bd3","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','3e69d5b2ecd966328eb040ff585f9c635a83303baeb209a2d0932697033a95e7','d55718d416635ec0f3be8768405257cebdc40baa132cd20f225eb86607314889');
INSERT INTO "execution_events" VALUES(16,'01a1fccc-2640-7000-8024-2d7d630e3ce3','01a1fccc-2640-7000-8001-f8545fc11bd3','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #CFRC is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-f8545fc11bd3","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"3b13f3c1b19157647263ec0ab81e2fce"}','9638c6e7a25c4d1cffba432bcfb2b969883e122985a05b6c28ddc4379bfaf262','c8e16478b76fbbe00988985354e83096392b2b144887afb503a1ab1d84097dd4');
INSERT INTO "execution_events" VALUES(17,'01a1fccc-2640-7000-802f-470c85557cf8','01a1fccc-2640-7000-8002-e4eed00f993c','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"0a9103cef8d10121537f274acb177c42"}','0000000000000000000000000000000000000000000000000000000000000000','263ebdf0cfeda8ce07a606f5295800927b00cbbd55a6848474fdea0c2b978776');
INSERT INTO "execution_events" VALUES(18,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8002-e4eed00f993c','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8002-e4eed00f993c","channel":"console","comment":null,"decided":"approved","ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',15,'{}','d55718d416635ec0f3be8768405257cebdc40baa132cd20f225eb86607314889','9d8c16f9964078b90c4aa0412a203bce739babddeb6f236de44c27c5155eb04b');
INSERT INTO "execution_events" VALUES(19,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolInvoked','{"ended":null,"input":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"input_masked":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","provider":"Claude","skill":"docx"},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',16,'{"input":"b98cb61d854e274f2847a6f8eb563ae0","input_masked":"eb8863d439652ad585296c75f5645fc0"}','9d8c16f9964078b90c4aa0412a203bce739babddeb6f236de44c27c5155eb04b','9d581520193c5d684de42865b400461a9f7ffdcb6513e16d5739c6c4c524f604');
INSERT INTO "execution_events" VALUES(20,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolCompleted','{"duration_ms":0,"ended":"completed","output":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"output_masked":{"error":null,"output":{"commit":"15505b4689f37260f6d888217b3ff9668fd451a4","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","files":1,"provider":"Claude","skill":"docx"},"success":true},"step":3,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.install","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',17,'{"output.output":"cc980af4c6ab69e501295c28b14192c1","output_masked.output":"582856753d0d8e615c807af5f3a52218"}','9d581520193c5d684de42865b400461a9f7ffdcb6513e16d5739c6c4c524f604','a45784ae6f62a24356692b7c1b4a46e575ad719f7ef483db0980b81d640b9a34');
INSERT INTO "execution_events" VALUES(21,'01a1fccc-2640-7000-802f-470c85557cf8','01a1fccc-2640-7000-8002-e4eed00f993c','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #CFRC is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-e4eed00f993c","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"fff4d9cd304835e1f4978e9694f88b45"}','263ebdf0cfeda8ce07a606f5295800927b00cbbd55a6848474fdea0c2b978776','de1b1796053635de884adfcddc13de6ff17ec24c5a7e11f96a466d0c2f7621d8');
INSERT INTO "execution_events" VALUES(22,'01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Installed docx on Claude\napproved by Bob, Carol in the console at 06:30\n15505b4, 1 file, verified byte for byte - 0.0 s","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-5cde2b375a6e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',18,'{"text":"f5ed4d081500d921e99f1aeb4362ab3e"}','a45784ae6f62a24356692b7c1b4a46e575ad719f7ef483db0980b81d640b9a34','ecccfdb1dd8aed451e6087ff45c9805bc88daf49d2e5e1d440534f7bb5dff8a7');
INSERT INTO "execution_events" VALUES(23,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"56d394ddcdb64fd254a00d028369ce1c"}','0000000000000000000000000000000000000000000000000000000000000000','36d382629d9f30b5c43b2947d5654da79baff4b5fca9925755e05dfa3b7b9b04');
INSERT INTO "execution_events" VALUES(24,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','PlanGenerated','{"ended":null,"model_used":"rules","plan":{"estimated_risk":"Write","goal":"install pdf on Claude, Gemini","requires_approval":true,"steps":[{"depends_on":[],"description":"resolve acme/skills","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.resolve"},{"depends_on":[0],"description":"fetch pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill_source.fetch"},{"depends_on":[1],"description":"inspect pdf","input":{"ref":"main","skill":"pdf","source":"acme/skills"},"tool":"skill.inspect"},{"depends_on":[2],"description":"install pdf on Claude","input":{"provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","skill":"pdf"},"tool":"skill.install"},{"depends_on":[2],"description":"install pdf on Gemini","input":{"provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-4226bb202b21","skill":"pdf"},"tool":"skill.install"}]},"timestamp":"2026-11-21T06:30:00Z","tokens_used":0,"type":"PlanGenerated","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"plan.goal":"ce897543c5d9ce46b36a767a56b3d44c"}','36d382629d9f30b5c43b2947d5654da79baff4b5fca9925755e05dfa3b7b9b04','e737698a3b39a6f488170eab5885e9065a285341677e2a1d21c26b03dacfcf33');
INSERT INTO "execution_events" VALUES(25,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolInvoked','{"ended":null,"input":{"ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"ref":"main","skill":"pdf","source":"acme/skills"},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',3,'{"input":"8b19914b690f5ff8b76c0c952f8431a3","input_masked":"9198e74bd990fb7889d51b85b8b7dbcc"}','e737698a3b39a6f488170eab5885e9065a285341677e2a1d21c26b03dacfcf33','0f32e5b9c3412faf6ab9545526f13a59cc5559343f94c4e89ee3ba45c6a5b9da');
INSERT INTO "execution_events" VALUES(26,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"output_masked":{"error":null,"output":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","source":"acme/skills"},"success":true},"step":0,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.resolve","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',4,'{"output.output":"c22031b3088e25519f3ff4821bff76e9","output_masked.output":"904908129241b3a2278eb065b934e6aa"}','0f32e5b9c3412faf6ab9545526f13a59cc5559343f94c4e89ee3ba45c6a5b9da','2b606d193cda5d1051f6e7cdbe907bc64b80c3566d2286dcc1b7388295333f0b');
INSERT INTO "execution_events" VALUES(27,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolInvoked','{"ended":null,"input":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"input_masked":{"commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","ref":"main","skill":"pdf","source":"acme/skills"},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',5,'{"input":"8df96da1e3499b88321cd74a4ac902a3","input_masked":"3774038981796888ed0539cab654df49"}','2b606d193cda5d1051f6e7cdbe907bc64b80c3566d2286dcc1b7388295333f0b','e3660b09080fa5cd49b38991bdf1b9b133cd09663169a4bc9aabdf29fcf15f8f');
INSERT INTO "execution_events" VALUES(28,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"author":"Mina","bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1},"success":true},"output_masked":{"error":null,"output":{"author":"***MASKED***","bytes":94,"committed_at":"2026-11-21T06:30:00+00:00","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","files":1},"success":true},"step":1,"timestamp":"2026-11-21T06:30:00Z","tool":"skill_source.fetch","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',6,'{"output.output":"a60bd5ffd20437f3a0a45c1f71937c56","output_masked.output":"1f238f73a66bd4487e5acf6e96875b14"}','e3660b09080fa5cd49b38991bdf1b9b133cd09663169a4bc9aabdf29fcf15f8f','43e94f822c0095268ca603db2ba74fdabd4c27abebb57969ddc7bfc423122171');
INSERT INTO "execution_events" VALUES(29,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolInvoked','{"ended":null,"input":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"input_masked":{"digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","skill":"pdf"},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolInvoked","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',7,'{"input":"c1dcb57ade6df07f3fca26f9a1819d2b","input_masked":"bac75ab0d361974a4c1b3b8dfa2a7482"}','43e94f822c0095268ca603db2ba74fdabd4c27abebb57969ddc7bfc423122171','0dc426a0c8ed068782bbbf603562486116621f022045a5e82e2446e47e941c3b');
INSERT INTO "execution_events" VALUES(30,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ToolCompleted','{"duration_ms":0,"ended":null,"output":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"output_masked":{"error":null,"output":{"allowed_tools":[],"hosts":[],"level":"contained","scripts":0},"success":true},"step":2,"timestamp":"2026-11-21T06:30:00Z","tool":"skill.inspect","type":"ToolCompleted","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',8,'{"output.output":"33f0772a49ebccf422f19098626e7513","output_masked.output":"e01b405661826fae45fe52d24649baf2"}','0dc426a0c8ed068782bbbf603562486116621f022045a5e82e2446e47e941c3b','ba00f001116ce05f0cb0768dbf9622d4221a07f28e0131f2896fa747271321b0');
INSERT INTO "execution_events" VALUES(31,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ApprovalRequested','{"action":"install pdf on Claude, Gemini","details":{"code":"ED9A","expires_at":"2026-11-21T07:30:00Z","policy":"two admins","request_id":"01a1fccc-2640-7000-804f-27f4dceb4acb","revision":1,"subject":{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"80e54259c500a9c7ac11aa65663ed18691a025c86d39e7a6454b40087cbb6631","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","size":94,"skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","title":"","warnings":[]}],"targets":[{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-4226bb202b21","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2},"subject_hash":"9786c3a8c1adec612267c793b62e2e1aa0ad2d211ae7127a66bbb0a361039f1b","threshold":2},"ended":null,"risk_level":"Write","timestamp":"2026-11-21T06:30:00Z","type":"ApprovalRequested","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',9,'{}','ba00f001116ce05f0cb0768dbf9622d4221a07f28e0131f2896fa747271321b0','3dca8b7ee8501a7a7568627fb22d3e959ead67635350b2e794e2147734872e09');
INSERT INTO "execution_events" VALUES(32,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8000-5cde2b375a6e","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',10,'{"text":"44c8e085743eb8722727fe906a2f079b"}','3dca8b7ee8501a7a7568627fb22d3e959ead67635350b2e794e2147734872e09','d44069814341d5b2c029e5427b8c1dfdd192f7c413972c2708174b18c1fcda34');
INSERT INTO "execution_events" VALUES(33,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-f8545fc11bd3","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',11,'{"text":"a548b112aa6fd5206ec8873430a55976"}','d44069814341d5b2c029e5427b8c1dfdd192f7c413972c2708174b18c1fcda34','5ae229a9f2e2a760ce1b03af9df6de53cb5c9881c2160597617834b39003a3a5');
INSERT INTO "execution_events" VALUES(34,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8002-e4eed00f993c","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',12,'{"text":"8fb24f57dab4186e3fd0302527c6ea6b"}','5ae229a9f2e2a760ce1b03af9df6de53cb5c9881c2160597617834b39003a3a5','e3a15c7eb96af946dee35d1d4d018575f8a39262bdcf679aca444d63f9719ccf');
INSERT INTO "execution_events" VALUES(35,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8000-5cde2b375a6e','ResponseSent','{"channel":"console","ended":null,"text":"Alice asks: install pdf on Claude, Gemini","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8003-5fbfcc91c886","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',13,'{"text":"ec54a03efd3e7178385eccad8a6bb370"}','e3a15c7eb96af946dee35d1d4d018575f8a39262bdcf679aca444d63f9719ccf','a55db008351b5dc10c259576173074f3804e1ff3a4a49874e104da29e73ce486');
INSERT INTO "execution_events" VALUES(36,'01a1fccc-2640-7000-805d-8396754103e6','01a1fccc-2640-7000-8001-f8545fc11bd3','MessageReceived','{"ended":null,"message":{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"},"timestamp":"2026-11-21T06:30:00Z","type":"MessageReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',1,'{"message.text":"8953dbf57847cfa4881d92425d3b7daa"}','0000000000000000000000000000000000000000000000000000000000000000','6f34ce2eb7919432e191a95c9ed43a7055b3cd678c1d182659346c693306a00e');
INSERT INTO "execution_events" VALUES(37,'01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-8001-f8545fc11bd3','ApprovalReceived','{"answer":null,"approved":true,"by":"01a1fccc-2640-7000-8001-f8545fc11bd3","channel":"console","comment":null,"decided":null,"ended":null,"modified":null,"on_behalf_of":null,"revision":1,"timestamp":"2026-11-21T06:30:00Z","type":"ApprovalReceived","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',14,'{}','a55db008351b5dc10c259576173074f3804e1ff3a4a49874e104da29e73ce486','6958cbe7236efe72d1423500aad5697a75d526d35d24b0be0b7715710a211d4f');
INSERT INTO "execution_events" VALUES(38,'01a1fccc-2640-7000-805d-8396754103e6','01a1fccc-2640-7000-8001-f8545fc11bd3','ResponseSent','{"channel":"console","ended":null,"text":"Your approval of #ED9A is counted.","timestamp":"2026-11-21T06:30:00Z","to":"01a1fccc-2640-7000-8001-f8545fc11bd3","type":"ResponseSent","v":1}','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',2,'{"text":"7a8a3836b7364b3e555114db19e908e4"}','6f34ce2eb7919432e191a95c9ed43a7055b3cd678c1d182659346c693306a00e','1caa430942d86e168e6767de6b78a19c75594beaae77fa6fa4c46d6d5c3ace36');
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
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8010-d09c55c51f72','CFRC','01a1fccc-2640-7000-8000-5cde2b375a6e','console','','alice',NULL,'alice',1,'said 0','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','{"intent":"install","skills":["docx"],"providers":["Claude"],"ref":null}','rules',4096,NULL,'completed',NULL,10,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"80e54259c500a9c7ac11aa65663ed18691a025c86d39e7a6454b40087cbb6631","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","size":96,"skill_id":"01a1fccc-2640-7000-800d-94ac2fb866b1","title":"","warnings":[]}],"targets":[{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-94ac2fb866b1","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8010-d09c55c51f72','bot:1','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','1 done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8024-2d7d630e3ce3','GHKP','01a1fccc-2640-7000-8001-f8545fc11bd3','console','','bob',NULL,'bob',1,'said 1','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-8024-2d7d630e3ce3',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-802f-470c85557cf8','RJF9','01a1fccc-2640-7000-8002-e4eed00f993c','console','','carol',NULL,'carol',1,'said 2','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-802f-470c85557cf8',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-8049-fb64c32895b5','ED9A','01a1fccc-2640-7000-8000-5cde2b375a6e','console','','alice',NULL,'alice',1,'said 3','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','{"intent":"install","skills":["pdf"],"providers":["Claude","Gemini"],"ref":null}','rules',4096,NULL,'pending','approval',7,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"80e54259c500a9c7ac11aa65663ed18691a025c86d39e7a6454b40087cbb6631","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","size":94,"skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","title":"","warnings":[]}],"targets":[{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-4226bb202b21","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','skillwarden-01a1fccc-2640-7000-8049-fb64c32895b5',NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "executions" VALUES('01a1fccc-2640-7000-805d-8396754103e6','MP4E','01a1fccc-2640-7000-8001-f8545fc11bd3','console','','bob',NULL,'bob',1,'said 4','{"intent":"approve","request":null,"comment":null}','{"intent":"approve","request":null,"comment":null}','rules',4096,NULL,'completed',NULL,3,NULL,'skillwarden-01a1fccc-2640-7000-805d-8396754103e6',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-8016-0c3862fe22e2','CFRC','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8012-749508877847','chatops','action_approval','approved','install docx on Claude',NULL,'{"action":{"intent":"install","providers":["Claude"],"ref":null,"skills":["docx"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"80e54259c500a9c7ac11aa65663ed18691a025c86d39e7a6454b40087cbb6631","skills":[{"approved_before":false,"asked_as":"docx","author":"Mina","commit":"15505b4689f37260f6d888217b3ff9668fd451a4","committed_at":"2026-11-21T06:30:00Z","description":"The skill docx.","digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/docx","ref":"main","url":"https://github.com/acme/skills"},"name":"docx","origin":"source","path":"skills/docx","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","size":96,"skill_id":"01a1fccc-2640-7000-800d-94ac2fb866b1","title":"","warnings":[]}],"targets":[{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/docx","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"docx","skill_id":"01a1fccc-2640-7000-800d-94ac2fb866b1","source":"github.com/acme/skills/skills/docx","wanted_digest":"31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177"}],"threshold":2}','[]',NULL,'write','ff8170e64acb0fad9873ca71e295963a915d92bfa4296023af2f662555a439be','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-5cde2b375a6e"]',NULL,2,1,'01a1fccc-2640-7000-8000-5cde2b375a6e','01a1fccc-2640-7000-8002-e4eed00f993c',NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-22T06:30:00.000000Z');
INSERT INTO "hitl_requests" VALUES('01a1fccc-2640-7000-804f-27f4dceb4acb','ED9A','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804b-ae30a85aba2b','chatops','action_approval','pending','install pdf on Claude, Gemini',NULL,'{"action":{"intent":"install","providers":["Claude","Gemini"],"ref":null,"skills":["pdf"]},"left_out":[],"patches":[],"records":[],"rule":"two admins","rule_hash":"80e54259c500a9c7ac11aa65663ed18691a025c86d39e7a6454b40087cbb6631","skills":[{"approved_before":false,"asked_as":"pdf","author":"Mina","commit":"3c3f865cb56577ef999f4f71901e6b4216ec06e1","committed_at":"2026-11-21T06:30:00Z","description":"The skill pdf.","digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a","file_count":1,"location":{"host":"github.com","label":"acme/skills","path":"skills/pdf","ref":"main","url":"https://github.com/acme/skills"},"name":"pdf","origin":"source","path":"skills/pdf","reach":{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]},"requested_ref":"main","size":94,"skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","title":"","warnings":[]}],"targets":[{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Claude/pdf","provider":"Claude","provider_id":"01a1fccc-2640-7000-800a-1ba7b566833c","provider_kind":"claude","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"},{"diff":{"added":["SKILL.md"],"allowed_tools_added":[],"changed":[],"changed_scripts":[],"first_install":true,"lines_added":5,"lines_removed":0,"removed":[]},"installed_digest":null,"installed_ref":null,"location":"/Gemini/pdf","provider":"Gemini","provider_id":"01a1fccc-2640-7000-800b-4226bb202b21","provider_kind":"gemini","reach_widened":false,"recorded_digest":null,"retry_of":null,"skill":"pdf","skill_id":"01a1fccc-2640-7000-800c-6bc8986a39b0","source":"github.com/acme/skills/skills/pdf","wanted_digest":"64b2b0a5660325d3a56fd373bccebed13472cf308246be002c2d25b1f9bc395a"}],"threshold":2}','[]',NULL,'write','9786c3a8c1adec612267c793b62e2e1aa0ad2d211ae7127a66bbb0a361039f1b','two admins','{"agents":[],"allow_self":false,"approvers":{"groups":[],"people":[],"roles":["admin"],"slack_groups":[]},"changes":[],"chats":[],"digest_already_approved":null,"escalate_after":null,"escalate_to":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"execution_ttl":"P1D","intents":[],"name":"two admins","notify":{"groups":[],"people":[],"roles":[],"slack_groups":[]},"outcome":"require","priority":0,"providers":[],"reach":[],"remind_before":null,"request_types":[],"risks":[],"skills":[],"sources":[],"teams":[],"threshold":2,"ttl":null}','["01a1fccc-2640-7000-8000-5cde2b375a6e"]',NULL,2,1,'01a1fccc-2640-7000-8000-5cde2b375a6e',NULL,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T07:30:00.000000Z','2026-11-21T07:15:00.000000Z',NULL,NULL);
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
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-800f-442ef419d8d5','said 0','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 0","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"docx\"],\"providers\":[\"Claude\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8023-bf4c1f055467','said 1','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 1","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-802e-663281afa189','said 2','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 2","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8048-fc5fd1c588d2','said 3','message','console::alice','{"attachments":[],"conversation":{"channel":"console","conversation_id":"alice","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 3","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"alice","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"install\",\"skills\":[\"pdf\"],\"providers\":[\"Claude\",\"Gemini\"],\"ref\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-805c-d6d0dff1e3f3','said 4','message','console::bob','{"attachments":[],"conversation":{"channel":"console","conversation_id":"bob","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 4","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"bob","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','done',0,NULL,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "inbox" VALUES('01a1fccc-2640-7000-8067-1fd83d498004','said 5','message','console::carol','{"attachments":[],"conversation":{"channel":"console","conversation_id":"carol","private":true,"thread_id":null,"workspace_id":""},"dedupe_key":"said 5","kind":"message","received_at":"2026-11-21T06:30:00Z","sender":{"channel":"console","display_name":"","external_id":"carol","language":"","standing":null,"workspace_id":""},"text":"{\"intent\":\"approve\",\"request\":null,\"comment\":null}"}','pending',0,NULL,NULL,'2026-11-21T06:30:00.000000Z',NULL);
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
INSERT INTO "install_runs" VALUES('01a1fccc-2640-7000-8037-6ba4f176e8c9','01a1fccc-2640-7000-8010-d09c55c51f72',NULL,'01a1fccc-2640-7000-800d-94ac2fb866b1','01a1fccc-2640-7000-800a-1ba7b566833c','01a1fccc-2640-7000-8035-e604f2b19dfd','01a1fccc-2640-7000-8000-5cde2b375a6e','chatbot','install','main','success',1,NULL,NULL,NULL,'bot:1',NULL,1,NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z');
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
INSERT INTO "install_targets" VALUES('01a1fccc-2640-7000-8035-e604f2b19dfd','01a1fccc-2640-7000-800d-94ac2fb866b1','01a1fccc-2640-7000-800a-1ba7b566833c','15505b4689f37260f6d888217b3ff9668fd451a4','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177',NULL,NULL,'installed','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
	CONSTRAINT ck_notices_kind CHECK (kind IN ('request_card', 'approval_card', 'fyi_card', 'reminder', 'vote_void', 'change_failed', 'break_glass', 'outcome', 'expired', 'reply', 'callback')), 
	CONSTRAINT ck_notices_channel CHECK (channel IN ('console', 'slack', 'telegram', 'api')), 
	CONSTRAINT ck_notices_status CHECK (status IN ('pending', 'delivered', 'failed')), 
	CONSTRAINT ck_notices_payload_json CHECK (payload IS NULL OR json_valid(payload)), 
	FOREIGN KEY(execution_id) REFERENCES executions (id) ON DELETE CASCADE, 
	FOREIGN KEY(request_id) REFERENCES hitl_requests (id) ON DELETE CASCADE, 
	FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8014-cb05e0dcb75d','request_card:01a1fccc-2640-7000-8010-d09c55c51f72','request_card','01a1fccc-2640-7000-8010-d09c55c51f72',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801b-b313b98e65a9');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8018-541d750c9ed0','approval_card:01a1fccc-2640-7000-8016-0c3862fe22e2:01a1fccc-2640-7000-8001-f8545fc11bd3','approval_card','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8001-f8545fc11bd3',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801d-908b64c63e87');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8019-4a4deafb7ed8','approval_card:01a1fccc-2640-7000-8016-0c3862fe22e2:01a1fccc-2640-7000-8002-e4eed00f993c','approval_card','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8002-e4eed00f993c',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-801f-dd9aa42ba68d');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-801a-ccd3a935efa7','approval_card:01a1fccc-2640-7000-8016-0c3862fe22e2:01a1fccc-2640-7000-8003-5fbfcc91c886','approval_card','01a1fccc-2640-7000-8010-d09c55c51f72','01a1fccc-2640-7000-8016-0c3862fe22e2','01a1fccc-2640-7000-8003-5fbfcc91c886',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8021-51fe5a952964');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8029-a50e4fade8f5','reply:said 1','reply','01a1fccc-2640-7000-8024-2d7d630e3ce3',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3','console','','bob',NULL,1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #CFRC is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-802d-1bbc64750ed6');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8039-a6e4c46a543c','reply:said 2','reply','01a1fccc-2640-7000-802f-470c85557cf8',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c','console','','carol',NULL,1,'{"asker":"carol","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #CFRC is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8046-8157293df06f');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8045-4d5894ae8870','outcome:01a1fccc-2640-7000-8010-d09c55c51f72','outcome','01a1fccc-2640-7000-8010-d09c55c51f72',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8047-04327dc52806');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-804d-b7de6cdd424e','request_card:01a1fccc-2640-7000-8049-fb64c32895b5','request_card','01a1fccc-2640-7000-8049-fb64c32895b5',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e','console','','alice',NULL,1,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8054-c41dec0321ac');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8051-92e84861b2b1','approval_card:01a1fccc-2640-7000-804f-27f4dceb4acb:01a1fccc-2640-7000-8001-f8545fc11bd3','approval_card','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb','01a1fccc-2640-7000-8001-f8545fc11bd3',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8056-226c3f0c06ac');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8052-3263b7532f94','approval_card:01a1fccc-2640-7000-804f-27f4dceb4acb:01a1fccc-2640-7000-8002-e4eed00f993c','approval_card','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb','01a1fccc-2640-7000-8002-e4eed00f993c',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8058-ab11b2a80c72');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8053-df394ad0e3b4','approval_card:01a1fccc-2640-7000-804f-27f4dceb4acb:01a1fccc-2640-7000-8003-5fbfcc91c886','approval_card','01a1fccc-2640-7000-8049-fb64c32895b5','01a1fccc-2640-7000-804f-27f4dceb4acb','01a1fccc-2640-7000-8003-5fbfcc91c886',NULL,NULL,NULL,NULL,0,'{}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-805a-e650d8c1e19b');
INSERT INTO "notices" VALUES('01a1fccc-2640-7000-8062-1129204b8544','reply:said 4','reply','01a1fccc-2640-7000-805d-8396754103e6',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3','console','','bob',NULL,1,'{"asker":"bob","card":{"asks":null,"buttons":[],"code":null,"facts":[],"invited":[],"language":"en","lines":[],"sections":[],"steps":[],"table":null,"title":"Your approval of #ED9A is counted."},"only_for":null}','delivered',1,'2026-11-21T06:30:00.000000Z',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z','01a1fccc-2640-7000-8066-b7a07c7683d0');
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
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800a-1ba7b566833c','01a1fccc-2640-7000-8001-f8545fc11bd3','claude','Claude','connected','filesystem','{"path":"/home/bot/.claude/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "providers" VALUES('01a1fccc-2640-7000-800b-4226bb202b21','01a1fccc-2640-7000-8001-f8545fc11bd3','gemini','Gemini','connected','filesystem','{"path":"/home/bot/.gemini/skills"}',NULL,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skill_versions" VALUES('01a1fccc-2640-7000-8042-c134dff23d90','01a1fccc-2640-7000-800d-94ac2fb866b1','main','15505b4689f37260f6d888217b3ff9668fd451a4','31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','Mina','2026-11-21T06:30:00.000000Z',1,96,NULL,'{"allowed_tools":[],"binaries":[],"executables":[],"findings":[],"hidden":[],"hosts":[],"level":"contained","scripts":[]}','bundles/31fc0a26bb725a476d8830e45341a493b0ea0f2e458f19a2e401d3817d27c177','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800c-6bc8986a39b0','01a1fccc-2640-7000-8001-f8545fc11bd3','pdf','PDF','Works with pdf files.','https://github.com/acme/skills','skills/pdf','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
INSERT INTO "skills" VALUES('01a1fccc-2640-7000-800d-94ac2fb866b1','01a1fccc-2640-7000-8001-f8545fc11bd3','docx','DOCX','Works with docx files.','https://github.com/acme/skills','skills/docx','main','["office"]',0,'2026-11-21T06:30:00.000000Z','2026-11-21T06:30:00.000000Z');
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
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8011-9ffd9e26104c','01a1fccc-2640-7000-8010-d09c55c51f72','execution','01a1fccc-2640-7000-8010-d09c55c51f72',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8013-ed492631d221','01a1fccc-2640-7000-8010-d09c55c51f72','chat_action','01a1fccc-2640-7000-8012-749508877847',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8017-601fec921f12','01a1fccc-2640-7000-8010-d09c55c51f72','hitl','01a1fccc-2640-7000-8016-0c3862fe22e2',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8025-95cc3b348455','01a1fccc-2640-7000-8024-2d7d630e3ce3','execution','01a1fccc-2640-7000-8024-2d7d630e3ce3',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8027-8347b35a9fa5','01a1fccc-2640-7000-8024-2d7d630e3ce3','chat_action','01a1fccc-2640-7000-8026-a04e5c888a6c',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802a-279fafd07400','01a1fccc-2640-7000-8024-2d7d630e3ce3','execution','01a1fccc-2640-7000-8024-2d7d630e3ce3','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802b-b3cd41e98cb4','01a1fccc-2640-7000-8024-2d7d630e3ce3','execution','01a1fccc-2640-7000-8024-2d7d630e3ce3','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-802c-99450694e802','01a1fccc-2640-7000-8024-2d7d630e3ce3','chat_action','01a1fccc-2640-7000-8026-a04e5c888a6c','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8030-29b82abbd817','01a1fccc-2640-7000-802f-470c85557cf8','execution','01a1fccc-2640-7000-802f-470c85557cf8',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8032-765360a31b37','01a1fccc-2640-7000-802f-470c85557cf8','chat_action','01a1fccc-2640-7000-8031-1e45cd416588',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8034-e922face9864','01a1fccc-2640-7000-8010-d09c55c51f72','hitl','01a1fccc-2640-7000-8016-0c3862fe22e2','pending','approved','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8036-ed9766ba9472','01a1fccc-2640-7000-8010-d09c55c51f72','target','01a1fccc-2640-7000-8035-e604f2b19dfd',NULL,'idle','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8038-85bf9e5dbaa1','01a1fccc-2640-7000-8010-d09c55c51f72','run','01a1fccc-2640-7000-8037-6ba4f176e8c9',NULL,'queued','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803a-b929ccd58aac','01a1fccc-2640-7000-802f-470c85557cf8','execution','01a1fccc-2640-7000-802f-470c85557cf8','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803b-b35e566bee30','01a1fccc-2640-7000-802f-470c85557cf8','execution','01a1fccc-2640-7000-802f-470c85557cf8','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803c-6f90cecbdd01','01a1fccc-2640-7000-802f-470c85557cf8','chat_action','01a1fccc-2640-7000-8031-1e45cd416588','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8002-e4eed00f993c');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803d-da168fe48b46','01a1fccc-2640-7000-8010-d09c55c51f72','run','01a1fccc-2640-7000-8037-6ba4f176e8c9','queued','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803e-02bfd5b77f01','01a1fccc-2640-7000-8010-d09c55c51f72','execution','01a1fccc-2640-7000-8010-d09c55c51f72','pending','running','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-803f-0ec6c5861a06','01a1fccc-2640-7000-8010-d09c55c51f72','target','01a1fccc-2640-7000-8035-e604f2b19dfd','idle','syncing','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8040-445f5bdc9712','01a1fccc-2640-7000-8010-d09c55c51f72','run','01a1fccc-2640-7000-8037-6ba4f176e8c9','running','success','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8041-9a456ca3c67d','01a1fccc-2640-7000-8010-d09c55c51f72','target','01a1fccc-2640-7000-8035-e604f2b19dfd','syncing','installed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8043-f34a82d1068c','01a1fccc-2640-7000-8010-d09c55c51f72','execution','01a1fccc-2640-7000-8010-d09c55c51f72','running','completed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8044-ff47cbede002','01a1fccc-2640-7000-8010-d09c55c51f72','chat_action','01a1fccc-2640-7000-8012-749508877847','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'worker:bot:1');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804a-9389da7bf318','01a1fccc-2640-7000-8049-fb64c32895b5','execution','01a1fccc-2640-7000-8049-fb64c32895b5',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-804c-0df7f5d0ba82','01a1fccc-2640-7000-8049-fb64c32895b5','chat_action','01a1fccc-2640-7000-804b-ae30a85aba2b',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8050-f512a033ff59','01a1fccc-2640-7000-8049-fb64c32895b5','hitl','01a1fccc-2640-7000-804f-27f4dceb4acb',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8000-5cde2b375a6e');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-805e-27c0fe654f9b','01a1fccc-2640-7000-805d-8396754103e6','execution','01a1fccc-2640-7000-805d-8396754103e6',NULL,'pending','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8060-4e59f64854a4','01a1fccc-2640-7000-805d-8396754103e6','chat_action','01a1fccc-2640-7000-805f-6a9c3481ef1d',NULL,'accepted','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8063-93a52a119f0e','01a1fccc-2640-7000-805d-8396754103e6','execution','01a1fccc-2640-7000-805d-8396754103e6','pending','running','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8064-9be9743e2b3e','01a1fccc-2640-7000-805d-8396754103e6','execution','01a1fccc-2640-7000-805d-8396754103e6','running','completed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
INSERT INTO "status_transitions" VALUES('01a1fccc-2640-7000-8065-1051b1d8fbec','01a1fccc-2640-7000-805d-8396754103e6','chat_action','01a1fccc-2640-7000-805f-6a9c3481ef1d','accepted','executed','2026-11-21T06:30:00.000000Z',NULL,'01a1fccc-2640-7000-8001-f8545fc11bd3');
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
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8000-5cde2b375a6e','Alice-01a1fccc-2640-7000-8000-5cde2b375a6e@example.test',0,'Alice','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8001-f8545fc11bd3','Bob-01a1fccc-2640-7000-8001-f8545fc11bd3@example.test',0,'Bob','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8002-e4eed00f993c','Carol-01a1fccc-2640-7000-8002-e4eed00f993c@example.test',0,'Carol','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8003-5fbfcc91c886','Dave-01a1fccc-2640-7000-8003-5fbfcc91c886@example.test',0,'Dave','admin',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
INSERT INTO "users" VALUES('01a1fccc-2640-7000-8004-072bc313b53c','Erin-01a1fccc-2640-7000-8004-072bc313b53c@example.test',0,'Erin','user',1,'','UTC','2026-11-21T06:30:00.000000Z',NULL);
CREATE INDEX idx_audit_heads_checkpoint ON audit_heads (checkpoint);
CREATE INDEX idx_audit_heads_execution_id ON audit_heads (execution_id);
CREATE INDEX idx_link_tries_external_id_created_at ON link_tries (external_id, created_at);
CREATE INDEX idx_delegations_until ON delegations (until);
CREATE INDEX idx_executions_status ON executions (status);
CREATE INDEX idx_executions_created_at ON executions (created_at DESC);
CREATE INDEX idx_executions_by_status ON executions (status, id);
CREATE INDEX idx_executions_conversation ON executions (channel, channel_id, created_at DESC);
CREATE INDEX idx_executions_by_user ON executions (user_id, created_at, id);
CREATE INDEX idx_executions_by_completed_at ON executions (completed_at, id);
CREATE INDEX idx_executions_waiting_for ON executions (waiting_for, created_at);
CREATE INDEX idx_executions_user_id ON executions (user_id);
CREATE INDEX idx_executions_replay_of ON executions (replay_of, created_at);
CREATE INDEX idx_executions_by_created_at ON executions (created_at, id);
CREATE INDEX idx_executions_job_name ON executions (job_name);
CREATE INDEX idx_link_codes_user_id ON link_codes (user_id);
CREATE INDEX idx_channel_identities_user_id ON channel_identities (user_id);
CREATE INDEX idx_api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX idx_providers_owner_id ON providers (owner_id);
CREATE INDEX idx_skills_owner_id_created_at ON skills (owner_id, created_at DESC);
CREATE INDEX idx_skills_github_url ON skills (github_url);
CREATE INDEX idx_artifacts_execution_id ON artifacts (execution_id);
CREATE INDEX idx_artifacts_expires_at ON artifacts (expires_at);
CREATE INDEX idx_artifacts_status ON artifacts (status);
CREATE INDEX idx_events_timestamp ON execution_events (timestamp);
CREATE INDEX idx_events_user_id ON execution_events (user_id);
CREATE INDEX idx_events_execution_id ON execution_events (execution_id);
CREATE INDEX idx_status_transitions_execution_id ON status_transitions (execution_id);
CREATE INDEX idx_freezes_ended_at ON freezes (ended_at);
CREATE INDEX idx_inbox_pending ON inbox (status, conversation_key, received_at);
CREATE INDEX idx_skill_versions_skill_id_created_at ON skill_versions (skill_id, created_at DESC);
CREATE INDEX idx_install_targets_provider_id ON install_targets (provider_id);
CREATE INDEX idx_install_runs_status_created_at ON install_runs (status, created_at DESC);
CREATE INDEX idx_install_runs_target_id_status ON install_runs (target_id, status);
CREATE INDEX idx_install_runs_created_at ON install_runs (created_at DESC);
CREATE INDEX idx_install_runs_execution_id ON install_runs (execution_id);
CREATE INDEX idx_install_runs_pair_created_at ON install_runs (skill_id, provider_id, created_at DESC);
CREATE INDEX idx_install_runs_receipt_due ON install_runs (receipt_due);
CREATE UNIQUE INDEX uq_install_runs_active_key ON install_runs (active_key);
CREATE INDEX idx_drift_events_target_id_detected_at ON drift_events (target_id, detected_at DESC);
CREATE INDEX idx_chat_actions_user_id_created_at ON chat_actions (user_id, created_at);
CREATE INDEX idx_chat_actions_execution_id ON chat_actions (execution_id);
CREATE INDEX idx_hitl_status_expires ON hitl_requests (status, expires_at, id);
CREATE INDEX idx_hitl_created_at ON hitl_requests (created_at);
CREATE INDEX idx_hitl_agent_status ON hitl_requests (agent_type, status);
CREATE INDEX idx_hitl_execution_id ON hitl_requests (execution_id);
CREATE INDEX idx_hitl_status ON hitl_requests (status);
CREATE INDEX idx_hitl_expires ON hitl_requests (expires_at);
CREATE INDEX idx_notices_execution_id ON notices (execution_id);
CREATE INDEX idx_notices_status_next_attempt_at ON notices (status, next_attempt_at);
CREATE INDEX idx_approval_prompts_behind ON approval_prompts (is_behind, next_attempt_at);
CREATE INDEX idx_approval_prompts_execution_id ON approval_prompts (execution_id);
CREATE INDEX idx_approval_prompts_message ON approval_prompts (channel, workspace_id, conversation_id, message_id);
CREATE INDEX idx_button_tokens_execution_id ON button_tokens (execution_id);
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
