import { expect, test } from 'vitest';
import { sameView } from './useViews';

test('views that filter the same are the same, watched live or not', () => {
  expect(sameView({ status: 'ERROR' }, { status: 'ERROR', live: 'off', q: undefined })).toBe(true);
  expect(sameView({ name: ['a', 'b'] }, { name: ['a', 'b'] })).toBe(true);
  expect(sameView({ name: ['a', 'b'] }, { name: ['a,b'] })).toBe(false);
  expect(sameView({ slow: 5000 }, {})).toBe(false);
});
