// Bundles editor.js into wwwroot/lib/editor, with the licences of everything inside.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";

const out = new URL("../../src/Amends/wwwroot/lib/editor/", import.meta.url);
const { metafile } = await build({
  entryPoints: ["editor.js"], bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none",
  metafile: true, outfile: new URL("editor.js", out).pathname,
});
const inside = [...new Set(Object.keys(metafile.inputs).map((path) => path.match(/node_modules\/([^/]+)/)?.[1]).filter(Boolean))].sort();
const texts = inside.map((name) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${version}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
});
writeFileSync(new URL("LICENSE", out), texts.join("\n----\n\n"));
