import { expect, test } from 'vitest';
import {
  addMessage,
  addVariable,
  type Content,
  contentOf,
  emptyContent,
  moveMessage,
  sameContent,
  undeclared,
} from './content';
import { hintsFor } from './hints';

const content: Content = {
  ...emptyContent,
  messages: [
    { role: 'SYSTEM', template: 'Use {{documents}}.' },
    { role: 'USER', template: '{{#again}}Again {{name}}{{/again}}' },
  ],
  parameters: { temperature: 0, max_tokens: 10 },
};

test('key order, line ends and undefined do not make a new version; one character does', () => {
  const { messages, ...rest } = content;
  expect(
    sameContent(content, { ...rest, messages, parameters: { max_tokens: 10, temperature: 0, seed: undefined } }),
  ).toBe(true);
  expect(sameContent({ ...content, model: 'a\r\nb' }, { ...content, model: 'a\nb' })).toBe(true);
  expect(sameContent(content, { ...content, model: 'x' })).toBe(false);
});

test('a version from the server and the content that made it are the same', () => {
  const variables = [{ name: 'a', type: 'STRING' as const, required: true, enumValues: [] }];
  const server = { ...content, variables, __typename: 'PromptVersion', tools: null };
  expect(sameContent(contentOf(server), contentOf({ ...content, variables }))).toBe(true);
});

test('undeclared names are found once, sections included', () => {
  expect(undeclared(content)).toEqual(['documents', 'again', 'name']);
  expect(undeclared(addVariable(content, 'again'))).toEqual(['documents', 'name']);
});

test('messages move within their bounds', () => {
  expect(moveMessage(content, 0, 1).messages.map((m) => m.role)).toEqual(['USER', 'SYSTEM']);
  expect(moveMessage(content, 0, -1)).toBe(content);
  expect(addMessage(content).messages.at(-1)).toEqual({ role: 'ASSISTANT', template: '' });
});

const optional = { name: 'days', type: 'NUMBER', required: false } as const;

test('an unknown name offers to become an input', () => {
  expect(hintsFor('one\n{{who}}', [])).toMatchObject([{ tone: 'error', line: 2, mend: { variable: 'who' } }]);
});

test('an optional input warns with what the line reads without it, and mends itself', () => {
  const [hint] = hintsFor('Hello\nwithin {{days}} days.\nBye', [optional]);
  expect(hint).toMatchObject({ tone: 'warn', line: 2 });
  expect(hint!.message).toContain('“within days”');
  const mended = hint!.mend!.template!;
  expect(mended).toBe('Hello\n{{#days}}within {{days}} days.\n{{/days}}Bye');
  expect(hintsFor(mended, [optional])).toEqual([]);
});
