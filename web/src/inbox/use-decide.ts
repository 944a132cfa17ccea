import { useState } from 'react';
import { useClient } from 'urql';
import {
  InboxApproveVirementDocument,
  InboxApproveVoucherDocument,
  InboxAuditVoucherDocument,
  InboxCertifyOrderDocument,
  InboxPostJournalDocument,
  InboxVerifyInvoiceDocument,
} from '../generated/graph';
import { commandId } from '../session/command-id';
import type { Problem } from '../sheet/Refusal';
import type { Item } from './items';

/** The acts that agree at once; whatever asks a question is decided on the document's own page. */
const documents = {
  'voucher audit': InboxAuditVoucherDocument,
  'voucher approve': InboxApproveVoucherDocument,
  'voucher sign': InboxApproveVoucherDocument,
  'invoice verify': InboxVerifyInvoiceDocument,
  'order certify': InboxCertifyOrderDocument,
  'virement approve': InboxApproveVirementDocument,
  'journal post': InboxPostJournalDocument,
} as const;

export const decidable = (item: Item): boolean => `${item.kind} ${item.step}` in documents;

/** What became of one row: done, refused with its reasons, or no answer came. */
export type Result = { kind: 'done' } | { kind: 'refused'; problems: readonly Problem[] } | { kind: 'unknown' };

/** What other readings an act makes old. */
const touched = ['InboxItem', 'InboxCount', 'Notice', 'Voucher', 'Invoice', 'Order', 'Virement', 'Journal', 'ExecutionReport', 'Hold', 'TrialBalance', 'BudgetLedger', 'LedgerLine'];

interface Answer {
  act: { position: string | null; problems: readonly Problem[] };
}

/** Decides rows one after another and keeps each row's own result; one command id per intention, so pressing again is safe. */
export function useDecide() {
  const client = useClient();
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const [deciding, setDeciding] = useState(false);
  const [commands] = useState(() => new Map<string, string>());

  const decide = async (items: readonly Item[]) => {
    setDeciding(true);
    const found = new Map(results);
    for (const item of items) {
      const document = documents[`${item.kind} ${item.step}` as keyof typeof documents];
      const intention = `${item.id} ${item.step} ${item.since}`;
      const command = commands.get(intention) ?? commandId();
      commands.set(intention, command);
      const { data, error } = await client.mutation<Answer, { input: { command: string; id: string } }>(
        document as never,
        { input: { command, id: item.document } },
        { additionalTypenames: touched },
      );
      if (error || !data) found.set(item.id, { kind: 'unknown' });
      else if (data.act.problems.length > 0) found.set(item.id, { kind: 'refused', problems: data.act.problems });
      else found.set(item.id, { kind: 'done' });
      setResults(new Map(found));
    }
    setDeciding(false);
  };
  return { decide, deciding, results, forget: () => setResults(new Map()) };
}
