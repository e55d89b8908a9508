import { type DeliveryRow, deliveryById, deliveryLog } from "../db/alerts/delivery-log.ts";
import { endpointNamed } from "../db/alerts/endpoints.ts";
import type { Database } from "../db/client.ts";
import { Failure } from "../domain/failure.ts";
import { withArchive } from "./context.ts";
import { chooseFormat, printOne, printRows } from "./output.ts";

type DeliveriesOptions = {
  readonly endpoint?: string;
  readonly status?: string;
  readonly limit?: string;
  readonly format?: string;
};

const STATUSES = ["pending", "delivered", "failed"] as const;

/** Lists deliveries, the latest made first; or shows one whole: what was sent and what was answered, attempt by attempt. */
export async function deliveriesCommand(id: string | undefined, options: DeliveriesOptions): Promise<void> {
  await withArchive(({ db }) => (id === undefined ? list(db, options) : showOne(db, id)));
}

async function list(db: Database, { endpoint, status, limit = "50", format }: DeliveriesOptions): Promise<void> {
  const wanted = STATUSES.find((one) => one === status) ?? null;
  if (status !== undefined && !wanted)
    throw new Failure("bad-input", `--status ${status}: there are ${STATUSES.join(", ")}.`);
  if (!/^[1-9]\d{0,3}$/.test(limit)) throw new Failure("bad-input", `--limit ${limit}: expected a number up to 9999.`);
  const to = endpoint === undefined ? null : await endpointNamed(db, endpoint);
  if (endpoint !== undefined && !to)
    throw new Failure("bad-input", `--endpoint ${endpoint}: no such endpoint; parley endpoints lists them.`);
  const choice = { status: wanted, endpointId: to?.id ?? null, limit: Number(limit), after: null };
  const { rows } = await deliveryLog(db, choice);
  printRows(
    rows,
    [
      { name: "made", value: ({ createdAt }) => `${createdAt.toISOString().slice(0, 16)}Z`, width: 17 },
      { name: "id", value: ({ id }) => id, width: 36 },
      { name: "to", value: (row) => row.endpoint, width: 16 },
      { name: "state", value: (row) => row.status, width: 10 },
      { name: "tells", value: ({ kind, development }) => development?.summary ?? kind },
      { name: "last attempt", value: ({ attempts }) => attemptInWords(attempts.at(-1)) },
    ],
    chooseFormat(format),
  );
}

function attemptInWords(attempt: DeliveryRow["attempts"][number] | undefined): string {
  if (!attempt) return "none yet";
  const { attemptedAt, httpStatus, failureCode, message } = attempt;
  const came = failureCode === null ? "taken" : `${failureCode}: ${message ?? ""}`;
  return [attemptedAt.toISOString().slice(0, 16).concat("Z"), httpStatus, came]
    .filter((part) => part !== null)
    .join(" ");
}

async function showOne(db: Database, id: string): Promise<void> {
  const delivery = await deliveryById(db, id);
  if (!delivery) throw new Failure("bad-input", `${id}: no such delivery; parley deliveries lists them.`);
  const { endpoint, rule, kind, status, createdAt, deliveredAt, nextAttemptAt, replayedAt, body, attempts } = delivery;
  const { development } = delivery;
  const shown = { id, endpoint, rule, kind, development, status, createdAt, deliveredAt, nextAttemptAt, replayedAt };
  const looks = attempts.map(({ deliveryId: _, ...attempt }) => attempt);
  printOne({ ...shown, attempts: looks, body });
}
