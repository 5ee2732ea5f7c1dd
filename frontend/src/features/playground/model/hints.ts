import { parseTemplate, type TemplateNode, type TemplateProblem } from '@/lib/template';
import { lintTemplate } from '@/lib/templateCheck';
import type { Variable } from './inputs';

/** Something said under a message block; `mend` names what its button does. */
export interface Hint {
  tone: 'error' | 'warn';
  line: number;
  message: string;
  mend?: { label: string; variable?: string; template?: string };
}

const asHint = (problem: TemplateProblem): Hint => ({
  tone: 'error',
  line: problem.line,
  message: problem.message,
  ...(problem.code === 'unknown_variable' && problem.name
    ? { mend: { label: `Add “${problem.name}” as an input`, variable: problem.name } }
    : {}),
});

/** The template with the line around `node` shown only when the variable has a value. */
function wrapLine(template: string, offset: number, name: string): string {
  const start = template.lastIndexOf('\n', offset - 1) + 1;
  const found = template.indexOf('\n', offset);
  const end = found < 0 ? template.length : found + 1;
  return `${template.slice(0, start)}{{#${name}}}${template.slice(start, end)}{{/${name}}}${template.slice(end)}`;
}

function optionalOutside(
  nodes: readonly TemplateNode[],
  optional: ReadonlySet<string>,
  guarded: ReadonlySet<string>,
): (TemplateNode & { kind: 'value' })[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return [];
    if (node.kind === 'value') return optional.has(node.path) && !guarded.has(node.path) ? [node] : [];
    return optionalOutside(node.body, optional, new Set([...guarded, node.path]));
  });
}

/** Errors of the grammar first, then optional inputs that leave a hole when they are empty. */
export function hintsFor(template: string, variables: readonly Variable[]): Hint[] {
  const errors = lintTemplate(template, variables).map(asHint);
  if (errors.length) return errors;
  const optional = new Set(variables.filter((v) => !v.required && v.default == null).map((v) => v.name));
  const seen = new Set<string>();
  return optionalOutside(parseTemplate(template).nodes, optional, new Set())
    .filter((node) => !seen.has(node.path) && seen.add(node.path))
    .map((node) => ({
      tone: 'warn',
      line: node.at.line,
      message: `“${node.path}” is optional. Left empty, ${reading(template, node.at.offset, node.at.length)}.`,
      mend: {
        label: 'Hide the line when it is empty',
        template: wrapLine(template, node.at.offset, node.path),
      },
    }));
}

/** The words around a hole: `this reads “within days”`. */
function reading(template: string, offset: number, length: number): string {
  const before = template.slice(0, offset).split('\n').at(-1)!.trim().split(/\s+/).at(-1) ?? '';
  const after =
    template
      .slice(offset + length)
      .split('\n')[0]!
      .trim()
      .split(/[\s.,;:!?]+/)[0] ?? '';
  const around = [before, after].filter((w) => w && !w.includes('{{') && !w.includes('}}')).join(' ');
  return around ? `this reads “${around}”` : 'nothing stands here';
}
