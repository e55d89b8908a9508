import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

/** A number the database gives out. */
export const id = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();

/** A reference to a number the database gave out. */
export const reference = () => bigint({ mode: "number" });

/** A moment in time. */
export const instant = () => timestamp({ withTimezone: true, mode: "date" });

/** Raw bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
