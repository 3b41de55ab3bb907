// Builds everything the browser gets into static/vendor/: style sheet, script, fonts; and the TTFs that letters embed.
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { TTF, buildFonts, licence } from "./fonts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const vendor = here("../static/vendor");
const building = `${vendor}.building`;

rmSync(building, { recursive: true, force: true });
mkdirSync(`${building}/fonts/ttf`, { recursive: true });

for (const [name, path] of Object.entries(TTF)) copyFileSync(path, `${building}/fonts/ttf/${name}.ttf`);
copyFileSync(licence, `${building}/fonts/OFL.txt`);
const fonts = await buildFonts(`${building}/fonts`);
writeFileSync(`${building}/fonts.css`, fonts.text);
writeFileSync(`${building}/headings.css`, fonts.headings);
await build({
  entryPoints: { ui: here("src/ui.css"), app: here("src/app.js") },
  outdir: building, bundle: true, minify: true, format: "esm", target: ["es2022", "chrome100", "safari15.4", "firefox100"], loader: { ".svg": "dataurl" }, logLevel: "warning",
});

// Swapped at the end, so that a build cut short leaves the former files in place.
rmSync(vendor, { recursive: true, force: true });
renameSync(building, vendor);
console.log(`front end built: ${vendor}`);
