// Writes the API's types from the program's own OpenAPI document: go run ./cmd/tandem openapi
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = process.argv[2] ? (await import('node:fs')).readFileSync(process.argv[2], 'utf8') : execFileSync('go', ['run', './cmd/tandem', 'openapi'], { cwd: root, maxBuffer: 1 << 26, encoding: 'utf8' });
const ast = await openapiTS(JSON.parse(text), { alphabetize: true });
writeFileSync(fileURLToPath(new URL('../desk/src/schema.gen.ts', import.meta.url)), `// Written by npm run types from the program's OpenAPI document.\n${astToString(ast)}`);
