// Writes the document of the HTTP API to apps/server/openapi.json: run it after `npm run build` when an operation has changed on purpose.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { openApiText } = await import(pathToFileURL(`${root}dist/apps/server/document.js`).href);
const file = `${root}apps/server/openapi.json`;
writeFileSync(file, await openApiText());
process.stdout.write(`${file}\n`);
