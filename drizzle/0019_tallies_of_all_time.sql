ALTER TABLE "statement_tallies" DROP CONSTRAINT "statement_tallies_unit_known";--> statement-breakpoint
ALTER TABLE "statement_tallies" ADD CONSTRAINT "statement_tallies_unit_known" CHECK ("statement_tallies"."unit" in ('week', 'month', 'undated', 'ever'));--> statement-breakpoint
-- Those over all time are not there yet: all are counted anew.
TRUNCATE "statement_tallies", "tallied_versions", "tally_mark";
