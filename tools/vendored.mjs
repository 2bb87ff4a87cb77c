// Writes wwwroot/lib/versions.json: every vendored file with its name, version, licence and sha256. Run from anywhere.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const lib = new URL("../src/Amends/wwwroot/lib/", import.meta.url);
const wwwroot = new URL("../", lib);
const parts = [
  { name: "htmx.org", version: "4.0.1", licence: "0BSD", file: "lib/htmx.org@4.0.1/htmx.min.js", licence_file: "lib/htmx.org@4.0.1/LICENSE" },
  { name: "lucide", version: "1.62.0", licence: "ISC", file: "icons.svg", licence_file: "lib/lucide@1.62.0/LICENSE" },
  { name: "inter", version: "4.001", licence: "OFL-1.1", file: "lib/inter@4.001/inter-latin.woff2", licence_file: "lib/inter@4.001/LICENSE" },
  { name: "prosemirror (bundle, see tools/editor)", version: "view 1.42.9", licence: "MIT", file: "lib/editor/editor.js", licence_file: "lib/editor/LICENSE" },
];
const sum = (path) => createHash("sha256").update(readFileSync(new URL(path, wwwroot))).digest("hex");
writeFileSync(new URL("versions.json", lib), JSON.stringify(parts.map((part) => ({ ...part, sha256: sum(part.file) })), null, 2) + "\n");
