import { Link } from 'react-router';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { Page } from '../../../ui/page';
import { Empty } from '../../../ui/waiting';
import { useIncidentTypes } from '../useTypes';
import { ReportForm } from './ReportForm';

export default function ReportFormPage() {
  const { t } = useWords();
  const { can } = useSession();
  const types = useIncidentTypes();
  return (
    <Page title={t('reports.new')} testId="page-report-form" fixed={false} beside={<Link to="/reports" className="small">{t('reports.title')}</Link>}>
      {!can('operate') ? <Empty title={t('problem.403')} help={t('problem.403.help')} /> : types.length > 0 && <ReportForm />}
    </Page>
  );
}
