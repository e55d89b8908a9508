CREATE TABLE "tallied_versions" (
	"document_id" bigint PRIMARY KEY NOT NULL,
	"version_id" bigint NOT NULL
);
--> statement-breakpoint
-- Which versions they hold is not known of the tallies there are: they are counted anew.
TRUNCATE "statement_tallies", "tally_mark";
