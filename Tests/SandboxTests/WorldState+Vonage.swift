import Core
import HTTPTypes
import NIOCore

@testable import Sandbox

extension WorldState {
    /// Takes a send request of Vonage's without a network.
    mutating func receive(authorization: String, body: Result<JSONValue, JSONSyntaxError>) throws -> Reception {
        let wire = VonageWire(clock: clock, random: random)
        let call = Call(headers: [.authorization: authorization], body: ByteBuffer(bytes: try body.get().bytes), as: .json)
        return receive(call, wire.read(call), by: wire)
    }
}
