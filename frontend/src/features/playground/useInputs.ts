import { useEffect, useMemo, useState } from 'react';
import { checkInputs, type Inputs, initialInputs, type Variable } from './model/inputs';
import { keepInputs, readInputs } from './model/kept';

/** What the prompt is tried on: kept on this device, one set for all columns. */
export function useInputs(promptId: string, variables: readonly Variable[]) {
  const [inputs, setInputs] = useState<Inputs>(() => initialInputs(variables, readInputs(localStorage, promptId)));
  useEffect(() => void keepInputs(localStorage, promptId, inputs), [promptId, inputs]);
  const problems = useMemo(() => checkInputs(variables, inputs), [variables, inputs]);
  /** Another version may ask for other inputs; what it shares with this one stays. */
  const fit = (next: readonly Variable[]) => setInputs((now) => initialInputs(next, now));
  return { inputs, setInputs, problems, fit };
}
