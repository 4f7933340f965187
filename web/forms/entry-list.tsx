// The named entries of a list, one of which is open beside it; on a narrow screen they are chosen from a field.
import { Button, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { Dot } from '../ui/pill.tsx';
import { Select } from '../ui/select.tsx';
import classes from './entries.module.css';

export interface Entry {
  name: string;
  note?: string;
  /** Something in it keeps it from being put in force, or is useless. */
  tone?: 'bad' | 'warn' | undefined;
}

/** Something to begin with, instead of an empty form. */
export interface Start {
  label: string;
  hint: string;
  add(): void;
}

interface EntryListProps {
  label: string;
  entries: readonly Entry[];
  chosen: number;
  onChoose(place: number): void;
  addLabel: string;
  starts: readonly Start[];
  disabled: boolean;
  /** The open one. */
  children: ReactNode;
}

export function EntryList(props: EntryListProps) {
  const { addLabel, starts, disabled } = props;
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  return (
    <div className={classes.split}>
      <div className={classes.list}>
        {isNarrow ? <NameField {...props} /> : <Names {...props} />}
        {!disabled && <AddMenu label={addLabel} starts={starts} />}
      </div>
      <div style={{ minWidth: 0 }}>{props.children}</div>
    </div>
  );
}

function Names({ label, entries, chosen, onChoose }: EntryListProps) {
  return (
    <nav aria-label={label}>
      <ul className={classes.names}>
        {entries.map((entry, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand twice in a draft
          <li key={place}>
            <button
              type="button"
              className={classes.name}
              aria-current={place === chosen || undefined}
              onClick={() => onChoose(place)}
            >
              <span>{entry.name}</span>
              {entry.note && <span className={classes.note}>{entry.note}</span>}
              <FaultDot tone={entry.tone} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function FaultDot({ tone }: Pick<Entry, 'tone'>) {
  const { t } = useTranslation();
  if (tone === undefined) return null;
  return (
    <>
      <Dot tone={tone} />
      <span className="spoken">{t(`entries.${tone}`)}</span>
    </>
  );
}

function NameField({ label, entries, chosen, onChoose }: EntryListProps) {
  const { t } = useTranslation();
  const mark = { bad: '● ', warn: '○ ' };
  return (
    <Select
      aria-label={label}
      searchable={entries.length > 8}
      nothingFoundMessage={t('nav.nothingFound')}
      data={entries.map(({ name, tone }, place) => ({
        value: String(place),
        label: `${tone === undefined ? '' : mark[tone]}${name}`,
      }))}
      value={String(chosen)}
      onChange={(place) => onChoose(Number(place))}
    />
  );
}

function AddMenu({ label, starts }: { label: string; starts: readonly Start[] }) {
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} w="fit-content">
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {starts.map(({ label: name, hint, add }) => (
          <Menu.Item key={name} onClick={add}>
            <div>{name}</div>
            <div style={{ color: 'var(--soft)', fontSize: 12 }}>{hint}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where there is none yet. */
export function NoEntries(props: {
  icon: ReactNode;
  title: string;
  text: string;
  starts: readonly Start[];
  disabled: boolean;
}) {
  const { icon, title, text, starts, disabled } = props;
  return (
    <EmptyState icon={icon} title={title} text={text}>
      {!disabled && (
        <div className={classes.starts}>
          {starts.map(({ label, hint, add }) => (
            <button key={label} type="button" className={classes.start} onClick={add}>
              <strong>{label}</strong>
              <span>{hint}</span>
            </button>
          ))}
        </div>
      )}
    </EmptyState>
  );
}
