-- Those of upper topics are not there yet: all are counted anew.
TRUNCATE "statement_tallies", "tallied_versions", "tally_mark";--> statement-breakpoint
DROP INDEX "statement_tallies_by_actor";--> statement-breakpoint
DROP INDEX "statement_tallies_by_topic";--> statement-breakpoint
ALTER TABLE "statement_tallies" ADD COLUMN "on_topic" integer NOT NULL;--> statement-breakpoint
CREATE INDEX "statement_tallies_of_actors" ON "statement_tallies" USING btree ("unit","starts_on") WHERE "statement_tallies"."actor_id" is not null and "statement_tallies"."topic_id" is null;--> statement-breakpoint
CREATE INDEX "statement_tallies_of_sides" ON "statement_tallies" USING btree ("unit","starts_on") WHERE "statement_tallies"."actor_id" is null and "statement_tallies"."topic_id" is null;--> statement-breakpoint
CREATE INDEX "statement_tallies_by_actor" ON "statement_tallies" USING btree ("actor_id","unit","starts_on") WHERE "statement_tallies"."actor_id" is not null;--> statement-breakpoint
CREATE INDEX "statement_tallies_by_topic" ON "statement_tallies" USING btree ("topic_id","unit","starts_on") WHERE "statement_tallies"."topic_id" is not null;--> statement-breakpoint
-- What an upper topic is tallied with are its leaves: when a leaf comes under another, all are counted anew.
CREATE FUNCTION "parley_upper_topic_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE statement_tallies, tallied_versions, tally_mark;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "topics_tell_upper_topics" AFTER UPDATE OF "parent_id" ON "topics" FOR EACH ROW WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) EXECUTE FUNCTION "parley_upper_topic_changed"();
