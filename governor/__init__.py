"""Governor: meetings called in the chat, decisions kept in a record that proves itself."""
