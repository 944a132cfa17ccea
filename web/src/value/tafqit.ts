import { exponentOf, minorUnits, type MoneyValue } from './money';

// Amounts in Arabic words (تفقيط), in the nominative, as vouchers and cheques show them. The server writes the
// words that count; these are for the moment of typing, by the same rules and the same examples.

/** A counted noun in the forms that numbers ask for. All of ours are masculine, so three to ten keep their tā'. */
interface Noun {
  one: string;
  two: string;
  few: string;
  many: string;
  /** With a noun right after it: ألفا دينار، عشرون ألف دينار. */
  twoBefore: string;
  manyBefore: string;
  /** One of it, alone: دينار واحد. */
  single: string;
  /** It is itself a number, such as a thousand. */
  scale: boolean;
}

const counted = (one: string, two: string, few: string, many: string): Noun => ({ one, two, few, many, twoBefore: two, manyBefore: many, single: `${one} واحد`, scale: false });
const scale = (one: string, few: string): Noun => ({ one, two: `${one}ان`, few, many: `${one}اً`, twoBefore: `${one}ا`, manyBefore: one, single: one, scale: true });

const dinar = counted('دينار', 'ديناران', 'دنانير', 'ديناراً');
const fils = counted('فلس', 'فلسان', 'فلوس', 'فلساً');
const inDinars: readonly string[] = ['JOD', 'KWD', 'BHD', 'IQD'];

const scales: readonly { of: bigint; noun: Noun }[] = [
  { of: 1_000_000_000_000_000n, noun: scale('كوادريليون', 'كوادريليونات') },
  { of: 1_000_000_000_000n, noun: scale('تريليون', 'تريليونات') },
  { of: 1_000_000_000n, noun: scale('مليار', 'مليارات') },
  { of: 1_000_000n, noun: scale('مليون', 'ملايين') },
  { of: 1_000n, noun: scale('ألف', 'آلاف') },
];

const ones = ['', 'واحد', 'اثنان', 'ثلاثة', 'أربعة', 'خمسة', 'ستة', 'سبعة', 'ثمانية', 'تسعة', 'عشرة'];
const teens = ['', 'أحد عشر', 'اثنا عشر', 'ثلاثة عشر', 'أربعة عشر', 'خمسة عشر', 'ستة عشر', 'سبعة عشر', 'ثمانية عشر', 'تسعة عشر'];
const tens = ['', '', 'عشرون', 'ثلاثون', 'أربعون', 'خمسون', 'ستون', 'سبعون', 'ثمانون', 'تسعون'];
const hundreds = ['', 'مئة', 'مئتان', 'ثلاثمئة', 'أربعمئة', 'خمسمئة', 'ستمئة', 'سبعمئة', 'ثمانمئة', 'تسعمئة'];

/** «فقط ألف ومئتان وأربعة وثلاثون ديناراً وخمسمئة فلس لا غير»; empty for what is negative or of a currency without words. */
export function amountInWords(value: MoneyValue): string {
  const units = minorUnits(value);
  if (units < 0n || !inDinars.includes(value.currency) || exponentOf(value.currency) !== 3) return '';
  const major = units / 1000n;
  const rest = units % 1000n;
  const parts = [...(major > 0n ? [count(major, dinar)] : []), ...(rest > 0n ? [count(rest, fils)] : [])];
  return `فقط ${parts.length > 0 ? parts.join(' و') : `صفر ${dinar.one}`} لا غير`;
}

/** n of a noun. The noun follows the last part of the number and takes its form from it. */
function count(n: bigint, of: Noun): string {
  const parts: string[] = [];
  let left = n;
  for (const { of: size, noun } of scales) {
    const group = left / size;
    if (group === 0n) continue;
    left %= size;
    parts.push(group999(Number(group), noun, left === 0n));
  }
  if (left === 0n) return `${parts.join(' و')} ${of.one}`;
  return [...parts, group999(Number(left), of, false)].join(' و');
}

/** 1–999 of a noun. `direct` tells that another noun follows at once, which takes away tanwīn and nūn. */
function group999(n: number, of: Noun, direct: boolean): string {
  const two = direct ? of.twoBefore : of.two;
  const many = direct ? of.manyBefore : of.many;
  const h = Math.floor(n / 100);
  const r = n % 100;
  const head = hundreds[h]!;
  if (r === 0) return `${h === 2 ? 'مئتا' : head} ${of.one}`;
  if (r <= 2) {
    const tail = r === 1 ? of.single : two;
    if (h === 0) return tail;
    // «مئة وألف» would be 1,100: the scale is said twice, «مئة ألف وألف».
    return of.scale ? `${group999(h * 100, of, false)} و${tail}` : `${head} و${tail}`;
  }
  if (r <= 10) return `${joined(head, ones[r]!)} ${of.few}`;
  if (r < 20) return `${joined(head, teens[r - 10]!)} ${many}`;
  const number = r % 10 > 0 ? `${ones[r % 10]} و${tens[Math.floor(r / 10)]}` : tens[Math.floor(r / 10)]!;
  return `${joined(head, number)} ${many}`;
}

const joined = (head: string, tail: string): string => (head === '' ? tail : `${head} و${tail}`);
