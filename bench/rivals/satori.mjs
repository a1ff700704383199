// SPDX-License-Identifier: Apache-2.0
// satori makes an SVG of the elements, resvg draws it. Fonts and pictures were read before; pictures go through the SVG.
import { readFile } from 'node:fs/promises';
import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';
import { elements } from './elements.mjs';
import { serve, stage } from './worker.mjs';

const { photo, fonts, logos, at } = await stage();
const loaded = await Promise.all(
  Object.entries(fonts).map(async ([name, file]) => ({ name, data: await readFile(at(file)), weight: 400, style: 'normal' })),
);
const pictures = {};
for (const file of [photo.file, ...logos]) {
  const kind = file.endsWith('.png') ? 'png' : 'jpeg';
  pictures[file] = `data:image/${kind};base64,${(await readFile(at(file))).toString('base64')}`;
}

await serve(async (scene) => {
  const size = { width: scene.width, height: scene.height };
  const svg = await satori(elements(scene, photo, (file) => pictures[file]), { ...size, fonts: loaded });
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
});
