import { Button } from 'antd';
import { useParams } from 'react-router';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { CaseDetail } from '../../api/types';
import { useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';
import { ProblemView } from '../../ui/problem';
import { At } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { scalarText } from '../telemetry/valueText';
import { bytesText } from './fileSize';
import { fieldList } from './fields';
import { useEventWords } from './eventWords';

function Rows({ rows }: { rows: [string, React.ReactNode][] }) {
  return <table><tbody>{rows.map(([name, value]) => <tr key={name}><th>{name}</th><td>{value}</td></tr>)}</tbody></table>;
}

function Paper({ item }: { item: CaseDetail }) {
  const { t, label, language } = useWords();
  const { text, lines } = useEventWords(item);
  const fields = fieldList(item.fieldInfo).filter((info) => item.fields[info.id] !== undefined && item.fields[info.id] !== null);
  const named = (id: string) => { const info = fields.find((one) => one.id === id); const value = item.fields[id]; return label(info?.values?.find((one) => one.id === value)?.name) || `${scalarText(value, language)} ${unitSign(info?.unit, language)}`.trim(); };
  return (
    <article className="paper" data-testid="case-paper">
      <div className="row screen" style={{ justifyContent: 'flex-end' }}><Button type="primary" onClick={() => { window.print(); }}>{t('cases.print')}</Button></div>
      <h1>{item.number} {label(item.titleLabel ?? item.title)}</h1>
      <Rows rows={[
        [t('type'), label(item.typeName)], [t('state'), label(item.stateName)], [t('thing'), item.thingName ?? '–'],
        [t('cases.assignee'), label(item.responsible?.label) || (item.assigneeName ?? '–')], [t('cases.opened'), <At key="opened" at={item.openedAt} />], [t('cases.due'), <At key="due" at={item.due} />], [t('cases.closed.at'), <At key="closed" at={item.closedAt} />],
      ]} />
      {fields.length > 0 && <><h2>{t('cases.fields')}</h2><Rows rows={fields.map((info) => [label(info.name), named(info.id)])} /></>}
      {item.plan.length > 0 && <><h2>{t('cases.plan')}</h2><Rows rows={item.plan.map((task) => [label(task.name), <span key={task.id}>{t(`cases.task.is.${task.progress}`)} {task.endedByName ?? task.assigneeName ?? label(task.roleName)} {task.endedAt !== null && <At at={task.endedAt} />}</span>])} /></>}
      {item.checklist.length > 0 && <><h2>{t('cases.checklist')}</h2><Rows rows={item.checklist.map((line) => [label(line.name), line.done ? '☑' : '☐'])} /></>}
      {item.evidence.length > 0 && <><h2>{t('cases.evidence')}</h2><Rows rows={item.evidence.map((file) => [label(file.kindName), <span key={file.hash}>{file.name} · {bytesText(file.bytes)} · {file.byName}<br /><code>SHA-256 {file.hash}</code></span>])} /></>}
      <h2>{t('cases.history')}</h2>
      <table><tbody>{item.history.map((event) => <tr key={event.seq}><th><At at={event.at} /><br />{event.actorName || t('cases.system')}</th><td>{text(event)}{lines(event).map((line) => <div key={line}>{line}</div>)}<div><code>{event.hash}</code></div></td></tr>)}</tbody></table>
    </article>
  );
}

/** A case as a paper: all that it holds and all that was, with the links of its proof. */
export default function CasePrint() {
  const { id } = useParams();
  const detail = useOne<CaseDetail>(`/api/cases/${segment(id ?? '')}`);
  if (detail.error !== null && detail.data === undefined) return <ProblemView error={detail.error} retry={() => void detail.refetch()} />;
  return detail.data === undefined ? <Waiting rows={10} /> : <Paper item={detail.data} />;
}
