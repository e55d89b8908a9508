-- Bytes may be thinned: they become empty, and come back when the same are fetched again. Their hash, their length and every fetch of them stay.
DROP TRIGGER "bodies_are_kept" ON "bodies";
--> statement-breakpoint
CREATE TRIGGER "bodies_are_kept" BEFORE DELETE OR TRUNCATE ON "bodies" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "bodies_stay_as_they_are" BEFORE UPDATE ON "bodies" FOR EACH ROW
  WHEN (NOT (new.sha256 = old.sha256 AND new.byte_length = old.byte_length AND (octet_length(old.gzipped) = 0 OR octet_length(new.gzipped) = 0)))
  EXECUTE FUNCTION "parley_refuse_change"();
