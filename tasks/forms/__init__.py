"""What people fill in. Facts only: steps have their own dialog."""
