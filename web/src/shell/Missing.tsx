import { Link } from 'react-router';
import { useWords } from '../context/preferences';
import { Page } from '../ui/page';
import { Empty } from '../ui/waiting';

export function Missing() {
  const { t } = useWords();
  return <Page title={t('page.missing')} testId="page-missing"><Empty title={t('page.missing')} help={t('page.missing.help')} action={<Link to="/">{t('page.home')}</Link>} /></Page>;
}
