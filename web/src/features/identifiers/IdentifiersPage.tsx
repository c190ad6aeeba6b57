import type { ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { Page } from '../../ui/page';
import { Sections } from '../../ui/sections';
import { LedgerSection } from '../ledger/LedgerSection';
import { TraceSection } from '../trace/TraceSection';
import { Agreements } from './agreements/Agreements';
import { Enterprise } from './enterprise/Enterprise';
import { Figures } from './figures/Figures';
import { Prefixes } from './prefixes/Prefixes';
import { Register } from './registration/Register';
import { Templates } from './templates/Templates';
import { Identifiers } from './values/Identifiers';

const sections = { enterprise: Enterprise, prefixes: Prefixes, list: Identifiers, register: Register, templates: Templates, trace: TraceSection, agreements: Agreements, figures: Figures, ledger: LedgerSection } satisfies Record<string, ComponentType>;
type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

export default function IdentifiersPage() {
  const { t } = useWords();
  const { can } = useSession();
  const navigate = useNavigate();
  const { section } = useParams();
  const open = names.filter((name) => name !== 'register' || can('configure'));
  const chosen = open.find((name) => name === section) ?? 'enterprise';
  const Shown = sections[chosen];
  return (
    <Page title={t('identifiers.title')} testId="page-identifiers" beside={<Sections names={open} chosen={chosen} word={(name) => t(`identifiers.${name}`)} onChoose={(name) => void navigate(`/identifiers/${name}`)} testId="identifiers" />}>
      <Shown />
    </Page>
  );
}
