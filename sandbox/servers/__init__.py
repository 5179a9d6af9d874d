"""What speaks about the world over HTTP, each as its original does, with faults by switch."""
