import { EventEmitter } from "node:events";
import { Pool, type PoolClient, type QueryResult } from "pg";

/** What BullMQ needs of a pool of connections, and of one connection out of it. */
export type QueuePool = {
  readonly query: (text: string, parameters?: readonly unknown[]) => Promise<QueryResult>;
  readonly connect: () => Promise<QueueClient>;
  readonly end: () => Promise<void>;
} & EventEmitter;
type QueueClient = EventEmitter & Pick<QueuePool, "query"> & { readonly release: () => void };

/** Says in `pg_stat_activity` who is connected; begins with `parley`, by which the last one out of an embedded server is known. */
const APPLICATION_NAME = "parley queues";

/** Opens connections for the queues in Postgres. */
export function openPool(databaseUrl: string, max: number): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    keepAlive: true,
    application_name: APPLICATION_NAME,
    // The queue is a to-do list that Postgres can make again, so its commits need not wait for the disk.
    options: "-c search_path=bullmq -c synchronous_commit=off",
  });
  pool.on("error", () => {});
  return pool;
}

/**
 * Opens a pool for all queues and workers of a process, with one connection that listens for all of them.
 *
 * Each worker of BullMQ asks for a connection of its own to listen on, and Postgres wakes every listening connection at every job
 * that is added, whatever its queue. So what a worker is given here only looks like a connection: it passes on what the one listener
 * hears. Statements are kept prepared, which BullMQ leaves out.
 */
export function openQueuePool(databaseUrl: string, max: number): QueuePool {
  const pool = openPool(databaseUrl, max);
  const listener = shareListener(pool);
  const names = new Map<string, string>();
  const query: QueuePool["query"] = (text, parameters) => {
    if (!parameters) return pool.query(text);
    const name = names.get(text) ?? `queue_${names.size}`;
    names.set(text, name);
    return pool.query({ name, text, values: [...parameters] });
  };
  const connect = async () => {
    const client: QueueClient = Object.assign(quietEmitter(), {
      query: async (text: string, parameters?: readonly unknown[]) => {
        if (/^\s*(?:--.*\n\s*)*LISTEN\b/i.test(text)) return listener.listen(client, text);
        // BullMQ would give the connection the name of its worker; this one is everybody's.
        if (text.includes("'application_name'")) return NOTHING;
        return query(text, parameters);
      },
      release: () => listener.leave(client),
      // Tells BullMQ that a broken connection will be noticed, so that its workers may wait long.
      connection: { stream: { setKeepAlive: () => {} } },
    });
    return client;
  };
  const end = async () => {
    await listener.close();
    await pool.end();
  };
  return Object.assign(quietEmitter(), { query, connect, end });
}

const NOTHING = { rows: [], rowCount: 0, command: "", oid: 0, fields: [] };

/** Each queue and each worker listens for trouble. */
function quietEmitter(): EventEmitter {
  return new EventEmitter().setMaxListeners(0).on("error", () => {});
}

/** Keeps one connection that listens, from the first who wants to hear until it breaks; then all who listened are told and ask anew. */
function shareListener(pool: Pool) {
  const hearing = new Set<EventEmitter>();
  /** What was asked for by `LISTEN`, and when it was; one after the other, as the connection wants it. */
  const asked = new Map<string, Promise<unknown>>();
  let current: Promise<PoolClient> | null = null;
  const gone = new WeakSet<PoolClient>();
  /** A connection may break just when it is closed: it is given back once, and what it still has to say is nobody's trouble. */
  const letGo = (client: PoolClient) => {
    if (gone.has(client)) return;
    gone.add(client);
    client.removeAllListeners("notification");
    client.on("error", () => {});
    client.release(true);
  };
  const open = async () => {
    const client = await pool.connect();
    client.on("notification", (message) => {
      for (const one of hearing) one.emit("notification", message);
    });
    client.once("error", (error) => {
      current = null;
      asked.clear();
      letGo(client);
      const told = [...hearing];
      hearing.clear();
      for (const one of told) one.emit("error", error);
    });
    return client;
  };
  const connection = () => {
    current ??= open().catch((error) => {
      current = null;
      throw error;
    });
    return current;
  };
  return {
    listen: async (client: EventEmitter, text: string) => {
      const shared = await connection();
      hearing.add(client);
      const before = Promise.all(asked.values());
      const done = asked.get(text) ?? before.then(() => shared.query(text));
      asked.set(text, done);
      await done;
      return NOTHING;
    },
    leave: (client: EventEmitter) => {
      hearing.delete(client);
    },
    close: async () => {
      const shared = await current?.catch(() => null);
      if (shared) letGo(shared);
    },
  };
}
