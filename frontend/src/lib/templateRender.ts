import { parseTemplate, rootOf, type TemplateNode } from './template';
import { standsForMessages } from './templateCheck';
import type { VariableRule } from './templateValues';

type RenderedPart = { type: 'text'; text: string } | { type: 'image'; url: string };
interface RenderedMessage {
  role: string;
  /** A text, or parts when the message holds an image. */
  content: string | RenderedPart[];
}
type Values = Readonly<Record<string, unknown>>;

const outside = Symbol('outside a section');

/** JSON in one form only: no blanks, keys in the order of their UTF-16 units. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

/** Absent, null, false, "", [] and {}; 0 is not empty. */
const isEmptyValue = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : canonicalJson(value);

const field = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && !Array.isArray(holder) && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined;

/** Fills one template. Values are text from here on: they are never read as template. */
class Renderer {
  private readonly parts: RenderedPart[] = [];
  private text = '';

  constructor(
    private readonly values: Values,
    private readonly images: ReadonlySet<string>,
  ) {}

  render(nodes: readonly TemplateNode[]): RenderedMessage['content'] {
    this.write(nodes, outside);
    if (this.parts.length === 0) return this.text;
    this.endText();
    return this.parts;
  }

  private write(nodes: readonly TemplateNode[], item: unknown): void {
    for (const node of nodes) {
      if (node.kind === 'text') this.text += node.text;
      else if (node.kind === 'value') this.writeValue(node.path, item);
      else this.writeSection(node, item);
    }
  }

  private writeValue(path: string, item: unknown): void {
    const value = this.look(path, item);
    if (!isItem(path, item) && this.images.has(rootOf(path)) && typeof value === 'string') {
      this.endText();
      this.parts.push({ type: 'image', url: value });
    } else this.text += textOf(value);
  }

  private writeSection(section: TemplateNode & { kind: 'section' }, item: unknown): void {
    const value = this.look(section.path, item);
    if (section.inverted) {
      if (isEmptyValue(value)) this.write(section.body, item);
    } else if (Array.isArray(value)) for (const each of value) this.write(section.body, each);
    else if (!isEmptyValue(value)) this.write(section.body, value);
  }

  private look(path: string, item: unknown): unknown {
    if (path === '.') return item === outside ? undefined : item;
    const [root, ...fields] = path.split('.') as [string, ...string[]];
    return fields.reduce(field, isItem(path, item) ? item : field(this.values, root));
  }

  private endText(): void {
    if (this.text) this.parts.push({ type: 'text', text: this.text });
    this.text = '';
  }
}

/** Inside a section `item` and `.` are its current element. */
const isItem = (path: string, item: unknown): boolean => path === '.' || (item !== outside && rootOf(path) === 'item');

/** The messages a prompt becomes: one for each template, or those of a MESSAGES variable that stands alone. */
export function renderMessages(
  messages: readonly { role: string; template: string }[],
  variables: readonly VariableRule[],
  values: Values,
): RenderedMessage[] {
  const images = new Set(variables.filter((v) => v.type === 'IMAGE_URL').map((v) => v.name));
  return messages.flatMap(({ role, template }) => {
    const { nodes } = parseTemplate(template);
    const given = standsForMessages(nodes, variables);
    if (given !== null) return (values[given] as RenderedMessage[] | undefined) ?? [];
    return [{ role: role.toLowerCase(), content: new Renderer(values, images).render(nodes) }];
  });
}
