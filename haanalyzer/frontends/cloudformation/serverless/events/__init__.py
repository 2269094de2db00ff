"""Events of serverless functions and state machines: what hands them on, and what is made for that."""
