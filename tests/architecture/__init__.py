"""The house rules that a machine checks. Each rule is a function from source to violations, tried on planted faults."""
