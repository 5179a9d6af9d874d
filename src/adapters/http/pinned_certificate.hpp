#pragma once
#include <curl/curl.h>
#include <string>

namespace mcp::adapters {

/// Has a transfer trust one certificate alone, and judges it as its owner means it: a server that shows this very
/// certificate is the right one, whatever names and dates stand in it, since LND and Core Lightning sign themselves one
/// that knows nothing of the name by which they are reached; any other must descend from it as from an authority, in
/// date and made out to the host that is asked.
class PinnedCertificate {
public:
    /// @param pem one certificate or several   @param host a name, or an IP address (IPv6 in brackets)
    PinnedCertificate(std::string pem, std::string host);

    /// @pre this outlives the transfer
    void set_on(CURL* easy);

private:
    static CURLcode prepare(CURL* easy, void* tls_context, void* pinned);

    std::string pem_;
    std::string host_;
};

} // namespace mcp::adapters
