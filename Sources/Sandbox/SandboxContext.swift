import Hummingbird
import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A request's context, with the connection it came on, so that an answer can be withheld.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Closes the connection; whatever is answered afterwards is not sent.
    func hangUp() async { try? await channel.close() }  // it may be closed already

    /// Resets the connection: the peer reads an error and not the end.
    func reset() async {
        if let socket = channel as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()  // closed already: nothing to reset
        }
        await hangUp()
    }

    /// Where this connection ends on our side, as `host:port`.
    var localAuthority: String { channel.localAddress.flatMap { a in a.port.map { "\(a.ipAddress ?? "localhost"):\($0)" } } ?? "localhost" }
}
