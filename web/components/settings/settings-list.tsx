// A page of the settings that lists things: what each row says, a button that adds one, and what stands there while
// there are none or they cannot be loaded.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import type { Asked } from '../answers/loaded.tsx';

export function SettingsList<Row extends { id: string }>(props: {
  title: string;
  text: string;
  narrow?: boolean;
  query: Asked<Row[]>;
  columns: Column<Row>[];
  /** `start`: what whoever may add some begins with, where that is something else than `add`. */
  empty: {
    icon: ReactNode;
    title: string;
    text: string;
    start?: { label: string; run(): void };
  };
  /** null: whoever looks may not add any. */
  add: { label: string; run(): void; icon?: ReactNode } | null;
  /** Another way to add some, beside it. */
  more?: ReactNode;
  /** Dialogs, and cards below the list. */
  children?: ReactNode;
}) {
  const { title, text, narrow = false, query, columns, empty, add } = props;
  const button = add && (
    <Button size="xs" leftSection={add.icon ?? <IconPlus size={15} />} onClick={add.run}>
      {add.label}
    </Button>
  );
  return (
    <Page
      title={title}
      text={text}
      actions={
        <>
          {props.more}
          {button}
        </>
      }
      narrow={narrow}
    >
      {query.isError && query.data === undefined ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <Table
            label={title}
            columns={columns}
            rows={query.data}
            rowKey={({ id }) => id}
            empty={
              <EmptyState
                icon={empty.icon}
                title={empty.title}
                // The page says it already.
                text={empty.text === text ? undefined : empty.text}
              >
                {button && (
                  <div style={{ marginTop: 8 }}>
                    {empty.start === undefined ? (
                      button
                    ) : (
                      <Button size="xs" onClick={empty.start.run}>
                        {empty.start.label}
                      </Button>
                    )}
                  </div>
                )}
              </EmptyState>
            }
          />
        </Card>
      )}
      {props.children}
    </Page>
  );
}
