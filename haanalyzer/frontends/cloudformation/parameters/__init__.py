"""What a stack is given: parameters, pseudo parameters, and the files that pass them."""
