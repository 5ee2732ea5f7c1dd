import { useCallback, useEffect, useState } from 'react';

/** Where the person is in the list and what they chose; both begin anew with another question. */
export function useSelection(question: object) {
  const [cursor, setCursor] = useState(-1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const clear = useCallback(() => setSelected(new Set()), []);
  const toggle = useCallback(
    (id: string) =>
      setSelected((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  // The question is what asks for it.
  useEffect(() => {
    setCursor(-1);
    clear();
  }, [question, clear]);
  return { cursor, setCursor, selected, toggle, clear };
}
