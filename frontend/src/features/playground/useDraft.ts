import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { PlaygroundSaveDocument, type PlaygroundVersionFragment } from '@/gql/graphql';
import { codeOf, sentenceOf } from '@/lib/errors';
import { toastError } from '@/lib/toasts';
import { type Content, contentOf, sameContent, toInput } from './model/content';
import { keepEdit, readEdit } from './model/kept';

export type Saving =
  | { state: 'saved'; number: number; now: boolean }
  | { state: 'edited' }
  | { state: 'saving' }
  | { state: 'failed'; sentence: string };

interface Base {
  number: number;
  content: Content;
}

/** The content on the bench: kept on this device at every change, saved as a version when it is used. */
export function useDraft(p: { projectId: string; promptId: string; name: string; latest: PlaygroundVersionFragment }) {
  const client = useClient();
  const [base, setBase] = useState<Base>(() => ({ number: p.latest.number, content: contentOf(p.latest) }));
  const [kept] = useState(() => readEdit(localStorage, p.promptId));
  const [content, setContent] = useState<Content>(kept?.content ?? base.content);
  const [note, setNote] = useState(kept?.note ?? '');
  const [saving, setSaving] = useState<Saving>({ state: 'saved', number: base.number, now: false });
  const dirty = !sameContent(content, base.content);
  const latest = useRef({ content, note, base, dirty });
  latest.current = { content, note, base, dirty };

  useEffect(() => {
    keepEdit(localStorage, p.promptId, dirty ? { baseNumber: base.number, content, note } : null);
    setSaving((s) =>
      dirty
        ? s.state === 'saving'
          ? s
          : { state: 'edited' }
        : s.state === 'saved'
          ? s
          : { state: 'saved', number: base.number, now: false },
    );
  }, [content, note, dirty, base.number, p.promptId]);

  /** Puts a version on the bench; the way back is the caller's to offer. */
  const open = useCallback((version: Base, edit?: Content) => {
    setBase(version);
    setContent(edit ?? version.content);
    setSaving({ state: 'saved', number: version.number, now: false });
  }, []);

  /** The number of the version that holds what is on the bench; nothing when it could not be saved. */
  const save = useCallback(async (): Promise<number | undefined> => {
    const { content: now, note: why, base: from, dirty: changed } = latest.current;
    if (!changed) return from.number;
    setSaving({ state: 'saving' });
    const { data, error } = await client.mutation(PlaygroundSaveDocument, {
      input: { projectId: p.projectId, promptName: p.name, content: toInput(now), note: why.trim() || null },
    });
    if (error || !data) {
      const sentence = error ? sentenceOf(error) : 'The server sent no answer.';
      setSaving({ state: 'failed', sentence });
      if (codeOf(error) !== 'OFFLINE') toastError(sentence);
      return undefined;
    }
    const { promptVersion } = data.savePromptVersion;
    setBase({ number: promptVersion.number, content: now });
    setNote('');
    setSaving({ state: 'saved', number: promptVersion.number, now: true });
    return promptVersion.number;
  }, [client, p.projectId, p.name]);

  return { base, content, setContent, note, setNote, dirty, saving, open, save };
}
