// A banner for admins: what is wrong with the server, and what to do.
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { noticesQuery } from '../../api/queries.ts';
import classes from './shell.module.css';

export function Notices() {
  const { t } = useTranslation();
  const notices = useQuery(noticesQuery).data ?? [];
  return (
    <div role="status">
      {notices.map(({ code }) => (
        <div key={code} className={classes.banner}>
          <IconAlertTriangle size={16} />
          <span>
            <strong>{t(`notice.${code}`)}</strong> {t(`notice.do.${code}`)}
          </span>
        </div>
      ))}
    </div>
  );
}
