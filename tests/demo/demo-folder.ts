import { fileURLToPath } from "node:url";

/** The demo folder of the project. */
export const demoFolder = fileURLToPath(new URL("../../demo", import.meta.url));
