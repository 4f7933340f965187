// Leads to the first page of the settings that one may see.
import { Navigate } from '@tanstack/react-router';
import { useCan } from '../../components/session/use-session.ts';
import { settingsActions } from '../../components/shell/settings-access.ts';
import { paths, settingsPages } from '../../paths.ts';

export default function FirstSettingsPage() {
  const can = useCan();
  const first = settingsPages.find((page) => can(settingsActions[page]));
  return <Navigate to={first === undefined ? paths.home : paths.settings(first)} replace />;
}
