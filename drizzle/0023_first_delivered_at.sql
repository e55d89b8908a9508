ALTER TABLE "deliveries" ADD COLUMN "first_delivered_at" timestamp with time zone;--> statement-breakpoint
-- What was sent again before this was kept: an answer 2xx in the log shows that it arrived; a mail's cannot be told from a failure there.
UPDATE "deliveries" d SET "first_delivered_at" = least(d."delivered_at", (
  SELECT min(a."attempted_at") FROM "delivery_attempts" a WHERE a."delivery_id" = d."id" AND a."http_status" BETWEEN 200 AND 299
));--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_first_arrival_kept" CHECK ("deliveries"."delivered_at" is null or "deliveries"."first_delivered_at" is not null);