"""What others could send: files, texts, pictures and names made to do harm, and moments at which the program is stopped."""
