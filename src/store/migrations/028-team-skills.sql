-- A team implies skills: whatever comes into it is given only to those of its members who have them too.

alter table team
  -- Of this workspace; a skill that goes is taken out of it by whoever removes the skill.
  add column skill_ids uuid[] not null default '{}';
