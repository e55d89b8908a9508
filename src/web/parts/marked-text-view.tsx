import type { MarkedParagraph, TextPiece } from "../marked-text.ts";

/** Shows archived text with its marks; each mark can be linked to by its id, overlapping ones too. */
export function MarkedText({ paragraphs }: { paragraphs: readonly MarkedParagraph[] }) {
  return (
    <>
      {paragraphs.map(({ kind, lang, pieces }) => {
        const inside = pieces.map((piece) => <Piece piece={piece} />);
        const language = lang ?? undefined;
        if (kind === "heading") return <h3 lang={language}>{inside}</h3>;
        if (kind === "quote") return <blockquote lang={language}>{inside}</blockquote>;
        return (
          <p class={kind === "list-item" ? "list-item" : undefined} lang={language}>
            {inside}
          </p>
        );
      })}
    </>
  );
}

function Piece({ piece: { text, marks, begins } }: { piece: TextPiece }) {
  if (marks.length === 0) return <>{text}</>;
  const [id, ...others] = begins;
  return (
    <mark id={id} data-marks={marks.join(" ")}>
      {others.map((other) => (
        <span id={other} class="anchor"></span>
      ))}
      {text}
    </mark>
  );
}
