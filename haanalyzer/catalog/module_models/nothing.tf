# Stands for modules that make nothing of a type that is in the vocabulary.
