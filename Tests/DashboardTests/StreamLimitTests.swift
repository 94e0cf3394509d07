import Accounts
import Core
import CoreTesting
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@Suite struct StreamLimitTests {
    @Test func `a stream ends soon after the person has signed out`() async throws {
        let token = Mutex("")
        let looks = Mutex(0)
        let late = SignOut()
        let site = try await Site(pause: {
            let look = looks.withLock { looks in
                looks += 1
                return looks
            }
            if look == 20 { try await late.run(token.withLock { $0 }) }
        })
        late.set { try await site.signIns.signOut(token: $0) }
        try await site.app.test(.router) { client async throws in
            let browser = Browser(client)
            try await browser.signIn()
            token.withLock { $0 = browser.cookie("whimbrel_session") ?? "" }
            let answer = try await browser.get("/campaigns/77/live")
            #expect(answer.status == .ok && !answer.text.contains("event: end"))
        }
        #expect(looks.withLock { $0 } == 30)
    }

    @Test func `a person has eight streams at once`() async throws {
        let gate = Gate()
        let site = try await Site(looks: 1, pause: { await gate.pass() })
        try await site.app.test(.router) { client async throws in
            let browser = Browser(client)
            try await browser.signIn()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...8 { group.addTask { try await browser.get("/campaigns/77/live").status.code } }
                await gate.isReached(times: 8)
                let ninth = try await browser.get("/campaigns/77/live")
                #expect(ninth.status == .tooManyRequests && ninth.headers[.retryAfter] == "15")
                #expect(try await browser.get("/campaigns/77").status == .ok)
                gate.open()
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await browser.get("/campaigns/77/live").status == .ok)
        }
    }
}

/// Signs out once the site exists, which its pace has to be given before.
private final class SignOut: Sendable {
    private let action = Mutex<(@Sendable (String) async throws -> Void)?>(nil)

    func set(_ action: @escaping @Sendable (String) async throws -> Void) { self.action.withLock { $0 = action } }
    func run(_ token: String) async throws { try await action.withLock { $0 }?(token) }
}
