import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { Linked } from '../../archetype/document/Linked';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { ExpireReservationDocument, ReleaseReservationDocument, ReservationDocument, type ReservationQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Person } from '../../value/Person';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { DocumentLines } from '../DocumentLines';
import { useLinked } from '../DocumentLink';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { useForm } from '../use-form';
import { WithDocument } from '../WithDocument';

const list = { to: '/finance/reservations', word: 'reservations' } as const;
type Reservation = NonNullable<ReservationQuery['reservation']>;

export function ReservationPage() {
  const { id } = useParams({ from: '/finance/reservations/$id' });
  return (
    <WithDocument query={ReservationDocument} id={id} pick={(data) => data.reservation} list={list}>
      {(reservation, again, notice) => <Sheet key={reservation.id} reservation={reservation} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A reservation: what it holds and until when; it becomes a commitment, or frees its money. */
function Sheet({ reservation, again, notice }: { reservation: Reservation; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const { today } = useForm(command);
  const made = useLinked([{ kind: 'commitment', id: reservation.commitment }]);
  const held = reservation.stateCode === 'held';
  const over = held && reservation.expires !== null && reservation.expires < today;
  const end = { id: reservation.id, expected: reservation.version };

  const acts: PageAct[] = held && may('finance.reservation.record')
    ? over
      ? [{ name: 'expire', label: t('reservations.act.expire'), run: () => void command.send('expire', ExpireReservationDocument, end) }]
      : [
          { name: 'release', label: t('reservations.act.release'), asks: { reason: true }, effect: <p>{t('reservations.releaseEffect')} <Money value={reservation.total} withCurrency /></p>, run: ({ reason }) => void command.send('release', ReleaseReservationDocument, { ...end, reason: reason! }) },
          { name: 'commit', label: t('reservations.act.commit'), run: () => void navigate({ to: '/finance/commitments/new', search: { reservation: reservation.id } }) },
        ]
    : [];
  const steps: Step[] = [
    { name: 'held', label: t('reservations.step.held'), state: 'done', by: reservation.openedBy },
    reservation.stateCode === 'released' || reservation.stateCode === 'expired'
      ? { name: 'ended', label: t(`states.${reservation.stateCode}`), state: 'stopped' }
      : { name: 'committed', label: t('reservations.step.committed'), state: held ? 'now' : 'done', post: t('role.preparer') },
  ];
  const title = t('reservations.title', { number: inFamily(reservation.number, family) });
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, <Ref key="this" number={reservation.number} />)}
      beside={<Tag ink={inkOf(reservation.stateCode)}><BiText text={reservation.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('reservations.expires'), value: <DateText day={reservation.expires} form="prose" /> },
              { label: t('list.date'), value: <DateText day={reservation.date} /> },
              { label: t('list.openedBy'), value: <Person name={reservation.openedBy.name} /> },
            ]}
          />
          <Path steps={steps} yours={acts.length > 0} />
          <Timeline events={reservation.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('reservations.subject')}</dt><dd><Words of={reservation.subject} /></dd></div>
        </dl>
        <DocumentLines caption={t('lines.title')} lines={reservation.lines} year={reservation.year} totalWord={t('reservations.holds')} total={reservation.total} />
        <Linked made={[]} makes={made} />
      </section>
    </DocumentPage>
  );
}
