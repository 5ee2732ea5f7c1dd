import { expect, test } from 'vitest';
import { choiceKey, choiceOf, modelGroups, type Provider, resolveChoice } from './providers';

const provider = (id: string, kind: Provider['kind'], models: string[]): Provider => ({
  id,
  name: `${id} name`,
  kind,
  models,
});
const openai = provider('o', 'OPENAI', ['gpt-4.1', 'gpt-4.1-mini']);
const demo = provider('d', 'DEMO', []);
const all = [openai, demo];

test('the demo provider is plainly labelled and can be chosen without models', () => {
  const groups = modelGroups(all);
  expect(groups[1]).toMatchObject({ group: 'd name (not a language model)', items: [{ label: 'demo' }] });
});

test('a name that says it already is not repeated', () => {
  const named = { ...demo, name: 'Demo (not a language model)' };
  expect(modelGroups([named])[0]?.group).toBe('Demo (not a language model)');
});

test('a choice survives its key', () => {
  expect(choiceOf(all, choiceKey({ provider: openai, model: 'gpt-4.1' }))).toEqual({
    provider: openai,
    model: 'gpt-4.1',
  });
  expect(choiceOf(all, 'x\ny')).toBeUndefined();
});

test('a version runs where its model is offered', () => {
  expect(resolveChoice(all, { provider: null, model: 'gpt-4.1-mini' })).toEqual({
    provider: openai,
    model: 'gpt-4.1-mini',
  });
  expect(resolveChoice(all, { provider: 'o name', model: 'new-model' })).toEqual({
    provider: openai,
    model: 'new-model',
  });
  expect(resolveChoice(all, { provider: null, model: 'gone' })).toBeUndefined();
});

test('without a wish the first provider answers, and without providers nobody', () => {
  expect(resolveChoice(all, { provider: null, model: null })?.model).toBe('gpt-4.1');
  expect(resolveChoice([demo], { provider: null, model: null })?.provider).toBe(demo);
  expect(resolveChoice([], { provider: null, model: null })).toBeUndefined();
});
