CREATE TABLE `accommodations` (
	`learner` text NOT NULL,
	`quiz` text NOT NULL,
	`factor` real,
	`extra_seconds` integer,
	`unlimited` integer NOT NULL,
	`extra_attempts` integer,
	`reason` text NOT NULL,
	`set_at` integer NOT NULL,
	`set_by` text NOT NULL,
	PRIMARY KEY(`learner`, `quiz`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`revoked_at` integer,
	`request_key` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_request_key` ON `api_keys` (`request_key`) WHERE request_key IS NOT NULL;--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`quiz` text NOT NULL,
	`request` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`request_key` text,
	`cursor` text DEFAULT '' NOT NULL,
	`progress` text NOT NULL,
	`finished_at` integer,
	`leased_until` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_request_key` ON `jobs` (`request_key`) WHERE request_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_quiz` ON `jobs` (`quiz`);--> statement-breakpoint
CREATE INDEX `jobs_unfinished` ON `jobs` (`created_at`) WHERE finished_at IS NULL;--> statement-breakpoint
CREATE TABLE `regrade_changes` (
	`job` text NOT NULL,
	`attempt` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	PRIMARY KEY(`job`, `attempt`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `attempts` ADD `max_score` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `attempts` ADD `updated_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `attempts` SET
	`max_score` = coalesce((SELECT CAST(round(json_extract(`summary`, '$.maxScore') * 1000) AS INTEGER) FROM `revisions` WHERE `revisions`.`id` = `attempts`.`revision`), 0),
	`updated_at` = coalesce(`finished_at`, `started_at`);--> statement-breakpoint
CREATE INDEX `request_keys_subject` ON `request_keys` (`subject`) WHERE digest IS NOT NULL;