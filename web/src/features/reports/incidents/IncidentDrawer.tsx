import { Link } from 'react-router';
import { segment } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useOpen } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import { Section, Side } from '../../../ui/side';
import { Waiting } from '../../../ui/waiting';
import { CaseActions } from '../../cases/CaseActions';
import { CommentBox } from '../../cases/CaseHistory';
import { CaseSteps } from '../../cases/CaseSteps';
import { Supervision } from '../../cases/Supervision';
import { TaskList } from '../../cases/TaskList';
import { ExerciseTag } from '../ExerciseTag';
import { IncidentHead } from './IncidentHead';
import { IncidentMore } from './IncidentMore';
import { NearList } from './NearList';
import { PastList, ProposalList } from './Proposals';
import { ReportsOf } from './ReportsOf';
import { HeatPart, RiskPart } from './RiskPart';
import { FactList } from './Statements';
import { useIncident } from './useIncident';

/** What a duty officer needs of an incident beside the list; all of it is on its page. */
export function IncidentDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { open } = useOpen();
  const { can } = useSession();
  const { detail, item } = useIncident(id);
  const data = detail.data;
  return (
    <Side onClose={onClose} title={id} testId="incident-drawer" extra={<>{data?.incident.exercise === true && <ExerciseTag />}<Link to={`/incidents/${segment(id)}`} className="small" data-testid="incident-page">{t('open.page')}</Link></>}>
      {detail.error !== null && data === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {data !== undefined && (
        <>
          <IncidentHead detail={data} item={item} />
          {data.incident.mergedInto !== null && <p className="inset">{t('incidents.merged')} <button type="button" className="link" onClick={() => { open('incident', data.incident.mergedInto); }}>{data.incident.mergedInto}</button></p>}
          <ProposalList item={data.incident} proposals={data.proposals} />
          {item !== undefined && <><CaseSteps item={item} /><CaseActions key={item.state} item={item} /></>}
          <div className="row wrap"><IncidentMore item={data.incident} hasCase={item !== undefined} /></div>
          <Section title={t('statements.title')}><FactList detail={data} /></Section>
          <RiskPart detail={data} />
          <HeatPart detail={data} />
          <ReportsOf item={data.incident} chosen={null} onChoose={(report) => { open('report', report); }} />
          {item !== undefined && <><Supervision item={item} /><TaskList item={item} /></>}
          <NearList detail={data} />
          <PastList item={data.incident} history={data.history} />
          {item !== undefined && can('operate') && <CommentBox item={item} />}
        </>
      )}
    </Side>
  );
}
