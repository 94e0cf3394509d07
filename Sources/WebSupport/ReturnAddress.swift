import HTTPTypes
package import Hummingbird

extension SiteCookies {
    /// Remembers in the browser which page was wanted, so that the sign-in leads there. The address comes from the
    /// request's own path and never from a query.
    package func setReturnAddress(_ request: Request, on response: inout Response) {
        guard request.method == .get, Self.isLocalPath(request.uri.path) else { return }
        set(.back, request.uri.path, seconds: 600, on: &response)
    }

    /// The page that was wanted; nil when there is none, or the cookie holds anything but a path of this site.
    package func returnAddress(in request: Request) -> String? {
        value(.back, in: request).flatMap { Self.isLocalPath($0) ? $0 : nil }
    }

    /// One slash and then letters, digits, `-`, `_` and more slashes, none doubled: no other host can be written so.
    static func isLocalPath(_ path: String) -> Bool {
        path.utf8.count <= 200 && path.hasPrefix("/") && !path.contains("//")
            && path.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "/-_".utf8.contains(byte)
            }
    }
}
