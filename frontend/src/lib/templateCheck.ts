import { parseTemplate, rootOf, type TemplateNode, type TemplateProblem } from './template';
import type { VariableKind } from './templateValues';

export interface Declared {
  name: string;
  type: VariableKind;
}

/** The one placeholder, when a template is nothing else but blanks around it. */
function aloneIn(nodes: readonly TemplateNode[]): string | null {
  const [only, ...more] = nodes.filter((n) => n.kind !== 'text' || n.text.trim() !== '');
  return only?.kind === 'value' && more.length === 0 && !only.path.includes('.') ? only.path : null;
}

/** True when a template stands for the messages of a MESSAGES variable. */
export function standsForMessages(nodes: readonly TemplateNode[], variables: readonly Declared[]): string | null {
  const name = aloneIn(nodes);
  return name !== null && variables.find((v) => v.name === name)?.type === 'MESSAGES' ? name : null;
}

type Tagged = Exclude<TemplateNode, { kind: 'text' }>;

function checkPath(node: Tagged, variables: readonly Declared[], inSection: boolean): TemplateProblem | null {
  const name = rootOf(node.path);
  const problem = (code: TemplateProblem['code'], message: string): TemplateProblem => ({
    ...node.at,
    code,
    name,
    message,
  });
  if (node.path === '.')
    return inSection
      ? null
      : problem('item_outside_section', '{{.}} is the current element of a section, and there is none here.');
  if (inSection && name === 'item') return null;
  const variable = variables.find((v) => v.name === name);
  if (!variable) return problem('unknown_variable', `“${name}” is not one of the inputs.`);
  if (node.path !== name && variable.type !== 'OBJECT')
    return problem('no_fields', `“${name}” has no fields, so there is no ${node.path.slice(name.length + 1)} in it.`);
  if (variable.type === 'MESSAGES' && node.kind === 'value')
    return problem('messages_not_alone', `“${name}” holds whole messages; it must be the only thing in its message.`);
  return null;
}

/** The mistake of the grammar, or else every tag that names nothing. */
export function lintTemplate(text: string, variables: readonly Declared[]): TemplateProblem[] {
  const { nodes, problem } = parseTemplate(text);
  if (problem) return [problem];
  if (standsForMessages(nodes, variables) !== null) return [];
  const found: TemplateProblem[] = [];
  const walk = (list: readonly TemplateNode[], inSection: boolean) => {
    for (const node of list) {
      if (node.kind === 'text') continue;
      const wrong = checkPath(node, variables, inSection);
      if (wrong) found.push(wrong);
      if (node.kind === 'section') walk(node.body, true);
    }
  };
  walk(nodes, false);
  return found;
}
