import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseTemplate, usedVariables } from './template';
import { lintTemplate } from './templateCheck';
import { renderMessages } from './templateRender';
import { bindValues, type VariableRule } from './templateValues';

interface Vector {
  name: string;
  messages: { role: string; template: string }[];
  variables: (Omit<VariableRule, 'required'> & { required?: boolean })[];
  values: Record<string, unknown>;
  expected?: unknown;
  error?: Record<string, unknown>;
}

/** The tests run from the workspace or from the root. */
const file = ['../tests/vectors/templates.json', 'tests/vectors/templates.json'].find((path) => existsSync(path));
if (!file) throw new Error('tests/vectors/templates.json is not there; run the tests from the repository.');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

/** The messages, or the first mistake: templates are checked before values. */
function outcome({ messages, variables, values }: Vector): { expected: unknown } | { error: unknown } {
  const rules = variables.map((v) => ({ ...v, required: v.required ?? true }));
  for (const [message, { template }] of messages.entries()) {
    const [first] = lintTemplate(template, rules);
    if (first) return { error: { code: first.code, message, line: first.line, column: first.column } };
  }
  const bound = bindValues(rules, values);
  if (bound.problems[0]) return { error: bound.problems[0] };
  return { expected: renderMessages(messages, rules, bound.values) };
}

describe('the vectors that every implementation runs', () => {
  test('there are many', () => expect(vectors.length).toBeGreaterThan(100));
  test.each(vectors.map((v) => [v.name, v] as const))('%s', (_, vector) => {
    expect(outcome(vector)).toEqual(vector.error ? { error: vector.error } : { expected: vector.expected });
  });
});

test('every unknown name is told at once, with its place', () => {
  const problems = lintTemplate('a {{x}}\n{{#list}}{{item.y}}{{z}}{{/list}}', [{ name: 'list', type: 'LIST' }]);
  expect(problems.map((p) => [p.name, p.line, p.column, p.length])).toEqual([
    ['x', 1, 3, 5],
    ['z', 2, 20, 5],
  ]);
});

test('names from outside are found once, the current element is none', () => {
  const { nodes } = parseTemplate('{{a.b}} {{#list}}{{.}}{{item.c}}{{a}}{{/list}}{{^d}}{{e}}{{/d}}');
  expect(usedVariables(nodes)).toEqual(['a', 'list', 'd', 'e']);
});

test('what stands before a mistake is still read', () => {
  const { nodes, problem } = parseTemplate('{{a}} {{#b}} {{c}} {{');
  expect(problem?.code).toBe('unclosed_tag');
  expect(usedVariables(nodes)).toEqual(['a']);
});

test('no text makes the parser fail or loop', () => {
  for (const text of [
    '{{',
    '}}',
    '{{{{',
    '\\{{',
    '\\\\{{x}}',
    '{{#}}',
    '{{/}}',
    '{{\n}}',
    '{{#a}}\n',
    '\r',
    '{{.}}{{/.}}',
  ])
    expect(() => lintTemplate(text, [])).not.toThrow();
});

test('members of every object are no inputs', () => {
  const rules = [{ name: 'o', type: 'OBJECT', required: true }] as const;
  expect(renderMessages([{ role: 'USER', template: '[{{o.constructor}}{{o.__proto__}}]' }], rules, { o: {} })).toEqual([
    { role: 'user', content: '[]' },
  ]);
  expect(bindValues([{ name: 'toString', type: 'STRING', required: true }], {}).problems).toEqual([
    { code: 'missing', variable: 'toString' },
  ]);
});

describe('sections multiply', () => {
  const rules = [{ name: 'a', type: 'LIST', required: true }] as const;
  const ones = Array.from({ length: 60 }, () => 1);
  const nested = (depth: number, body = ''): { role: string; template: string } => ({
    role: 'USER',
    template: '{{#a}}'.repeat(depth) + body + '{{/a}}'.repeat(depth),
  });

  test.each([nested(16, 'y'), nested(6), nested(2, '{{a}}'.repeat(200))])(
    'filling in ends within its budget: %#',
    (message) => {
      expect(() => renderMessages([message], rules, { a: ones })).toThrow('takes more than 1,000,000 steps');
    },
  );

  test('messages share one budget', () => {
    expect(renderMessages([nested(3)], rules, { a: ones })).toEqual([{ role: 'user', content: '' }]);
    expect(() =>
      renderMessages(
        Array.from({ length: 5 }, () => nested(3)),
        rules,
        { a: ones },
      ),
    ).toThrow('steps');
  });

  test('a large value is no cheaper than a list', () => {
    const inputs = { a: Array.from({ length: 2_000 }, () => 'y'.repeat(40_000)) };
    expect(() => renderMessages([nested(1, '{{.}}')], rules, inputs)).toThrow('steps');
  });
});

test('a line of many tags is read in time that grows with its length alone', () => {
  const text = '{{a}}'.repeat(40_000);
  const { nodes, problem } = parseTemplate(text);
  expect([nodes.length, problem]).toEqual([40_000, null]);
  expect(nodes.at(-1)).toMatchObject({ at: { line: 1, column: text.length - 4 } });
});
