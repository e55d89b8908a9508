CREATE TABLE "rechecks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rechecks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"document_id" bigint NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"http_status" integer,
	"failure_code" text,
	"capture_id" bigint,
	CONSTRAINT "rechecks_outcome_known" CHECK ("rechecks"."outcome" in ('same', 'changed', 'gone', 'withdrawn', 'restored', 'failed')),
	CONSTRAINT "rechecks_failure_has_code" CHECK (("rechecks"."outcome" = 'failed') = ("rechecks"."failure_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "host_turns" (
	"host" text PRIMARY KEY NOT NULL,
	"holder" integer,
	"held_until" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "source_moves" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "source_moves_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" text NOT NULL,
	"from_url" text NOT NULL,
	"to_url" text,
	"moved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "news_at" timestamp with time zone[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "moved_to" text;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "sent_on_to" text;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "sent_on_times" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rechecks" ADD CONSTRAINT "rechecks_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rechecks" ADD CONSTRAINT "rechecks_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_moves" ADD CONSTRAINT "source_moves_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rechecks_by_document" ON "rechecks" USING btree ("document_id","checked_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "source_moves_by_source" ON "source_moves" USING btree ("source_id","moved_at" DESC NULLS LAST);--> statement-breakpoint
-- Both are records: what was seen stays as it was seen.
CREATE TRIGGER "rechecks_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "rechecks" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "source_moves_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "source_moves" EXECUTE FUNCTION "parley_refuse_change"();
