// Web fonts for machines without Chinese ones. Whatever the packaged slices lack (rare characters of
// names, Ext-A and above) is cut from the full TTF, so that no name is ever drawn as boxes.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { deflateSync } from "node:zlib";

const packageFile = createRequire(import.meta.url).resolve;
const WRITABLE_MEMORY = 2;
const SLICE = 200;
const CJK = [[0x2e80, 0x33ff], [0x3400, 0x9fff], [0xf900, 0xfaff], [0x20000, 0x323af]];

export const TTF = Object.fromEntries(
  ["Sans", "Serif"].flatMap((face) =>
    [["Regular", "400Regular"], ["Bold", "700Bold"]].map(([weight, folder]) => [
      `Noto${face}SC-${weight}`,
      packageFile(`@expo-google-fonts/noto-${face.toLowerCase()}-sc/${folder}/Noto${face}SC_${folder}.ttf`),
    ]),
  ),
);
export const licence = packageFile("@expo-google-fonts/noto-sans-sc/LICENSE_FONT");
const variable = (name) => packageFile(`@fontsource-variable/noto-sans-sc/${name}`);

async function openFont(path) {
  const wasm = readFileSync(packageFile("harfbuzzjs").replace(/index\.mjs$/, "harfbuzz-subset.wasm"));
  const { exports: hb } = (await WebAssembly.instantiate(wasm)).instance;
  hb._initialize();
  const bytes = readFileSync(path);
  const at = hb.malloc(bytes.length);
  new Uint8Array(hb.memory.buffer).set(bytes, at);
  const blob = hb.hb_blob_create(at, bytes.length, WRITABLE_MEMORY, 0, 0);
  return { hb, face: hb.hb_face_create(blob, 0) };
}

function cut({ hb, face }, codes) {
  const wanted = hb.hb_subset_input_create_or_fail();
  const set = hb.hb_subset_input_unicode_set(wanted);
  codes.forEach((code) => hb.hb_set_add(set, code));
  const subset = hb.hb_subset_or_fail(face, wanted);
  const blob = hb.hb_face_reference_blob(subset);
  const start = hb.hb_blob_get_data(blob, 0);
  const ttf = Buffer.from(hb.memory.buffer.slice(start, start + hb.hb_blob_get_length(blob)));
  hb.hb_blob_destroy(blob);
  hb.hb_face_destroy(subset);
  hb.hb_subset_input_destroy(wanted);
  return ttf;
}

// WOFF 1 (W3C, section 4 and 5): its zlib takes milliseconds where WOFF 2 takes a quarter of a second a slice.
function woff(ttf) {
  const padded = (length) => (length + 3) & ~3;
  const tables = Array.from({ length: ttf.readUInt16BE(4) }, (_, row) => ttf.subarray(12 + row * 16, 28 + row * 16));
  const directory = Buffer.alloc(44 + tables.length * 20);
  const bodies = [];
  let offset = directory.length;
  tables.forEach((table, row) => {
    const raw = ttf.subarray(table.readUInt32BE(8), table.readUInt32BE(8) + table.readUInt32BE(12));
    const packed = deflateSync(raw);
    const body = packed.length < raw.length ? packed : raw;
    const entry = 44 + row * 20;
    table.copy(directory, entry, 0, 4);
    [offset, body.length, raw.length, table.readUInt32BE(4)].forEach((value, i) => directory.writeUInt32BE(value, entry + 4 + i * 4));
    bodies.push(body, Buffer.alloc(padded(body.length) - body.length));
    offset += padded(body.length);
  });
  directory.write("wOFF");
  ttf.copy(directory, 4, 0, 4);
  directory.writeUInt32BE(offset, 8);
  directory.writeUInt16BE(tables.length, 12);
  directory.writeUInt32BE(tables.reduce((sum, t) => sum + padded(t.readUInt32BE(12)), 12 + 16 * tables.length), 16);
  directory.writeUInt16BE(1, 20);
  return Buffer.concat([directory, ...bodies]);
}

/** Code points of a font, from its cmap table in format 12 (all of Noto's full fonts carry one). */
function codesOf(ttf) {
  const tables = Array.from({ length: ttf.readUInt16BE(4) }, (_, row) => 12 + row * 16);
  const cmap = ttf.readUInt32BE(tables.find((at) => ttf.toString("latin1", at, at + 4) === "cmap") + 8);
  const records = Array.from({ length: ttf.readUInt16BE(cmap + 2) }, (_, i) => cmap + ttf.readUInt32BE(cmap + 8 + i * 8));
  const format12 = records.find((at) => ttf.readUInt16BE(at) === 12);
  const codes = new Set();
  for (let i = 0; i < ttf.readUInt32BE(format12 + 12); i++) {
    const group = format12 + 16 + i * 12;
    for (let code = ttf.readUInt32BE(group); code <= ttf.readUInt32BE(group + 4); code++) codes.add(code);
  }
  return codes;
}

function codesIn(ranges) {
  return ranges.split(",").flatMap((range) => {
    const [first, last = first] = range.replace(/U\+/gi, "").split("-").map((hex) => parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** Sorted code points as a unicode-range, neighbours joined. */
function rangesOf(codes) {
  const joined = [];
  for (const code of codes.toSorted((a, b) => a - b)) {
    if (joined.at(-1)?.[1] === code - 1) joined.at(-1)[1] = code;
    else joined.push([code, code]);
  }
  return joined.map(([first, last]) => `U+${first.toString(16)}${last > first ? `-${last.toString(16)}` : ""}`).join(",");
}

const rule = (family, weight, file, ranges) =>
  `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url(fonts/${file});unicode-range:${ranges}}\n`;

async function slices(family, weight, ttfPath, groups, folder) {
  const font = await openFont(ttfPath);
  return groups.map((codes, index) => {
    const file = `${family.toLowerCase().replaceAll(" ", "-")}-${index}.woff`;
    writeFileSync(`${folder}/${file}`, woff(cut(font, codes)));
    return rule(family, weight, file, rangesOf(codes));
  }).join("");
}

function packagedSlices(folder) {
  const faces = readFileSync(variable("index.css"), "utf8").matchAll(/url\(\.\/files\/([^)]+)\)[^;]*;\s*unicode-range:\s*([^;]+);/g);
  return [...faces].map(([, file, ranges]) => {
    copyFileSync(variable(`files/${file}`), `${folder}/${file}`);
    return { file, ranges, codes: codesIn(ranges) };
  });
}

/** Writes the slices into `folder` and answers the two style sheets: running text, and headings on wide screens. */
export async function buildFonts(folder) {
  const packaged = packagedSlices(folder);
  const known = new Set(packaged.flatMap(({ codes }) => codes));
  const isHanzi = (code) => CJK.some(([first, last]) => code >= first && code <= last);
  const rare = [...codesOf(readFileSync(TTF["NotoSansSC-Regular"]))].filter((code) => isHanzi(code) && !known.has(code));
  const rareGroups = Array.from({ length: Math.ceil(rare.length / SLICE) }, (_, i) => rare.slice(i * SLICE, (i + 1) * SLICE));
  const headings = packaged.map(({ codes }) => codes.filter((code) => isHanzi(code) || code < 0x3000)).filter((codes) => codes.length);
  const text = packaged.map(({ file, ranges }) => rule("One Window Sans", "100 900", file, ranges)).join("");
  return {
    text: text + (await slices("One Window Rare", "400", TTF["NotoSansSC-Regular"], rareGroups, folder)),
    headings: await slices("One Window Song", "700", TTF["NotoSerifSC-Bold"], headings, folder),
  };
}
