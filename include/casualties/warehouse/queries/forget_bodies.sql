UPDATE core.articles SET archived = NULL WHERE list_contains($files, archived.file)
