INSERT INTO ops.validation_results BY NAME
FROM staged_validationresult
