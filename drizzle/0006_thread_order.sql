-- Each document that confirms a development has a row of its own now; nothing was written here before.
ALTER TABLE "development_confirmations" DROP CONSTRAINT "development_confirmations_have_documents";--> statement-breakpoint
ALTER TABLE "development_confirmations" ADD COLUMN "document_id" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "development_confirmations" ADD CONSTRAINT "development_confirmations_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "threads_by_course" ON "threads" USING btree ("course","updated_at" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "development_confirmations" DROP COLUMN "documents";--> statement-breakpoint
ALTER TABLE "development_confirmations" DROP CONSTRAINT "development_confirmations_once";
--> statement-breakpoint
ALTER TABLE "development_confirmations" ADD CONSTRAINT "development_confirmations_once" PRIMARY KEY("development_id","document_id");