CREATE TABLE "places" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "places_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"document_id" bigint NOT NULL,
	"identity" text NOT NULL,
	"source_id" text,
	"url" text,
	"kind" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "places_once" UNIQUE NULLS NOT DISTINCT("document_id","identity","source_id"),
	CONSTRAINT "places_kind_known" CHECK ("places"."kind" in ('address', 'redirect', 'mirror'))
);
--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "places_by_identity" ON "places" USING btree ("identity");