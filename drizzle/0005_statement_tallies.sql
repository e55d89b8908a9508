CREATE TABLE "statement_tallies" (
	"unit" text NOT NULL,
	"starts_on" date NOT NULL,
	"side" text,
	"actor_id" text,
	"topic_id" text,
	"statements" integer NOT NULL,
	CONSTRAINT "statement_tallies_unit_known" CHECK ("statement_tallies"."unit" in ('week', 'month', 'undated')),
	CONSTRAINT "statement_tallies_positive" CHECK ("statement_tallies"."statements" > 0)
);
--> statement-breakpoint
CREATE TABLE "tally_mark" (
	"only_row" boolean PRIMARY KEY NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	"up_to_version" bigint NOT NULL,
	CONSTRAINT "tally_mark_is_one_row" CHECK ("tally_mark"."only_row")
);
--> statement-breakpoint
ALTER TABLE "statement_tallies" ADD CONSTRAINT "statement_tallies_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_tallies" ADD CONSTRAINT "statement_tallies_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "statement_tallies_once" ON "statement_tallies" USING btree ("unit","starts_on",coalesce("side", ''),coalesce("actor_id", ''),coalesce("topic_id", ''));--> statement-breakpoint
CREATE INDEX "statement_tallies_by_actor" ON "statement_tallies" USING btree ("actor_id") WHERE "statement_tallies"."actor_id" is not null;--> statement-breakpoint
CREATE INDEX "statement_tallies_by_topic" ON "statement_tallies" USING btree ("topic_id") WHERE "statement_tallies"."topic_id" is not null;