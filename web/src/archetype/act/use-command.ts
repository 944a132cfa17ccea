import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, type TypedDocumentNode } from 'urql';
import type { ActFragment } from '../../generated/graph';
import { commandId } from '../../session/command-id';
import type { Means } from '../../session/step-up';
import type { Problem } from '../../sheet/Refusal';
import { useAsOf } from '../../shell/as-of/as-of';

/** The document has moved since the screen was opened, and what happened meanwhile. */
export interface ConflictProblem extends Problem {
  expected: string;
  actual: string;
  changed: readonly { type: string; actor: string; at: string }[];
}

export type Decided = NonNullable<ActFragment['document']>;

export type Outcome =
  | { kind: 'done'; act: string; answer: Decided }
  | { kind: 'refused'; problems: readonly Problem[] }
  | { kind: 'conflict'; conflict: ConflictProblem }
  /** The session is too old for this act: after a fresh proof of who is there, the same command goes again. */
  | { kind: 'stepUp'; means: readonly Means[] }
  /** No answer came: the same command id is sent again, and the server says what became of it. */
  | { kind: 'unknown' };

/** What other readings an act makes old. */
const documents = ['Voucher', 'Reservation', 'Commitment', 'Invoice', 'Virement', 'Order', 'Journal', 'Payee', 'Batch', 'TreasuryAccount', 'Statement', 'StatementLine', 'BookEntry', 'Match', 'CashierBook', 'CashierDay', 'Receipt', 'Advance', 'Trust', 'TrustMove'];
const registers = ['Person', 'Role', 'RoleHolder', 'SeparatedRoles', 'GuardedObject', 'Emergency', 'AccessStep', 'Colleague', 'Unit', 'UnitSpan', 'UnitAct', 'Post', 'Holder', 'Term', 'TermStep', 'CodeList', 'CodeValue', 'Holiday', 'OfficeDay', 'InboxItem', 'Notice'];
export const touched = [...documents, ...documents.map((name) => `${name}Connection`), 'ExecutionReport', 'BudgetLine', 'Hold', 'HoldConnection', 'TrialBalance', 'BudgetLedger', 'LedgerLine', 'LedgerLineConnection', 'FiscalYear', ...registers, ...registers.map((name) => `${name}Connection`), 'InboxCount'];

type ActDocument<Input> = TypedDocumentNode<unknown, { input: Input }>;

/** One intention has one command id: pressed twice, or sent again after silence, it is done once. */
interface Intention {
  words: string;
  command: string;
}

export interface Commander {
  /** Sends a command; the answer is also kept in `outcome`. */
  send: <Input extends { command: string }>(act: string, document: ActDocument<Input>, input: Omit<Input, 'command'>) => Promise<Outcome>;
  /** Sends the last command again, with its own id. */
  again: () => void;
  acting: string | undefined;
  outcome: Outcome | undefined;
  forget: () => void;
}

export function useCommand(): Commander {
  const client = useClient();
  const { t } = useTranslation();
  const { active } = useAsOf();
  const [acting, setActing] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>();
  const intention = useRef<Intention>(undefined);
  const last = useRef<() => Promise<Outcome>>(undefined);

  const send: Commander['send'] = useCallback(
    async (act, document, input) => {
      if (active) {
        const told: Outcome = { kind: 'refused', problems: [{ code: 'as_of', message: t('asOf.noActs') }] };
        setOutcome(told);
        return told;
      }
      const words = JSON.stringify([act, input]);
      const command = intention.current?.words === words ? intention.current.command : commandId();
      intention.current = { words, command };
      const go = async (): Promise<Outcome> => {
        setActing(act);
        const result = await client.mutation(document, { input: { ...input, command } as never }, { additionalTypenames: touched });
        setActing(undefined);
        const told = outcomeOf(act, result.data, result.error?.graphQLErrors);
        // A refusal ends the intention: what is sent after it, with the same words, is a new attempt.
        if (told.kind === 'refused' || told.kind === 'conflict') intention.current = undefined;
        setOutcome(told);
        return told;
      };
      last.current = go;
      return go();
    },
    [client, active, t],
  );
  const again = useCallback(() => void last.current?.(), []);
  const forget = useCallback(() => setOutcome(undefined), []);
  return { send, again, acting, outcome, forget };
}

/** What a transport error says of itself. */
interface Told {
  message: string;
  extensions: Readonly<Record<string, unknown>>;
}

/** What became of a command, out of the answer and its errors. */
export function outcomeOf(act: string, data: unknown, errors: readonly Told[] = []): Outcome {
  const held = errors.find((error) => error.extensions['code'] === 'step_up_required');
  if (held) return { kind: 'stepUp', means: (held.extensions['means'] as Means[] | undefined) ?? ['password'] };
  const barred = errors.find((error) => ['second_factor_missing', 'forbidden'].includes(String(error.extensions['code'])));
  if (barred) return { kind: 'refused', problems: [{ code: String(barred.extensions['code']), message: barred.message }] };
  const answer = Object.values((data ?? {}) as Record<string, unknown>).find(isAct);
  if (!answer) return { kind: 'unknown' };
  const conflict = answer.problems.find((problem): problem is ConflictProblem & typeof problem => 'expected' in problem);
  if (conflict) return { kind: 'conflict', conflict };
  if (answer.problems.length > 0) return { kind: 'refused', problems: answer.problems };
  if (answer.document) return { kind: 'done', act, answer: answer.document };
  // Registers answer with the act's own id: what it began bears it.
  return answer.position ? { kind: 'done', act, answer: { ...registered, id: (answer as { id?: string | null }).id ?? '' } } : { kind: 'unknown' };
}

const registered: Decided = { kind: '' as Decided['kind'], id: '', number: '', state: { ar: '', en: '' }, stateCode: '', version: '0' };

const isAct = (value: unknown): value is ActFragment => typeof value === 'object' && value !== null && 'problems' in value;
