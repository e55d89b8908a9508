import { type PlotOptions, plot } from "@observablehq/plot";
import { type DrawnElement, markupOf, openDrawing } from "./drawing.ts";

/** How wide a chart is drawn: for a page beside text, and for a phone, where letters of the wide one would shrink to dust. */
export const CHART_WIDTHS = { wide: 720, narrow: 360 } as const;

/**
 * Draws a chart with Observable Plot into SVG, on the server.
 *
 * Styles are taken out, because pages carry none of their own (Content-Security-Policy): the class `plot` has them in the
 * stylesheet, and marks get their colours there by their class names.
 */
export function drawPlot(options: PlotOptions, label: string): string {
  const svg = plot({
    ...options,
    document: openDrawing() as unknown as PlotOptions["document"],
    className: "plot",
  }) as unknown as DrawnElement;
  leaveInk(svg);
  svg.setAttribute("aria-label", label);
  svg.setAttribute("role", "img");
  return markupOf(svg);
}

/** Takes out styles, and the names of parts: the picture as a whole has one and its numbers stand in a table; its parts are drawn ink. */
function leaveInk(element: DrawnElement): void {
  element.removeAttribute("style");
  element.removeAttribute("aria-label");
  for (const child of [...element.childNodes]) {
    if (typeof child === "string") continue;
    if (child.tagName === "style") element.childNodes.splice(element.childNodes.indexOf(child), 1);
    else leaveInk(child);
  }
}
