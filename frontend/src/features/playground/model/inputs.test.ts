import { expect, test } from 'vitest';
import { checkInput, checkInputs, fieldLabel, initialInputs, toSend, typeWords, type Variable } from './inputs';

const variable = (over: Partial<Variable>): Variable => ({
  name: 'x',
  type: 'STRING',
  required: true,
  description: null,
  default: null,
  enumValues: null,
  ...over,
});

test('zero, no and empty text are values', () => {
  expect(checkInput(variable({ type: 'INTEGER' }), 0)).toBeUndefined();
  expect(checkInput(variable({ type: 'BOOLEAN' }), false)).toBeUndefined();
  expect(checkInput(variable({ type: 'STRING' }), '')).toBeUndefined();
});

test('a missing required input is named, an optional one or one with a default is not', () => {
  expect(checkInput(variable({ name: 'claim_amount' }), undefined)).toBe('Claim amount is needed.');
  expect(checkInput(variable({ required: false }), undefined)).toBeUndefined();
  expect(checkInput(variable({ default: 0 }), null)).toBeUndefined();
});

test.each([
  ['INTEGER', 1.5],
  ['INTEGER', '1'],
  ['NUMBER', Number.NaN],
  ['NUMBER', Number.POSITIVE_INFINITY],
  ['BOOLEAN', 'true'],
  ['LIST', 'a, b'],
  ['OBJECT', []],
  ['MESSAGES', [{ role: 'user' }]],
  ['IMAGE_URL', 'javascript:alert(1)'],
  ['IMAGE_URL', 'cat.png'],
] as const)('%s refuses %j with a sentence', (type, value) => {
  expect(checkInput(variable({ type }), value)).toMatch(/^X .+\.$/);
});

test.each([
  ['INTEGER', -3],
  ['NUMBER', 2.5],
  ['LIST', []],
  ['OBJECT', { a: 1 }],
  ['MESSAGES', [{ role: 'user', content: '' }]],
  ['IMAGE_URL', 'https://example.org/cat.png'],
  ['IMAGE_URL', 'data:image/png;base64,AAAA'],
] as const)('%s takes %j', (type, value) => {
  expect(checkInput(variable({ type }), value)).toBeUndefined();
});

test('a choice lists what it may be', () => {
  expect(checkInput(variable({ name: 'policy', enumValues: ['Home', 'Car'] }), 'Boat')).toBe(
    'Policy is one of: Home, Car.',
  );
});

test('all problems are told at once, in the order of the form', () => {
  const list = checkInputs([variable({ name: 'b' }), variable({ name: 'a', type: 'NUMBER' })], { a: 'no' });
  expect(list.map((p) => p.name)).toEqual(['b', 'a']);
});

test('only declared inputs that hold something are sent', () => {
  expect(
    toSend([variable({ name: 'a' }), variable({ name: 'b' }), variable({ name: 'c' })], { a: 0, b: null, old: 1 }),
  ).toEqual({ a: 0 });
});

test('the form starts with what was kept, then defaults, and drops kept values of another type', () => {
  const variables = [
    variable({ name: 'kept' }),
    variable({ name: 'n', type: 'NUMBER', default: 3 }),
    variable({ name: 'again', type: 'BOOLEAN' }),
    variable({ name: 'optional', required: false }),
  ];
  expect(initialInputs(variables, { kept: 'x', n: 'three' })).toEqual({ kept: 'x', n: 3, again: false });
});

test('types and names read as words', () => {
  expect(typeWords(variable({ type: 'NUMBER', required: false }))).toBe('number, optional');
  expect(typeWords(variable({ enumValues: ['a'] }))).toBe('choice');
  expect([fieldLabel('customer_name'), fieldLabel('claimAmount')]).toEqual(['Customer name', 'Claim amount']);
});
