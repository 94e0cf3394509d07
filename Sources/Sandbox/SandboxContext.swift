import Hummingbird
import NIOCore

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
}
