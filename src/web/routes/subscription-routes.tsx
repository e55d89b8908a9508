import { type Context, Hono } from "hono";
import { z } from "zod";
import { askConsent } from "../../db/digests/consent.ts";
import {
  changeWishes,
  confirmSubscriber,
  type Subscriber,
  subscriberById,
  unsubscribe,
} from "../../db/digests/subscribers.ts";
import { catalogueNames } from "../../db/search/query-names.ts";
import { isSignedFor, type LinkPurpose, readLink, signLink } from "../../net/signed-link.ts";
import { confirmLetter } from "../../present/confirm-letter.ts";
import { linkTo } from "../../present/links.ts";
import { oneButtonPage, plainWish, subscriptionPage, wishInWords } from "../pages/subscription.tsx";
import type { View } from "../view.ts";
import { isFromOurPage, type WebActs } from "./acts.ts";
import type { PageTools } from "./page-tools.ts";
import { subscriptionWish, wishToKeep } from "./subscription-wish.ts";

/** What the pages of subscribers need: none are there where pages may change nothing. */
type Tools = PageTools & { readonly acts: WebActs };

/** Answers for subscribers: asking, confirming, changing, leaving. A signed link is their whole account. */
export function subscriptionRoutes({ db, now, acts, viewFor, page }: Tools): Hono {
  const app = new Hono();
  const ownerOf = async (c: Context, purpose: LinkPurpose): Promise<{ word: string; owner: Subscriber } | null> => {
    const word = c.req.param("word") ?? "";
    const link = readLink(word);
    if (link?.purpose !== purpose) return null;
    const owner = await subscriberById(db, link.subscriberId);
    // A yes from before somebody left is not a yes any more; links know whole seconds.
    const left = owner?.unsubscribedAt?.getTime() ?? 0;
    if (purpose === "confirm" && link.issuedAt.getTime() + 1_000 <= left) return null;
    return owner && isSignedFor(acts.secretKey, word, owner.address, now()) ? { word, owner } : null;
  };
  const noSuchLink = (c: Context) => {
    const view = viewFor(c);
    const text = view.say("linkIsNone");
    return page(c, oneButtonPage(view, { title: view.say("subscription"), text, action: null, button: "" }), 404);
  };

  app.get("/subscribe", (c) => {
    const form = {
      action: "/subscribe",
      address: null,
      wish: plainWish,
      notice: null,
      mistakes: [],
      unsubscribe: null,
    };
    return page(c, subscriptionPage(viewFor(c), form));
  });
  app.post("/subscribe", async (c) => {
    const view = viewFor(c);
    const answer = (say: "fromElsewhere" | "tooManyLetters" | "letterSent", status: 200 | 403 | 429) => {
      const about = { title: view.say("subscription"), text: view.say(say), action: null, button: "" };
      return page(c, oneButtonPage(view, about), status);
    };
    if (!isFromOurPage(c)) return answer("fromElsewhere", 403);
    const given = await c.req.parseBody();
    const read = subscriptionWish(await catalogueNames(db))
      .extend({ address: z.email("expected a mail address") })
      .safeParse(given);
    if (!read.success) {
      const mistakes = read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
      const form = { action: "/subscribe", address: null, wish: plainWish, notice: null, mistakes, unsubscribe: null };
      return page(c, subscriptionPage(view, form), 400);
    }
    const { address, ...wish } = read.data;
    const letterId = await askConsent(
      db,
      { address, ...wishToKeep(wish) },
      (subscriber) =>
        confirmLetter(
          subscriber.address,
          wish.lang,
          // The page speaks the language that was asked for, whatever the browser prefers.
          `${linkTo.confirm(acts.mailUrl(), signLink(acts.secretKey, "confirm", subscriber, now()))}?lang=${wish.lang}`,
        ),
      now(),
    );
    if (letterId === "too-many") return answer("tooManyLetters", 429);
    if (letterId !== null) await acts.enqueue("letter", { letterId });
    // The answer is the same whoever is known here: nobody finds out by asking.
    return answer("letterSent", 200);
  });

  app.get("/confirm/:word", async (c) => {
    const found = await ownerOf(c, "confirm");
    if (!found) return noSuchLink(c);
    const view = viewFor(c);
    const about = {
      text: view.say("confirmText"),
      action: `/confirm/${found.word}`,
      button: view.say("confirmButton"),
      facts: wishInWords(view, found.owner),
    };
    return page(c, oneButtonPage(view, { title: view.say("subscription"), ...about }));
  });
  app.post("/confirm/:word", async (c) => {
    const found = await ownerOf(c, "confirm");
    if (!found) return noSuchLink(c);
    await confirmSubscriber(db, found.owner.id, now());
    return page(c, managePage(viewFor(c), found.owner, viewFor(c).say("confirmed"), []));
  });

  const managePage = (view: View, owner: Subscriber, notice: string | null, mistakes: readonly string[]) =>
    subscriptionPage(view, {
      action: `/subscription/${signLink(acts.secretKey, "manage", owner, owner.createdAt)}`,
      ...{ address: owner.address, wish: owner, notice, mistakes },
      unsubscribe: `/unsubscribe/${signLink(acts.secretKey, "unsubscribe", owner, owner.createdAt)}`,
    });
  app.get("/subscription/:word", async (c) => {
    const found = await ownerOf(c, "manage");
    if (!found) return noSuchLink(c);
    const { suspendedBecause } = found.owner;
    const notice = suspendedBecause ? viewFor(c).say("suspended", { why: suspendedBecause }) : null;
    return page(c, managePage(viewFor(c), found.owner, notice, []));
  });
  app.post("/subscription/:word", async (c) => {
    const found = await ownerOf(c, "manage");
    if (!found) return noSuchLink(c);
    const read = subscriptionWish(await catalogueNames(db)).safeParse(await c.req.parseBody());
    if (!read.success) {
      const mistakes = read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
      return page(c, managePage(viewFor(c), found.owner, null, mistakes), 400);
    }
    await changeWishes(db, found.owner.id, wishToKeep(read.data));
    // Whoever changes their wishes wants mail again.
    await confirmSubscriber(db, found.owner.id, now());
    const changed = (await subscriberById(db, found.owner.id)) ?? found.owner;
    return page(c, managePage(viewFor(c), changed, viewFor(c).say("wishesKept"), []));
  });

  app.get("/unsubscribe/:word", async (c) => {
    const found = await ownerOf(c, "unsubscribe");
    if (!found) return noSuchLink(c);
    const view = viewFor(c);
    const about = { text: found.owner.address, action: `/unsubscribe/${found.word}`, button: view.say("unsubscribe") };
    return page(c, oneButtonPage(view, { title: view.say("unsubscribe"), ...about }));
  });
  // RFC 8058: one POST without cookies, page or question.
  app.post("/unsubscribe/:word", async (c) => {
    const found = await ownerOf(c, "unsubscribe");
    if (!found) return noSuchLink(c);
    await unsubscribe(db, found.owner.id, now());
    const view = viewFor(c);
    const text = view.say("unsubscribed");
    return page(c, oneButtonPage(view, { title: view.say("unsubscribe"), text, action: null, button: "" }));
  });
  return app;
}
