"""The press: composing and writing in processes of their own, without network and with limits on memory and time."""
