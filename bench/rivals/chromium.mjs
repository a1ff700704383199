// SPDX-License-Identifier: Apache-2.0
// Chromium without a window: one browser stays open, a scene is shown and photographed. `load` loads a page for each, as
// services do; `exchange` keeps one page, its fonts and what it has of the photo, and only exchanges what it holds.
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { elements } from './elements.mjs';
import { serve, stage } from './worker.mjs';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const escaped = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const dashed = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function markup({ type, props: { style, src, children = [] } }) {
  const look = Object.entries(style).map(([name, value]) => `${dashed(name)}:${value}`).join(';');
  const opened = `<${type} style="${escaped(look)}"${src ? ` src="${escaped(src)}"` : ''}>`;
  if (type === 'img') return opened;
  return `${opened}${typeof children === 'string' ? escaped(children) : children.map(markup).join('')}</${type}>`;
}

const { photo, fonts, logos, at } = await stage();
const [, , , executablePath, manner] = process.argv;
const faces = Object.entries(fonts).map(([name, file]) => `@font-face{font-family:${name};src:url(${file})}`);
const style = `${faces.join('')}body{margin:0;overflow:hidden;text-rendering:geometricPrecision}`;
const file = at('page.html');

async function load(page, body) {
  await writeFile(file, `<!doctype html><meta charset="utf-8"><style>${style}</style><body>${body}`);
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => document.fonts.ready);
}

async function exchange(page, body) {
  await page.evaluate(async (html) => {
    document.body.innerHTML = html;
    await Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode())]);
  }, body);
}

const browser = await chromium.launch({ executablePath, args: FLAGS });
const page = await browser.newPage({ deviceScaleFactor: 1 });
await load(page, [photo.file, ...logos].map((name) => `<img src="${name}">`).join(''));
await page.evaluate((names) => Promise.all(names.map((name) => document.fonts.load(`16px ${name}`))), Object.keys(fonts));
const show = manner === 'exchange' ? exchange : load;

await serve(async (scene, format) => {
  await page.setViewportSize({ width: scene.width, height: scene.height });
  await show(page, markup(elements(scene, photo, (name) => name)));
  return page.screenshot(format === 'jpeg' ? { type: 'jpeg', quality: 90 } : { type: 'png' });
});
await browser.close();
