DROP INDEX "versions_unrecorded";--> statement-breakpoint
CREATE INDEX "versions_unrecorded" ON "versions" USING btree ("id") WHERE "versions"."recorded_by" is null or "versions"."recorded_by" = 0;