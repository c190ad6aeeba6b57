import { CopyButton } from '../../../ui/copy';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { Panel } from '../../../ui/page';

interface Way { key: 'reports' | 'cap' | 'services' | 'requests' | 'index'; method: 'GET' | 'POST'; path: string; open: boolean }

/** What outside systems may call: each with its whole address, and who may. */
export function WaysIn() {
  const { t } = useWords();
  const { system } = useSession();
  const ways: Way[] = [
    { key: 'reports', method: 'POST', path: '/api/reports', open: false },
    { key: 'requests', method: 'POST', path: '/open311/v2/requests.json', open: false },
    { key: 'services', method: 'GET', path: '/open311/v2/services.json', open: system.publicOpen311 ?? false },
    { key: 'cap', method: 'POST', path: '/api/warnings/cap', open: false },
    { key: 'index', method: 'GET', path: '/cap/index.atom', open: system.publicWarnings ?? false },
  ];
  return (
    <Panel title={t('ways.title')} testId="ways-in" style={{ flex: 'none' }}>
      <table className="plain-table ways"><tbody>
        {ways.map((way) => {
          const whole = `${window.location.origin}${way.path}`;
          return (
            <tr key={way.key} data-testid={`way-${way.key}`} data-open={way.open}>
              <td className="strong">{t(`ways.${way.key}`)}</td>
              <td className="address"><span className="faint small">{way.method}</span> {way.method === 'GET' ? <a className="mono break" href={way.path} target="_blank" rel="noreferrer">{whole}</a> : <span className="mono break">{whole}</span>}<CopyButton text={whole} /></td>
              <td className="quiet small">{t(way.open ? 'ways.public' : way.key === 'requests' ? 'ways.key' : way.method === 'GET' ? 'ways.signed' : 'ways.token')}</td>
            </tr>
          );
        })}
      </tbody></table>
    </Panel>
  );
}
