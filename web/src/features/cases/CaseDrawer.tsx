import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { CaseDetail } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { unitSign } from '../../format/units';
import { SeverityMark } from '../../ui/marks';
import { useOpen } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { At } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { InLedger } from '../ledger/InLedger';
import { isObject, objectName } from '../trace/names';
import { ExerciseTag } from '../reports/ExerciseTag';
import { scalarText } from '../telemetry/valueText';
import { CaseActions } from './CaseActions';
import { CaseRating } from './CaseRating';
import { CaseTimes } from './CaseTimes';
import { Checklist } from './Checklist';
import { EvidenceList } from './EvidenceList';
import { MoreActions } from './MoreActions';
import { Supervision } from './Supervision';
import { TaskList } from './TaskList';
import { CaseHistory, CommentBox } from './CaseHistory';
import { CaseSteps } from './CaseSteps';
import { Due } from './Due';
import { fieldList } from './fields';

/** What leads on: the agreement that a request is of, and objects with a trace. */
function Led({ agreement, value }: { agreement: boolean; value: string }) {
  const { t } = useWords();
  const { open } = useOpen();
  return agreement
    ? <button type="button" className="link" onClick={() => { open('agreement', value); }} data-testid="case-agreement">{t('agreement.open')}</button>
    : <Link className="mono" to={`/identifiers/trace?object=${segment(value)}`} title={value} data-testid="case-object">{objectName(value)}</Link>;
}

function Fields({ item }: { item: CaseDetail }) {
  const { t, label, language } = useWords();
  const rows = fieldList(item.fieldInfo).filter((info) => item.fields[info.id] !== undefined && item.fields[info.id] !== null);
  if (rows.length === 0) return null;
  const ofAgreement = typeof item.fields['agreement'] === 'string';
  return (
    <Section title={t('cases.fields')}>
      <Facts rows={rows.map((info) => {
        const value = item.fields[info.id];
        const named = info.values?.find((one) => one.id === value);
        const agreement = ofAgreement && info.id === 'agreement';
        if (typeof value === 'string' && (agreement || (ofAgreement && info.id === 'object') || isObject(value))) return [label(info.name), <Led key={info.id} agreement={agreement} value={value} />];
        return [label(info.name), named === undefined ? `${scalarText(value, language)} ${unitSign(info.unit, language)}`.trim() : label(named.name)];
      })} />
    </Section>
  );
}

const optional = (name: string, told: boolean, node: ReactNode): [string, ReactNode][] => (told ? [[name, node]] : []);

function Head({ item }: { item: CaseDetail }) {
  const { t, label } = useWords();
  const { open } = useOpen();
  return (
    <Facts rows={[
      [t('type'), label(item.typeName)],
      [t('severity'), <SeverityMark key="severity" severity={item.severity} />],
      [t('cases.assignee'), <span key="assignee" data-testid="case-responsible">{(label(item.responsible?.label) || item.responsible?.name) ?? item.assigneeName ?? t('cases.nobody')}</span>],
      ...optional(t('cases.delegate.who'), (item.delegateName ?? null) !== null, item.delegateName),
      ...optional(t('cases.merged.into'), (item.mergedInto ?? null) !== null, <button key="merged" type="button" className="link" onClick={() => { open('case', item.mergedInto ?? null); }}>{item.mergedInto}</button>),
      ...optional(t('cases.linked.with'), item.links.length > 0, <span key="links" className="row wrap">{item.links.map((other) => <button key={other} type="button" className="link" onClick={() => { open('case', other); }}>{other}</button>)}</span>),
      [t('cases.due'), <Due key="due" item={item} />],
      ...optional(t('thing'), item.thing !== null, <Link key="thing" to={`/things/${segment(item.thing ?? '')}`}>{item.thingName}</Link>),
      [t('cases.opened'), <At key="opened" at={item.openedAt} />],
      ...optional(t('cases.closed.at'), item.closedAt !== null, <At key="closed" at={item.closedAt} />),
      ...optional(t('alarms.what'), item.alarm !== null, <button key="alarm" type="button" className="link" onClick={() => { open('alarm', item.alarm); }}>{t('cases.from.alarm')}</button>),
    ]} />
  );
}

export function CaseDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { can } = useSession();
  const { label } = useWords();
  const detail = useOne<CaseDetail>(`/api/cases/${segment(id)}`);
  const item = detail.data;
  return (
    <Side onClose={onClose} title={item === undefined ? '' : <span title={label(item.titleLabel ?? item.title)}><span className="faint">{item.number}</span> {label(item.titleLabel ?? item.title)}</span>} testId="case-drawer" extra={item?.exercise === true && <ExerciseTag />}>
      {detail.error !== null && item === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {item !== undefined && <><CaseSteps item={item} /><CaseActions key={item.state} item={item} /><MoreActions item={item} /><Supervision item={item} /><Head item={item} /><TaskList item={item} /><Checklist item={item} /><EvidenceList item={item} /><Fields item={item} /><CaseRating item={item} /><CaseTimes item={item} /><InLedger path={`/api/ledger/proofs/cases/${segment(item.id)}`} of={item.version} since={item.history.at(-1)?.at ?? item.openedAt} />{can('operate') && <CommentBox item={item} />}<CaseHistory item={item} /></>}
    </Side>
  );
}
