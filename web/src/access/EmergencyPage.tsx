import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AdministrationSections } from '../administration/Sections';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { WithThing } from '../administration/WithThing';
import { OutcomeNotice } from '../archetype/act/OutcomeNotice';
import { useCommand } from '../archetype/act/use-command';
import { DocumentPage } from '../archetype/document/DocumentPage';
import { MarginFacts, Moment } from '../archetype/document/Margin';
import { AnswerEmergencyDocument, EmergencyDocument, type EmergencyQuery } from '../generated/graph';
import { useSession } from '../session/session';
import { BiText } from '../value/BiText';
import { Words } from '../value/Words';
import { EmergencyTag } from './EmergenciesPage';
import { Decisions } from './parts';
import './access.css';

type One = NonNullable<EmergencyQuery['emergency']>;

export function EmergencyPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/administration/emergencies/$id' });
  return (
    <WithThing query={EmergencyDocument} variables={{ id }} pick={(data) => data.emergency} list={{ to: '/administration/emergencies', label: t('access.emergencies') }}>
      {(one, again, notice, data) => <Sheet key={one.id} one={one} steps={data.accessSteps.nodes} again={again} notice={notice} />}
    </WithThing>
  );
}

/** One use of the emergency way in: who reads what and why, until when, and the second person's answer. */
function Sheet({ one, steps, again, notice }: { one: One; steps: EmergencyQuery['accessSteps']['nodes']; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { may, me } = useSession();
  const command = useCommand();
  const answers = may('access.emergency.answer') && one.waits && one.person.id !== me.id;
  const answer = (agree: boolean, reason?: string) => void command.send('answer', AnswerEmergencyDocument, { emergency: one.id, agree, reason: reason ?? null });
  return (
    <DocumentPage
      title={t('access.emergency.title')}
      crumbs={useAdministrationCrumbs({ to: '/administration/emergencies', label: t('access.emergencies') }, <BiText key="this" text={one.person.name} />)}
      beside={<EmergencyTag of={one} />}
      sections={<AdministrationSections />}
      acting={command.acting}
      acts={
        answers
          ? [
              { name: 'object', label: t('access.act.object'), danger: true, asks: { reason: true }, effect: <p>{t('access.emergency.objectEffect')}</p>, run: ({ reason }) => answer(false, reason) },
              { name: 'agree', label: t('access.act.agree'), effect: <p>{t(one.until ? 'access.emergency.agreeSeen' : 'access.emergency.agreeOpens')}</p>, run: () => answer(true) },
            ]
          : []
      }
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('access.emergency.who'), value: <BiText text={one.person.name} /> },
              { label: t('access.emergency.askedAt'), value: <Moment at={one.askedAt} /> },
              { label: t('access.emergency.answerBy'), value: <Moment at={one.answerBy} /> },
              ...(one.answeredBy ? [{ label: t('access.emergency.answeredBy'), value: <BiText text={one.answeredBy.name} /> }] : []),
            ]}
          />
          <Decisions steps={steps} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={t('access.emergency.title')}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('access.reason')}</dt><dd><Words of={one.reason} /></dd></div>
          <div><dt>{t('access.scope')}</dt><dd><BiText text={one.unit.name} /></dd></div>
          <div><dt>{t('access.emergency.upTo')}</dt><dd><BiText text={one.grade.name} /></dd></div>
          <div><dt>{t('access.emergency.until')}</dt><dd>{one.until ? <Moment at={one.until} /> : t('access.emergency.notOpen')}</dd></div>
        </dl>
        {one.late && <p className="dw-strip dw-strip-error" role="note">{t('access.emergency.late')}</p>}
        {one.waits && !answers && <p className="dw-strip" role="note">{t('access.emergency.waitsFor')}</p>}
      </section>
    </DocumentPage>
  );
}
