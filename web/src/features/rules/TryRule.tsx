import { Button, Input, Progress, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Rule, TriedAlarm } from '../../api/types';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { bandIcon } from '../../ui/icons';
import { ProblemView } from '../../ui/problem';
import { Facts, Section } from '../../ui/side';
import { At } from '../../ui/time';
import { useTry, type TryState } from './useTry';
import { Publish } from './Versions';

const day = 86_400_000;
const periods = [1, 7, 30] as const;
const tones = { both: 'green', new: 'orange', missing: 'blue' } as const;

function Alarms({ alarms }: { alarms: TriedAlarm[] }) {
  const { t, label } = useWords();
  return (
    <ul className="stack tight" data-testid="try-alarms" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {alarms.map((alarm) => (
        <li key={`${alarm.thing} ${alarm.raisedAt} ${alarm.outcome}`} className="stack tight">
          <span className="row"><i className={`mark tone-${tones[alarm.outcome]}`}>{bandIcon[tones[alarm.outcome]]}</i><Link className="strong grow clip" to={`/things/${encodeURIComponent(alarm.thing)}`}>{alarm.name}</Link><span className="small quiet">{t(`rules.try.${alarm.outcome}`)}</span></span>
          <span className="small">{label(alarm.explanation)}</span>
          <span className="small quiet"><At at={alarm.raisedAt} />{alarm.clearedAt !== null && <> – <At at={alarm.clearedAt} /></>}</span>
        </li>
      ))}
    </ul>
  );
}

function Outcome({ state }: { state: TryState }) {
  const { t, language } = useWords();
  const { totals, end } = state;
  if (state.error !== null) return <ProblemView error={state.error} />;
  return (
    <div className="stack tight" data-testid="try-outcome">
      <Progress percent={Math.floor((totals?.done ?? 0) * 100)} status={state.busy ? 'active' : state.stopped ? 'exception' : 'normal'} size="small" aria-label={t('rules.try')} />
      {totals !== null && <span className="small quiet">{t('rules.try.progress', { things: number(totals.things, language), of: number(totals.ofThings, language), readings: number(totals.readings, language), seconds: number(totals.seconds, language) })}</span>}
      {totals !== null && <span className="small quiet" data-testid="try-by">{t(`rules.try.by.${totals.by}`, { summed: number(totals.summed, language) })}</span>}
      {state.stopped && <p>{t('rules.try.stopped')}</p>}
      {totals !== null && <Facts rows={(['raised', 'both', 'new', 'missing'] as const).map((key) => [t(`rules.try.${key}`), <b key={key} data-testid={`try-${key}`}>{number(totals[key], language)}</b>])} />}
      {end !== null && end.counts.errors > 0 && <p>{t('rules.try.errors', { count: number(end.counts.errors, language), error: end.counts.lastError ?? '' })}</p>}
      {end !== null && end.flooded > 0 && <p>{t('rules.try.flooded', { count: number(end.flooded, language) })}</p>}
      {end !== null && state.alarms.length === 0 && <p className="quiet">{t('rules.try.none')}</p>}
      <Alarms alarms={state.alarms} />
      {end?.isCut === true && <p className="quiet">{t('rules.try.cut', { count: number(state.alarms.length, language) })}</p>}
    </div>
  );
}

/** The bench of a rule: changed words, a period, and what it would have raised beside what was raised. */
export function TryRule({ rule }: { rule: Rule }) {
  const { t } = useWords();
  const { state, run, stop } = useTry();
  const [when, setWhen] = useState(rule.when ?? '');
  const [lasts, setLasts] = useState(rule.for ?? '0s');
  const [days, setDays] = useState<number>(7);
  const isChanged = when !== (rule.when ?? '') || lasts !== (rule.for ?? '0s');
  const start = () => {
    const now = Date.now();
    const condition = rule.absent === null ? { when, for: lasts } : {};
    void run({ rule: rule.id, ...condition, from: new Date(now - days * day).toISOString(), to: new Date(now).toISOString() });
  };
  return (
    <Section title={t('rules.try')} tools={isChanged && <Button size="small" type="link" onClick={() => { setWhen(rule.when ?? ''); setLasts(rule.for ?? '0s'); }}>{t('rules.try.reset')}</Button>}>
      <div className="stack tight" data-testid="try">
        <p className="small quiet">{t('rules.try.help')}</p>
        {rule.absent === null && (
          <>
            <label className="stack tight"><span className="small">{t('rules.when')}</span><Input.TextArea value={when} onChange={(event) => { setWhen(event.target.value); }} autoSize={{ minRows: 2, maxRows: 6 }} className="mono" spellCheck={false} data-testid="try-when" /></label>
            <label className="stack tight"><span className="small">{t('rules.for')} <span className="quiet">{t('rules.try.for.help')}</span></span><Input value={lasts} onChange={(event) => { setLasts(event.target.value); }} data-testid="try-for" /></label>
          </>
        )}
        <Segmented block value={days} onChange={setDays} options={periods.map((each) => ({ value: each, label: t(`rules.try.period.${each}`) }))} aria-label={t('rules.try.period')} />
        <div className="row">
          <Button type="primary" onClick={start} disabled={state?.busy === true} data-testid="try-start">{t('rules.try.start')}</Button>
          {state?.busy === true && <Button onClick={stop}>{t('rules.try.stop')}</Button>}
        </div>
        {isChanged && rule.absent === null && <Publish rule={rule} when={when} lasts={lasts} />}
        {state !== null && <Outcome state={state} />}
      </div>
    </Section>
  );
}
