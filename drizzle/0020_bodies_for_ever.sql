-- A delivery has one id and one body for ever, whatever code runs: a receiver that saw it twice saw the same.
CREATE TRIGGER "deliveries_stay_as_they_are" BEFORE UPDATE OF "id", "alert_id", "endpoint_id", "body", "created_at" ON "deliveries" EXECUTE FUNCTION "parley_refuse_change"();
