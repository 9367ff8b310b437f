CREATE TABLE `webhook_deliveries` (
	`endpoint` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`status` text NOT NULL,
	`tries` integer NOT NULL,
	`due` integer,
	`leased_until` integer NOT NULL,
	`last_tried_at` integer,
	`last_status` text,
	`last_answer` text,
	PRIMARY KEY(`endpoint`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`endpoint`,`due`) WHERE due IS NOT NULL;--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`quizzes` text,
	`description` text NOT NULL,
	`headers` text NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_until` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`failing_since` integer,
	`disabled_at` integer,
	`disabled_reason` text,
	`last_failed_at` integer
);
--> statement-breakpoint
ALTER TABLE `attempts` ADD `announced` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `attempts` SET `announced` = coalesce(`settled`, 0);
