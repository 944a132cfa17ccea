import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InboxDocument } from '../generated/graph';
import { Empty, RuledLines, Stale, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { usePages } from '../sheet/use-pages';
import { usePhone } from '../shell/phone';
import { Count } from '../value/Count';
import { addressOf, alike, sectionOf, sections, type InboxSearch, type Item, type Pile } from './items';
import { ItemRow } from './ItemRow';
import { Notices } from './Notices';
import { Preview } from './Preview';
import { decidable, useDecide } from './use-decide';
import { useInboxCount } from './use-inbox-count';
import './inbox.css';

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The inbox (صندوقي): the home of everybody who decides. */
export function InboxPage() {
  const { t } = useTranslation();
  const search = useSearch({ strict: false }) as InboxSearch;
  const navigate = useNavigate();
  const count = useInboxCount();
  const sizes: Record<Pile, number> = { APPROVE: count?.approve ?? 0, SIGN: count?.sign ?? 0, COMPLETE: count?.complete ?? 0, READ: count?.read ?? 0 };
  const pile = search.pile ?? sections.find((one) => sizes[one] > 0) ?? 'APPROVE';
  const piles = (
    <nav className="dw-sections" aria-label={t('inbox.piles')}>
      <ul>
        {sections.map((one) => (
          <li key={one}>
            <a href={`/inbox?pile=${one}`} aria-current={one === pile ? 'page' : undefined} onClick={(event) => { event.preventDefault(); void navigate({ to: '/inbox', search: { pile: one } as never }); }}>
              {t(`inbox.pile.${one}`)} <small className="dw-pile-count"><Count of={sizes[one]} /></small>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
  return (
    <Page title={t('module.inbox')} crumbs={[t('app.name')]} sections={piles}>
      {pile === 'READ' ? <Notices /> : <Waiting key={pile} pile={pile} />}
    </Page>
  );
}

function Waiting({ pile }: { pile: Pile }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const router = useRouter();
  const { rows, data, more, fetching, stale, behind, error, again } = usePages(InboxDocument, { section: sectionOf(pile) ?? null, first: 50 }, (read) => read.inbox, ['inbox']);
  const { decide, deciding, results } = useDecide();
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const waiting = rows;
  const current = waiting[Math.min(at, waiting.length - 1)];
  const picked = waiting.filter((item) => chosen.has(item.id));
  const together = picked.length > 0 && alike(picked) && picked.every(decidable);

  const open = useCallback((item: Item) => {
    const to = addressOf(item.kind, item.document);
    if (to) router.history.push(to);
  }, [router]);
  const select = useCallback((item: Item) => setChosen((before) => {
    const next = new Set(before);
    if (!next.delete(item.id)) next.add(item.id);
    return next;
  }), []);
  const agree = async (items: readonly Item[]) => {
    await decide(items);
    setChosen(new Set());
    again();
  };

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || document.querySelector('dialog[open], .ant-modal-wrap') || !current) return;
      const inRow = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
      if (event.code === 'KeyJ') setAt((before) => Math.min(before + 1, waiting.length - 1));
      else if (event.code === 'KeyK') setAt((before) => Math.max(before - 1, 0));
      else if (event.code === 'KeyX') select(current);
      else if (event.code === 'KeyA' && decidable(current) && pile === 'APPROVE' && !deciding) void agree([current]);
      else if (event.code === 'KeyR' || (event.code === 'Enter' && !inRow)) open(current);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });

  return (
    <>
      {error && <Unread kept={rows.length > 0} again={again} />}
      {behind && <Stale again={again} />}
      {picked.length > 0 && (
        <div className="dw-toolbar dw-selection" role="region" aria-label={t('inbox.selection')}>
          <span>{t('inbox.selected', { count: picked.length })}</span>
          {together ? (
            <Button type="primary" loading={deciding} onClick={() => void agree(picked)}>{t('inbox.together', { act: t(`inbox.act.${picked[0]!.step}`) })}</Button>
          ) : (
            <span className="dw-quiet">{t('inbox.notAlike')}</span>
          )}
          <Button onClick={() => setChosen(new Set())}>{t('inbox.none')}</Button>
        </div>
      )}
      <p className="dw-hidden" role="status">{results.size > 0 && t('inbox.decided', { count: [...results.values()].filter((one) => one.kind === 'done').length })}</p>
      <div className="dw-inbox">
        <section className={`dw-sheet dw-ruled${fetching || stale ? ' dw-reading' : ''}`} aria-label={t(`inbox.pile.${pile}`)}>
          {rows.length === 0 && !data && !error && <RuledLines rows={8} />}
          {rows.length === 0 && data && <Empty>{t('inbox.empty')}</Empty>}
          <ol className="dw-items">
            {waiting.map((item, index) => (
              <ItemRow
                key={item.id}
                item={item}
                current={index === Math.min(at, waiting.length - 1)}
                chosen={chosen.has(item.id)}
                result={results.get(item.id)}
                select={() => select(item)}
                look={() => (phone ? open(item) : setAt(index))}
              />
            ))}
          </ol>
          {more && <div className="dw-more"><Button onClick={more}>{t('state.more')}</Button></div>}
        </section>
        {!phone && current && (
          <Preview item={current} open={() => open(current)} agree={decidable(current) ? () => void agree([current]) : undefined} deciding={deciding} result={results.get(current.id)} />
        )}
      </div>
    </>
  );
}
