import { EditOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Select } from 'antd';
import { useState } from 'react';
import { patch, segment } from '../../../api/client';
import type { IncidentDetail } from '../../../api/incidents';
import type { CaseDetail, Severity } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { branches } from '../../../format/branches';
import { number } from '../../../format/numbers';
import { Facts } from '../../../ui/side';
import { Ago } from '../../../ui/time';
import { Due } from '../../cases/Due';
import { heatText, useFactWords } from '../facts';
import { Colour, Level, Rank, RiskBar, Spark } from '../Marks';
import { useFormula } from '../useFormula';
import { useDo } from './useIncidentAct';

const severities: Severity[] = ['red', 'orange', 'yellow', 'blue'];

/** Title and severity as a person puts them, with the reason. */
function Revise({ detail, version, onClose }: { detail: IncidentDetail; version: number; onClose: () => void }) {
  const { t } = useWords();
  const { run, busy } = useDo();
  const [title, setTitle] = useState(detail.incident.title);
  const [severity, setSeverity] = useState(detail.incident.severity);
  const [reason, setReason] = useState('');
  const send = () => { run(() => patch(`/api/cases/${segment(detail.incident.id)}`, { title, severity: severity === detail.incident.severity ? undefined : severity, reason }, { 'If-Match': `"${version}"` }), onClose); };
  return (
    <div className="inset stack tight" data-testid="revise">
      <Input.TextArea autoFocus autoSize={{ minRows: 1, maxRows: 4 }} value={title} maxLength={200} onChange={(event) => { setTitle(event.target.value); }} aria-label={t('cases.subject')} data-testid="revise-title" />
      <div className="row wrap"><Select value={severity} onChange={setSeverity} options={severities.map((one) => ({ value: one, label: <Colour severity={one} /> }))} style={{ width: 120 }} aria-label={t('incidents.colour')} data-testid="revise-severity" /><Input value={reason} onChange={(event) => { setReason(event.target.value); }} placeholder={t('cases.reason')} style={{ flex: 1, minWidth: 160 }} data-testid="revise-reason" /></div>
      <div className="row"><Button type="primary" disabled={reason.trim() === '' || title.trim() === ''} loading={busy} onClick={send} data-testid="revise-save">{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></div>
    </div>
  );
}

/** Why it is as grave as it is: the rule, and the figures that stand in it. */
function SeverityWhy({ detail }: { detail: IncidentDetail }) {
  const { t, language } = useWords();
  const say = useFormula();
  if (detail.severityByHand) return <p style={{ maxWidth: 360 }}>{t('incidents.severity.hand')}</p>;
  const used = [...new Set(detail.severityExpression.match(/[A-Za-z_]\w*/g) ?? [])].filter((id) => typeof detail.inputs[id] === 'number');
  return (
    <div className="stack tight" style={{ maxWidth: 420 }} data-testid="severity-why">
      <ol className="branches">{branches(detail.severityExpression).map((one) => <li key={one.when ?? ''}><b>{say(one.then)}</b><span className={one.when === null ? 'quiet' : ''}>{one.when === null ? t('incidents.severity.else') : say(one.when)}</span></li>)}</ol>
      <table className="plain-table"><tbody>{used.map((id) => <tr key={id}><td className="quiet">{say(id)}</td><td className="num"><b>{number(Number(detail.inputs[id]), language, Number.isInteger(detail.inputs[id]) ? 0 : 1)}</b></td></tr>)}</tbody></table>
    </div>
  );
}

export function IncidentHead({ detail, item }: { detail: IncidentDetail; item: CaseDetail | undefined }) {
  const { t, label, language } = useWords();
  const { can } = useSession();
  const words = useFactWords(detail.incident.type);
  const [revising, revise] = useState(false);
  const { incident } = detail;
  return (
    <>
      <div className="row" style={{ alignItems: 'flex-start' }}><h1 className="incident-title grow" data-testid="incident-title">{incident.title}</h1>{item !== undefined && incident.open && can('operate') && <Button size="small" type="text" icon={<EditOutlined />} onClick={() => { revise(!revising); }} title={t('incidents.revise')} aria-label={t('incidents.revise')} data-testid="incident-revise" />}</div>
      {revising && item !== undefined && <Revise detail={detail} version={item.version} onClose={() => { revise(false); }} />}
      <div className="incident-line">
        <span className="row"><span className="quiet">{t('incidents.colour')}</span><Colour severity={incident.severity} /><Popover trigger="click" content={<SeverityWhy detail={detail} />}><button type="button" className="link small" data-testid="severity-explain">{t('explain')}</button></Popover></span>
        <span><span className="quiet">{t('fact.level')}</span> <Level level={incident.level} /></span>
        <span title={t('incidents.risk')}><span className="quiet">{t('incidents.risk')}</span> <RiskBar risk={incident.risk} /></span>
        <span className="row"><span className="quiet">{t('incidents.heat')}</span> <b>{heatText(incident.heat, language)}</b><Spark hours={incident.spark} />{incident.open && <Rank item={incident} />}</span>
      </div>
      <Facts rows={[
        [t('incidents.kind'), `${words.className(incident.class)} · ${words.kindName(incident.kind)}`],
        [t('region'), incident.regionName],
        [t('state'), <span key="state" className="row wrap">{label(incident.stateName)} <Due item={{ due: incident.due, late: incident.late, final: !incident.open }} /></span>],
        [t('cases.assignee'), <span key="who" data-testid="case-responsible">{(label(item?.responsible?.label) || item?.responsible?.name) ?? incident.assigneeName ?? t('cases.nobody')}</span>],
        [t('incidents.last'), <span key="last"><Ago at={incident.last} /> <span className="faint">{t('incidents.since')} <Ago at={incident.first} /></span></span>],
      ]} />
    </>
  );
}
