CREATE TABLE "development_index" (
	"development_id" bigint PRIMARY KEY NOT NULL,
	"terms" "tsvector" NOT NULL,
	"pieces" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_state" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"terms_version" integer NOT NULL,
	"evidence_id" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statement_index" (
	"statement_id" bigint PRIMARY KEY NOT NULL,
	"key" uuid NOT NULL,
	"said_instant" timestamp with time zone,
	"terms" "tsvector"
);
--> statement-breakpoint
DROP INDEX "statements_by_stem";--> statement-breakpoint
CREATE INDEX "development_index_by_term" ON "development_index" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "statement_index_by_term" ON "statement_index" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "statement_index_by_time" ON "statement_index" USING btree ("said_instant" DESC NULLS LAST,"statement_id" DESC NULLS LAST) WHERE "statement_index"."terms" is not null;--> statement-breakpoint
CREATE INDEX "statement_index_by_key" ON "statement_index" USING btree ("key");