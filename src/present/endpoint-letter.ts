import { escapeMarkup } from "./escape-markup.ts";

/** Writes to the owner of an endpoint that it was switched off, why, and what to do. */
export function endpointOffLetter(endpoint: {
  readonly name: string;
  readonly because: string;
  readonly owner: string;
}) {
  const { name, because, owner } = endpoint;
  const plain = [
    `Parley switched the endpoint ${name} off and sends nothing there any more.`,
    "",
    `Why: ${because}`,
    "",
    "What to do, when it takes deliveries again:",
    `  parley endpoints on ${name}`,
    `  parley endpoints replay ${name} --failed --since DAY`,
    "The second sends what was missed, with the same ids and bodies.",
    "",
    "You get this mail because the endpoint names you as its owner.",
  ].join("\n");
  return {
    address: owner,
    subject: `Parley: endpoint ${name} was switched off`,
    plain,
    html: `<pre style="font: 15px/1.5 sans-serif; white-space: pre-wrap">${escapeMarkup(plain)}</pre>`,
  };
}
