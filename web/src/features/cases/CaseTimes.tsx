import type { CaseDetail } from '../../api/types';
import { useWords } from '../../context/preferences';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';

/** What happens by itself, and who had it when. */
export function CaseTimes({ item }: { item: CaseDetail }) {
  const { t, label } = useWords();
  const coming = item.timers.filter((timer) => !timer.fired);
  const taskName = (id: string | null) => id === null ? '' : `${label(item.plan.find((one) => one.id === id)?.name) || id}: `;
  return (
    <>
      {coming.length > 0 && (
        <Section title={t('cases.coming')}>
          <ol className="story" data-testid="case-timers">
            {coming.map((timer) => <li key={`${timer.what}${timer.at}${timer.task ?? ''}`}><div className="row"><span className="grow">{taskName(timer.task)}{timer.sentence === null ? t(`cases.timer.${timer.what}`) : label(timer.sentence)}</span><span className="faint small"><At at={timer.at} shape="minute" /></span></div></li>)}
          </ol>
        </Section>
      )}
      <Section title={t('cases.responsible')}>
        <ol className="story" data-testid="case-responsible-over-time">
          {[...item.responsibleOverTime].reverse().map((span) => <li key={`${span.from}${span.responsible.id}`}><div className="row"><b>{label(span.responsible.label) || span.responsible.name}</b><span className="grow quiet">{label(span.stateName)}</span><span className="faint small"><At at={span.from} shape="minute" /></span></div></li>)}
        </ol>
      </Section>
    </>
  );
}
