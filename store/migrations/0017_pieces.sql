-- Content that came after its file was forgotten was kept until now.
delete from file_piece where not exists (select 1 from file f where f.workspace = file_piece.workspace and f.id = file_piece.file);
