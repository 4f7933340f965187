-- What waits of one contact is found by the contact (conversation_of_contact).
drop index conversation_to_route;
create index conversation_to_route on conversation (workspace_id, policy_version)
  where state = 'waiting' and policy_version is not null;
