CREATE TABLE `cursors` (
	`name` text PRIMARY KEY NOT NULL,
	`attempt` text NOT NULL
);
