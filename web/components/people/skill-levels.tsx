// How well an agent has each of the chosen skills, 1 to 5.
import { Group, Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { skillsQuery } from '../../api/queries.ts';

const levels = ['1', '2', '3', '4', '5'];

export function SkillLevels(props: {
  skillIds: readonly string[];
  value: Record<string, number>;
  onChange(levels: Record<string, number>): void;
}) {
  const { skillIds, value, onChange } = props;
  const { t } = useTranslation();
  const skills = (useQuery(skillsQuery).data ?? []).filter(({ id }) => skillIds.includes(id));
  if (skills.length === 0) return null;
  return (
    <Input.Wrapper label={t('agent.levels')} description={t('agent.levelsHint')}>
      <Stack gap="xs" mt="xs">
        {skills.map(({ id, name }) => (
          <Group key={id} justify="space-between" gap="xs">
            <Text size="sm">{name}</Text>
            <SegmentedControl
              size="xs"
              aria-label={t('agent.levelOf', { skill: name })}
              data={levels}
              value={String(value[id] ?? 1)}
              onChange={(level) => onChange({ ...value, [id]: Number(level) })}
            />
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
