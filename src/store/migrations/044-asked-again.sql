-- Rules look at the first message: asked again when it comes after the opening.
alter table policy add column reads_message boolean not null
  generated always as (jsonb_path_exists(body, '$.rules.**.field ? (@ == "conversation.text" || @ == "conversation.files")')) stored;

-- Also finds what waits of one contact, about whom something has changed.
drop index conversation_to_route;
create index conversation_to_route on conversation (workspace_id, policy_version, contact_id)
  where state = 'waiting' and policy_version is not null;
