"""The simulated world: nodes, channels, payments, blocks, and the ledger of what truly happened."""
