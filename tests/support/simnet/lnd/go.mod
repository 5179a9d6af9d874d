module simnet.invalid/lnd

go 1.21.4

require github.com/lightningnetwork/lnd v0.18.2-beta

// A module's own `replace` lines hold only where it is the main one: these are lnd's, and it does not compile without.
replace (
	github.com/gogo/protobuf => github.com/gogo/protobuf v1.3.2
	github.com/ulikunitz/xz => github.com/ulikunitz/xz v0.5.11
	google.golang.org/protobuf => github.com/lightninglabs/protobuf-go-hex-display v1.30.0-hex-display
)
