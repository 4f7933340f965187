-- Notes are few, and everything a visitor is shown counts those before it.
create index message_notes on message (workspace_id, conversation_id, seq) where kind = 'note';
