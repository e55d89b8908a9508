CREATE TABLE "document_families" (
	"document_id" bigint PRIMARY KEY NOT NULL,
	"family_id" bigint NOT NULL,
	"like_id" bigint NOT NULL,
	"relation" text NOT NULL,
	"share" real NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "document_families_relation_known" CHECK ("document_families"."relation" in ('copy', 'part', 'rewrite', 'translation')),
	CONSTRAINT "document_families_founder_has_no_row" CHECK ("document_families"."document_id" <> "document_families"."family_id")
);
--> statement-breakpoint
CREATE TABLE "statement_fingerprints" (
	"statement_id" bigint PRIMARY KEY NOT NULL,
	"hashes" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statement_repeats" (
	"statement_id" bigint PRIMARY KEY NOT NULL,
	"first_id" bigint NOT NULL,
	"relation" text NOT NULL,
	"share" real NOT NULL,
	"days_apart" smallint,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "statement_repeats_relation_known" CHECK ("statement_repeats"."relation" in ('same', 'piece', 'whole', 'near')),
	CONSTRAINT "statement_repeats_of_another" CHECK ("statement_repeats"."statement_id" <> "statement_repeats"."first_id")
);
--> statement-breakpoint
CREATE TABLE "version_sketches" (
	"version_id" bigint PRIMARY KEY NOT NULL,
	"document_id" bigint NOT NULL,
	"rate" integer NOT NULL,
	"hashes" integer[] NOT NULL,
	"linked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "document_families" ADD CONSTRAINT "document_families_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_families" ADD CONSTRAINT "document_families_family_id_documents_id_fk" FOREIGN KEY ("family_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_families" ADD CONSTRAINT "document_families_like_id_documents_id_fk" FOREIGN KEY ("like_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_fingerprints" ADD CONSTRAINT "statement_fingerprints_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_repeats" ADD CONSTRAINT "statement_repeats_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_repeats" ADD CONSTRAINT "statement_repeats_first_id_statements_id_fk" FOREIGN KEY ("first_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_sketches" ADD CONSTRAINT "version_sketches_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_sketches" ADD CONSTRAINT "version_sketches_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_families_by_family" ON "document_families" USING btree ("family_id");--> statement-breakpoint
CREATE INDEX "statement_fingerprints_by_hash" ON "statement_fingerprints" USING gin ("hashes");--> statement-breakpoint
CREATE INDEX "statement_repeats_by_first" ON "statement_repeats" USING btree ("first_id");--> statement-breakpoint
CREATE INDEX "version_sketches_by_hash" ON "version_sketches" USING gin ("hashes");