import { and, asc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { instantOf, microsOf, type Page, type PageKey, pageOf } from "../page-key.ts";
import { alerts, deliveries, deliveryAttempts, endpoints, rules } from "../schema/delivery.ts";
import { developments } from "../schema/developments.ts";

/** One alert on its way to one endpoint, with every attempt. Bodies are left out, and secrets are not here at all. */
export type DeliveryRow = {
  readonly id: string;
  readonly status: "pending" | "delivered" | "failed";
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly replayedAt: Date | null;
  /** Null for a test. */
  readonly rule: string | null;
  readonly endpoint: string;
  readonly endpointKind: "webhook" | "mail";
  readonly kind: "development" | "statements" | "batch" | "correction" | "test";
  /** Null where it tells of no single development. */
  readonly development: { readonly id: number; readonly summary: string; readonly severity: number } | null;
  readonly attempts: readonly (typeof deliveryAttempts.$inferSelect)[];
};

/** Finds a page of deliveries, the latest made first. */
export async function deliveryLog(
  db: Database,
  {
    status,
    endpointId = null,
    limit,
    after,
  }: {
    readonly status: DeliveryRow["status"] | null;
    /** Only those to one endpoint. */
    readonly endpointId?: number | null;
    readonly limit: number;
    readonly after: PageKey | null;
  },
): Promise<Page<DeliveryRow>> {
  const rows = await db
    .select({
      id: deliveries.id,
      status: deliveries.status,
      createdAt: deliveries.createdAt,
      deliveredAt: deliveries.deliveredAt,
      nextAttemptAt: deliveries.nextAttemptAt,
      replayedAt: deliveries.replayedAt,
      kind: sql<DeliveryRow["kind"]>`coalesce(${alerts.kind}, 'test')`,
      rule: rules.name,
      endpoint: endpoints.name,
      endpointKind: endpoints.kind,
      development: { id: developments.id, summary: developments.summary, severity: developments.severity },
      micros: microsOf(deliveries.createdAt),
    })
    .from(deliveries)
    .leftJoin(alerts, eq(alerts.id, deliveries.alertId))
    .leftJoin(rules, eq(rules.id, alerts.ruleId))
    .leftJoin(developments, eq(developments.id, alerts.developmentId))
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(
      and(
        status ? eq(deliveries.status, status) : undefined,
        endpointId === null ? undefined : eq(deliveries.endpointId, endpointId),
        after?.micros
          ? sql`(${deliveries.createdAt}, ${deliveries.id} collate "C") < (${instantOf(after.micros)}, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(sql`${deliveries.createdAt} desc`, sql`${deliveries.id} collate "C" desc`)
    .limit(limit + 1);
  const page = pageOf(rows, limit, ({ id, micros }) => ({ id, micros }));
  const ids = page.rows.map(({ id }) => id);
  const attempts =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(deliveryAttempts)
          .where(inArray(deliveryAttempts.deliveryId, ids))
          .orderBy(asc(deliveryAttempts.id));
  return {
    rows: page.rows.map(({ micros: _, ...row }) => ({
      ...row,
      attempts: attempts.filter(({ deliveryId }) => deliveryId === row.id),
    })),
    next: page.next,
  };
}

/** A delivery with its body and every attempt: what was sent and what was answered. */
export type DeliveryPage = Omit<DeliveryRow, "attempts"> & {
  readonly body: string;
  readonly attempts: DeliveryRow["attempts"];
};

/** Finds a delivery by its id; null when there is none. */
export async function deliveryById(db: Database, id: string): Promise<DeliveryPage | null> {
  const [row] = await db
    .select({
      ...getTableColumns(deliveries),
      kind: sql<DeliveryRow["kind"]>`coalesce(${alerts.kind}, 'test')`,
      ...{ rule: rules.name, endpoint: endpoints.name, endpointKind: endpoints.kind },
      development: { id: developments.id, summary: developments.summary, severity: developments.severity },
    })
    .from(deliveries)
    .leftJoin(alerts, eq(alerts.id, deliveries.alertId))
    .leftJoin(rules, eq(rules.id, alerts.ruleId))
    .leftJoin(developments, eq(developments.id, alerts.developmentId))
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(eq(deliveries.id, id));
  if (!row) return null;
  const attempts = await db
    .select()
    .from(deliveryAttempts)
    .where(eq(deliveryAttempts.deliveryId, id))
    .orderBy(asc(deliveryAttempts.id));
  return { ...row, attempts };
}
