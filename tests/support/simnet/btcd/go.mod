module simnet.invalid/btcd

go 1.21

require github.com/btcsuite/btcd v0.24.2
