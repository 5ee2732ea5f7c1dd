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

/** Steps of filling in a prompt, as on the server: nodes written, rounds of lists, 64 characters of a value. Sections multiply. */
export const MAX_RENDER_STEPS = 1_000_000;
const CHARACTERS_OF_A_STEP = 64;

/** What filling in one prompt may still cost. */
class RenderBudget {
  private taken = 0;

  take(steps = 1): void {
    this.taken += steps;
    if (this.taken > MAX_RENDER_STEPS)
      throw new Error(
        `With these inputs it takes more than ${MAX_RENDER_STEPS.toLocaleString('en')} steps to fill in the prompt, the most there may be. Shorten a list, or nest fewer sections.`,
      );
  }

  takeText(text: string): void {
    this.take(Math.floor(text.length / CHARACTERS_OF_A_STEP));
  }
}

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
  (typeof value === 'object' && !hasMembers(value));

function hasMembers(value: object): boolean {
  for (const _ in value) return true;
  return false;
}

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
    private readonly budget: RenderBudget,
  ) {}

  render(nodes: readonly TemplateNode[]): RenderedMessage['content'] {
    this.write(nodes, outside);
    if (this.parts.length === 0) return this.text;
    this.endText();
    return this.parts;
  }

  private write(nodes: readonly TemplateNode[], item: unknown): void {
    for (const node of nodes) {
      this.budget.take();
      if (node.kind === 'text') this.append(node.text);
      else if (node.kind === 'value') this.writeValue(node.path, item);
      else this.writeSection(node, item);
    }
  }

  private writeValue(path: string, item: unknown): void {
    const value = this.look(path, item);
    if (!isItem(path, item) && this.images.has(rootOf(path)) && typeof value === 'string') {
      this.budget.takeText(value);
      this.endText();
      this.parts.push({ type: 'image', url: value });
    } else this.append(textOf(value));
  }

  private append(text: string): void {
    this.budget.takeText(text);
    this.text += text;
  }

  private writeSection(section: TemplateNode & { kind: 'section' }, item: unknown): void {
    const value = this.look(section.path, item);
    if (section.inverted) {
      if (isEmptyValue(value)) this.write(section.body, item);
    } else if (Array.isArray(value)) {
      for (const each of value) {
        // An empty body is a round all the same.
        this.budget.take();
        this.write(section.body, each);
      }
    } else if (!isEmptyValue(value)) this.write(section.body, value);
  }

  private look(path: string, item: unknown): unknown {
    if (path === '.') return item === outside ? undefined : item;
    const [root, ...fields] = path.split('.') as [string, ...string[]];
    this.budget.take(fields.length);
    return fields.reduce(field, isItem(path, item) ? item : field(this.values, root));
  }

  private endText(): void {
    if (this.text) this.parts.push({ type: 'text', text: this.text });
    this.text = '';
  }
}

/** Inside a section `item` and `.` are its current element. */
const isItem = (path: string, item: unknown): boolean => path === '.' || (item !== outside && rootOf(path) === 'item');

/**
 * The messages a prompt becomes: one for each template, or those of a MESSAGES variable that stands alone. Throws when that takes more
 * than MAX_RENDER_STEPS.
 */
export function renderMessages(
  messages: readonly { role: string; template: string }[],
  variables: readonly VariableRule[],
  values: Values,
): RenderedMessage[] {
  const images = new Set(variables.filter((v) => v.type === 'IMAGE_URL').map((v) => v.name));
  const budget = new RenderBudget();
  return messages.flatMap(({ role, template }) => {
    const { nodes } = parseTemplate(template);
    const given = standsForMessages(nodes, variables);
    if (given !== null) return (values[given] as RenderedMessage[] | undefined) ?? [];
    return [{ role: role.toLowerCase(), content: new Renderer(values, images, budget).render(nodes) }];
  });
}
