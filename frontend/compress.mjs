// Leaves a .br and a .gz beside each file of the build that gains from one. The server sends them to whoever takes them.
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const built = fileURLToPath(new URL('./dist', import.meta.url));
const compressible = /\.(html|js|css|svg|json|ttf|wasm|txt)$/;
// What fits into one packet arrives no sooner when it is smaller.
const smallest = 1400;

/** The explorer is seldom opened and holds four fifths of all bytes: at the highest quality it alone takes longer than the rest of the build. */
const quality = (name) => (name.startsWith(join('assets', 'explorer')) ? 9 : constants.BROTLI_MAX_QUALITY);

const forms = {
  br: (bytes, name) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality(name),
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

async function compress(name) {
  const path = join(built, name);
  const bytes = await readFile(path);
  if (bytes.length < smallest) return;
  for (const [ending, encode] of Object.entries(forms)) {
    const smaller = await encode(bytes, name);
    if (smaller.length < bytes.length) await writeFile(`${path}.${ending}`, smaller);
  }
}

const files = readdirSync(built, { recursive: true }).filter((name) => compressible.test(name));
await Promise.all(files.map(compress));
