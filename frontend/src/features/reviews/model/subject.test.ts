import { expect, test } from 'vitest';
import { documentOf, fileOf, layoutOf, messagesText, type Shown, subjectKey } from './subject';

const say = (role: string, text: string): Shown => ({ role, name: null, text, parts: [] });

test('the last request stands alone, earlier turns and instructions fold', () => {
  const layout = layoutOf({
    context: [say('user', 'Hello'), say('assistant', 'Hi')],
    input: [say('system', 'Be kind'), say('user', 'When do you pay?')],
    output: [say('assistant', 'Soon')],
  });
  expect(layout.ask?.text).toBe('When do you pay?');
  expect(messagesText(layout.earlier)).toBe('Hello\n\nHi');
  expect(messagesText(layout.instructions)).toBe('Be kind');
  expect(messagesText(layout.answer)).toBe('Soon');
});

test('an item without a person still shows what came last', () => {
  expect(layoutOf({ context: [], input: [say('tool', '42')], output: [] }).ask?.text).toBe('42');
  expect(layoutOf({ context: [], input: [], output: [] }).ask).toBeNull();
});

test('documents are named by what they carry', () => {
  const document = (metadata: unknown, content: string | null) => ({ id: 'd', score: 1, metadata, content });
  expect(documentOf(document({ title: 'Home Plus' }, 'two words'), 0)).toMatchObject({
    title: 'Home Plus',
    size: '2 words',
  });
  expect(documentOf(document(null, null), 2)).toEqual({ title: 'Document 3', size: null, content: null });
});

test('files are named, other parts are not taken for files', () => {
  const other = (kind: string, content: unknown) => fileOf({ __typename: 'OtherPart', kind, content });
  expect(fileOf({ __typename: 'ImagePart', url: 'data:', mimeType: 'image/png' })).toBe('picture, image/png');
  expect(fileOf({ __typename: 'ImagePart', url: null, mimeType: null })).toBe('picture');
  expect(other('blob', { mime_type: 'audio/wav', content: 'UklGRg==' })).toBe('file, audio/wav');
  expect(other('uri', null)).toBe('file');
  expect(other('other', null)).toBeNull();
});

test('a draft key follows request and answer, nothing else', () => {
  const item = { input: [say('user', 'a')], output: [say('assistant', 'b')] };
  expect(subjectKey(item)).toBe(subjectKey({ ...item, output: [say('model', 'b')] }));
  expect(subjectKey(item)).not.toBe(subjectKey({ input: [say('user', 'ab')], output: [] }));
});
