import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

extension Response {
    /// An answer with a fault on its way.
    /// - Parameter redirect: where the fault `redirect` leads.
    init(_ answer: Answer, spoilt fault: AnswerFault, redirect: String, _ context: SandboxContext) {
        self.init(answer)
        switch fault {
        case .none, .errorIn200, .reset, .hangUp: return  // the content is what is wrong, or nobody reads it
        case .html:
            headers[.contentType] = "text/html; charset=utf-8"
            body = .init(byteBuffer: ByteBuffer(string: "<!doctype html><title>Welcome</title><h1>The service is being looked after</h1>"))
        case .empty: body = .init()
        case .redirect: self = Response(status: .temporaryRedirect, headers: [.location: redirect])
        case .truncated: body = .init(byteBuffer: ByteBuffer(bytes: answer.bytes.prefix(answer.bytes.count / 2)))
        case .huge: body = .huge(answer.bytes)
        case .slowDrip: body = .dripping(answer.bytes)
        case .wrongLength: body = .short(answer.bytes, context)
        case .gzipBomb:
            headers[.contentEncoding] = "gzip"
            body = .init(byteBuffer: ByteBuffer(bytes: GzipBomb.bytes))
        }
    }
}

extension ResponseBody {
    /// The right bytes up to the last, then blanks without end.
    fileprivate static func huge(_ bytes: [UInt8]) -> ResponseBody {
        let blanks = ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 16)
        return ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: bytes.dropLast()))
            for _ in 0..<128 { try await writer.write(blanks) }
            try await writer.write(ByteBuffer(bytes: bytes.suffix(1)))
            try await writer.finish(nil)
        }
    }

    fileprivate static func dripping(_ bytes: [UInt8]) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in
            for byte in bytes {
                try await writer.write(ByteBuffer(bytes: [byte]))
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
            }
            try await writer.finish(nil)
        }
    }

    fileprivate static func short(_ bytes: [UInt8], _ context: SandboxContext) -> ResponseBody {
        ResponseBody(contentLength: bytes.count + 64) { writer in
            try await writer.write(ByteBuffer(bytes: bytes))
            await context.hangUp()
        }
    }
}
