ALTER TABLE "versions" ADD COLUMN "recorded_by" integer;--> statement-breakpoint
ALTER TABLE "class_texts" ADD COLUMN "lang" text;--> statement-breakpoint
ALTER TABLE "readouts" ADD COLUMN "points" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "versions_unrecorded" ON "versions" USING btree ("id") WHERE "versions"."recorded_by" is null;