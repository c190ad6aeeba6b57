import { useWords } from '../../context/preferences';
import { bandIcon } from '../../ui/icons';
import { Panel } from '../../ui/page';
import { rights, rightsOf, roles } from './roles';

export function Roles() {
  const { t } = useWords();
  return (
    <Panel testId="roles">
      <div className="stack tight" style={{ paddingTop: 12, maxWidth: 960 }}>
        <p className="quiet">{t('roles.help')}</p>
        <table className="plain-table">
          <thead><tr><th>{t('role')}</th>{rights.map((right) => <th key={right}>{t(`right.${right}`)}</th>)}</tr></thead>
          <tbody>
            {roles.map((role) => <tr key={role}><td className="strong">{t(`role.${role}`)}</td>{rights.map((right) => <td key={right}>{rightsOf(role).includes(right) ? <span className="mark"><i className="mark tone-green">{bandIcon.green}</i><span>{t('yes')}</span></span> : <span className="faint">–</span>}</td>)}</tr>)}
            <tr><td />{rights.map((right) => <td key={right} className="quiet small" style={{ verticalAlign: 'top', paddingTop: 8 }}>{t(`right.${right}.help`)}</td>)}</tr>
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
