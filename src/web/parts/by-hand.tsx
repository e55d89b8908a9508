import type { actsOn } from "../../db/developments/analyst-acts.ts";
import type { Phrase } from "../dictionary/words.ts";
import type { View } from "../view.ts";
import { Instant } from "./instant.tsx";

type Act = Awaited<ReturnType<typeof actsOn>>[number];

const ACT: Readonly<Record<Act["act"], Phrase>> = {
  ...{ confirm: "handConfirm", dismiss: "handDismiss", severity: "handWeigh" },
  ...{ merge: "handMerge", split: "handSplit" },
};

/** Shows what analysts did to a development or its thread, with who did it, when and why. */
export function ActsByHand({ view, acts }: { view: View; acts: readonly Act[] }) {
  if (acts.length === 0) return null;
  return (
    <ul class="plain">
      {acts.map(({ act, by, reason, actedAt }) => (
        <li>
          <Instant view={view} at={actedAt} /> {view.say(ACT[act])} · {by}
          {reason ? ` · ${reason}` : null}
        </li>
      ))}
    </ul>
  );
}

/** The form by which an editor confirms, dismisses, weighs or takes apart a development. */
export function DevelopmentHand({ view, id, severity }: { view: View; id: number; severity: number }) {
  const to = (act: string) => `/developments/${id}/${act}`;
  return (
    <form class="filters" method="post" action={to("confirm")}>
      <Hand view={view} />
      <span class="buttons wide">
        <button type="submit">{view.say("handConfirm")}</button>
        <button type="submit" formaction={to("dismiss")}>
          {view.say("handDismiss")}
        </button>
        <button type="submit" formaction={to("split")}>
          {view.say("handSplit")}
        </button>
      </span>
      <label class="choice">
        <span>{view.say("handSeverity")}</span>
        <select name="severity">
          {[5, 4, 3, 2, 1].map((one) => (
            <option value={one} selected={one === severity}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <span class="buttons">
        <button type="submit" formaction={to("severity")}>
          {view.say("handWeigh")}
        </button>
      </span>
    </form>
  );
}

/** The form by which an editor lays a thread into another. */
export function ThreadHand({ view, id }: { view: View; id: number }) {
  return (
    <form class="filters" method="post" action={`/threads/${id}/merge`}>
      <Hand view={view} />
      <label class="choice">
        <span>{view.say("handInto")}</span>
        <input name="into" inputmode="numeric" pattern="[1-9][0-9]*" required />
      </label>
      <span class="buttons">
        <button type="submit">{view.say("handMerge")}</button>
      </span>
    </form>
  );
}

function Hand({ view }: { view: View }) {
  return (
    <>
      <label class="choice">
        <span>{view.say("handBy")}</span>
        <input name="by" maxlength={100} required autocomplete="name" />
      </label>
      <label class="choice wide">
        <span>{view.say("handReason")}</span>
        <input name="reason" maxlength={1000} />
      </label>
    </>
  );
}
