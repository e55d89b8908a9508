import type { Fetched } from "../../domain/fetched.ts";
import type { Problem } from "../../domain/problem.ts";

/** One line of a PDF page, in reading order. */
export type PdfLine = {
  readonly text: string;
  /** Height of its letters, in points. */
  readonly size: number;
  readonly bold: boolean;
  /** Left and right end and the height of its foot over the lower edge, in points. */
  readonly left: number;
  readonly right: number;
  readonly foot: number;
};

/** One page of a PDF; `number` counts from 1. */
export type PdfPage = {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly PdfLine[];
};

/** The text and facts of a PDF, or why there are none. */
export type OpenedPdf = {
  readonly kind: "pdf";
  readonly pages: readonly PdfPage[];
  /** What the file says its title and author are; often the name of a template. */
  readonly title: string | null;
  readonly author: string | null;
  readonly problems: readonly Problem[];
};

/** A mail taken apart, or why it could not be. */
export type OpenedMail = {
  readonly kind: "mail";
  readonly subject: string | null;
  readonly from: string | null;
  /** The Date field as written. */
  readonly date: string | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly problems: readonly Problem[];
};

/** Bytes, and what was in them where they are a container (a PDF, a mail) that only an asynchronous library opens. */
export type Opened = Fetched & { readonly inside?: OpenedPdf | OpenedMail };
