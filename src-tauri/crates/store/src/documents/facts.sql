SELECT drafter, state, ver FROM documents WHERE id = ?1
