// Typed documents: runs the client preset over the server's schema and every src/**/*.graphql into src/gql, with the names
// of the inputs that can name their request.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, isInputObjectType, parse } from 'graphql';

const root = dirname(fileURLToPath(import.meta.url));
const sdl = readFileSync(join(root, '../backend/Plumbline.Host/schema.graphql'), 'utf8');
const source = join(root, 'src');
const documents = readdirSync(source, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.graphql'))
  .toSorted()
  .map((name) => {
    const location = join(source, name);
    const rawSDL = readFileSync(location, 'utf8');
    return { location, rawSDL, document: parse(rawSDL) };
  });
const schemaAst = buildSchema(sdl);
const direct = async (_namespace, _key, make) => make();
const sections = await preset.buildGeneratesSection({
  baseOutputDir: join(source, 'gql/'),
  schema: parse(sdl),
  schemaAst,
  documents,
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    defaultScalarType: 'unknown',
    scalars: { DateTime: 'string', JSON: 'unknown', Long: 'number', Decimal: 'string' },
  },
  presetConfig: { fragmentMasking: false },
  plugins: [],
  pluginMap: {},
  pluginContext: {},
  profiler: { run: (step) => step(), collect: () => [] },
  cache: direct,
});
rmSync(join(source, 'gql'), { recursive: true, force: true });
for (const section of sections) {
  const text = await codegen({ ...section, cache: direct, profiler: undefined });
  mkdirSync(dirname(section.filename), { recursive: true });
  writeFileSync(section.filename, text);
}
const named = Object.values(schemaAst.getTypeMap())
  .filter((type) => isInputObjectType(type) && type.getFields().requestId)
  .map((type) => type.name);
writeFileSync(
  join(source, 'gql/requestIds.ts'),
  `/** Inputs whose requests can be named. */\nexport const takesRequestId: ReadonlySet<string> = new Set(${JSON.stringify(named)});\n`,
);
