-- Whether an agent may see a file is asked of the messages that name it: found without reading all messages
-- with files. Messages without files, which are most, are not in it.
create index message_by_file on message using gin (attachments jsonb_path_ops) where attachments <> '[]';
