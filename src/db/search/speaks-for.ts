import { type SQL, sql } from "drizzle-orm";

/**
 * Writes that an actor stood for a body on a day: is the body itself or one of its parts, or held an office in one of them.
 *
 * @param actor - The column of the actor's id.
 * @param bodies - A subquery of the ids of the body and its parts.
 * @param instant - The moment whose UTC day counts; where it is null, only an office without bounds does.
 */
export function speaksFor(actor: SQL, bodies: SQL, instant: SQL): SQL {
  const day = sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD')`;
  return sql`(${actor} in ${bodies} or exists (
      select from offices o where o.actor_id = ${actor} and o.body_id in ${bodies}
        and (o.valid_from is null or left(${day}, length(o.valid_from)) >= o.valid_from)
        and (o.valid_to is null or left(${day}, length(o.valid_to)) <= o.valid_to)))`;
}
