import type { View } from "./views.ts";

/**
 * Views of what was collected and told: items, looks, rules, alerts, deliveries, digests. Who is told stays out: no address of an endpoint or
 * subscriber, no secret, and nothing of what a subscriber chose.
 */
export const viewsOfTelling: readonly View[] = [
  {
    name: "items",
    says: "Entries seen in lists, each with what became of it.",
    columns: [
      ["item_id", "bigint", "The entry."],
      ["source_id", "text", "The source whose list it stood in."],
      ["url", "text", "Its address; null where the list gives none."],
      ["title", "text", "Its title, as the list gave it last."],
      ["published_on", "text", "Its date as precise as the list gave it; null when unknown."],
      ["first_seen_at", "timestamp with time zone", "When we first saw it."],
      ["outcome", "text", "`new`, `known`, `refused` or `failed`; null while it waits."],
      ["failure_code", "text", "Why it was refused or failed."],
      ["document_id", "bigint", "The document that it led to; null for none."],
      ["decided_at", "timestamp with time zone", "When that was decided."],
    ],
    query: `select id, source_id, url, title, published_at ->> 'value', first_seen_at, outcome, failure_code, document_id, decided_at from public.items`,
  },
  {
    name: "looks",
    says: "Looks at documents that were fetched before: whether they still stand as they did.",
    columns: [
      ["look_id", "bigint", "The look."],
      ["document_id", "bigint", "The document."],
      ["checked_at", "timestamp with time zone", "When."],
      ["outcome", "text", "`same`, `changed`, `gone`, `withdrawn`, `restored` or `failed`."],
      ["http_status", "integer", "The answer; null where none came."],
      ["failure_code", "text", "Why it failed; null when it did not."],
      ["capture_id", "bigint", "The fetch that it made; null for none."],
    ],
    query: `select id, document_id, checked_at, outcome, http_status, failure_code, capture_id from public.rechecks`,
  },
  {
    name: "rules",
    says: "Saved questions that turn developments or statements into alerts.",
    columns: [
      ["rule_id", "bigint", "The rule."],
      ["name", "text", "Its name."],
      ["query", "text", "The question; docs/query.md."],
      ["about", "text", "`developments` or `statements`."],
      ["enabled", "boolean", "Whether it is on."],
      ["created_at", "timestamp with time zone", "When it was made: nothing found earlier is told."],
    ],
    query: `select id, name, query, about, enabled, created_at from public.rules`,
  },
  {
    name: "alerts",
    says: "What met a rule, once for each matter.",
    columns: [
      ["alert_id", "bigint", "The alert."],
      ["rule_id", "bigint", "The rule."],
      ["kind", "text", "`development`, `statements`, `batch` or `correction`."],
      ["development_id", "bigint", "The development; null for statements and batches."],
      ["version_id", "bigint", "The text whose statements met the rule; null otherwise."],
      ["late", "boolean", "Whether it was old already when it came in."],
      ["held_until", "timestamp with time zone", "When it is told with others; null where it was told by itself."],
      ["batch_id", "bigint", "The alert that told of it with others."],
      ["corrects_id", "bigint", "The alert that it corrects."],
      ["created_at", "timestamp with time zone", "When."],
    ],
    query: `select id, rule_id, kind, development_id, version_id, late, held_until, batch_id, corrects_id, created_at from public.alerts`,
  },
  {
    name: "deliveries",
    says: "Alerts on their way to an endpoint, and tests of endpoints, with the body sent. Where to is told by a number, not by an address.",
    columns: [
      ["delivery_id", "text", "The delivery: the webhook-id of every attempt."],
      ["alert_id", "bigint", "The alert; null for a test."],
      ["endpoint_id", "bigint", "The endpoint."],
      ["endpoint_kind", "text", "`webhook` or `mail`."],
      ["body", "text", "What was sent, the same at each attempt."],
      ["status", "text", "`pending`, `delivered` or `failed`."],
      ["created_at", "timestamp with time zone", "When it was made."],
      ["first_delivered_at", "timestamp with time zone", "When it first arrived; null while it did not."],
      ["attempts", "integer", "How many attempts there were."],
    ],
    query: `select d.id, d.alert_id, d.endpoint_id, e.kind, d.body, d.status, d.created_at, d.first_delivered_at,
      (select count(*)::integer from public.delivery_attempts t where t.delivery_id = d.id)
      from public.deliveries d join public.endpoints e on e.id = d.endpoint_id`,
  },
  {
    name: "delivery_attempts",
    says: "What each attempt at those deliveries met.",
    columns: [
      ["attempt_id", "bigint", "The attempt."],
      ["delivery_id", "text", "The delivery."],
      ["attempted_at", "timestamp with time zone", "When."],
      ["http_status", "integer", "The answer; null where none came."],
      ["failure_code", "text", "Why it failed; null when it did not."],
      ["elapsed_ms", "integer", "How long it took."],
    ],
    query: `select id, delivery_id, attempted_at, http_status, failure_code, elapsed_ms from public.delivery_attempts`,
  },
  {
    name: "digests",
    says: "Digests that were made: whether and when they went out. Whose they are and what stood in them is their readers' business.",
    columns: [
      ["digest_id", "bigint", "The digest."],
      ["period", "text", "`daily` or `weekly`."],
      ["period_start", "timestamp with time zone", "What it tells of begins here."],
      ["period_end", "timestamp with time zone", "And ends here."],
      ["status", "text", "`claimed`, `handing`, `sent`, `failed` or `unknown`."],
      ["claimed_at", "timestamp with time zone", "When it was begun."],
      ["sent_at", "timestamp with time zone", "When the mail server took it; null while it did not."],
    ],
    query: `select id, period, period_start, period_end, status, claimed_at, sent_at from public.digests`,
  },
];
