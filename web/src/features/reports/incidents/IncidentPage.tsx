import { Link, useParams } from 'react-router';
import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { IncidentDetail, ReportDetail } from '../../../api/incidents';
import type { CaseDetail } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { Page, Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { Empty, Waiting } from '../../../ui/waiting';
import { CaseActions } from '../../cases/CaseActions';
import { CaseHistory, CommentBox } from '../../cases/CaseHistory';
import { CaseSteps } from '../../cases/CaseSteps';
import { CaseTimes } from '../../cases/CaseTimes';
import { Checklist } from '../../cases/Checklist';
import { EvidenceList } from '../../cases/EvidenceList';
import { MoreActions } from '../../cases/MoreActions';
import { Supervision } from '../../cases/Supervision';
import { TaskList } from '../../cases/TaskList';
import { ExerciseTag } from '../ExerciseTag';
import { ReportBody } from '../report/ReportBody';
import { IncidentHead } from './IncidentHead';
import { IncidentMore } from './IncidentMore';
import { NearList } from './NearList';
import { PastList, ProposalList } from './Proposals';
import { ReportsOf } from './ReportsOf';
import { HeatPart, RiskPart } from './RiskPart';
import { SourceTable } from './Statements';
import { useIncident } from './useIncident';

function Shown({ id }: { id: string }) {
  const detail = useOne<ReportDetail>(`/api/reports/${segment(id)}`);
  if (detail.error !== null && detail.data === undefined) return <ProblemView error={detail.error} retry={() => void detail.refetch()} />;
  return detail.data === undefined ? <Waiting /> : <div className="stack"><ReportBody detail={detail.data} within /></div>;
}

function What({ detail, item }: { detail: IncidentDetail; item: CaseDetail | undefined }) {
  const { t } = useWords();
  return (
    <div className="stack column">
      <IncidentHead detail={detail} item={item} />
      {detail.incident.mergedInto !== null && <p className="inset">{t('incidents.merged')} <Link to={`/incidents/${segment(detail.incident.mergedInto)}`}>{detail.incident.mergedInto}</Link></p>}
      <ProposalList item={detail.incident} proposals={detail.proposals} />
      <RiskPart detail={detail} />
      <HeatPart detail={detail} />
      <NearList detail={detail} />
      <PastList item={detail.incident} history={detail.history} />
    </div>
  );
}

function Handling({ item }: { item: CaseDetail }) {
  const { can } = useSession();
  return (
    <div className="stack column">
      <CaseSteps item={item} /><CaseActions key={item.state} item={item} /><MoreActions item={item} /><Supervision item={item} /><TaskList item={item} /><Checklist item={item} /><EvidenceList item={item} />
      <CaseTimes item={item} />{can('operate') && <CommentBox item={item} />}<CaseHistory item={item} />
    </div>
  );
}

/** All of an incident: what it is and why, who says what, how it is handled. */
export default function IncidentPage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const { detail, item, isArchived } = useIncident(id);
  const [report, setReport] = useUrl('at');
  const rows = useOne<{ items: { id: string }[] }>('/api/reports', { incident: id, limit: 1, ...(detail.data?.incident.exercise === true ? { exercise: true } : {}) }, { enabled: detail.data !== undefined, stale: Infinity });
  // What is read stays in sight while others come in.
  const shown = report === '' ? rows.data?.items[0]?.id ?? null : report;
  const data = detail.data;
  return (
    <Page title={id} testId="page-incident" beside={<>{data?.incident.exercise === true && <ExerciseTag />}<Link to="/incidents" className="small">{t('incidents.title')}</Link></>} tools={data !== undefined && <IncidentMore item={data.incident} hasCase={item !== undefined} />}>
      {detail.error !== null && data === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {data !== undefined && (
        <div className="incident-columns">
          <Panel><What detail={data} item={item} /></Panel>
          <Panel>
            <div className="stack column">
              <SourceTable detail={data} />
              <div className="incident-reports"><ReportsOf item={data.incident} chosen={shown} onChoose={setReport} />{shown !== null && <section className="shown-report"><Shown key={shown} id={shown} /></section>}</div>
            </div>
          </Panel>
          <Panel>{item === undefined ? isArchived ? <Empty title={t('incidents.archived')} help={t('incidents.archived.help')} /> : <Waiting /> : <Handling item={item} />}</Panel>
        </div>
      )}
    </Page>
  );
}
