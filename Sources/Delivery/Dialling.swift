import Core
import NIOCore

/// Looks at the address that a connection was made to before anything is sent over it.
enum Dialling {
    /// The host's name led to this machine or a private network.
    struct PrivateAddress: Error {}

    /// Closes a connection to anything but a public address.
    @Sendable static func refusePrivate(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard let address = channel.remoteAddress?.ipAddress.flatMap(NetworkAddress.init(_:)), address.isPublic else {
            channel.close(promise: nil)  // the pool does not
            return channel.eventLoop.makeFailedFuture(PrivateAddress())
        }
        return channel.eventLoop.makeSucceededVoidFuture()
    }
}
