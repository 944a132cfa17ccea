/** The months of the movement columns and the fund, as the address carries them. */
export interface TrialBalanceSearch {
  from?: number;
  to?: number;
  fund?: string;
}

const month = (value: unknown): number | undefined => {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 && number <= 13 ? number : undefined;
};

export function trialBalanceSearch(search: Record<string, unknown>): TrialBalanceSearch {
  const from = month(search['from']);
  const to = month(search['to']);
  const fund = search['fund'];
  return {
    ...(from !== undefined && from !== 1 ? { from } : {}),
    ...(to !== undefined && to !== 13 ? { to } : {}),
    ...(typeof fund === 'string' && fund !== '' ? { fund } : typeof fund === 'number' ? { fund: String(fund) } : {}),
  };
}
