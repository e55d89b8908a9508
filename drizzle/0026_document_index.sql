CREATE TABLE "document_index" (
	"document_id" bigint PRIMARY KEY NOT NULL,
	"version_id" bigint NOT NULL,
	"published_instant" timestamp with time zone,
	"counted" text[] NOT NULL,
	"terms" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "search_state" ADD COLUMN "documents_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "document_index_by_term" ON "document_index" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "document_index_by_time" ON "document_index" USING btree ("published_instant" DESC NULLS LAST,"document_id" DESC NULLS LAST);--> statement-breakpoint
-- The terms stand apart from their rows, as those of statements do: hits then lie on few pages.
ALTER TABLE "document_index" ALTER COLUMN "terms" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "document_index" SET (toast_tuple_target = 128);
