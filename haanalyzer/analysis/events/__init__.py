"""What is handed on: messages, events, answers of DNS."""
