import { useTranslation } from 'react-i18next';
import { type KeyAction, type KeyScope, keyActions, printKeys } from '../../live/key-map.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { isMac } from '../../ui/is-mac.ts';
import { Keys } from '../../ui/keys.tsx';
import { useAssistance } from '../assistance/use-assistance.ts';
import { useCan } from '../session/use-session.ts';
import { hasKey } from './has-key.ts';
import classes from './shell.module.css';

const scopes: KeyScope[] = ['everywhere', 'list', 'conversation', 'writing'];
const actions = Object.entries(keyActions) as [KeyAction, (typeof keyActions)[KeyAction]][];

export default function ShortcutHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const can = useCan();
  const hasModel = useAssistance() !== null;
  return (
    <Dialog opened onClose={onClose} title={t('keys.title')} size="lg">
      <div className={classes.help}>
        {scopes.map((scope) => (
          <section key={scope}>
            <h3>{t(`keys.in.${scope}`)}</h3>
            {actions
              .filter(([action, one]) => one.scope === scope && hasKey(action, can))
              .filter(([action]) => action !== 'assist' || hasModel)
              .map(([action, { keys }]) => (
                <p key={action}>
                  {t(`keys.${action}`)} <Keys keys={printKeys(keys[0], isMac)} />
                </p>
              ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
