CREATE TABLE `request_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`digest` text
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `attempt_events` ADD `size` integer DEFAULT 0 NOT NULL;