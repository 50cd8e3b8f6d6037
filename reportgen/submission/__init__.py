"""What an organisation answers: reading YAML, the model, the checks."""
