CREATE TABLE "stance_shift_corrections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stance_shift_corrections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"shift_id" bigint NOT NULL,
	"was_stance_id" bigint NOT NULL,
	"became_stance_id" bigint,
	"corrected_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stance_shifts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stance_shifts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"development_key" text NOT NULL,
	"holder_id" text NOT NULL,
	"topic_id" text NOT NULL,
	"stance_id" bigint NOT NULL,
	"earlier_stance_id" bigint NOT NULL,
	"earlier_days" integer NOT NULL,
	"instant" timestamp with time zone NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"overturned_at" timestamp with time zone,
	CONSTRAINT "stance_shifts_once" UNIQUE("stance_id"),
	CONSTRAINT "stance_shifts_differ" CHECK ("stance_shifts"."stance_id" <> "stance_shifts"."earlier_stance_id")
);
--> statement-breakpoint
CREATE TABLE "stances" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stances_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"holder_id" text NOT NULL,
	"actor_id" text NOT NULL,
	"topic_id" text NOT NULL,
	"side" text NOT NULL,
	"object" text NOT NULL,
	"instant" timestamp with time zone NOT NULL,
	"document_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"statement_id" bigint,
	"span_start" integer NOT NULL,
	"span_end" integer NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "stances_place" UNIQUE("version_id","span_start","holder_id","topic_id"),
	CONSTRAINT "stances_side_known" CHECK ("stances"."side" in ('for', 'against')),
	CONSTRAINT "stances_are_forward" CHECK ("stances"."span_start" < "stances"."span_end")
);
--> statement-breakpoint
ALTER TABLE "stance_shift_corrections" ADD CONSTRAINT "stance_shift_corrections_shift_id_stance_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."stance_shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stance_shift_corrections" ADD CONSTRAINT "stance_shift_corrections_was_stance_id_stances_id_fk" FOREIGN KEY ("was_stance_id") REFERENCES "public"."stances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stance_shift_corrections" ADD CONSTRAINT "stance_shift_corrections_became_stance_id_stances_id_fk" FOREIGN KEY ("became_stance_id") REFERENCES "public"."stances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stance_shifts" ADD CONSTRAINT "stance_shifts_holder_id_actors_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stance_shifts" ADD CONSTRAINT "stance_shifts_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stance_shifts" ADD CONSTRAINT "stance_shifts_stance_id_stances_id_fk" FOREIGN KEY ("stance_id") REFERENCES "public"."stances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stance_shifts" ADD CONSTRAINT "stance_shifts_earlier_stance_id_stances_id_fk" FOREIGN KEY ("earlier_stance_id") REFERENCES "public"."stances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_holder_id_actors_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stances" ADD CONSTRAINT "stances_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stance_shift_corrections_by_shift" ON "stance_shift_corrections" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "stance_shifts_by_holder_and_topic" ON "stance_shifts" USING btree ("holder_id","topic_id","instant" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "stances_by_holder_and_topic" ON "stances" USING btree ("holder_id","topic_id","instant" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
-- Which shift came earlier, or turned out to be none, is a record: never changed.
CREATE TRIGGER "stance_shift_corrections_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "stance_shift_corrections" EXECUTE FUNCTION "parley_refuse_change"();
