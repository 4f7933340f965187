// Downloads what is shown as a file for spreadsheets.
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

export function CsvLink(props: {
  path: string;
  query: object;
  label?: string;
  size?: 'xs' | 'compact-sm';
}) {
  const search = new URLSearchParams(props.query as Record<string, string>);
  return (
    <Button
      component="a"
      href={`${props.path}?${search}`}
      download
      size={props.size ?? 'xs'}
      variant="default"
      leftSection={<IconDownload size={15} />}
      {...(props.label !== undefined && { 'aria-label': `${props.label}, CSV` })}
    >
      CSV
    </Button>
  );
}
