import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { Template } from '../../../api/identifiers';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { CsvButton, ListOf } from '../../../ui/list';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { usePartyName } from '../../directory/names';
import { TemplateForm } from './TemplateForm';
import { useTemplates } from './useTemplates';

const path = '/api/identifier-templates';
const nothing = {};
const making = '*';

/** What the identifiers of product classes hold. */
export function Templates() {
  const { t, label } = useWords();
  const { can } = useSession();
  const party = usePartyName();
  const [open, setOpen] = useUrl('template');
  const templates = useTemplates();
  const columns = useMemo((): Column<Template>[] => [
    { key: 'name', title: t('name'), render: (one) => <span className="strong" title={label(one.name)}>{label(one.name)}</span> },
    { key: 'id', title: t('template.id'), width: '14%', only: 'wide', render: (one) => <code className="quiet">{one.id}</code> },
    { key: 'fields', title: t('template.fields'), width: '30%', render: (one) => { const fields = one.fields.map((field) => label(field.name)).join(t('list.and')); return <span title={fields}>{fields}</span>; } },
    { key: 'party', title: t('party'), width: '16%', only: 'wide', render: (one) => party(one.party) },
    { key: 'version', title: t('identifier.version'), width: 72, right: true, only: 'wide', render: (one) => one.version },
    { key: 'at', title: t('template.changed'), width: 120, right: true, only: 'wide', render: (one) => <Ago at={one.at} /> },
  ], [t, label, party]);
  const create = can('configure') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen(making); }} data-testid="template-new">{t('template.new')}</Button>;
  const chosen = templates.data?.find((one) => one.id === open) ?? null;
  return (
    <>
      <div className="row wrap"><span className="grow" /><CsvButton path={path} query={nothing} />{create}</div>
      <ListOf<Template> path={path} query={nothing} columns={columns} keyOf={(one) => one.id} testId="templates" label={t('identifiers.templates')} chosen={open} onPick={(one) => { setOpen(one.id); }} empty={{ title: t('template.empty'), help: t('template.empty.help'), action: create }} />
      {(open === making || chosen !== null) && <TemplateForm key={chosen?.version} template={open === making ? null : chosen} readOnly={!can('configure')} onClose={() => { setOpen(null); }} />}
    </>
  );
}
