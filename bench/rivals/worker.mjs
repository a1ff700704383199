// SPDX-License-Identifier: Apache-2.0
// The loop of a rival that runs in Node: a line of JSON asks for one scene, a line of JSON says that its bytes are ready.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

// The files that scenes name, as `set_stage` of scene.py wrote them.
export async function stage() {
  const file = process.argv[2];
  const folder = dirname(file);
  return { ...JSON.parse(await readFile(file, 'utf8')), at: (name) => join(folder, name) };
}

// Answers until nobody asks any more. `draw(scene, format)` gives the bytes of the file.
export async function serve(draw) {
  console.log(JSON.stringify({ ready: true }));
  for await (const line of createInterface({ input: process.stdin })) {
    const { scene, format, out } = JSON.parse(line);
    const bytes = await draw(scene, format);
    if (out) await writeFile(out, bytes);
    console.log(JSON.stringify({ bytes: bytes.length }));
  }
}
