CREATE TABLE "analyst_acts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "analyst_acts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"act" text NOT NULL,
	"development_id" bigint,
	"thread_id" bigint,
	"other_thread_id" bigint,
	"by" text NOT NULL,
	"reason" text,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"acted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "analyst_acts_known" CHECK ("analyst_acts"."act" in ('confirm', 'dismiss', 'merge', 'split', 'severity')),
	CONSTRAINT "analyst_acts_about_something" CHECK ("analyst_acts"."development_id" is not null or "analyst_acts"."thread_id" is not null),
	CONSTRAINT "analyst_acts_by_somebody" CHECK ("analyst_acts"."by" <> '')
);
--> statement-breakpoint
CREATE TABLE "dismissed_patterns" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dismissed_patterns_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"act_id" bigint NOT NULL,
	"type" text NOT NULL,
	"words_sha256" text NOT NULL,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "dismissed_patterns_once" UNIQUE("act_id","type","words_sha256")
);
--> statement-breakpoint
CREATE TABLE "commitment_reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "commitment_reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"commitment_id" bigint NOT NULL,
	"report" text NOT NULL,
	"version_id" bigint NOT NULL,
	"span_start" integer NOT NULL,
	"span_end" integer NOT NULL,
	"words" text NOT NULL,
	"reported_instant" timestamp with time zone,
	CONSTRAINT "commitment_reports_once" UNIQUE("commitment_id","version_id","span_start"),
	CONSTRAINT "commitment_reports_known" CHECK ("commitment_reports"."report" in ('repeated', 'met', 'missed')),
	CONSTRAINT "commitment_reports_are_forward" CHECK ("commitment_reports"."span_start" < "commitment_reports"."span_end")
);
--> statement-breakpoint
CREATE TABLE "commitments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "commitments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"development_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"span_start" integer NOT NULL,
	"span_end" integer NOT NULL,
	"words" text NOT NULL,
	"by_actor_ids" text[] NOT NULL,
	"to_actor_ids" text[] NOT NULL,
	"action" text NOT NULL,
	"due" jsonb,
	"due_instant" timestamp with time zone,
	"state" text DEFAULT 'open' NOT NULL,
	"made_instant" timestamp with time zone,
	"told_due_at" timestamp with time zone,
	CONSTRAINT "commitments_once_per_development" UNIQUE("development_id"),
	CONSTRAINT "commitments_state_known" CHECK ("commitments"."state" in ('open', 'met', 'missed')),
	CONSTRAINT "commitments_are_forward" CHECK ("commitments"."span_start" < "commitments"."span_end")
);
--> statement-breakpoint
CREATE TABLE "first_time_corrections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "first_time_corrections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"first_time_id" bigint NOT NULL,
	"was_instant" timestamp with time zone NOT NULL,
	"was_version_id" bigint NOT NULL,
	"was_words" text NOT NULL,
	"became_instant" timestamp with time zone NOT NULL,
	"became_version_id" bigint NOT NULL,
	"corrected_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "first_times" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "first_times_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"actor_id" text,
	"subject" text NOT NULL,
	"instant" timestamp with time zone NOT NULL,
	"statement_id" bigint,
	"version_id" bigint NOT NULL,
	"span_start" integer NOT NULL,
	"span_end" integer NOT NULL,
	"words" text NOT NULL,
	"searched" integer NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"development_id" bigint,
	CONSTRAINT "first_times_once" UNIQUE NULLS NOT DISTINCT("kind","actor_id","subject"),
	CONSTRAINT "first_times_kind_known" CHECK ("first_times"."kind" in ('topic', 'body', 'date', 'venue')),
	CONSTRAINT "first_times_topic_has_actor" CHECK (("first_times"."kind" = 'topic') = ("first_times"."actor_id" is not null)),
	CONSTRAINT "first_times_are_forward" CHECK ("first_times"."span_start" < "first_times"."span_end")
);
--> statement-breakpoint
CREATE TABLE "class_texts" (
	"document_id" bigint PRIMARY KEY NOT NULL,
	"version_id" bigint NOT NULL,
	"actor_id" text NOT NULL,
	"text_class" text NOT NULL,
	"is_on_topic" boolean NOT NULL,
	"published_instant" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "phrase_uses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "phrase_uses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"phrase_id" text NOT NULL,
	"actor_id" text,
	"text_class" text NOT NULL,
	"document_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"statement_id" bigint,
	"span_start" integer NOT NULL,
	"span_end" integer NOT NULL,
	"words" text NOT NULL,
	"wording" text,
	"lang" text NOT NULL,
	"used_instant" timestamp with time zone,
	CONSTRAINT "phrase_uses_once" UNIQUE("version_id","phrase_id","span_start"),
	CONSTRAINT "phrase_uses_are_forward" CHECK ("phrase_uses"."span_start" < "phrase_uses"."span_end")
);
--> statement-breakpoint
CREATE TABLE "meeting_points" (
	"meeting_id" bigint NOT NULL,
	"topic_id" text NOT NULL,
	"verdict" text NOT NULL,
	"first_document_id" bigint,
	"first_start" integer,
	"first_end" integer,
	"first_words" text,
	"first_strength" text,
	"second_document_id" bigint,
	"second_start" integer,
	"second_end" integer,
	"second_words" text,
	"second_strength" text,
	CONSTRAINT "meeting_points_once" PRIMARY KEY("meeting_id","topic_id"),
	CONSTRAINT "meeting_points_quote_someone" CHECK ("meeting_points"."first_words" is not null or "meeting_points"."second_words" is not null)
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "meetings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"day" text NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"told_unpaired_at" timestamp with time zone,
	CONSTRAINT "meetings_key_once" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "readouts" (
	"document_id" bigint PRIMARY KEY NOT NULL,
	"version_id" bigint NOT NULL,
	"meeting_id" bigint NOT NULL,
	"side" text NOT NULL,
	"participants" text[] NOT NULL,
	"lang" text,
	"published_instant" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "development_confirmations" (
	"development_id" bigint NOT NULL,
	"family_document_id" bigint NOT NULL,
	"is_primary" boolean NOT NULL,
	"side" text,
	"documents" integer NOT NULL,
	CONSTRAINT "development_confirmations_once" PRIMARY KEY("development_id","family_document_id"),
	CONSTRAINT "development_confirmations_have_documents" CHECK ("development_confirmations"."documents" >= 1)
);
--> statement-breakpoint
CREATE TABLE "development_conflicts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "development_conflicts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"development_id" bigint NOT NULL,
	"other_id" bigint NOT NULL,
	"about" text NOT NULL,
	"words" text NOT NULL,
	"version_id" bigint NOT NULL,
	"other_words" text NOT NULL,
	"other_version_id" bigint NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	CONSTRAINT "development_conflicts_once" UNIQUE("development_id","other_id","about"),
	CONSTRAINT "development_conflicts_between_two" CHECK ("development_conflicts"."development_id" <> "development_conflicts"."other_id"),
	CONSTRAINT "development_conflicts_about_known" CHECK ("development_conflicts"."about" in ('outcome', 'date', 'denial'))
);
--> statement-breakpoint
CREATE TABLE "thread_developments" (
	"development_id" bigint PRIMARY KEY NOT NULL,
	"thread_id" bigint NOT NULL,
	"state" text,
	"is_known_step" boolean NOT NULL,
	"by_analyst" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "threads_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"course" text NOT NULL,
	"state" text,
	"state_instant" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"merged_into_id" bigint,
	CONSTRAINT "threads_key_once" UNIQUE("key"),
	CONSTRAINT "threads_merge_into_another" CHECK ("threads"."merged_into_id" <> "threads"."id")
);
--> statement-breakpoint
ALTER TABLE "developments" ADD COLUMN "certainty" text DEFAULT 'provisional' NOT NULL;--> statement-breakpoint
ALTER TABLE "developments" ADD COLUMN "families" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "developments" ADD COLUMN "is_one_sided" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "developments" ADD COLUMN "hold" text;--> statement-breakpoint
ALTER TABLE "developments" ADD COLUMN "dismissed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "developments" ADD COLUMN "is_severity_ruled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "analyst_acts" ADD CONSTRAINT "analyst_acts_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "analyst_acts" ADD CONSTRAINT "analyst_acts_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "analyst_acts" ADD CONSTRAINT "analyst_acts_other_thread_id_threads_id_fk" FOREIGN KEY ("other_thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dismissed_patterns" ADD CONSTRAINT "dismissed_patterns_act_id_analyst_acts_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."analyst_acts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_reports" ADD CONSTRAINT "commitment_reports_commitment_id_commitments_id_fk" FOREIGN KEY ("commitment_id") REFERENCES "public"."commitments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_reports" ADD CONSTRAINT "commitment_reports_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_time_corrections" ADD CONSTRAINT "first_time_corrections_first_time_id_first_times_id_fk" FOREIGN KEY ("first_time_id") REFERENCES "public"."first_times"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_time_corrections" ADD CONSTRAINT "first_time_corrections_was_version_id_versions_id_fk" FOREIGN KEY ("was_version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_time_corrections" ADD CONSTRAINT "first_time_corrections_became_version_id_versions_id_fk" FOREIGN KEY ("became_version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_times" ADD CONSTRAINT "first_times_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_times" ADD CONSTRAINT "first_times_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_times" ADD CONSTRAINT "first_times_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_times" ADD CONSTRAINT "first_times_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_texts" ADD CONSTRAINT "class_texts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_texts" ADD CONSTRAINT "class_texts_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_texts" ADD CONSTRAINT "class_texts_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrase_uses" ADD CONSTRAINT "phrase_uses_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrase_uses" ADD CONSTRAINT "phrase_uses_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrase_uses" ADD CONSTRAINT "phrase_uses_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrase_uses" ADD CONSTRAINT "phrase_uses_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_points" ADD CONSTRAINT "meeting_points_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_points" ADD CONSTRAINT "meeting_points_first_document_id_documents_id_fk" FOREIGN KEY ("first_document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_points" ADD CONSTRAINT "meeting_points_second_document_id_documents_id_fk" FOREIGN KEY ("second_document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readouts" ADD CONSTRAINT "readouts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readouts" ADD CONSTRAINT "readouts_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readouts" ADD CONSTRAINT "readouts_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readouts" ADD CONSTRAINT "readouts_side_actors_id_fk" FOREIGN KEY ("side") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_confirmations" ADD CONSTRAINT "development_confirmations_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_confirmations" ADD CONSTRAINT "development_confirmations_family_document_id_documents_id_fk" FOREIGN KEY ("family_document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_conflicts" ADD CONSTRAINT "development_conflicts_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_conflicts" ADD CONSTRAINT "development_conflicts_other_id_developments_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_conflicts" ADD CONSTRAINT "development_conflicts_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_conflicts" ADD CONSTRAINT "development_conflicts_other_version_id_versions_id_fk" FOREIGN KEY ("other_version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_developments" ADD CONSTRAINT "thread_developments_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_developments" ADD CONSTRAINT "thread_developments_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_merged_into_id_threads_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "analyst_acts_by_development" ON "analyst_acts" USING btree ("development_id","id");--> statement-breakpoint
CREATE INDEX "analyst_acts_by_thread" ON "analyst_acts" USING btree ("thread_id","id");--> statement-breakpoint
CREATE INDEX "dismissed_patterns_by_words" ON "dismissed_patterns" USING btree ("words_sha256","type");--> statement-breakpoint
CREATE INDEX "commitments_due" ON "commitments" USING btree ("due_instant") WHERE "commitments"."state" = 'open' and "commitments"."told_due_at" is null;--> statement-breakpoint
CREATE INDEX "first_time_corrections_by_first" ON "first_time_corrections" USING btree ("first_time_id");--> statement-breakpoint
CREATE INDEX "first_times_by_time" ON "first_times" USING btree ("found_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "class_texts_in_order" ON "class_texts" USING btree ("actor_id","text_class","published_instant");--> statement-breakpoint
CREATE INDEX "phrase_uses_by_phrase" ON "phrase_uses" USING btree ("phrase_id","actor_id","text_class","used_instant");--> statement-breakpoint
CREATE INDEX "phrase_uses_by_document" ON "phrase_uses" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "readouts_by_meeting" ON "readouts" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "development_conflicts_by_other" ON "development_conflicts" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "thread_developments_by_thread" ON "thread_developments" USING btree ("thread_id","development_id");--> statement-breakpoint
CREATE INDEX "threads_by_time" ON "threads" USING btree ("updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_certainty_known" CHECK ("developments"."certainty" in ('provisional', 'confirmed'));--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_held_are_not_news" CHECK ("developments"."hold" is null or "developments"."status" = 'background');--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_dismissed_are_not_news" CHECK ("developments"."dismissed_at" is null or "developments"."status" = 'background');--> statement-breakpoint
-- What analysts did, and which first turned out not to be one, is a record like the statements: never changed.
CREATE TRIGGER "analyst_acts_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "analyst_acts" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "first_time_corrections_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "first_time_corrections" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
-- Every development that was here before threads had one opens a thread of its own; a replay of detect joins them.
INSERT INTO "threads" ("key", "course", "opened_at", "updated_at")
  SELECT "key", split_part("type", '.', 1), coalesce("event_instant", "detected_at"), "detected_at" FROM "developments";
--> statement-breakpoint
INSERT INTO "thread_developments" ("development_id", "thread_id", "is_known_step")
  SELECT "developments"."id", "threads"."id", true FROM "developments" JOIN "threads" USING ("key");
