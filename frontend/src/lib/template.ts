/**
 * The prompt template grammar: `{{name}}`, `{{#name}}…{{/name}}`, `{{^name}}…{{/name}}`, `{{.}}` and dotted
 * paths; `\{{` is a literal `{{`. The server runs the same grammar; tests/vectors/templates.json holds both to it.
 */

export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'value'; path: string; at: Place }
  | { kind: 'section'; path: string; inverted: boolean; children: TemplateNode[]; at: Place };

/** Where a tag stands: line and column count from 1, offset from 0; all in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
  offset: number;
  length: number;
}

export type TemplateProblemCode =
  | 'UNCLOSED_TAG'
  | 'INVALID_TAG'
  | 'UNCLOSED_SECTION'
  | 'UNEXPECTED_CLOSE'
  | 'UNKNOWN_VARIABLE'
  | 'OUTSIDE_SECTION';

export interface TemplateProblem extends Place {
  code: TemplateProblemCode;
  message: string;
  /** The variable or section the problem is about, where there is one. */
  name?: string;
}

export interface ParsedTemplate {
  nodes: TemplateNode[];
  problems: TemplateProblem[];
}

const tag = /^([#^/]?)\s*(\.|[A-Za-z_]\w*(?:\.\w+)*)\s*$/;

/** Finds line and column of offsets that only ever grow. */
function tracker(text: string) {
  let line = 1;
  let lineStart = 0;
  let seen = 0;
  return (offset: number, length: number): Place => {
    for (; seen < offset; seen++)
      if (text[seen] === '\n') {
        line++;
        lineStart = seen + 1;
      }
    return { line, column: offset - lineStart + 1, offset, length };
  };
}

interface Open {
  path: string;
  at: Place;
  children: TemplateNode[];
  node?: TemplateNode;
}

/** Reads a template. Never throws: what is wrong is listed, and the rest still has its nodes. */
export function parseTemplate(text: string): ParsedTemplate {
  const place = tracker(text);
  const problems: TemplateProblem[] = [];
  const root: TemplateNode[] = [];
  const open: Open[] = [{ path: '', at: place(0, 0), children: root }];
  const add = (node: TemplateNode) => {
    const into = open.at(-1)!.children;
    const last = into.at(-1);
    if (node.kind === 'text' && last?.kind === 'text') last.text += node.text;
    else into.push(node);
  };
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf('{{', from);
    if (start < 0) {
      add({ kind: 'text', text: text.slice(from) });
      break;
    }
    if (start > from && text[start - 1] === '\\') {
      add({ kind: 'text', text: `${text.slice(from, start - 1)}{{` });
      from = start + 2;
      continue;
    }
    if (start > from) add({ kind: 'text', text: text.slice(from, start) });
    const end = text.indexOf('}}', start + 2);
    if (end < 0) {
      problems.push({
        ...place(start, 2),
        code: 'UNCLOSED_TAG',
        message: 'This {{ has no }}. Close it, or write \\{{ to show two braces.',
      });
      add({ kind: 'text', text: text.slice(start) });
      break;
    }
    from = end + 2;
    readTag(text.slice(start + 2, end), place(start, from - start), open, add, problems);
  }
  for (const left of open.slice(1).reverse())
    problems.push({
      ...left.at,
      code: 'UNCLOSED_SECTION',
      name: left.path,
      message: `“${left.path}” is opened here and never closed. Add {{/${left.path}}} where it ends.`,
    });
  problems.sort((a, b) => a.offset - b.offset);
  return { nodes: root, problems };
}

function readTag(
  body: string,
  at: Place,
  open: Open[],
  add: (node: TemplateNode) => void,
  problems: TemplateProblem[],
): void {
  const found = tag.exec(body.trim());
  const [, sign, path] = found ?? [];
  if (!found || !path || (path === '.' && sign)) {
    problems.push({
      ...at,
      code: 'INVALID_TAG',
      message: `{{${body}}} is not a variable. Use a name of letters, digits and _, or write \\{{ to show two braces.`,
    });
    return;
  }
  if (sign === '/') {
    const top = open.at(-1)!;
    if (open.length > 1 && top.path === path) open.pop();
    else
      problems.push({
        ...at,
        code: 'UNEXPECTED_CLOSE',
        name: path,
        message:
          open.length > 1
            ? `{{/${path}}} closes “${path}”, but “${top.path}” is the one that is open.`
            : `{{/${path}}} closes a section that was never opened.`,
      });
  } else if (sign) {
    const children: TemplateNode[] = [];
    add({ kind: 'section', path, inverted: sign === '^', children, at });
    open.push({ path, at, children });
  } else add({ kind: 'value', path, at });
}

/** Every name a template uses from outside, in order of first use. */
export function usedVariables(nodes: readonly TemplateNode[]): string[] {
  const names = new Set<string>();
  const walk = (list: readonly TemplateNode[], inside: boolean) => {
    for (const node of list) {
      if (node.kind === 'text') continue;
      const name = node.path.split('.')[0]!;
      if (node.path !== '.' && !(inside && name === 'item')) names.add(name);
      if (node.kind === 'section') walk(node.children, inside || !node.inverted);
    }
  };
  walk(nodes, false);
  return [...names];
}

/** Checks every placeholder against the declared variables; adds to what parsing found. */
export function lintTemplate(text: string, variables: readonly string[]): TemplateProblem[] {
  const { nodes, problems } = parseTemplate(text);
  const known = new Set(variables);
  const found = [...problems];
  const walk = (list: readonly TemplateNode[], inside: boolean) => {
    for (const node of list) {
      if (node.kind === 'text') continue;
      const name = node.path.split('.')[0]!;
      if (node.path === '.' || (name === 'item' && !known.has('item'))) {
        if (!inside)
          found.push({
            ...node.at,
            code: 'OUTSIDE_SECTION',
            name: node.path,
            message: `{{${node.path}}} means “the current one” and works only between {{#list}} and {{/list}}.`,
          });
      } else if (!known.has(name))
        found.push({
          ...node.at,
          code: 'UNKNOWN_VARIABLE',
          name,
          message: `“${name}” is not one of the inputs.`,
        });
      if (node.kind === 'section') walk(node.children, inside || !node.inverted);
    }
  };
  walk(nodes, false);
  return found.sort((a, b) => a.offset - b.offset);
}

export type Values = Readonly<Record<string, unknown>>;
const noItem = Symbol('outside a section');

const own = (holder: unknown, key: string): unknown =>
  holder !== null && typeof holder === 'object' && Object.hasOwn(holder, key)
    ? (holder as Record<string, unknown>)[key]
    : undefined;

function resolve(path: string, values: Values, item: unknown): unknown {
  if (path === '.') return item === noItem ? undefined : item;
  const [first, ...rest] = path.split('.') as [string, ...string[]];
  const start = first === 'item' && item !== noItem && !Object.hasOwn(values, 'item') ? item : own(values, first);
  return rest.reduce<unknown>(own, start);
}

/** Absent, null, false, "" and an empty list do not open a section; 0 does: it is a value. */
export const isPresent = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0);

/** A value as it reads in the text: strings as they are, everything else as JSON. */
export const valueText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Fills a template in. Values are put in as they are and never read as template again. */
export function renderTemplate(nodes: readonly TemplateNode[], values: Values, item: unknown = noItem): string {
  let out = '';
  for (const node of nodes) {
    if (node.kind === 'text') out += node.text;
    else if (node.kind === 'value') out += valueText(resolve(node.path, values, item));
    else {
      const value = resolve(node.path, values, item);
      if (node.inverted) {
        if (!isPresent(value)) out += renderTemplate(node.children, values, item);
      } else if (Array.isArray(value)) {
        for (const each of value) out += renderTemplate(node.children, values, each);
      } else if (isPresent(value)) out += renderTemplate(node.children, values, value);
    }
  }
  return out;
}
