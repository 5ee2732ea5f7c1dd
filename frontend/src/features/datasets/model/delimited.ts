export interface Table {
  columns: string[];
  /** Cells by column, or the sentence that says why the row cannot be read. `line` counts from 1. */
  rows: ({ line: number; cells: Record<string, unknown> } | { line: number; problem: string })[];
}

const separators = [',', ';', '\t'] as const;

/** The separator that splits the first line into the most columns, quotes respected. */
export function separatorOf(text: string): string {
  const counts = new Map<string, number>(separators.map((s) => [s, 0]));
  let quoted = false;
  for (const ch of text) {
    if (ch === '"') quoted = !quoted;
    else if (!quoted && (ch === '\n' || ch === '\r')) break;
    else if (!quoted && counts.has(ch)) counts.set(ch, counts.get(ch)! + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
}

interface Record_ {
  line: number;
  fields: string[];
}

/** RFC 4180 records: quoted fields may hold separators, line ends and doubled quotes. */
function records(text: string, separator: string): Record_[] {
  const out: Record_[] = [];
  let fields: string[] = [];
  let field = '';
  let line = 1;
  let startLine = 1;
  let quoted = false;
  const endRecord = () => {
    fields.push(field);
    if (fields.length > 1 || fields[0] !== '') out.push({ line: startLine, fields });
    fields = [];
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const ch = text[i]!;
    if (ch === '\n') line++;
    if (quoted) {
      if (ch !== '"') field += ch;
      else if (text[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (ch === '"' && field === '') quoted = true;
    else if (ch === separator) {
      fields.push(field);
      field = '';
    } else if (ch === '\n' || ch === '\r') {
      if (ch === '\r' && text[i + 1] === '\n') {
        i++;
        line++;
      }
      endRecord();
      startLine = line;
    } else field += ch;
  }
  if (quoted) out.push({ line: startLine, fields: ['\u0000open'] });
  else endRecord();
  return out;
}

export function parseCsv(source: string): Table {
  const text = source.replace(/^\uFEFF/, '');
  const [head, ...body] = records(text, separatorOf(text));
  if (!head) return { columns: [], rows: [] };
  const columns = head.fields.map((name, i) => name.trim() || `column ${i + 1}`);
  const rows = body.map(({ line, fields }): Table['rows'][number] => {
    if (fields[0] === '\u0000open') return { line, problem: 'A quote is opened and never closed.' };
    if (fields.length !== columns.length)
      return { line, problem: `It has ${fields.length} cells; the first line has ${columns.length}.` };
    return { line, cells: Object.fromEntries(columns.map((name, i) => [name, fields[i]])) };
  });
  return { columns, rows };
}

export function parseJsonLines(source: string): Table {
  const columns = new Set<string>();
  const rows: Table['rows'] = [];
  for (const [i, raw] of source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (!raw.trim()) continue;
    try {
      const cells: unknown = JSON.parse(raw);
      if (typeof cells !== 'object' || cells === null || Array.isArray(cells))
        rows.push({ line: i + 1, problem: 'It is not an object with named fields.' });
      else {
        for (const name of Object.keys(cells)) columns.add(name);
        rows.push({ line: i + 1, cells: cells as Record<string, unknown> });
      }
    } catch {
      rows.push({ line: i + 1, problem: 'It is not valid JSON.' });
    }
  }
  return { columns: [...columns], rows };
}

export const readTable = (fileName: string, text: string): Table =>
  /\.(jsonl|ndjson|json)$/i.test(fileName) ? parseJsonLines(text) : parseCsv(text);
