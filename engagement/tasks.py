"""What happens at the desk by the date alone."""
