// Writes wwwroot/icons.svg from names.txt and an unpacked lucide-static package: node build.mjs PACKAGE_FOLDER
import { readFileSync, writeFileSync } from "node:fs";

const from = process.argv[2];
if (!from) throw new Error("Say where lucide-static is unpacked: node build.mjs PACKAGE_FOLDER");
const here = (path) => new URL(path, import.meta.url);
const names = readFileSync(here("names.txt"), "utf8").split("\n").filter(Boolean);
const symbols = names.map((name) => {
  const drawing = readFileSync(`${from}/icons/${name}.svg`, "utf8")
    .replace(/<!--.*?-->/gs, "").replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "").replaceAll(" />", "/>");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`;
});
writeFileSync(here("../../src/Amends/wwwroot/icons.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence, lib/lucide@1.62.0/LICENSE -->\n${symbols.join("\n")}\n</svg>\n`);
console.log(`${names.length} icons`);
