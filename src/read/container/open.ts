import type { Fetched } from "../../domain/fetched.ts";
import { mediumOf } from "./medium.ts";
import type { Opened } from "./opened.ts";

/**
 * Opens what holds its text inside a container: PDF files and mails. Other bytes pass as they are.
 * The libraries are loaded when the first such file comes. Never throws for what the bytes hold.
 */
export async function opened(fetched: Fetched): Promise<Opened> {
  switch (mediumOf(fetched)) {
    case "pdf": {
      const { openPdf } = await import("./pdf.ts");
      return { ...fetched, inside: await openPdf(fetched) };
    }
    case "mail": {
      const { openMail } = await import("./mail.ts");
      return { ...fetched, inside: await openMail(fetched) };
    }
    default:
      return fetched;
  }
}
