"""What people and programs are told of a review: a module for each form; one review always gives the same bytes."""
