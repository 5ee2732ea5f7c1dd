/**
 * Prompt templates: text with `{{path}}`, `{{#path}}…{{/path}}` and `{{^path}}…{{/path}}`. `\{{` is a literal `{{`; a tag ends
 * on its line; a section's tag alone on a line takes the line with it. Line ends are \n. The server reads the same grammar:
 * tests/vectors/templates.json holds both to it.
 */

export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'value'; path: string; at: Place }
  | { kind: 'section'; path: string; inverted: boolean; body: TemplateNode[]; at: Place };

/** Where a tag stands: line and column from 1, offset from 0; columns and lengths in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
  offset: number;
  length: number;
}

type TemplateProblemCode =
  | 'unclosed_tag'
  | 'bad_tag'
  | 'unclosed_section'
  | 'unopened_section'
  | 'mismatched_section'
  | 'too_deep'
  | 'unknown_variable'
  | 'item_outside_section'
  | 'no_fields'
  | 'messages_not_alone';

export interface TemplateProblem extends Place {
  code: TemplateProblemCode;
  message: string;
  /** The variable or section it is about, where there is one. */
  name?: string;
}

/** Nodes up to the first mistake; no mistake, then all of them. */
interface ParsedTemplate {
  nodes: TemplateNode[];
  problem: TemplateProblem | null;
}

/** Sections inside sections. */
const MAX_DEPTH = 16;

const inside = /^[ \t]*([#^/]?)[ \t]*(\.|[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)[ \t]*$/;
const blank = /^[ \t]*$/;

interface Tag {
  sign: string;
  path: string;
  at: Place;
  end: number;
}

class Parser {
  private readonly open: { tag: Tag; outer: TemplateNode[] }[] = [];
  private nodes: TemplateNode[] = [];
  private textStart = 0;
  private line = 1;
  private lineStart = 0;
  private knownFrom = 0;
  private knownEnd = -1;

  constructor(private readonly source: string) {}

  parse(): ParsedTemplate {
    for (let tag = this.nextTag(); tag; tag = this.nextTag()) {
      const wrong = 'code' in tag ? tag : this.take(tag);
      if (wrong) return { nodes: this.open[0]?.outer ?? this.nodes, problem: wrong };
    }
    this.addText(this.textStart, this.source.length);
    const left = this.open.at(-1);
    if (!left) return { nodes: this.nodes, problem: null };
    const { path, at } = left.tag;
    const message = `The section {{#${path}}} is never closed; add {{/${path}}}.`;
    return { nodes: this.open[0]!.outer, problem: { ...at, code: 'unclosed_section', name: path, message } };
  }

  private nextTag(): Tag | TemplateProblem | null {
    for (let from = this.textStart; ; ) {
      const start = this.source.indexOf('{{', from);
      if (start < 0) return null;
      if (this.source[start - 1] !== '\\') return this.readTag(start);
      from = start + 2;
    }
  }

  private readTag(start: number): Tag | TemplateProblem {
    this.countLinesTo(start);
    const close = this.source.indexOf('}}', start);
    const place = (length: number): Place => ({
      line: this.line,
      column: start - this.lineStart + 1,
      offset: start,
      length,
    });
    if (close < 0 || close > this.lineEnd(start)) {
      const message = '{{ is never closed; add }}, or write \\{{ for two braces as text.';
      return { ...place(2), code: 'unclosed_tag', message };
    }
    const end = close + 2;
    const read = inside.exec(this.source.slice(start + 2, close));
    if (!read) {
      const message = `${this.source.slice(start, end)} is not a valid placeholder; write {{name}}, or \\{{ for two braces as text.`;
      return { ...place(end - start), code: 'bad_tag', message };
    }
    return { sign: read[1]!, path: read[2]!, at: place(end - start), end };
  }

  private take(tag: Tag): TemplateProblem | null {
    this.takeTextBefore(tag);
    if (tag.sign === '') this.nodes.push({ kind: 'value', path: tag.path, at: tag.at });
    else if (tag.sign === '/') return this.closeSection(tag);
    else if (this.open.length === MAX_DEPTH)
      return { ...tag.at, code: 'too_deep', message: `Sections are nested more than ${MAX_DEPTH} deep.` };
    else {
      this.open.push({ tag, outer: this.nodes });
      this.nodes = [];
    }
    return null;
  }

  private closeSection({ path, at }: Tag): TemplateProblem | null {
    const section = this.open.pop();
    if (!section) {
      const message = `{{/${path}}} closes a section that was never opened.`;
      return { ...at, code: 'unopened_section', name: path, message };
    }
    const { tag, outer } = section;
    if (tag.path !== path) {
      this.open.push(section);
      const message = `{{/${path}}} closes {{#${tag.path}}}, which is open since line ${tag.at.line}.`;
      return { ...at, code: 'mismatched_section', name: path, message };
    }
    outer.push({ kind: 'section', path, inverted: tag.sign === '^', body: this.nodes, at: tag.at });
    this.nodes = outer;
    return null;
  }

  private takeTextBefore(tag: Tag): void {
    const end = this.lineEnd(tag.end);
    const alone =
      tag.sign !== '' &&
      this.textStart <= this.lineStart &&
      blank.test(this.source.slice(this.lineStart, tag.at.offset)) &&
      blank.test(this.source.slice(tag.end, end));
    this.addText(this.textStart, alone ? this.lineStart : tag.at.offset);
    this.textStart = alone ? Math.min(end + 1, this.source.length) : tag.end;
  }

  private addText(start: number, end: number): void {
    if (end > start) this.nodes.push({ kind: 'text', text: this.source.slice(start, end).replaceAll('\\{{', '{{') });
  }

  private countLinesTo(index: number): void {
    for (let at = this.lineEnd(this.lineStart); at < index; at = this.lineEnd(this.lineStart)) {
      this.line++;
      this.lineStart = at + 1;
    }
  }

  /** Each line's end is looked for once, however many tags stand in it. */
  private lineEnd(from: number): number {
    if (from < this.knownFrom || from > this.knownEnd) {
      const end = this.source.indexOf('\n', from);
      this.knownFrom = from;
      this.knownEnd = end < 0 ? this.source.length : end;
    }
    return this.knownEnd;
  }
}

/** Reads a template. Never throws: a mistake is reported with its place. */
export const parseTemplate = (text: string): ParsedTemplate => new Parser(text.replace(/\r\n?/g, '\n')).parse();

export const rootOf = (path: string): string => path.split('.')[0]!;

/** Every name a template takes from outside, in order of first use. */
export function usedVariables(nodes: readonly TemplateNode[]): string[] {
  const names = new Set<string>();
  const walk = (list: readonly TemplateNode[], inSection: boolean) => {
    for (const node of list) {
      if (node.kind === 'text') continue;
      const name = rootOf(node.path);
      if (node.path !== '.' && !(inSection && name === 'item')) names.add(name);
      if (node.kind === 'section') walk(node.body, true);
    }
  };
  walk(nodes, false);
  return [...names];
}
