import { useWords } from '../../../context/preferences';
import { useUrl } from '../../../context/url';
import { Page, Panel } from '../../../ui/page';
import { EditList } from './EditList';
import { ImportFile } from './ImportFile';
import { ImportPreview } from './ImportPreview';

export default function ImportsPage() {
  const { t } = useWords();
  const [id, setId] = useUrl('import');
  if (id !== '') return <Page title={t('imports.title')} testId="page-imports"><ImportPreview id={id} onOther={setId} /></Page>;
  return (
    <Page title={t('imports.title')} testId="page-imports">
      <ImportFile onSent={setId} />
      <Panel title={t('edits.title')} flush><EditList /></Panel>
    </Page>
  );
}
