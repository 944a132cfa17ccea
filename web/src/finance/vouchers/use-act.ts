import { useState } from 'react';
import { useClient } from 'urql';
import {
  ApproveVoucherDocument,
  AuditVoucherDocument,
  CancelVoucherDocument,
  PayVoucherDocument,
  ReturnVoucherDocument,
  ReverseVoucherDocument,
  type ActFragment,
  type ActOnVoucherInput,
} from '../../generated/graph';
import { commandId } from '../../session/command-id';
import type { Problem } from '../../sheet/Refusal';
import type { ActName, Voucher } from './acts';

const documents = {
  audit: AuditVoucherDocument,
  approve: ApproveVoucherDocument,
  return: ReturnVoucherDocument,
  cancel: CancelVoucherDocument,
  pay: PayVoucherDocument,
  reverse: ReverseVoucherDocument,
} as const;

/** What other readings an act makes old. */
const touched = ['Voucher', 'ExecutionReport', 'Hold', 'TrialBalance', 'BudgetLedger', 'LedgerLine'];

export interface Told {
  reason?: string;
  reference?: string;
}

export type Outcome =
  | { kind: 'done'; act: ActName; answer: NonNullable<ActFragment['document']> }
  | { kind: 'refused'; problems: readonly Problem[] }
  /** No answer came: the same command id is sent again, and the server says what became of it. */
  | { kind: 'unknown' };

/** Takes a step of the voucher as the screen shows it: its version goes along, one command id per intention. */
export function useAct(voucher: Voucher) {
  const client = useClient();
  const [outcome, setOutcome] = useState<Outcome>();
  const [acting, setActing] = useState<ActName>();
  const [sent, setSent] = useState<{ intention: string; command: string }>();

  const act = async (name: ActName, told: Told = {}) => {
    const intention = JSON.stringify([name, voucher.id, voucher.version, told]);
    const command = sent?.intention === intention ? sent.command : commandId();
    setSent({ intention, command });
    setActing(name);
    const input: ActOnVoucherInput = { command, id: voucher.id, expected: voucher.version, ...told };
    const { data, error } = await client.mutation<Record<string, ActFragment>, { input: ActOnVoucherInput }>(documents[name], { input }, { additionalTypenames: touched });
    setActing(undefined);
    const answer = Object.values(data ?? {}).find((value): value is ActFragment => typeof value === 'object' && value !== null && 'problems' in value);
    if (error || !answer) setOutcome({ kind: 'unknown' });
    else if (answer.problems.length > 0) setOutcome({ kind: 'refused', problems: answer.problems });
    else if (answer.document) setOutcome({ kind: 'done', act: name, answer: answer.document });
  };
  return { act, acting, outcome };
}
