import { beforeEach, expect, test } from 'vitest';
import { emptyContent } from './content';
import { keepEdit, keepInputs, readEdit, readInputs } from './kept';

beforeEach(() => localStorage.clear());

test('an edit and its inputs survive a reload', () => {
  const edit = { baseNumber: 6, content: { ...emptyContent, model: 'm' }, note: 'why' };
  expect(keepEdit(localStorage, 'p', edit)).toBe(true);
  keepInputs(localStorage, 'p', { n: 0 });
  expect(readEdit(localStorage, 'p')).toEqual(edit);
  expect(readInputs(localStorage, 'p')).toEqual({ n: 0 });
  expect(readEdit(localStorage, 'other')).toBeNull();
});

test('a saved edit leaves nothing, and broken content reads as nothing', () => {
  keepEdit(localStorage, 'p', { baseNumber: 1, content: emptyContent, note: '' });
  keepEdit(localStorage, 'p', null);
  expect(localStorage).toHaveLength(0);
  localStorage.setItem('plumbline.prompt.p.edit', '{"baseNumber":1,"content":{"messages":3}}');
  localStorage.setItem('plumbline.prompt.p.inputs', '[1]');
  expect(readEdit(localStorage, 'p')).toBeNull();
  expect(readInputs(localStorage, 'p')).toEqual({});
});
