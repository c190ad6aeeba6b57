import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useAll } from '../../api/all';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { Alarm, Rule } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { moment } from '../../format/times';
import { unitSign } from '../../format/units';
import { SeverityMark } from '../../ui/marks';
import { useOpen } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { Ago, At, Span } from '../../ui/time';
import { useZone } from '../../context/zone';
import { Waiting } from '../../ui/waiting';
import { NewCase } from '../cases/NewCase';
import { Condition } from '../packs/Condition';
import { useTypeWords } from '../packs/typeWords';
import { scalarText } from '../telemetry/valueText';
import { AcknowledgeButton } from './Acknowledge';
import { Shelve } from './Shelve';

function Cause({ alarm }: { alarm: Alarm }) {
  const { t, label, language } = useWords();
  const zone = useZone();
  const words = useTypeWords();
  const rule = useAll<Rule>('/api/rules').data?.find((one) => one.id === alarm.rule);
  if (alarm.cause === null) return null;
  const { expression, values, heldSince } = alarm.cause;
  return (
    <Section title={t('alarms.explanation')}>
      {alarm.explanation !== null && <p>{label(alarm.explanation)}</p>}
      <table className="plain-table" data-testid="alarm-cause">
        <thead><tr><th>{t('alarms.cause')}</th><th className="num">{t('value')}</th><th /><th className="num">{t('time')}</th></tr></thead>
        <tbody>{values.map((one) => <tr key={one.property}><td>{label(one.name)}</td><td className="num strong">{typeof one.value === 'string' ? words.value(rule?.type ?? '', one.property, one.value) : scalarText(one.value, language)}</td><td className="faint">{unitSign(one.unit, language)}</td><td className="num quiet"><At at={one.ts} shape="clock" /></td></tr>)}</tbody>
      </table>
      <Facts rows={[[t('alarms.expression'), <span key="when"><Condition of={rule ?? { type: '' }} expression={expression} wrap /><br /><code className="faint break">{expression}</code></span>], [t('alarms.clear.when'), rule?.clear ? <span key="clear"><Condition of={rule} expression={rule.clear} wrap /></span> : t('rules.clear.default')]]} />
      {heldSince !== null && <p className="quiet small">{t('alarms.held', { time: moment(heldSince, zone) })}</p>}
    </Section>
  );
}

function Story({ alarm }: { alarm: Alarm }) {
  const { t } = useWords();
  const zone = useZone();
  const people = useAll<{ id: string; name: string }>('/api/assignees', { party: alarm.party });
  const name = (id: string | null) => people.data?.find((person) => person.id === id)?.name ?? id ?? '';
  return (
    <Section title={t('alarms.history')}>
      <ol className="story">
        <li>{t('alarms.raised.at', { time: moment(alarm.raisedAt, zone) })}</li>
        {alarm.acknowledgedAt !== null && <li>{t('alarms.acknowledged.by', { user: name(alarm.acknowledgedBy), time: moment(alarm.acknowledgedAt, zone) })}</li>}
        {alarm.clearedAt !== null && <li>{t('alarms.cleared.at', { time: moment(alarm.clearedAt, zone) })}</li>}
      </ol>
    </Section>
  );
}

function Actions({ alarm }: { alarm: Alarm }) {
  const { t } = useWords();
  const { can } = useSession();
  const { open } = useOpen();
  const [comment, setComment] = useState('');
  const [creating, setCreating] = useState(false);
  return (
    <div className="stack tight">
      {alarm.state === 'raised' && can('operate') && <Input.TextArea rows={2} value={comment} onChange={(event) => { setComment(event.target.value); }} placeholder={t('alarms.acknowledge.comment')} data-testid="alarm-comment" />}
      <div className="row">
        <AcknowledgeButton alarm={alarm} comment={comment} />
        {alarm.case !== null && <Button onClick={() => { open('case', alarm.case); }} data-testid="alarm-case">{t('alarms.case.open')}</Button>}
        {alarm.case === null && can('operate') && <Button onClick={() => { setCreating(true); }}>{t('alarms.case.create')}</Button>}
        <Shelve alarm={alarm} />
      </div>
      {creating && <NewCase alarm={alarm} onClose={() => { setCreating(false); }} onMade={(id) => { setCreating(false); open('case', id); }} />}
    </div>
  );
}

export function AlarmDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label } = useWords();
  const detail = useOne<Alarm>(`/api/alarms/${segment(id)}`);
  const { open } = useOpen();
  const alarm = detail.data;
  const group = alarm?.group ?? null;
  return (
    <Side onClose={onClose} title={alarm === undefined ? '' : label(alarm.ruleName)} testId="alarm-drawer">
      {detail.error !== null && alarm === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {alarm !== undefined && (
        <>
          <Facts rows={[
            [t('severity'), <SeverityMark key="severity" severity={alarm.severity} urgent={alarm.severity === 'red' && alarm.state === 'raised'} />],
            [t('state'), <span key="state" data-testid="alarm-state" data-state={alarm.state}>{t(`alarms.state.${alarm.state}`)}{alarm.state === 'suppressed' && alarm.heldBackBy && <> · <button type="button" className="link" onClick={() => { open('held', alarm.heldBackBy ?? null); }}>{t('held.see')}</button></>}</span>],
            [t('thing'), <Link key="thing" to={`/things/${segment(alarm.thing)}`}>{alarm.thingName}</Link>],
            [t('alarms.raised'), <Ago key="raised" at={alarm.raisedAt} />],
            [t('alarms.lasted'), <Span key="lasted" from={alarm.raisedAt} to={alarm.clearedAt} />],
            ...(group === null ? [] : [[t('alarms.group'), <Button key="group" type="link" size="small" style={{ padding: 0 }} onClick={() => { open('alarm', group); }}>{t('alarms.group.open')}</Button>] as [string, ReactNode]]),
          ]} />
          {label(alarm.advice) !== '' && <Section title={t('alarms.advice')}><p>{label(alarm.advice)}</p></Section>}
          <Actions alarm={alarm} />
          <Cause alarm={alarm} />
          <Story alarm={alarm} />
        </>
      )}
    </Side>
  );
}
