import { useMemo } from 'react';
import { useFinanceScope } from '../shell/finance-scope';
import { officeDay } from '../value/dates';
import { officeZone } from '../shell/office';
import type { Commander } from '../archetype/act/use-command';
import type { Problem } from '../sheet/Refusal';

/** The currency of the budget on screen. */
export const currency = 'JOD';

const none: readonly Problem[] = [];

/** What every form of finance needs to know: the year, today as the office counts it, the refusals of the last sending. */
export function useForm(command: Commander) {
  const { year } = useFinanceScope();
  const today = useMemo(() => officeDay(new Date(), officeZone), []);
  const problems = command.outcome?.kind === 'refused' ? command.outcome.problems : none;
  return { year, today, problems };
}
