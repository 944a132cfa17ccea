import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { MarkReadDocument, NoticesDocument, type NoticesQuery } from '../generated/graph';
import { Empty, RuledLines, Unread } from '../sheet/Notice';
import { usePages } from '../sheet/use-pages';
import { officeZone } from '../shell/office';
import { BiText } from '../value/BiText';
import { Count } from '../value/Count';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { Ref } from '../value/Ref';
import { Words } from '../value/Words';
import { addressOf } from './items';

type Notice = NoticesQuery['notices']['nodes'][number];

/** What happened to documents one had a hand in: one row a document, the newest first. */
export function Notices() {
  const { t } = useTranslation();
  const router = useRouter();
  const { rows, data, more, fetching, error, again } = usePages(NoticesDocument, { unread: false, first: 50 }, (read) => read.notices);
  const [, mark] = useMutation(MarkReadDocument);
  const read = async (notices: Notice[]) => {
    const marks = notices.filter((one) => one.unread > 0).map(({ kind, document, newest }) => ({ kind, document, position: newest }));
    if (marks.length > 0) await mark({ marks }, { additionalTypenames: ['Notice', 'InboxCount'] });
  };
  const open = (notice: Notice) => {
    void read([notice]);
    const to = addressOf(notice.kind, notice.document);
    if (to) router.history.push(to);
  };
  const unread = rows.filter((one) => one.unread > 0);
  return (
    <section className={`dw-sheet dw-ruled${fetching ? ' dw-reading' : ''}`} aria-label={t('inbox.pile.READ')}>
      {error && <Unread kept={rows.length > 0} again={again} />}
      {rows.length === 0 && !data && !error && <RuledLines rows={8} />}
      {rows.length === 0 && data && <Empty>{t('inbox.noNews')}</Empty>}
      {unread.length > 0 && (
        <div className="dw-toolbar dw-selection">
          <span>{t('inbox.unread', { count: unread.length })}</span>
          <Button onClick={() => void read(unread)}>{t('inbox.readAll')}</Button>
        </div>
      )}
      <ol className="dw-items">
        {rows.map((one) => (
          <li key={one.id} className="dw-item">
            <button type="button" className="dw-item-open" onClick={() => open(one)}>
              <span className="dw-item-head">
                <b className={one.unread > 0 ? undefined : 'dw-item-read'}><BiText text={one.title} /> {one.number && <Ref number={one.number} />}</b>
                {one.unread > 0 && <span className="dw-chip"><b><Count of={one.unread} /></b> {t('inbox.new')}</span>}
              </span>
              <span className="dw-item-line"><BiText text={one.happened} />{one.reason && <Words of={one.reason} />}</span>
              <span className="dw-item-line dw-quiet"><Words of={one.subject} /> <DateText day={officeDay(new Date(one.at), officeZone)} /></span>
            </button>
          </li>
        ))}
      </ol>
      {more && <div className="dw-more"><Button onClick={more}>{t('state.more')}</Button></div>}
    </section>
  );
}
