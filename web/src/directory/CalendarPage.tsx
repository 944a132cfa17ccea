import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AdministrationSections } from '../administration/Sections';
import { CommandDialog } from '../administration/CommandDialog';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { Report } from '../archetype/report/Report';
import { DeclareHolidayDocument, HolidaysDocument, MoveHolidayDocument, WithdrawHolidayDocument, type ChangeHolidayInput, type DeclareHolidayInput, type HolidaysQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Empty, RuledLines, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { Table } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { officeZone } from '../shell/office';
import { BiText, inLanguage } from '../value/BiText';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { inFamily } from '../value/digits';
import { Words } from '../value/Words';
import './directory.css';

type Holiday = HolidaysQuery['holidays']['nodes'][number];

/** The working calendar (تقويم الدوام): the year's public holidays, Gregorian and Hijri side by side, and what today is. */
export function CalendarPage() {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { during?: string };
  const thisYear = officeDay(new Date(), officeZone).slice(0, 4);
  const year = /^\d{4}$/.test(search.during ?? '') ? search.during! : thisYear;
  const [asking, setAsking] = useState<{ act: 'declare' | 'moveHoliday' | 'withdrawHoliday'; holiday?: Holiday }>();
  const [{ data, error }, again] = useQuery({ query: HolidaysDocument, variables: { from: `${year}-01-01`, to: `${year}-12-31`, first: 200 } });
  const title = t('directory.calendar');
  const changes = may('directory.calendar.change');
  const years = Array.from({ length: 5 }, (_, index) => String(Number(thisYear) - 2 + index));
  return (
    <Page
      title={title}
      crumbs={useAdministrationCrumbs(undefined, title)}
      sections={<AdministrationSections />}
      acts={changes && <Button type="primary" icon={<CalendarPlus className="dw-icon-small" aria-hidden="true" />} onClick={() => setAsking({ act: 'declare' })}>{t('directory.act.declare')}</Button>}
    >
      {error && <Unread kept={data !== undefined} again={() => again({ requestPolicy: 'network-only' })} />}
      <Report
        name={title}
        sentence={data ? t('directory.calendarSentence', { year: inFamily(year, family), n: inFamily(String(data.holidays.nodes.length), family), days: inFamily(String(data.workingDays), family) }) : title}
        controls={
          <div className="dw-toolbar">
            <Select aria-label={t('directory.year')} prefix={t('directory.year')} value={year} options={[...new Set([...years, year])].sort().map((value) => ({ value, label: inFamily(value, family) }))} onChange={(chosen) => void navigate({ to: '.', search: { during: chosen } as never })} />
            {data && <Today of={data.officeDay} />}
          </div>
        }
        table={
          !data ? <RuledLines rows={10} /> : data.holidays.nodes.length === 0 ? <Empty>{t('directory.empty.holidays')}</Empty> : (
            <Table
              caption={title}
              rows={data.holidays.nodes}
              rowKey={(one) => `${one.id} ${one.day}`}
              columns={[
                { name: 'day', head: t('directory.day'), cell: (one) => <DateText day={one.day} form="prose" /> },
                { name: 'weekday', head: t('directory.weekday'), cell: (one) => t(`directory.weekdays.${new Date(`${one.day}T00:00:00Z`).getUTCDay()}`) },
                { name: 'name', head: t('directory.occasion'), cell: (one) => <BiText text={one.name} /> },
                { name: 'state', head: t('list.state'), cell: (one) => <Tag ink={one.estimated ? 'maghra' : 'lazward'}>{t(one.estimated ? 'directory.moon' : 'directory.confirmed')}</Tag> },
                { name: 'basis', head: t('directory.basis'), cell: (one) => one.basis && <Words of={one.basis} /> },
                ...(changes ? [{ name: 'acts', head: <span className="dw-hidden">{t('page.acts')}</span>, cell: (one: Holiday) => <span className="dw-decide"><Button size="small" onClick={() => setAsking({ act: 'moveHoliday', holiday: one })}>{t(one.estimated ? 'directory.act.confirm' : 'directory.act.moveHoliday')}</Button><Button size="small" onClick={() => setAsking({ act: 'withdrawHoliday', holiday: one })}>{t('directory.act.withdrawHoliday')}</Button></span> }] : []),
              ]}
            />
          )
        }
      />
      {asking && <HolidayDialog asking={asking} leave={() => setAsking(undefined)} />}
    </Page>
  );
}

function Today({ of }: { of: HolidaysQuery['officeDay'] }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  return (
    <span className="dw-push dw-stated">
      {t('directory.today')} <DateText day={of.day} form="prose" />: {of.working && of.hours ? <>{t('directory.working')} <bdi dir="ltr" className="dw-figure">{inFamily(`${of.hours.opens}–${of.hours.closes}`, family)}</bdi> {of.hours.name.ar && <BiText text={of.hours.name} />}</> : t('directory.free')}
    </span>
  );
}

function HolidayDialog({ asking, leave }: { asking: { act: 'declare' | 'moveHoliday' | 'withdrawHoliday'; holiday?: Holiday }; leave: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const act = t(`directory.act.${asking.act}`);
  const moon = { name: 'estimated', label: t('directory.certainty'), as: 'choice', options: [{ value: 'no', label: t('directory.confirmed') }, { value: 'yes', label: t('directory.moon') }] } as const;
  const holiday = asking.holiday;
  if (asking.act === 'declare' || !holiday) {
    return (
      <CommandDialog<DeclareHolidayInput>
        act={act}
        document={DeclareHolidayDocument}
        questions={[{ name: 'name.ar', label: t('directory.occasionAr'), as: 'text' }, { name: 'name.en', label: t('directory.occasionEn'), as: 'latin' }, { name: 'day', label: t('directory.day'), as: 'date' }, { name: 'days', label: t('directory.days'), as: 'latin' }, moon, { name: 'basis', label: t('directory.basis'), as: 'text', wide: true }]}
        start={{ days: '1', estimated: 'no' }}
        input={(answers) => ({ day: answers['day'] ?? '', days: Number(answers['days'] || 1), name: { ar: answers['name.ar'] ?? '', en: answers['name.en'] ?? '' }, estimated: answers['estimated'] === 'yes', basis: answers['basis'] || null })}
        leave={leave}
      />
    );
  }
  const effect = <p className="dw-effect">{inLanguage(holiday.name, language)} · <DateText day={holiday.day} form="prose" /></p>;
  const reason = { name: 'reason', label: t('access.reason'), as: 'long' } as const;
  return (
    <CommandDialog<ChangeHolidayInput>
      act={act}
      danger={asking.act === 'withdrawHoliday'}
      document={asking.act === 'moveHoliday' ? MoveHolidayDocument : WithdrawHolidayDocument}
      effect={effect}
      questions={asking.act === 'moveHoliday' ? [{ name: 'day', label: t('directory.day'), as: 'date' }, moon, reason] : [reason]}
      start={{ day: holiday.day, estimated: 'no' }}
      input={(answers) => ({ id: holiday.id, reason: answers['reason'] || null, ...(asking.act === 'moveHoliday' ? { day: answers['day'] || null, estimated: answers['estimated'] === 'yes' } : {}) })}
      leave={leave}
    />
  );
}
