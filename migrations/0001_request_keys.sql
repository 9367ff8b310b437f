CREATE TABLE `request_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`digest` text
) WITHOUT ROWID;
