import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** How wide a chart is drawn: for a page beside text, and for a phone, where letters of the wide one would shrink to dust. */
export const CHART_WIDTHS = { wide: 720, narrow: 360 } as const;

/**
 * Draws a chart with Observable Plot into SVG, on the server.
 *
 * Styles are taken out, because pages carry none of their own (Content-Security-Policy): the class `plot` has them in the
 * stylesheet, and marks get their colours there by their class names.
 */
export function drawPlot(options: PlotOptions, label: string): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const svg = plot({
    ...options,
    document: document as unknown as PlotOptions["document"],
    ariaLabel: label,
    className: "plot",
  });
  for (const style of [...svg.querySelectorAll("style")]) style.remove();
  for (const styled of [svg, ...svg.querySelectorAll("[style]")]) styled.removeAttribute("style");
  // The picture as a whole has a name and its numbers stand in a table; its parts are drawn ink.
  for (const part of [...svg.querySelectorAll("[aria-label]")]) part.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  return svg.outerHTML;
}
