ALTER TABLE "offices" DROP CONSTRAINT "offices_once";--> statement-breakpoint
ALTER TABLE "places" DROP CONSTRAINT "places_once";--> statement-breakpoint
ALTER TABLE "first_times" DROP CONSTRAINT "first_times_once";--> statement-breakpoint
CREATE UNIQUE INDEX "offices_once" ON "offices" USING btree ("actor_id","role",coalesce("body_id", ''),coalesce("valid_from", ''));--> statement-breakpoint
CREATE UNIQUE INDEX "places_once" ON "places" USING btree ("document_id","identity",coalesce("source_id", ''));--> statement-breakpoint
CREATE UNIQUE INDEX "first_times_once" ON "first_times" USING btree ("kind",coalesce("actor_id", ''),"subject");