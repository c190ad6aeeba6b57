import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { ReportDetail } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { ProblemView } from '../../../ui/problem';
import { Side } from '../../../ui/side';
import { Waiting } from '../../../ui/waiting';
import { ReportBody } from './ReportBody';

export function ReportDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const detail = useOne<ReportDetail>(`/api/reports/${segment(id)}`);
  return (
    <Side onClose={onClose} title={t('reports.one')} testId="report-drawer">
      {detail.error !== null && detail.data === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {detail.data !== undefined && <ReportBody detail={detail.data} />}
    </Side>
  );
}
