-- How often a workspace asks the language model in a day is counted by the records of it.
create index audit_entry_assisted on audit_entry (workspace_id, at) where action = 'conversation.assisted';
