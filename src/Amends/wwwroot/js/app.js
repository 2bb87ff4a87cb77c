// The desk's scripts. Every page works without them; they make it quick.
import { startKeys } from "./keys.js";
import { startPalette } from "./palette.js";
import { startDialogs } from "./dialogs.js";
import { startComposer } from "./composer.js";
import { startDrafts } from "./drafts.js";
import { startToast } from "./toast.js";
import { startLive } from "./live.js";
import { startPresence } from "./presence.js";
import { startClock } from "./clock.js";
import { startList } from "./list.js";

for (const start of [startKeys, startPalette, startDialogs, startComposer, startDrafts, startToast, startList, startClock, startPresence, startLive]) start();
