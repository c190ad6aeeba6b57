import type { ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useWords } from '../../context/preferences';
import { Page } from '../../ui/page';
import { Sections } from '../../ui/sections';
import { Audit } from './Audit';
import { Parties } from './Parties';
import { Regions } from './Regions';
import { Layers } from '../reports/Layers';
import { StoragePage } from '../telemetry/StoragePage';
import { Roles } from './Roles';
import { Tokens } from './Tokens';
import { Users } from './Users';

const sections = { users: Users, roles: Roles, tokens: Tokens, parties: Parties, regions: Regions, layers: Layers, audit: Audit, storage: StoragePage } satisfies Record<string, ComponentType>;
type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

export default function AdminPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { section } = useParams();
  const chosen = names.find((name) => name === section) ?? 'users';
  const Shown = sections[chosen];
  return (
    <Page title={t('admin.title')} testId="page-admin" beside={<Sections names={names} chosen={chosen} word={(name) => t(`admin.${name}`)} onChoose={(name) => void navigate(`/admin/${name}`)} testId="admin" />}>
      <Shown />
    </Page>
  );
}
