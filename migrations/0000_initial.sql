CREATE TABLE `answer_keys` (
	`revision` text PRIMARY KEY NOT NULL,
	`document` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `attempt_events` (
	`attempt` text NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`attempt`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`quiz` text NOT NULL,
	`revision` text NOT NULL,
	`learner_id` text,
	`learner_name` text,
	`metadata` text,
	`request_key` text,
	`started_at` integer NOT NULL,
	`deadline` integer,
	`finished_at` integer,
	`settled` integer,
	`due` integer,
	`score` integer,
	`passed` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attempts_quiz` ON `attempts` (`quiz`);--> statement-breakpoint
CREATE INDEX `attempts_learner` ON `attempts` (`quiz`,`learner_id`) WHERE learner_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_request_key` ON `attempts` (`request_key`) WHERE request_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `attempts_unsettled` ON `attempts` (coalesce(finished_at, due)) WHERE settled IS NULL AND coalesce(finished_at, due) IS NOT NULL;--> statement-breakpoint
CREATE TABLE `quizzes` (
	`id` text PRIMARY KEY NOT NULL,
	`revision` text NOT NULL,
	`access` text NOT NULL,
	`archived_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`quiz` text NOT NULL,
	`number` integer NOT NULL,
	`grading_version` integer NOT NULL,
	`document` text NOT NULL,
	`summary` text NOT NULL,
	`published_at` integer NOT NULL,
	`published_by` text NOT NULL,
	`request_key` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revisions_quiz_number` ON `revisions` (`quiz`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `revisions_request_key` ON `revisions` (`request_key`) WHERE request_key IS NOT NULL;