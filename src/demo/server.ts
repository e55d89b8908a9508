import { demoCatalogue } from "./catalogue.ts";
import { inventedPublications } from "./invented-publications.ts";
import { listenOnLoopback } from "./listen.ts";
import { respond } from "./respond.ts";
import { inReleaseOrder, type Site } from "./site.ts";
import { createStage, type DemoEvent, type Stage } from "./stage.ts";
import { startStageClock } from "./stage-clock.ts";
import { whiteHousePublications } from "./white-house-publications.ts";

/** The port the demonstration uses unless told otherwise. */
export const DEMO_PORT = 4780;

/** The source that goes down in the demonstration. */
const FRAGILE_SOURCE_ID = "demo-harbour-wire";

/** Steps from the release of the page that is edited to its edit: time to be read before. */
const STEPS_BEFORE_EDIT = 8;

export type DemoServerOptions = {
  /** The demo folder of the package. */
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Milliseconds from one step to the next; null stands still until `release` and the others are called. */
  readonly releaseEveryMs: number | null;
  /** The step that edits the page, from 1; null never. Unless told, eight steps after the page came out. */
  readonly editAtStep?: number | null;
  /** The step that takes a source down, from 1; null never. Unless told, the one after the last page came out. */
  readonly takeDownAtStep?: number | null;
  readonly onEvent?: (event: DemoEvent) => void;
};

export type DemoServer = Omit<Stage, "state"> & {
  /** `http://127.0.0.1:4780`, without a slash at its end; the paths of events and pages follow it. */
  readonly origin: string;
  /** The page that is edited silently. */
  readonly editedUrl: string;
  /** Id of the source that is taken down. */
  readonly fragileSourceId: string;
  /** How many pages are out, and how many there are. */
  readonly progress: () => { readonly released: number; readonly total: number };
  readonly close: () => Promise<void>;
};

/**
 * Starts the demonstration's sources on loopback: the oldest page of each is out, the others follow step by step
 * in the order of their real dates.
 *
 * @throws {Failure} `in-use` or `bad-setting` for the port; `bad-input` or `bad-catalogue` for files of the demo folder.
 */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { folder, port = DEMO_PORT, releaseEveryMs, onEvent = () => {} } = options;
  const publications = inReleaseOrder([
    ...(await whiteHousePublications(folder)),
    ...(await inventedPublications(folder)),
  ]);
  // The server needs the paths of the sources alone, which are the same at every port.
  const { sources } = await demoCatalogue(folder, "http://127.0.0.1");
  const initial = new Set(publications.map(({ sourceId }) => sourceId)).size;
  const edited = publications.find(({ revised }) => revised !== null);
  if (!edited) throw new Error("demo/white-house/ holds no pair of NAME.before.md and NAME.after.md");

  const stage = createStage(publications, initial, edited, FRAGILE_SOURCE_ID, onEvent);
  const { origin, close } = await listenOnLoopback(port, (request, response) => {
    const site: Site = { origin: `http://127.0.0.1:${request.socket.localPort}`, sources, publications };
    respond(site, stage.state(), request, response);
  });

  const lastRelease = publications.length - initial;
  const { editAtStep = publications.indexOf(edited) + 1 - initial + STEPS_BEFORE_EDIT } = options;
  const { takeDownAtStep = lastRelease + 1 } = options;
  const stopClock =
    releaseEveryMs === null
      ? () => {}
      : startStageClock(stage, { everyMs: releaseEveryMs, lastRelease, editAtStep, takeDownAtStep }, onEvent);

  return {
    release: stage.release,
    editNow: stage.editNow,
    takeDown: stage.takeDown,
    origin,
    editedUrl: origin + edited.path,
    fragileSourceId: FRAGILE_SOURCE_ID,
    progress: () => ({ released: stage.state().released, total: publications.length }),
    close: () => {
      stopClock();
      return close();
    },
  };
}
