import { useQuery } from 'urql';
import { PayeeChoicesDocument, type PayeeChoicesQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { inLanguage } from '../../value/BiText';

type Choice = PayeeChoicesQuery['payees']['nodes'][number];
const none: Choice[] = [];

/** The payees, for lists of choice. */
export function usePayees(wanted = true): Choice[] {
  const [{ data }] = useQuery({ query: PayeeChoicesDocument, variables: { first: 500 }, pause: !wanted });
  return data?.payees.nodes ?? none;
}

/** The same as options; a natural person whose name is hidden is known by the register's number alone. */
export function usePayeeChoices(wanted = true): { value: string; label: string }[] {
  const { language } = usePreferences();
  return usePayees(wanted).map((payee) => ({ value: payee.id, label: [inLanguage(payee.name, language) || '—', payee.register].filter(Boolean).join(' · ') }));
}
